"""From grains to results, the same for every engine: practices added up to every level, ratios' two sides put together.

Works on what is small: grains, organisations, memberships, staff. Never on a person's row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb
import pyarrow as pa

from whatmatters.measurement.engines import COLUMNS, REPORTED, Grains, Plan, known
from whatmatters.measurement.engines.places import places
from whatmatters.measurement.engines.posts import cells, open_on
from whatmatters.measurement.engines.sides import needs, sides
from whatmatters.measurement.engines.sql import ONE, table, text
from whatmatters.measurement.engines.views import connected
from whatmatters.measurement.facts import SCHEMAS, Facts
from whatmatters.measurement.indicators import LEVELS, Indicator
from whatmatters.periods import Period

OF_PEOPLE = ("people", "registrations", "events")
AT_ONCE = 3_000_000  # rows of grains that are rolled up together: about 10 million results at most


def rolled(facts: Facts, plan: Plan, found: Iterable[Grains]) -> Iterator[pa.Table]:
    """Tables of ``COLUMNS``, each of some indicators in order of id and all periods; empty ones are left out."""
    small = replace(facts, tables={**facts.tables, **{name: SCHEMAS[name].empty_table() for name in OF_PEOPLE}})
    with connected(small) as connection:
        rows = sum(_take_in(connection, plan, number, one) for number, one in enumerate(found))
        for batch in _batches(plan.indicators, rows):
            connection.register("sides", sides(plan, batch))
            tables = [_results(connection, number, period) for number, period in enumerate(plan.periods)]
            yield pa.concat_tables(tables)


def _batches(indicators: Sequence[Indicator], rows: int) -> Iterator[list[Indicator]]:
    ordered = sorted(indicators, key=lambda one: one.id)
    size = max(1, len(ordered) * AT_ONCE // max(rows, AT_ONCE))
    return (ordered[first : first + size] for first in range(0, len(ordered), size))


def _take_in(connection: duckdb.DuckDBPyConnection, plan: Plan, number: int, found: Grains) -> int:
    """Tables of one period: ``grains``, ``places``, ``unknown`` practices, and ``coverage``; each with its number."""
    connection.register("given", found.grains)
    connection.register("doers", found.doers)
    for name, select in _tables(plan, found.period).items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
    for select in cells(plan.atoms, found.period, plan.as_at):
        connection.execute(f"INSERT INTO grains SELECT c.*, 'all', 'all' FROM ({select}) c")
    connection.execute("; ".join(f"ALTER TABLE {name} RENAME TO {name}_{number}" for name in KEPT))
    for name in ("given", "doers"):
        connection.unregister(name)
    return len(found.grains)


KEPT = ("grains", "places", "unknown", "coverage")


def _tables(plan: Plan, period: Period) -> Mapping[str, str]:
    """``grains`` are in order of atom, so that a batch of indicators reads its own and no other."""
    levels = table("level rank", [(level, rank) for rank, level in enumerate(LEVELS) if level in plan.levels])
    return {
        "practices": f"SELECT DISTINCT organisation AS practice FROM doers WHERE atom = {REPORTED}",
        "everywhere": places(plan.membership_day(period)),
        "places": f"SELECT organisation, level, rank, ancestor FROM everywhere JOIN ({levels}) USING (level)",
        "unknown": _unknown(plan),
        "coverage": f"""
            SELECT n.needs, level, ancestor AS organisation,
                   count(*) FILTER (code IN (SELECT practice FROM practices) AND u.organisation IS NULL)
                       / count(*)::DOUBLE AS share
            FROM organisations JOIN places p ON code = p.organisation
            CROSS JOIN (SELECT unnest({list(needs(plan).values())}) AS needs) n
            LEFT JOIN unknown u ON u.needs = n.needs AND u.organisation = code
            WHERE kind = 'practice' AND {open_on(period)}
            GROUP BY ALL""",
        "grains": """
            SELECT atom, practice::VARCHAR AS organisation, amount, breakdown::VARCHAR AS breakdown,
                   grp::VARCHAR AS grp
            FROM given ORDER BY atom""",
    }


def _unknown(plan: Plan) -> str:
    """(needs, organisation): practices of whose people nobody has had an event of a code that is needed."""
    everyone = """
        SELECT DISTINCT organisation FROM everywhere
        WHERE organisation NOT IN (SELECT code FROM organisations WHERE kind IS DISTINCT FROM 'practice')"""
    missing = [
        f"""
        SELECT {number}::INTEGER AS needs, organisation FROM ({everyone})
        WHERE organisation NOT IN (SELECT practice FROM given
                                   WHERE atom = {plan.atoms[known(code)]} AND breakdown = 'all' AND amount > 0)"""
        for codes, number in needs(plan).items()
        for code in codes
    ]
    none = "SELECT 0 AS needs, '' AS organisation WHERE false"
    return " UNION ".join([none, *missing])


def _results(connection: duckdb.DuckDBPyConnection, number: int, period: Period) -> pa.Table:
    """The two sides of the indicators in ``sides`` at every level, in order."""
    select = f"""
        WITH asked AS (SELECT DISTINCT atom, whose, needs FROM sides),
        summed AS (
            SELECT g.atom, whose, a.needs, rank, level, ancestor AS organisation, g.grp, sum(amount) AS amount
            FROM grains_{number} g JOIN asked a ON a.atom = g.atom AND whose = g.breakdown
            JOIN places_{number} p ON p.organisation = g.organisation
            ANTI JOIN unknown_{number} u ON u.needs = a.needs AND u.organisation = g.organisation
            GROUP BY ALL),
        combined AS (
            SELECT indicator, divides, needs, side, level, organisation, coalesce(s.breakdown, whose) AS breakdown,
                   coalesce(s.grp, m.grp) AS grp,
                   CASE any_value(how)
                       WHEN 'sum' THEN sum(amount)
                       WHEN 'kinds' THEN {ONE} * count(*) FILTER (amount <> 0)
                       -- a group of which there is nothing is 0, and so larger than one that fell
                       WHEN 'largest' THEN CASE WHEN count(*) < any_value(groups) THEN greatest(max(amount), 0)
                                                ELSE max(amount) END END AS amount
            FROM summed m JOIN sides s USING (atom, whose, needs)
            WHERE rank >= lowest
            GROUP BY ALL)
        SELECT indicator, {text(period.label)} AS period, organisation, level, breakdown, grp AS "group",
               coalesce(sum(amount) FILTER (side = 0), 0) / 1e6::DOUBLE AS numerator,
               CASE WHEN any_value(divides) THEN coalesce(sum(amount) FILTER (side = 1), 0) / 1e6::DOUBLE END
                   AS denominator,
               any_value(share) AS coverage
        FROM combined LEFT JOIN coverage_{number} USING (needs, level, organisation)
        GROUP BY indicator, organisation, level, breakdown, grp
        HAVING numerator <> 0 OR coalesce(denominator, 0) <> 0"""
    found: pa.Table = connection.sql(select).to_arrow_table()
    return found.cast(COLUMNS)
