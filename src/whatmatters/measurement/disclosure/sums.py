"""What must add up among published numbers, as any reader can work out: the material of every attack by subtraction.

A reader is granted each relation that holds in the exact numbers: groups add up to all, organisations to those above
them, quarters to a year. Where it does not hold (distinct people are in two quarters, a practice is in no network),
what is over is a number too, which nobody publishes.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum
from itertools import combinations, permutations, product
from typing import NamedTuple

from whatmatters.measurement.counts import Around, Count, Doings, Happenings, Largest, Total
from whatmatters.measurement.disclosure.links import within
from whatmatters.measurement.disclosure.numbers import AMOUNT, PEOPLE, REST, THINGS, Cell, Column, Numbers
from whatmatters.measurement.disclosure.overlaps import Overlap, overlaps
from whatmatters.measurement.disclosure.places import Places
from whatmatters.measurement.indicators import LEVELS

Trees = Callable[[str], Places]
"""The tree of a period, by its label."""
Bound = tuple[tuple[str, ...], tuple[str, ...]]
"""Indicators that together count at least what others do."""
MOVE = 8
"""How far the proof moves a number: a relation with more left over than its members could use up tells nothing."""
SMALL_TABLE = 4_000
"""Up to so many numbers, nothing is withheld for being sparse: each is worth proving."""


class Way(Enum):
    """Why parts make up a whole: they are its groups, or its places or quarters of one group, or something else."""

    GROUPS = 1
    SPANS = 2
    OTHER = 3


class Sum(NamedTuple):
    """``whole`` and ``parts`` add up to the same."""

    whole: tuple[int, ...]
    parts: tuple[int, ...]
    way: int = Way.OTHER.value


@dataclass
class Relations:
    """``sums`` for the solver; ``families`` of numbers of which one alone must not be hidden; ``rests`` of pairs."""

    numbers: Numbers
    large: bool
    sums: set[Sum] = field(default_factory=set)
    families: set[Sum] = field(default_factory=set)
    rests: dict[tuple[int, int], int] = field(default_factory=dict)

    def family(self, whole: Sequence[int], parts: Sequence[int], way: Way = Way.OTHER) -> None:
        """Parts that make up a whole, if it is there: exactly, or but for what is left over on one side."""
        if not any(self.numbers.value[one] for one in (*whole, *parts)):
            return
        left = self.left(whole, parts) if whole else 0
        if len(parts) > 1 or (whole and not left):
            self.families.add(Sum(() if left else tuple(whole), tuple(parts)))
        if whole and not left:
            self.sums.add(Sum(tuple(whole), tuple(parts), way.value))
        elif whole:
            self._add(whole, parts, way)

    def holds(self, whole: Sequence[int], parts: Sequence[int]) -> int | None:
        """The whole is at least the parts, if it is; returns the number left over, unless it is too large to tell."""
        some = whole and any(self.numbers.value[one] for one in parts)
        return self._add(whole, parts) if some and self.left(whole, parts) >= 0 else None

    def _add(self, whole: Sequence[int], parts: Sequence[int], way: Way = Way.OTHER) -> int | None:
        numbers, left = self.numbers, self.left(whole, parts)
        free = any(numbers.kind[one] == AMOUNT for one in whole)
        if free or abs(left) >= MOVE * (len(whole) + len(parts)):
            return None
        rest = numbers.add(abs(left), REST)
        numbers.home[rest] = numbers.home[whole[0]]
        sides = (tuple(whole), (*parts, rest)) if left >= 0 else ((*whole, rest), tuple(parts))
        self.sums.add(Sum(*sides, way.value))
        return rest

    def left(self, whole: Iterable[int], parts: Iterable[int]) -> float:
        value = self.numbers.value
        return round(sum(value[one] for one in whole) - sum(value[one] for one in parts), 6)


def relations(numbers: Numbers, trees: Trees | None) -> Relations:
    """The relations that these numbers stand in."""
    found = Relations(numbers, large=len(numbers.value) > SMALL_TABLE)
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
    return found


def link(found: Relations, without: Set[int]) -> None:
    """Adds the bounds that linked counts set one another, and a year its quarters, where all of them are published.

    Counts of one source may be within one another, or bound by threes and fours. ``without``: numbers that no longer
    matter.
    """
    for column in found.numbers.columns.values():
        if column.kind != THINGS and not isinstance(column.count, Largest):
            _bounds(found, column, without)
    of: dict[tuple[Count, str | None], list[Column]] = defaultdict(list)
    for column in found.numbers.columns.values():
        if column.count:
            of[column.count, column.source].append(column)
    for source in dict.fromkeys(source for _, source in of):
        counts = [count for count, one in of if one == source]
        pairs = [
            Overlap((whole,), (part,), same=False) for part, whole in permutations(counts, 2) if within(part, whole)
        ]
        for more, fewer, same in (*pairs, *overlaps(counts)):
            for columns in product(*(of[count, source] for count in (*more, *fewer))):
                for at in columns[0].cells:
                    numbers = [column.cells[at] for column in columns if at in column.cells]
                    if len(numbers) == len(columns) and without.isdisjoint(numbers):
                        (found.family if same else found.holds)(numbers[: len(more)], numbers[len(more) :])


def at_least(found: Relations, bound: Iterable[Bound], numerators: Iterable[tuple[str, Cell, int | None]]) -> None:
    """Adds what the caller knows of indicators that no definition tells of."""
    of: dict[str, dict[Cell, int]] = defaultdict(dict)
    for name, at, number in numerators:
        if number is not None:
            of[name][at] = number
    for more, fewer in bound:
        for at in of[more[0]]:
            if all(at in of[name] for name in (*more, *fewer)):
                whole, parts = Counter(of[name][at] for name in more), Counter(of[name][at] for name in fewer)
                found.holds([*(whole - parts)], [*(parts - whole)])  # a number may be known by several names


def _groups(found: Relations, column: Column) -> None:
    groups = defaultdict(list)
    for at, number in column.cells.items():
        if at.breakdown != "all":
            groups[at._replace(group="")].append(number)
    for place, parts in groups.items():
        found.family(_at(column, place._replace(breakdown="all", group="all")), parts, Way.GROUPS)


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
        found.family([wholes[place]] if place in wholes else [], parts, Way.SPANS)


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
            found.family(by_level[high], by_level[low], Way.SPANS)


def _periods(found: Relations, column: Column) -> None:
    """A year and its quarters: added up where events or values are, and where no definition says otherwise."""
    for whole, parts, equal in _years(found, column):
        if equal:
            found.family([whole], parts, Way.SPANS)


def _bounds(found: Relations, column: Column, without: Set[int]) -> None:
    """Whoever counts in the year does in one of its quarters, and whoever does in a quarter, in the year."""
    for whole, parts, equal in _years(found, column):
        if not equal and without.isdisjoint((whole, *parts)):
            found.holds(parts, [whole])
            for part in parts:
                found.holds([whole], [part])


def _years(found: Relations, column: Column) -> Iterator[tuple[int, list[int], bool]]:
    """A year's number, those of its quarters, and whether it is these together (or the last alone: then only that)."""
    additive = column.count is None or isinstance(column.count, Happenings | Total | Around | Doings)
    years: dict[str, dict[Cell, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for at, number in column.cells.items():
        years[at.period.partition("-Q")[0]][at._replace(period="")][at.period] = number
    for year, cells in years.items():
        last = max(label for spans in cells.values() for label in spans)
        as_at_end = all(_value(found, spans, year) == _value(found, spans, last) for spans in cells.values())
        for spans in cells.values():
            parts = [number for label, number in spans.items() if label != year]
            if year not in spans or not parts:
                continue
            if as_at_end:
                yield spans[year], [number for label, number in spans.items() if label == last], True
            else:
                some = [number for number in parts if found.numbers.value[number]]
                yield spans[year], parts, not found.left([spans[year]], parts) and (additive or len(some) == 1)


def _value(found: Relations, spans: Mapping[str, int], label: str) -> float:
    return found.numbers.value[spans[label]] if label in spans else 0


def _at(column: Column, cell: Cell) -> list[int]:
    return [column.cells[cell]] if cell in column.cells else []
