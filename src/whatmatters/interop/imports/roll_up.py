"""Practice counts added up through our memberships, and set against what was published for the levels above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from whatmatters.interop.imports.layouts import UNALLOCATED
from whatmatters.organisations.models import Kind, Membership
from whatmatters.organisations.tree import in_force

Above = dict[Kind, str]  # the organisation of each level that a practice counts in
Sizes = dict[str, dict[str, int]]  # code -> group -> people
Levels = dict[Kind, Sizes]

HIGHER = (Kind.PCN, Kind.SUB_ICB, Kind.ICB, Kind.REGION, Kind.NATION)
STEPS = ((Kind.SUB_ICB, Kind.ICB), (Kind.ICB, Kind.REGION), (Kind.REGION, Kind.NATION))


def places(day: date) -> dict[str, Above]:
    """Where each practice counts on a day, by the memberships in force; one in no network counts in ``U``."""
    parents: dict[str, Above] = {}
    practices = set()
    held = Membership.objects.filter(in_force(day)).order_by("start", "-parent__code")
    for child, kind, level, parent in held.values_list("child__code", "child__kind", "parent__kind", "parent__code"):
        parents.setdefault(child, {})[Kind(level)] = parent
        if kind == Kind.PRACTICE:
            practices.add(child)
    return {practice: _all_above(practice, parents) for practice in practices}


def _all_above(practice: str, parents: Mapping[str, Above]) -> Above:
    above = {Kind.PCN: UNALLOCATED, **parents[practice]}
    for level, higher in STEPS:
        step = parents.get(above.get(level, ""), {})
        if higher in step:
            above[higher] = step[higher]
    return above


def roll_up(practices: Sizes, where: Mapping[str, Above]) -> Levels:
    """The sums of every level above, by group; ``U`` among the networks."""
    rolled: Levels = {level: {} for level in HIGHER}
    for practice, groups in practices.items():
        for level, code in where.get(practice, {}).items():
            sums = rolled[level].setdefault(code, {})
            for group, people in groups.items():
                sums[group] = sums.get(group, 0) + people
    return rolled


def reporting(practices: Sizes, where: Mapping[str, Above]) -> Levels:
    """How many practices gave a number, by level, organisation and group."""
    return roll_up({practice: dict.fromkeys(groups, 1) for practice, groups in practices.items()}, where)


def expected(where: Mapping[str, Above]) -> dict[tuple[Kind, str], int]:
    """How many practices count in each organisation."""
    found: dict[tuple[Kind, str], int] = {}
    for above in where.values():
        for place in above.items():
            found[place] = found.get(place, 0) + 1
    return found


@dataclass
class Comparison:
    """``cells`` were set against a published one; those of ``unchecked`` organisations could not all be."""

    cells: int = 0
    mismatches: list[str] = field(default_factory=list)
    unchecked: dict[str, int] = field(default_factory=dict)


def compare(published: Levels, practices: Sizes, where: Mapping[str, Above]) -> Comparison:
    """Every published cell above the practices against our own sum.

    A file of one ICB also gives its region, most of whose practices it has not: what is too low for that reason is
    unchecked. Of a network or sub-ICB a file has all the practices or is cut short, so there it is a mismatch.
    """
    rolled, given, due, found = roll_up(practices, where), reporting(practices, where), expected(where), Comparison()
    for level in HIGHER:
        for code, groups in published.get(level, {}).items():
            partly = level in (Kind.ICB, Kind.REGION) or code == UNALLOCATED
            for group, people in groups.items():
                ours = rolled[level].get(code, {}).get(group, 0)
                absent = due.get((level, code), 0) - given[level].get(code, {}).get(group, 0)
                if partly and absent and ours < people:
                    found.unchecked[code] = found.unchecked.get(code, 0) + 1
                    continue
                found.cells += 1
                if ours != people:
                    missing = f" without {absent} practices that the file does not list" if absent else ""
                    found.mismatches.append(f"{level} {code}, {group}: published {people:,}, ours {ours:,}{missing}")
    return found
