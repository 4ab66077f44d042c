"""Small tables of pages through the gate, in plain Python.

A page is looked at again and again. Its figures are therefore as at the end of the last whole month, and every month's
are weighed against those of the month before, as anyone saw them who looked then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from whatmatters.measurement.disclosure import publish
from whatmatters.measurement.disclosure.history import KEY, TOLD, told
from whatmatters.measurement.indicators import LEVELS

Row = Mapping[str, Any]
Parts = Sequence[tuple[str, Sequence[str]]]


def month_end(today: date) -> date:
    """The last day of the last month that is over."""
    return today.replace(day=1) - timedelta(days=1)


def month_ends(since: date, until: date) -> Iterator[date]:
    """The last days of the months from ``since`` to before ``until``, and ``until``."""
    day = since.replace(day=1)
    while (end := (day + timedelta(days=31)).replace(day=1)) <= until:
        yield end - timedelta(days=1)
        day = end
    yield until


def looked_at(looks: Iterable[Sequence[Row]], **more: Any) -> list[dict[str, Any]]:
    """The last of several looks at a table, oldest first, as ``publish`` leaves it who knows what each one showed."""
    rows: Sequence[Row] | None = None
    shown: list[dict[str, Any]] = []
    before: dict[tuple[Any, ...], Row] = {}
    for look in looks:
        if look == rows:
            continue
        rows = look
        shown = publish(rows, before=before.values(), solver=False, **more)
        before = {key: _told(row, before.get(key)) for row in shown for key in [_key(row)]}
    return shown


def rows_of(counts: Mapping[str, int], parts: Parts) -> list[dict[str, Any]]:
    """Named counts as rows for the gate. ``parts`` names those that add up to one, several times over where it can be
    split in several ways."""
    way = {name: f"{at}" for at, (_, names) in enumerate(parts) for name in names}
    return [
        {
            "indicator": "table", "definition": 1, "period": "2022-23", "organisation": name,
            "level": way.get(name, LEVELS[-1]), "breakdown": "all", "group": "all", "source": "computed",
            "numerator": count, "denominator": None,
        }
        for name, count in counts.items()
    ]  # fmt: skip


def above(parts: Parts) -> dict[str, set[str]]:
    """What each name adds up to."""
    found: dict[str, set[str]] = {}
    for whole, names in parts:
        for name in names:
            found.setdefault(name, set()).add(whole)
    return found


def table(looks: Iterable[Mapping[str, int]], parts: Parts) -> dict[str, int | None]:
    """What may be shown of the named counts of the last look: rounded to the nearest 5, or None where it is hidden."""
    published = looked_at((rows_of(counts, parts) for counts in looks), parents=above(parts))
    return {row["organisation"]: row["shown_numerator"] for row in published}


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in KEY)


def _told(row: Row, then: Row | None) -> Row:
    return {**row, **dict(zip(TOLD, told(row, then), strict=True))}
