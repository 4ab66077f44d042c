"""The reader who subtracts: looks for other tables that agree with all that is shown.

A shown number leaves five possibilities, for it was rounded to the nearest 5; a nought leaves one; a hidden number is
1 or more, or 0 or more where noughts are hidden near it. The true table of numbers is one of many that agree with that
and add up. A secret is safe when others are found in which it differs enough: *witnesses*. Whatever else differs in a
witness is the safer for it too, and one that changes few numbers is as good as any.

So a witness is looked for nearby first: the secret is moved by one, and each sum that no longer adds up is mended by
moving another of its numbers, until all do (the cycles of Gusfield, A Graph Theoretic Approach to Statistical Data
Security, SIAM Journal on Computing 17, 1988, for sums of every kind). What it costs does not grow with the table. What
it finds is certain; what it does not find is left to ``solver.py``, or more is hidden.
"""

from collections import defaultdict
from collections.abc import Sequence, Set
from itertools import combinations
from random import Random

from whatmatters.measurement.disclosure.sums import MOVE, Sum

WIDTH, ABOVE = 2, 1
"""How much a secret must be able to vary, and to be more than it is: the protection intervals of Statistics Norway's
GaussSuppression for counts. It leaves three possibilities or more, and never "at most what it is"."""
TRIES, STEPS, OFF, AMONG = 2, 20, 8, 30
"""Searches for one witness; numbers moved and sums off at once in a search; numbers of a sum that are looked at."""
Move = dict[int, int]


