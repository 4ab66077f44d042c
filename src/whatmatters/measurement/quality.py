"""What is wrong with the facts: refused where a number would be wrong in silence, counted with examples elsewhere.

Refused: a person or organisation there twice, memberships in a circle, a value that its column's type would lose (and,
in ``facts.py``, missing tables, columns and wrong types). Examples are person ids of the facts and organisation codes,
never anything that describes a person. People are looked at in buckets, so that memory does not grow with them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from whatmatters.measurement.engines.buckets import buckets
from whatmatters.measurement.engines.sql import day
from whatmatters.measurement.engines.views import connected
from whatmatters.measurement.facts import Facts, FactsError
from whatmatters.measurement.quality_checks import CHECKS, NOWHERE, OF_PEOPLE
from whatmatters.periods import Period

COLUMNS = pa.schema([("table", pa.string()), ("check", pa.string()), ("count", pa.int64()), ("examples", pa.string())])
Ask: TypeAlias = Callable[[str], Sequence[Sequence[Any]]]
Check: TypeAlias = tuple[str, str, str]


def quality(facts: Facts, periods: Iterable[Period] = ()) -> pa.Table:
    """The data quality table: a row for every check, its count (0 where all is well) and up to five examples.

    ``periods`` adds for each the people with an event in it who were registered nowhere, and so count nowhere.
    """
    asked = checks(periods)
    counts = {(table, check): 0 for table, check, _ in asked}
    examples: dict[tuple[str, str], set[str]] = {key: set() for key in counts}
    with connected(facts) as connection:
        for table, check, select in _bucket_by_bucket(connection, asked):
            found = f"SELECT count(*), min(DISTINCT CAST(example AS VARCHAR), 5) FROM ({select}) t(example)"
            [(count, some)] = connection.execute(found).fetchall()
            counts[table, check] += count
            examples[table, check] |= set(some or [])
    rows = [
        {"table": table, "check": check, "count": count, "examples": " ".join(sorted(examples[table, check])[:5])}
        for (table, check), count in counts.items()
    ]
    return pa.Table.from_pylist([*rows, *_order(facts)], schema=COLUMNS)


def checks(periods: Iterable[Period] = ()) -> list[Check]:
    """(table, what is found, a select of one example a row), with today and the periods filled in."""
    found = [(table, check, select.replace("$today", day(date.today()))) for table, check, select in CHECKS]
    for period in periods:
        select = NOWHERE.replace("$start", day(period.start)).replace("$end", day(period.end))
        found.append(("events", f"person with an event in {period.label} who is registered nowhere in it", select))
    return found


def _bucket_by_bucket(connection: duckdb.DuckDBPyConnection, asked: Sequence[Check]) -> Iterator[Check]:
    """Each check as often as it is to be made, over views that hold one bucket of people at a time."""
    yield from (check for check in asked if check[0] not in OF_PEOPLE)
    ranges = buckets(connection)
    for table in OF_PEOPLE:
        connection.execute(f"ALTER VIEW raw_{table} RENAME TO whole_{table}")
    for bucket in [*ranges, "person IS NULL"]:
        for table in OF_PEOPLE:
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE raw_{table} AS "
                f"SELECT {OF_PEOPLE[table]} FROM whole_{table} WHERE {bucket}"
            )
        yield from (check for check in asked if check[0] in OF_PEOPLE)


def _order(facts: Facts) -> Iterator[dict[str, object]]:
    """Row groups that share people with one further on must be read for several buckets: slower, and no less right."""
    for table in OF_PEOPLE:
        count, source = 0, facts.tables[table]
        if isinstance(source, tuple):
            ranges = sorted(span for part in source for span in _ranges(part))
            highest = None
            for low, high in ranges:
                count += highest is not None and low < highest
                highest = high if highest is None else max(highest, high)
        check = "row groups not in order of person: slower, the numbers are right"
        yield {"table": table, "check": check, "count": count, "examples": ""}


def _ranges(part: Path) -> Iterator[tuple[Any, Any]]:
    found = pq.read_metadata(part)
    place = found.schema.names.index("person")
    for number in range(found.num_row_groups):
        spread = found.row_group(number).column(place).statistics
        if spread is not None and spread.has_min_max:
            yield spread.min, spread.max


def refuse(facts: Facts, connection: duckdb.DuckDBPyConnection, people: bool = True) -> None:
    """Raises FactsError for what no rule can put right. ``people``: whether to look for people there twice as well."""

    def ask(select: str) -> Sequence[Sequence[Any]]:
        return connection.execute(select).fetchall()

    for table in facts.tables:
        for column, kind in facts.loose(table).items():
            refuse_lost(ask, table, column, kind)
    if people:
        refuse_twice(ask, "people", "person", buckets(connection))
    refuse_small(ask)


def refuse_lost(ask: Ask, table: str, column: str, kind: pa.DataType) -> None:
    if kind == pa.int64():
        lost = f'NOT isnan("{column}") AND ("{column}" <> floor("{column}") OR abs("{column}") > {1 << 53})'
        said = "whole numbers; a float holds those up to 9,007,199,254,740,992"
    else:
        lost, said = f'date_trunc(\'day\', "{column}") <> "{column}"', "dates, without a time (date32)"
    [(count,)] = ask(f"SELECT count(*) FROM given_{table} WHERE {lost}")
    if count:
        raise FactsError(f"{table}: the column {column} must hold {said}; {count} rows hold something else")


def refuse_twice(ask: Ask, table: str, key: str, parts: Sequence[str] = ("true",)) -> None:
    """Raises FactsError where a row is there more than once; looks at one part of them after another."""
    twice = (f"SELECT {key} FROM {table} WHERE {part} GROUP BY {key} HAVING count(*) > 1" for part in parts)
    found = [row for one in twice for row in ask(f"SELECT count(*), min({key}) FROM ({one}) t") if row[0]]
    if found:
        raise there_twice(table, key, sum(count for count, _ in found), min(first for _, first in found))


def there_twice(table: str, key: str, number: int, such_as: object) -> FactsError:
    return FactsError(
        f"{table}: the column {key} must name each row once; {number} are there more "
        f"than once, such as {such_as}: keep one row of each"
    )


def refuse_small(ask: Ask) -> None:
    """Raises FactsError for organisations there twice and memberships in a circle."""
    refuse_twice(ask, "organisations", "code")
    above: dict[str, list[tuple[str, date, date]]] = {}
    for child, parent, since, until in ask("SELECT child, parent, since, until FROM memberships"):
        above.setdefault(child, []).append((parent, since, until or date.max))
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


def latest_day(ask: Ask) -> date:
    """How far the facts go: the latest event that is not in the future, else registration, else today."""
    today = day(date.today())
    for table, column in (("events", "on"), ("registrations", "start")):
        [(found,)] = ask(f'SELECT max("{column}") FROM raw_{table} WHERE "{column}" <= {today}')
        if found:
            return date.fromisoformat(str(found))
    return date.today()
