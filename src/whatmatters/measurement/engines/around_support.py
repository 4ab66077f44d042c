"""From facts to what a matched comparison needs: sums by kind of person, of those supported and of all the others.

DuckDB reads the people in buckets and keeps only sums, so that memory grows with the kinds of people and not with the
people. Each of the others stands at one day of the same year, told from their number alone: the same facts give the
same answer, and nobody is counted twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from whatmatters.events.codes import CONDITION, CONDITION_RESOLVED
from whatmatters.measurement.engines.buckets import buckets
from whatmatters.measurement.engines.sql import any_matches, day, words
from whatmatters.measurement.long_term import LONG_TERM
from whatmatters.measurement.matching import AGE_BAND, OLDEST, PRIOR_USE
from whatmatters.measurement.questions import DAYS, FEWEST, Question, Window

KIND = ("quarter", "age_band", "sex", "deprivation", "conditions", "prior_band")
Z = ("one", "earlier", "before", "after")
SUMS = (*(f"{a}_{b}" for i, a in enumerate(Z) for b in Z[i:]), "age", "age_age", "prior", "prior_prior")
MOST_CONDITIONS = 4  # that many or more are matched alike


@dataclass(frozen=True)
class Cells:
    """``supported`` has practice, kind (a number), ``KIND`` and ``SUMS``; ``others`` the same without practice, each
    kind once and in order; ``left_out`` how many people of a practice, and why."""

    supported: pa.Table
    others: pa.Table
    left_out: pa.Table


def cells(connection: duckdb.DuckDBPyConnection, asked: Question, window: Window) -> Cells:
    """The sums of one question, over the views of ``views.connected``.

    Where too few were supported for any result, nobody is looked for who is like them: ``others`` is empty.
    """
    connection.execute("DROP TABLE IF EXISTS cells; DROP TABLE IF EXISTS left_out")
    marks = _marks(asked, "true", "events")
    [(supported,)] = connection.execute(f"SELECT count(*) FROM ({marks}) WHERE {_supported(window)}").fetchall()
    for number, bucket in enumerate(buckets(connection)):
        for name, select in _steps(asked, window, bucket, alone=supported < FEWEST):
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
        for kept, select in (("cells", _CELLS), ("left_out", _LEFT_OUT)):
            into = f"INSERT INTO {kept}" if number else f"CREATE TEMP TABLE {kept} AS"
            connection.execute(f"{into} {select}")
    kind, sums = ", ".join(KIND), ", ".join(f"sum({name})::DOUBLE AS {name}" for name in SUMS)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE summed AS
        SELECT *, dense_rank() OVER (ORDER BY {kind}) AS kind
        FROM (SELECT practice, supported, {kind}, {sums} FROM cells GROUP BY ALL)""")
    return Cells(
        _table(connection, "SELECT * FROM summed WHERE supported ORDER BY practice, kind"),
        _table(connection, "SELECT * FROM summed WHERE NOT supported ORDER BY kind"),
        _table(connection, "SELECT practice, why, sum(people)::BIGINT AS people FROM left_out GROUP BY ALL"),
    )


def _table(connection: duckdb.DuckDBPyConnection, select: str) -> pa.Table:
    return connection.sql(select).to_arrow_table()


def _marks(asked: Question, bucket: str, events: str) -> str:
    """Of each person the first day of the support, of a referral and of anything that bars a comparator."""
    referred = any_matches(asked.referred) if asked.referred else "true"
    return f"""
        SELECT person, min(day) FILTER (WHERE {any_matches((asked.starts,))}) AS starts,
               min(day) FILTER (WHERE {referred}) AS referred,
               min(day) FILTER (WHERE {any_matches(asked.without)}) AS had
        FROM {events} WHERE {bucket} AND {any_matches((asked.starts, *asked.referred, *asked.without))}
        GROUP BY person"""


def _supported(window: Window) -> str:
    first, end = day(window.start), day(window.end)
    return f"coalesce(starts >= {first} AND starts < {end} AND referred <= starts, false)"


