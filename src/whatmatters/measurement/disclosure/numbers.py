"""The different numbers in result rows: each once, however many rows show it.

Linked indicators often share a number: a list size under many rates, one's numerator under another. The same count of
the same people is one number here, hidden or shown everywhere alike. Without definitions, columns that agree in every
cell are taken for one count.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from whatmatters.measurement.counts import (
    Around,
    Change,
    Count,
    Doings,
    Kinds,
    Organisations,
    Published,
    Staff,
    Total,
    Workers,
)
from whatmatters.measurement.indicators import Indicator, narrow

SIDES = ("numerator", "denominator")
PEOPLE, AMOUNT, THINGS, REST = "people", "amount", "things", "rest"
Row = Mapping[str, Any]


class Cell(NamedTuple):
    """Where a number stands among those of its count."""

    period: str
    level: str
    organisation: str
    breakdown: str
    group: str


@dataclass
class Column:
    """A count in every cell that has it; ``count`` is None where the definition is not known."""

    count: Count | None
    kind: str
    source: str | None
    cells: dict[Cell, int] = field(default_factory=dict)


@dataclass
class Numbers:
    """``value`` and ``kind`` of each number; ``pairs``, each row's numerator and denominator (None: it has
    none); ``home``, a count that each number is of, and its cell.

    Kinds: ``people``, their events and cases (small ones are hidden); ``amount``, a sum of changes or values, free to
    be negative (hidden with the people behind it); ``things``, organisations and staff (shown as they are); ``rest``,
    what a relation leaves over (in no row).
    """

    value: list[float] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    columns: dict[Hashable, Column] = field(default_factory=dict)
    pairs: list[tuple[int | None, int | None]] = field(default_factory=list)
    home: dict[int, tuple[int, Cell]] = field(default_factory=dict)

    def add(self, value: float, kind: str) -> int:
        self.value.append(value)
        self.kind.append(kind)
        return len(self.value) - 1


def cell(row: Row) -> Cell:
    return Cell(row["period"], row["level"], row["organisation"], row["breakdown"], row["group"])


def gather(rows: Collection[Row], indicators: Mapping[str, Indicator]) -> Numbers:
    """The numbers of these rows: two are one where count, source, place, period, group and value agree."""
    numbers = Numbers()
    names: dict[Hashable, int] = {}  # of counts, so that each is compared once and not for every cell
    seen: dict[Hashable, int] = {}
    placed: dict[Hashable, dict[Cell, int]] = {}
    for side, name in enumerate(SIDES):
        for which, cells in _columns(rows, name).items():
            indicator, source = _defined(indicators, which, side), which[2]
            count = indicator.counts[side] if indicator else None
            same: Hashable = (count, indicator.needs) if indicator else frozenset(cells.items())
            column = numbers.columns.setdefault((same, source), Column(count, _kind(count, cells), source))
            groups: dict[tuple[str, ...], tuple[int, str, str]] = {}
            for at in cells:
                if at[3:] not in groups:
                    what, breakdown, group = _meant(indicator, side, same, at)
                    groups[at[3:]] = names.setdefault(what, len(names)), breakdown, group
            here = placed[side, which] = {}
            for at, value in cells.items():
                one = (*groups[at[3:]], source, *at[:3], value)
                if one not in seen:
                    seen[one] = numbers.add(value, column.kind)
                    numbers.home[seen[one]] = (names.setdefault(same, len(names)), at)
                here[at] = column.cells[at] = seen[one]
    for row in rows:
        above, below = (placed.get((side, _which(row)), {}).get(cell(row)) for side in (0, 1))
        numbers.pairs.append((above, below))
    return numbers


def _which(row: Row) -> tuple[str, int | None, str | None]:
    return row["indicator"], row.get("definition"), row.get("source")


def _columns(rows: Collection[Row], side: str) -> dict[tuple[str, int | None, str | None], dict[Cell, float]]:
    found: dict[tuple[str, int | None, str | None], dict[Cell, float]] = {}
    for row in rows:
        if row[side] is not None:
            found.setdefault(_which(row), {})[cell(row)] = float(row[side])
    return found


def _defined(indicators: Mapping[str, Indicator], which: tuple[Any, ...], side: int) -> Indicator | None:
    """The definition these rows were made by; one of another version says nothing of them."""
    indicator = indicators.get(which[0])
    fits = indicator and which[1] in (None, indicator.version) and side < len(indicator.counts)
    return indicator if fits else None


def _meant(indicator: Indicator | None, side: int, same: Hashable, at: Cell) -> tuple[Hashable, str, str]:
    """What a cell counts, in which group: a detail's group is a count of its own, of everyone."""
    if indicator and indicator.by and at.breakdown == indicator.by.name:
        return narrow(indicator.counts, indicator.by, at.group)[side], "all", "all"
    return (indicator.counts[side] if indicator else same), at.breakdown, at.group


def _kind(count: Count | None, cells: Mapping[Cell, float]) -> str:
    if isinstance(count, Organisations | Staff | Workers | Kinds):
        return THINGS
    if isinstance(count, Doings) and count.total:
        return AMOUNT
    if isinstance(count, Change | Total) or (isinstance(count, Around) and count.side == "change"):
        return AMOUNT
    told = count is not None and not isinstance(count, Published)
    return PEOPLE if told or all(one >= 0 and one == int(one) for one in cells.values()) else AMOUNT
