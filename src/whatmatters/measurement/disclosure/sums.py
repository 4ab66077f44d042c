"""What must add up among published numbers, as any reader can work out: the material of every attack by subtraction.

A reader is granted each relation that holds in the exact numbers: groups add up to all, organisations to those above
them, quarters to a year. Where it does not hold (distinct people are in two quarters, a practice is in no network),
what is over is a number too, which nobody publishes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import NamedTuple

from whatmatters.measurement.counts import Around, Doings, Happenings, Largest, Total
from whatmatters.measurement.disclosure.links import within
from whatmatters.measurement.disclosure.numbers import AMOUNT, PEOPLE, REST, THINGS, Cell, Column, Numbers
from whatmatters.measurement.disclosure.places import Places
from whatmatters.measurement.indicators import LEVELS

Trees = Callable[[str], Places]
"""The tree of a period, by its label."""
MOVE = 8
"""How far the proof moves a number: a relation with more left over than its members could use up tells nothing."""
JOINT = 4_000
"""Up to so many numbers, bounds between periods and linked indicators are reckoned with too."""


class Sum(NamedTuple):
    """``whole`` and ``parts`` add up to the same."""

    whole: tuple[int, ...]
    parts: tuple[int, ...]


@dataclass
class Relations:
    """``sums`` for the solver; ``families`` of numbers of which one alone must not be hidden; ``rests`` of pairs."""

    numbers: Numbers
    joint: bool
    sums: set[Sum] = field(default_factory=set)
    families: set[Sum] = field(default_factory=set)
    rests: dict[tuple[int, int], int] = field(default_factory=dict)

    def family(self, whole: Sequence[int], parts: Sequence[int]) -> None:
        """Parts that make up a whole, if it is there: exactly, or but for what is left over on one side."""
        if not any(self.numbers.value[one] for one in (*whole, *parts)):
            return
        left = self.left(whole, parts) if whole else 0
        if len(parts) > 1 or (whole and not left):
            self.families.add(Sum(() if left else tuple(whole), tuple(parts)))
        if whole and not left:
            self.sums.add(Sum(tuple(whole), tuple(parts)))
        elif whole:
            self._add(whole, parts)

    def holds(self, whole: Sequence[int], parts: Sequence[int]) -> int | None:
        """The whole is at least the parts, if it is; returns the number left over, unless it is too large to tell."""
        some = any(self.numbers.value[one] for one in parts)
        return self._add(whole, parts) if some and self.left(whole, parts) >= 0 else None

    def _add(self, whole: Sequence[int], parts: Sequence[int]) -> int | None:
        numbers, left = self.numbers, self.left(whole, parts)
        free = any(numbers.kind[one] == AMOUNT for one in whole)
        if free or abs(left) >= MOVE * (len(whole) + len(parts)):
            return None
        rest = numbers.add(abs(left), REST)
        numbers.home[rest] = numbers.home[whole[0]]
        self.sums.add(Sum(tuple(whole), (*parts, rest)) if left >= 0 else Sum((*whole, rest), tuple(parts)))
        return rest

    def left(self, whole: Iterable[int], parts: Iterable[int]) -> float:
        value = self.numbers.value
        return round(sum(value[one] for one in whole) - sum(value[one] for one in parts), 6)


def relations(numbers: Numbers, trees: Trees | None) -> Relations:
    """The relations that these numbers stand in."""
    found = Relations(numbers, joint=len(numbers.value) <= JOINT)
    added = [one for one in numbers.columns.values() if one.kind != THINGS and not isinstance(one.count, Largest)]
    for column in added:
        _groups(found, column)
        _places(found, column, trees) if trees else _levels(found, column)
        _periods(found, column)
    for above, below in set(numbers.pairs):
        if above is None or below is None or above == below:
            continue
        if numbers.kind[above] == numbers.kind[below] == PEOPLE:
            rest = found.holds([below], [above])
            if rest is not None:
                found.rests[above, below] = rest
    for part, whole in permutations(numbers.columns.values(), 2) if found.joint else ():
        if part.source == whole.source and part.count and whole.count and within(part.count, whole.count):
            for at in part.cells:
                if at in whole.cells:
                    found.holds([whole.cells[at]], [part.cells[at]])
    return found


def _groups(found: Relations, column: Column) -> None:
    groups = defaultdict(list)
    for at, number in column.cells.items():
        if at.breakdown != "all":
            groups[at._replace(group="")].append(number)
    for place, parts in groups.items():
        found.family(_at(column, place._replace(breakdown="all", group="all")), parts)


def _places(found: Relations, column: Column, trees: Trees) -> None:
    """The organisations of a level under each one above them; without practices' rows, under those far above too."""
    far = not any(at.level == LEVELS[0] for at in column.cells)
    wholes = {at._replace(level=""): number for at, number in column.cells.items()}
    below = defaultdict(list)
    for at, number in column.cells.items():
        for above, near in trees(at.period).above(at.organisation).items():
            if near or far:
                below[at._replace(organisation=above, level=""), at.level].append(number)
    for (place, _), parts in below.items():
        found.family([wholes[place]] if place in wholes else [], parts)


def _levels(found: Relations, column: Column) -> None:
    """Without the tree: each level's organisations are one family, and each level adds up to every other."""
    levels: dict[tuple[str, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, number in column.cells.items():
        levels[at.period, at.breakdown, at.group][at.level].append(number)
    for by_level in levels.values():
        for parts in by_level.values():
            found.family([], parts)
        ordered = sorted(by_level, key=lambda level: LEVELS.index(level) if level in LEVELS else -1)
        for low, high in combinations(ordered, 2):
            found.family(by_level[high], by_level[low])


def _periods(found: Relations, column: Column) -> None:
    """A year and its quarters: added up where events or values are, and where no definition says otherwise."""
    additive = column.count is None or isinstance(column.count, Happenings | Total | Around | Doings)
    years: dict[str, dict[Cell, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for at, number in column.cells.items():
        years[at.period.partition("-Q")[0]][at._replace(period="")][at.period] = number
    for year, cells in years.items():
        last = max(label for spans in cells.values() for label in spans)
        as_at_end = all(_value(found, spans, year) == _value(found, spans, last) for spans in cells.values())
        for spans in cells.values():
            whole = [number for label, number in spans.items() if label == year]
            parts = [number for label, number in spans.items() if label != year]
            if not whole or not parts:
                continue
            if as_at_end:
                found.family(whole, [number for label, number in spans.items() if label == last])
            elif found.left(whole, parts) == 0 and (additive or sum(bool(found.numbers.value[n]) for n in parts) == 1):
                found.family(whole, parts)
            elif found.joint:
                found.holds(parts, whole)
                for part in parts:
                    found.holds(whole, [part])


def _value(found: Relations, spans: Mapping[str, int], label: str) -> float:
    return found.numbers.value[spans[label]] if label in spans else 0


def _at(column: Column, cell: Cell) -> list[int]:
    return [column.cells[cell]] if cell in column.cells else []