def _steps(asked: Question, window: Window, bucket: str, *, alone: bool) -> Iterator[tuple[str, str]]:
    """Who stands at which day; who of them has both years; and what they came to. ``alone``: without comparators."""
    length = (window.end - window.start).days
    codes = {one.code for one in (asked.starts, asked.of, *asked.referred, *asked.without)}
    yield (
        "told",
        f"""
        SELECT person, day, code, detail, value FROM events
        WHERE {bucket} AND code IN {words(sorted({*codes, CONDITION, CONDITION_RESOLVED}))}""",
    )
    yield "marks", _marks(asked, bucket, "told")
    drawn = f"CAST((abs(person::HUGEINT) * 2654435761 % 4294967296) // 65536 % {length} AS INTEGER)"
    yield (
        "standing",
        f"""
        SELECT person, born, sex, deprivation, died, supported, stands FROM (
            SELECT person, born, coalesce(sex, '') AS sex, coalesce((deprivation + 1) // 2, 0) AS deprivation,
                   died, had,
                   {_supported(window)} AS supported,
                   CASE WHEN supported THEN starts ELSE {day(window.start)} + {drawn} END AS stands
            FROM people LEFT JOIN marks USING (person) WHERE {bucket})
        WHERE born < stands AND (died IS NULL OR died > stands)
          AND (supported OR {"false" if alone else f"had IS NULL OR had > stands + {DAYS}"})""",
    )
    since, whole = f"stands - {3 * DAYS}", 4 * DAYS + 1
    stay = f"greatest(0, least(coalesce(until, DATE '9999-01-01'), stands + {DAYS + 1}) - greatest(since, {since}))"
    yield (
        "placed",
        f"""
        SELECT person,
               coalesce(max(practice) FILTER (since <= stands AND (until IS NULL OR until > stands)), '') AS lived,
               coalesce(max(practice) FILTER (
                   since <= stands + {DAYS} AND (until IS NULL OR until > stands + {DAYS})), '') AS practice,
               sum({stay}) >= {whole} AS covered
        FROM standing LEFT JOIN (SELECT * FROM registrations WHERE {bucket}) USING (person) GROUP BY person""",
    )
    yield (
        "ill",
        f"""
        SELECT person, count(*) AS conditions FROM (
            SELECT person, detail, arg_max(code = '{CONDITION}', (day, code = '{CONDITION}')) AS has
            FROM told JOIN standing USING (person)
            WHERE code IN {words((CONDITION, CONDITION_RESOLVED))} AND detail IN {words(LONG_TERM)} AND day <= stands
            GROUP BY person, detail)
        WHERE has GROUP BY person""",
    )
    yield (
        "used",
        f"""
        SELECT person, count(*) FILTER (away < -{2 * DAYS}) AS prior,
               count(*) FILTER (away BETWEEN -{2 * DAYS} AND -{DAYS + 1}) AS earlier,
               count(*) FILTER (away BETWEEN -{DAYS} AND -1) AS before, count(*) FILTER (away > 0) AS after
        FROM (SELECT person, day - stands AS away FROM told JOIN standing USING (person)
              WHERE {any_matches((asked.of,))})
        WHERE away BETWEEN -{3 * DAYS} AND {DAYS} GROUP BY person""",
    )
    prior = " ".join(f"+ (prior >= {start})::INTEGER" for start in PRIOR_USE)
    counts = ", ".join(f"coalesce({name}, 0) AS {name}" for name in ("prior", *Z[1:]))
    yield (
        "ready",
        f"""
        SELECT *, 0 {prior} AS prior_band, least(age, {OLDEST}) // {AGE_BAND} AS age_band, 1 AS one FROM (
            SELECT practice, lived, supported, sex, deprivation, {counts},
                   date_sub('year', born, stands) AS age, 1 + (stands - {day(window.start)}) // 92 AS quarter,
                   least(coalesce(conditions, 0), {MOST_CONDITIONS}) AS conditions,
                   CASE WHEN died IS NOT NULL AND died <= stands + {DAYS} THEN 'died'
                        WHEN NOT covered THEN 'moved' ELSE '' END AS why
            FROM standing JOIN placed USING (person) LEFT JOIN ill USING (person) LEFT JOIN used USING (person))
        WHERE conditions >= {asked.conditions}""",
    )


def _product(name: str) -> str:
    """``before_after`` is the sum of before times after, ``age`` of age."""
    return f"sum({name.replace('_', ' * ')}) AS {name}"


_CELLS = f"""
    SELECT CASE WHEN supported THEN practice ELSE '' END AS practice, supported, {", ".join(KIND)},
           {", ".join(map(_product, SUMS))}
    FROM ready WHERE why = '' GROUP BY ALL"""
_LEFT_OUT = """
    SELECT lived AS practice, why, count(*) AS people FROM ready WHERE why <> '' AND supported GROUP BY ALL"""
