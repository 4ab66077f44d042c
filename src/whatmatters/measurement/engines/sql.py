"""Words, days and small tables as SQL, in what DuckDB and (through sqlglot) Spark both understand.

Text from definitions is always quoted. Inside the passes a day is a whole number, days since 1 January 1970.
"""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date

from whatmatters.measurement.conditions import Did, EventOf
from whatmatters.periods import Period

OPEN = 4_000_000  # a day after every date there is: an interval without an end
NEVER = -OPEN
ONE = 1_000_000


def text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def words(of: Iterable[str]) -> str:
    return "(" + ", ".join(text(word) for word in of) + ")"


def day(on: date) -> str:
    return f"DATE '{on.isoformat()}'"


def number(on: date) -> int:
    """Days since 1 January 1970."""
    return (on - date(1970, 1, 1)).days


def numbered(column: str) -> str:
    """A date column as such a number."""
    return f"CAST(date_diff('day', DATE '1970-01-01', {column}) AS INTEGER)"


def finite(column: str) -> str:
    """The value, or null where it is not a number: NaN sorts above everything, on both engines."""
    most = "1.7976931348623157e308::DOUBLE"
    return f"CASE WHEN {column} BETWEEN -{most} AND {most} THEN {column} END"


def millionths(amount: str) -> str:
    return f"CAST(round({amount} * 1000000::DOUBLE) AS BIGINT)"


def table(columns: str, rows: Iterable[Sequence[object]]) -> str:
    """A small table written out as a select. No rows are one row of which nothing is true: ids start at 0."""
    names = columns.split()
    found = list(rows) or [tuple(-1 for _ in names)]
    listed = ", ".join("(" + ", ".join(_literal(one) for one in row) + ")" for row in found)
    return f"SELECT * FROM (VALUES {listed}) AS t({', '.join(names)})"


def _literal(one: object) -> str:
    if isinstance(one, bool):
        return "true" if one else "false"
    if isinstance(one, float):
        return f"{one!r}::DOUBLE"
    return text(one) if isinstance(one, str) else str(one)


def matches(wanted: EventOf) -> str:
    """True, false, never null for an event of columns code, detail, value."""
    parts = [f"code = {text(wanted.code)}"]
    if wanted.details:
        parts.append(f"coalesce(detail IN {words(wanted.details)}, false)")
    if wanted.but:
        parts.append(f"coalesce(detail NOT IN {words(wanted.but)}, true)")
    if wanted.least is not None:
        parts.append(f"coalesce(value >= {float(wanted.least)!r}::DOUBLE, false)")
    if wanted.most is not None:
        parts.append(f"coalesce(value <= {float(wanted.most)!r}::DOUBLE, false)")
    return "(" + " AND ".join(parts) + ")"


def any_matches(wanted: Sequence[EventOf]) -> str:
    return "(" + (" OR ".join(matches(one) for one in wanted) or "false") + ")"


def window(did: Did, period: Period) -> tuple[int, int]:
    """The days, as numbers, in which it is looked for: from, and up to but not."""
    start, end = number(period.start), number(period.end)
    if did.months:
        return number(months_before(period.end, did.months)), end
    return {"period": (start, end), "ever": (NEVER, end), "before": (NEVER, start)}[did.when]


def months_before(on: date, months: int) -> date:
    """The day of the same number so many months before, or that month's last where it is shorter."""
    whole = on.year * 12 + on.month - 1 - months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