class Attacker:
    """``low`` and ``high``: what is known of each number by itself; ``least`` and ``most``: in the witnesses so far."""

    def __init__(self, values: Sequence[float], sums: Sequence[Sum], rests: Set[int]) -> None:
        self.value = values
        self.low, self.high = list(values), list(values)
        self.least, self.most = list(values), list(values)
        self.terms = [[(one, 1) for one in each.whole] + [(one, -1) for one in each.parts] for each in sums]
        self.of: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.rest: dict[int, tuple[int, int]] = {}  # what is left over in a sum: a number of no other
        for at, terms in enumerate(self.terms):
            for number, sign in terms:
                self.of[number].append((at, sign))
                if number in rests:
                    self.rest[at] = (number, sign)
        self.both: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, of in self.of.items():
            for (one, _), (other, _) in combinations(of, 2):
                self.both[one, other].append(number)
        self.chance = Random(0)  # noqa: S311  # where to look first, no secret

    def open(self, number: int) -> bool:
        """Whether no witnesses show it to be safe yet."""
        least, most = self.least[number], self.most[number]
        return most - least < WIDTH or most - self.value[number] < ABOVE

    def look(self, number: int) -> bool:
        """Looks for witnesses near; returns whether it is still open."""
        for steps in ((1,), (-1, 2)):
            for step in steps:
                for _ in range(TRIES):
                    if not self.wants(number, step):
                        break
                    if move := self._mended(number, step):
                        self._see(move)
        return self.open(number)

    def wants(self, number: int, step: int) -> bool:
        """Whether a witness in which it is so much more would tell something new."""
        value = self.value[number]
        if not self.open(number) or not self.low[number] <= value + step <= self.high[number]:
            return False
        return self.least[number] > value + step if step < 0 else self.most[number] < value + step

    def _see(self, move: Move) -> None:
        """The witness that a move makes, and those of the same move backwards and twice."""
        for times in (1, -1, 2, -2):
            if all(self.fits(number, times * step) for number, step in move.items()):
                for number, step in move.items():
                    now = self.value[number] + times * step
                    self.least[number] = min(self.least[number], now)
                    self.most[number] = max(self.most[number], now)

    def fits(self, number: int, step: int) -> bool:
        """Whether it may be so much more, for all that is known of it by itself."""
        return self.low[number] <= self.value[number] + step <= self.high[number] and abs(step) <= MOVE

    def try_move(self, move: Move, steps: int) -> bool:
        """Sees what so many numbers moved together make, once what is left over has taken up what it can and ``steps``
        more have mended the rest; says whether they could."""
        changes: dict[int, int] = defaultdict(int)
        for number, step in move.items():
            for at, sign in self.of[number]:
                changes[at] += sign * step
        moved, off = {**move}, {}
        for at, change in changes.items():
            if change and self._taken_up(at, change, moved):
                rest, side = self.rest[at]
                moved[rest] = moved.get(rest, 0) - side * change
            elif change:
                off[at] = change
        found = self._mend(moved, off, steps)
        if found is not None:
            self._see(found)
        return found is not None

    def _mended(self, start: int, step: int) -> Move | None:
        """A move of the start by so much after which every sum adds up again; None where the search ends in none."""
        moved: Move = {}
        off: dict[int, int] = {}
        self._move(start, step, moved, off)
        return self._mend(moved, off, STEPS)

    def _mend(self, moved: Move, off: dict[int, int], steps: int) -> Move | None:
        for _ in range(steps):
            if not off:
                return moved
            found = self._closing(off, moved) or self._next(off, moved) if len(off) <= OFF else None
            if found is None:
                return None
            self._move(*found, moved, off)
        return None if off else moved

    def _move(self, number: int, step: int, moved: Move, off: dict[int, int]) -> None:
        """Moves a number; what is left over in a sum takes it up where it can."""
        moved[number] = moved.get(number, 0) + step
        for at, sign in self.of[number]:
            change = sign * step
            if at not in off and self._taken_up(at, change, moved):
                rest, side = self.rest[at]
                moved[rest] = moved.get(rest, 0) - side * change
            elif left := off.pop(at, 0) + change:
                off[at] = left

    def _taken_up(self, at: int, change: int, moved: Move) -> bool:
        if at not in self.rest:
            return False
        rest, side = self.rest[at]
        return self._can(rest, -side * change, moved)

    def _closing(self, off: dict[int, int], moved: Move) -> tuple[int, int] | None:
        """A number that mends two sums at once."""
        for one, other in combinations(sorted(off), 2):
            for number in self.both.get((one, other), ()):
                for step in (1, -1):
                    if self._can(number, step, moved) and self._gain(number, step, off, moved) > 0:
                        return number, step
        return None

    def _next(self, off: dict[int, int], moved: Move) -> tuple[int, int] | None:
        """The number of the sum last disturbed that mends it at the least harm."""
        at = next(reversed(off))
        terms, best, found = self.terms[at], -99.0, None
        if len(terms) > AMONG:
            terms = self.chance.sample(terms, AMONG)
        for number, sign in terms:
            step = -1 if off[at] * sign > 0 else 1
            if self._can(number, step, moved):
                gain = self._gain(number, step, off, moved)
                worth = gain + (self._leads(number, step, off, moved) if gain <= 0 else 0) + self.chance.random() / 2
                if worth > best:
                    best, found = worth, (number, step)
        return found

    def _can(self, number: int, step: int, moved: Move) -> bool:
        already = moved.get(number, 0)
        return already * step >= 0 and self.fits(number, already + step)

    def _gain(self, number: int, step: int, off: dict[int, int], moved: Move) -> int:
        """By how much less is off when this number has moved."""
        gain = 0
        for at, sign in self.of[number]:
            if at in off:
                gain += abs(off[at]) - abs(off[at] + sign * step)
            elif not self._taken_up(at, sign * step, moved):
                gain -= abs(step)
        return gain

    def _leads(self, number: int, step: int, off: dict[int, int], moved: Move) -> int:
        """How many of the sums it would disturb could be mended at once together with one that is off already."""
        leads = 0
        for at, sign in self.of[number]:
            if at not in off:
                leads += any(
                    self._mends(other, (at, sign * step), (u, left), moved)
                    for u, left in off.items()
                    for other in self.both.get((min(at, u), max(at, u)), ())
                    if other != number
                )
        return leads

    def _mends(self, number: int, one: tuple[int, int], other: tuple[int, int], moved: Move) -> bool:
        signs = dict(self.of[number])
        step = -1 if signs[one[0]] * one[1] > 0 else 1
        return signs[other[0]] * other[1] * step < 0 and self._can(number, step, moved)
