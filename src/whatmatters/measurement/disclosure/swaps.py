"""Witnesses that are quickly found: one person more in this group and one fewer in that, and elsewhere the other way.

Whoever is counted is counted at a practice in a quarter, and so at all that is above them. Had one of them been of
another group, one number would be more and another less at each of these places, and nothing else would differ. Where
something shown forbids that further up, somebody of the other group, at another place below it, makes up for it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from random import Random

from whatmatters.measurement.disclosure.attacker import Attacker, Move
from whatmatters.measurement.disclosure.sums import Sum, Way

GROUPS, PLACES, MENDED = 6, 12, 6
"""How many other groups, and places to make up for it, are tried; how many numbers more may have to move."""


class Swaps:
    """``above``: every number that counts those of a number too; ``ends``: those made up of no others of the group."""

    def __init__(self, attacker: Attacker, sums: Sequence[Sum], groups: Mapping[int, str], rests: Set[int]) -> None:
        self.attacker, self.groups, rest = attacker, groups, rests
        self.up: dict[int, set[int]] = defaultdict(set)
        self.beside: dict[int, tuple[int, ...]] = {}
        made_up: set[int] = set()
        for each in sums:
            parts = [one for one in each.parts if one not in rest]
            if each.way == Way.SPANS.value:
                made_up.update(each.whole)
                if rest.isdisjoint(each.whole) and len(parts) == len(each.parts):
                    for one in parts:
                        self.up[one].update(each.whole)
            elif each.way == Way.GROUPS.value:
                self.beside.update(dict.fromkeys(parts, tuple(parts)))
        self.above: dict[int, frozenset[int]] = {}
        self.ends: dict[int, list[int]] = defaultdict(list)
        for end in sorted(self.beside.keys() - made_up):
            for one in self.all_above(end):
                self.ends[one].append(end)
        self.chance = Random(0)  # noqa: S311  # where to look first, no secret

    def all_above(self, number: int) -> frozenset[int]:
        """With itself."""
        if number not in self.above:
            self.above[number] = frozenset([number]).union(*(self.all_above(one) for one in self.up.get(number, ())))
        return self.above[number]

    def look(self, number: int) -> bool:
        """Looks for witnesses in which it is one more, and one less; returns whether it is still open."""
        for step in (1, -1):
            for end in self._some(self.ends.get(number, []), PLACES):
                if not self.attacker.wants(number, step):
                    break
                self._swap(number, end, step)
        return self.attacker.open(number)

    def _swap(self, number: int, end: int, step: int) -> None:
        fits = self.attacker.fits
        mine = self.all_above(end)
        held = [one for one in mine if not fits(one, step)]
        if number in held or end in held:
            return
        for other in self._some([one for one in self.beside[end] if one != end and fits(one, -step)], GROUPS):
            theirs = self.all_above(other)
            against = [*held, *(one for one in theirs if not fits(one, -step))]
            for back in self._back(end, other, number, against) if against else ({},):
                move = dict.fromkeys(mine, step) | dict.fromkeys(theirs, -step)
                for one, way in back.items():
                    move[one] = move.get(one, 0) + way * step
                move = {one: by for one, by in move.items() if by}
                if all(fits(one, by) for one, by in move.items()) and self.attacker.try_move(move, MENDED):
                    return

    def _back(self, end: int, other: int, number: int, against: Sequence[int]) -> Iterator[Move]:
        """Swaps the other way round at other places below all that are against it."""
        few = min(against, key=lambda one: len(self.ends.get(one, ())))
        of_mine = few in self.all_above(end)
        for one in self._some(self.ends.get(few, []), PLACES):
            mate = self._mate(one, other if of_mine else end)
            if mate is None:
                continue
            mine, theirs = (one, mate) if of_mine else (mate, one)
            up, down = self.all_above(mine), self.all_above(theirs)
            if number not in up and all(each in up or each in down for each in against):
                yield {**dict.fromkeys(up, -1), **dict.fromkeys(down, 1)}

    def _mate(self, one: int, like: int) -> int | None:
        """Of the groups that one is among, the same group as another number's."""
        group = self.groups.get(like)
        return next((each for each in self.beside[one] if self.groups.get(each) == group), None)

    def _some(self, numbers: Sequence[int], most: int) -> Sequence[int]:
        return self.chance.sample(numbers, most) if len(numbers) > most else numbers
