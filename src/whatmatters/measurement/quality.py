"""What is wrong with the facts: refused where a number would be wrong in silence, counted with examples elsewhere.

Refused: a person or organisation there twice, memberships in a circle (and, in ``facts.py``, missing tables, columns
and wrong types). Examples are person ids of the facts and organisation codes, never anything that describes a person.
"""

from collections.abc import Iterable
from datetime import date

import duckdb
import pyarrow as pa

from whatmatters.measurement.engines.sql import day
from whatmatters.measurement.engines.views import connected
from whatmatters.measurement.facts import Facts, FactsError
from whatmatters.measurement.quality_checks import CHECKS, NOWHERE
from whatmatters.periods import Period

COLUMNS = pa.schema([("table", pa.string()), ("check", pa.string()), ("count", pa.int64()), ("examples", pa.string())])


def quality(facts: Facts, periods: Iterable[Period] = ()) -> pa.Table:
    """The data quality table: a row for every check, its count (0 where all is well) and up to five examples.

    ``periods`` adds for each the people with an event in it who were registered nowhere, and so count nowhere.
    """
    checks = [(table, check, select.replace("$today", day(date.today()))) for table, check, select in CHECKS]
    for period in periods:
        select = NOWHERE.replace("$start", day(period.start)).replace("$end", day(period.end))
        checks.append(("events", f"person with an event in {period.label} who is registered nowhere in it", select))
    rows = []
    with connected(facts) as connection:
        for table, check, select in checks:
            found = f"SELECT count(*), min(DISTINCT CAST(example AS VARCHAR), 5) FROM ({select}) t(example)"
            count, examples = connection.execute(found).fetchone() or (0, None)
            rows.append({"table": table, "check": check, "count": count, "examples": " ".join(examples or [])})
    return pa.Table.from_pylist(rows, schema=COLUMNS)


def refuse(connection: duckdb.DuckDBPyConnection) -> None:
    """Raises FactsError for what no rule can put right."""
    for table, key in (("people", "person"), ("organisations", "code")):
        twice = connection.execute(
            f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1 ORDER BY 1"
        ).fetchall()
        if twice:
            raise FactsError(
                f"{table}: the column {key} must name each row once; {len(twice)} are there more than once, "
                f"such as {twice[0][0]}: keep one row of each"
            )
    rows = connection.execute("SELECT child, parent, since, coalesce(until, DATE '9999-12-31') FROM memberships")
    above: dict[str, list[tuple[str, date, date]]] = {}
    for child, parent, since, until in rows.fetchall():
        above.setdefault(child, []).append((parent, since, until))
    for child in sorted(above):
        _climb(above, [child], date.min, date.max)


def _climb(above: dict[str, list[tuple[str, date, date]]], path: list[str], since: date, until: date) -> None:
    """Follows memberships that are in force together; a circle is one that meets its own path on some day."""
    for parent, start, end in above.get(path[-1], []):
        first, last = max(since, start), min(until, end)
        if first < last:
            if parent in path:
                raise FactsError(
                    f"memberships: the columns child and parent go round in a circle on {first}: "
                    f"{' in '.join([*path, parent])}"
                )
            _climb(above, [*path, parent], first, last)


def latest_day(connection: duckdb.DuckDBPyConnection) -> date:
    """How far the facts go: the latest event that is not in the future, else registration, else today."""
    today = day(date.today())
    for select in (
        f'SELECT max("on") FROM raw_events WHERE "on" <= {today}',
        f'SELECT max("start") FROM raw_registrations WHERE "start" <= {today}',
    ):
        found = connection.execute(select).fetchone()
        if found and found[0]:
            return date.fromisoformat(str(found[0]))
    return date.today()
