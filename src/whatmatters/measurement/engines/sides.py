"""What each indicator is made of, as one table: which counts, on which side, in which breakdown, combined how."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from whatmatters.measurement.counts import Count, Kinds, Largest
from whatmatters.measurement.engines import Plan, parts
from whatmatters.measurement.indicators import LEVELS, Indicator

SIDES = pa.schema(
    [
        ("indicator", pa.string()),
        ("divides", pa.bool_()),
        ("lowest", pa.int32()),
        ("needs", pa.int32()),
        ("side", pa.int32()),
        ("how", pa.string()),
        ("groups", pa.int32()),
        ("atom", pa.int32()),
        ("whose", pa.string()),
        ("breakdown", pa.string()),
        ("grp", pa.string()),
    ]
)
"""``whose`` is the breakdown of the grains to take; ``breakdown`` and ``grp`` are what to call them (null: as it is).
``how`` several atoms become one number: their sum, the largest of so many ``groups``, or how many kinds are not nought.
``needs`` numbers the codes that a practice must record."""


def needs(plan: Plan) -> dict[tuple[str, ...], int]:
    """Every set of codes that some indicator needs, with its number; 0 is none."""
    found: dict[tuple[str, ...], int] = {(): 0}
    for one in plan.indicators:
        found.setdefault(one.needs, len(found))
    return found


def sides(plan: Plan, indicators: Sequence[Indicator]) -> pa.Table:
    numbers = needs(plan)
    rows = []
    for one in indicators:
        about = (one.id, one.denominator is not None, LEVELS.index(one.lowest), numbers[one.needs])
        rows += [(*about, *row) for row in _rows(plan, one)]
    return pa.Table.from_pylist([dict(zip(SIDES.names, row, strict=True)) for row in rows], SIDES)


def _rows(plan: Plan, indicator: Indicator) -> Iterator[tuple[object, ...]]:
    of_people = [one for one in plan.breakdowns if one != "detail" and (one == "all" or indicator.splits)]
    for side, count in enumerate(indicator.counts):
        for how, groups, atom in _atoms(plan, count):
            yield from ((side, how, groups, atom, breakdown, None, None) for breakdown in of_people)
    if "detail" in plan.breakdowns and indicator.by:
        for group, counts in indicator.groups:
            for side, count in enumerate(counts):
                for how, groups, atom in _atoms(plan, count):
                    yield side, how, groups, atom, "all", indicator.by.name, group


def _atoms(plan: Plan, count: Count) -> Iterator[tuple[str, int, int]]:
    how = "largest" if isinstance(count, Largest) else "kinds" if isinstance(count, Kinds) else "sum"
    found = parts(count)
    return ((how, len(found), plan.atoms[part]) for part in found)
