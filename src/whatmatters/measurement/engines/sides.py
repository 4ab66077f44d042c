"""What each indicator is made of, as one small table: which counts, on which side, in which cell, combined how."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from whatmatters.measurement.counts import Count, Kinds, Largest
from whatmatters.measurement.engines import Plan, parts
from whatmatters.measurement.engines.people import GROUPS
from whatmatters.measurement.indicators import LEVELS, Indicator

Cell = tuple[str, str]
NUMBERS = ("indicator", "lowest", "needs", "side", "combined", "parts", "atom", "whose", "cell")
SIDES = pa.schema([(name, pa.int32()) for name in NUMBERS])
"""``indicator`` is its place among those asked for; ``lowest`` the level it begins at; ``needs`` the set of codes that
a practice must record. ``whose`` is the breakdown of the grains to take, and ``cell`` what to call them (null: as they
are). So many ``parts`` are ``combined`` into one number."""
SUM, LARGEST, KINDS = range(3)


def cells(plan: Plan) -> list[Cell]:
    """Every (breakdown, group) that can come out, in order."""
    found = {("all", "all")} | {(split, group) for split in plan.splits for group in GROUPS[split]}
    if "detail" in plan.breakdowns:
        found |= {(one.by.name, group) for one in plan.indicators if one.by for group in one.group_names}
    return sorted(found)


def needs(plan: Plan) -> dict[tuple[str, ...], int]:
    """Every set of codes that some indicator needs, with its number; 0 is none."""
    found: dict[tuple[str, ...], int] = {(): 0}
    for one in plan.indicators:
        found.setdefault(one.needs, len(found))
    return found


def sides(plan: Plan, indicators: Sequence[Indicator]) -> pa.Table:
    numbers, named = needs(plan), cells(plan)
    rows = [
        (place, LEVELS.index(one.lowest), numbers[one.needs], *row)
        for place, one in enumerate(indicators)
        for row in _rows(plan, one, named)
    ]
    columns = zip(*rows, strict=True) if rows else ([] for _ in NUMBERS)
    return pa.table([pa.array(column, pa.int32()) for column in columns], SIDES)


def _rows(plan: Plan, indicator: Indicator, named: list[Cell]) -> Iterator[tuple[int | None, ...]]:
    whose = [place for place, one in enumerate(("all", *plan.splits)) if indicator.splits or not place]
    if "all" not in plan.breakdowns:
        whose.remove(0)
    for side, count in enumerate(indicator.counts):
        for atom in _atoms(plan, count):
            yield from ((side, *atom, one, None) for one in whose)
    if "detail" in plan.breakdowns and indicator.by:
        for group, counts in indicator.groups:
            for side, count in enumerate(counts):
                for atom in _atoms(plan, count):
                    yield side, *atom, 0, named.index((indicator.by.name, group))


def _atoms(plan: Plan, count: Count) -> Iterator[tuple[int, int, int]]:
    combined = LARGEST if isinstance(count, Largest) else KINDS if isinstance(count, Kinds) else SUM
    found = parts(count)
    return ((combined, len(found), plan.atoms[part]) for part in found)
