"""Hides more until every secret is safe from the attacker. Loads scipy: for the process that measures, never a page."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from math import inf

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

from whatmatters.measurement.disclosure.attacker import Attacker, Ints
from whatmatters.measurement.disclosure.numbers import AMOUNT, PEOPLE, REST, Cell, Numbers
from whatmatters.measurement.disclosure.rules import NEAREST, SMALL, rounded
from whatmatters.measurement.disclosure.seconds import Hidden
from whatmatters.measurement.disclosure.sums import Relations, Sum, Trees

MANY, TOO_MANY = 3_000, 40_000
"""Numbers that are tried together only after smaller neighbourhoods have been, and those that never are. Then more is
hidden than need be, but never less: a witness among few is one among all."""


def protect(numbers: Numbers, relations: Relations, hidden: Hidden, secrets: Set[int], trees: Trees | None) -> None:
    """Adds to ``hidden`` until no secret can be worked out."""
    gone = set() if relations.joint else _withheld(numbers, hidden)
    sums = [one for one in sorted(relations.sums) if gone.isdisjoint(one.whole) and gone.isdisjoint(one.parts)]
    proof = _Proof(numbers, relations, hidden, sums, trees)
    unsafe = np.array(sorted(secrets - gone), int)
    unsafe = unsafe[proof.related(unsafe)]
    counts = [(part, count, at.period) for part, (count, at) in zip(proof.linked, proof.homes, strict=True)]
    keys = (
        proof.within(counts, 12, MANY),
        proof.within(counts, 300, TOO_MANY),
        proof.within(proof.linked, 300, TOO_MANY),
    )
    for key in keys:
        for region, some in proof.regions(key, unsafe):
            proof.reader.try_all(proof.movable(region), some)
        unsafe = unsafe[proof.reader.open(unsafe)]
    for region, some in proof.regions(keys[-1], unsafe):
        proof.cover(region, some)


def _withheld(numbers: Numbers, hidden: Hidden) -> set[int]:
    """Withholds each level's breakdown that is mostly hidden; returns those withheld on every level.

    These tell no more than the totals do: at any place one number may be more and another less, and so above it. They
    need no proof and, being unknown, take part in none.
    """
    tables: dict[Hashable, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (count, at) in numbers.home.items():
        if at.breakdown != "all" and numbers.kind[number] in (PEOPLE, AMOUNT):
            tables[count, at.period, at.breakdown][at.level].append(number)
    gone: set[int] = set()
    for levels in tables.values():
        withheld = [hidden.withhold(table) for table in levels.values()]
        if all(withheld):
            gone.update(*levels.values())
    return gone


class _Proof:
    """The attacker, and what he knows as more is hidden."""

    def __init__(
        self, numbers: Numbers, relations: Relations, hidden: Hidden, sums: Sequence[Sum], trees: Trees | None
    ) -> None:
        self.numbers, self.hidden, self.trees = numbers, hidden, trees
        self.reader = Attacker(numbers.value, sums, [kind != AMOUNT for kind in numbers.kind])
        self.homes = [numbers.home[number] for number in range(len(numbers.value))]
        every = abs(self.reader.sums)
        self.linked: list[Hashable] = connected_components(every.T @ every, directed=False)[1].tolist()
        self.rest = np.array([kind == REST for kind in numbers.kind])
        self.pair = {rest: pair for pair, rest in relations.rests.items()}
        self.rests = defaultdict(list)
        for rest, pair in self.pair.items():
            for number in pair:
                self.rests[number].append(rest)
        self._learn(range(len(numbers.value)))

    def related(self, some: Ints) -> npt.NDArray[np.bool_]:
        """Those that something shown tells of. Where all that is linked is hidden, all may be one more, or two."""
        value, hidden = self.numbers.value, self.hidden.numbers
        told = {
            part
            for number, part in enumerate(self.linked)
            if value[number] and not self.rest[number] and number not in hidden
        }
        return np.array([self.linked[number] in told for number in some.tolist()], bool)

    def within(self, keys: Sequence[Hashable], most: int, many: int) -> list[Hashable]:
        """The same keys, those of too many numbers split by place: organisations that hold at most so many."""
        large = {key for key, size in Counter(keys).items() if size > many}
        return [
            (key, self._around(at, most)) if key in large else key
            for key, (_, at) in zip(keys, self.homes, strict=True)
        ]

    def _around(self, at: Cell, most: int) -> str:
        return self.trees(at.period).around(at.organisation, most) if self.trees else at.level

    def regions(self, key: Sequence[Hashable], unsafe: Ints) -> Iterator[tuple[Ints, Ints]]:
        """The numbers that share a key with some of the unsafe, and these; the smallest regions first."""
        wanted, members = defaultdict(list), defaultdict(list)
        for number in unsafe.tolist():
            wanted[key[number]].append(number)
        for number, which in enumerate(key):
            if which in wanted:
                members[which].append(number)
        for which in sorted(wanted, key=lambda one: len(members[one])):
            yield np.array(members[which], int), np.array(wanted[which], int)

    def movable(self, region: Ints) -> Ints:
        """Those of the region that are not known already, and what is left over in their sums."""
        free = region[self.reader.low[region] < self.reader.high[region]]
        rows = np.unique(self.reader.of[:, free].indices)
        touched = np.unique(self.reader.sums[rows].indices)
        return np.union1d(free, touched[self.rest[touched]])

    def cover(self, region: Ints, unsafe: Ints) -> None:
        """Proves each safe, hiding what holds it where it is not; gives up where all that is public already."""
        for secret in unsafe.tolist():
            while self.reader.open(secret):
                near = np.union1d(self.movable(region), region)
                held = self.reader.try_one(near, secret)
                if not self.reader.open(secret):
                    break
                cover = [one for one in held.tolist() if not self.rest[one] and self.hidden.may_hide(one)]
                if not cover:
                    break
                self._learn(self.hidden.hide([min(cover, key=self.hidden.cost)]))

    def _learn(self, hidden: Iterable[int]) -> None:
        changed = set(hidden)
        for at in {at for number in changed for at in self.hidden.of[number] if self.hidden.noughts[at]}:
            family = self.hidden.families[at]
            changed.update(one for one in (*family.whole, *family.parts) if one in self.hidden.numbers)
        for number in (*changed, *(rest for one in changed for rest in self.rests[one])):
            self.reader.low[number], self.reader.high[number] = self._known(number)

    def _known(self, number: int) -> tuple[float, float]:
        """Between what a number must be, for all that is known of it by itself."""
        value, kind, hidden = self.numbers.value[number], self.numbers.kind[number], self.hidden
        if kind == REST:
            if number in self.pair and not any(one in hidden.numbers for one in self.pair[number]):
                return (min(value, SMALL), inf) if value else (0, 0)  # of 1 to 7 the numerator would be hidden
            return 0, inf
        if number in hidden.numbers and number not in hidden.public:
            return (-inf, inf) if kind == AMOUNT else (0 if hidden.may_be_nought(number) else 1, inf)
        if not value and kind != AMOUNT:
            return 0, 0
        around = NEAREST / 2 if kind == AMOUNT else NEAREST // 2
        return min(rounded(value) - around, value), max(rounded(value) + around, value)
