"""The cheap pass: what has to be hidden with a hidden number, or its family would give it away."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from heapq import heappop, heappush

from whatmatters.measurement.disclosure.sums import Sum

MOST = 0.9
"""Of which share of a level's breakdown nothing more is gained by showing the rest of it."""


class Hidden:
    """The hidden numbers. No family is left with a single one: another of it is hidden too.

    And where those hidden are so small that to know which are not nought nearly tells them (on average under 2), its
    noughts are hidden with them. ``public`` numbers are known already and are no cover.
    """

    def __init__(self, families: Collection[Sum], values: Sequence[float], public: Set[int]) -> None:
        self.families = sorted(families, key=lambda one: (len(one.parts), one))
        self.values, self.public = values, public
        self.numbers: set[int] = set()
        self.of: dict[int, list[int]] = defaultdict(list)
        for at, family in enumerate(self.families):
            for number in (*family.whole, *family.parts):
                self.of[number].append(at)
        self.count = [0] * len(self.families)  # of the hidden that are not nought
        self.noughts = [False] * len(self.families)  # whether one of the hidden may be nought

    def hide(self, new: Iterable[int]) -> set[int]:
        """Hides these and all that has to be hidden with them; returns every number hidden now."""
        added: set[int] = set()
        touched: list[int] = []
        for number in sorted(new):
            self._add(number, added, touched)
        return self._close(added, touched)

    def covering(self, secrets: Iterable[int], others: Set[int]) -> set[int]:
        """The secrets, and those of the others that are in a family with one of them, or with such a one."""
        found, waiting, looked_at = set(secrets), list(secrets), set[int]()
        while waiting:
            for at in self.of[waiting.pop()]:
                if at not in looked_at:
                    looked_at.add(at)
                    family = self.families[at]
                    more = {one for one in (*family.whole, *family.parts) if one in others and one not in found}
                    found |= more
                    waiting += more
        return found

    def withhold(self, table: Collection[int], most: float = MOST) -> bool:
        """Hides a table of which ``most`` is hidden already; says whether nothing is left of it to see.

        In its families nothing is alone then, so nothing has to be hidden with it.
        """
        some = [number for number in table if self.values[number]]
        mostly = sum(number in self.numbers for number in some) >= most * len(some)
        if some and mostly and self.public.isdisjoint(table):
            for number in table:
                self._add(number, set(), [])
        return self.numbers.issuperset(table)

    def _close(self, added: set[int], touched: list[int]) -> set[int]:
        while touched:
            at = heappop(touched)
            whole, parts = ([one for one in side if self.may_hide(one)] for side in self.families[at][:2])
            seconds = [one for one in parts if self.values[one]] or [one for one in whole if self.values[one]]
            if self.count[at] == 1 and seconds:
                self._add(min(seconds, key=self.cost), added, touched)
            elif self._telling(at):
                for number in (*whole, *parts):
                    if not self.values[number]:
                        self._add(number, added, touched)
        return added

    def may_hide(self, number: int) -> bool:
        return number not in self.numbers and number not in self.public

    def cost(self, number: int) -> tuple[int, float, int]:
        """Fewest others left alone, then the smallest."""
        return sum(not self.count[at] for at in self.of[number]), abs(self.values[number]), number

    def may_be_nought(self, number: int) -> bool:
        """Whether a reader must reckon with a hidden number being nought: one of a family of its may be."""
        return not self.values[number] or any(self.noughts[at] for at in self.of[number])

    def _telling(self, at: int) -> bool:
        hidden = [abs(self.values[one]) for one in self.families[at].parts if one in self.numbers and self.values[one]]
        return 0 < sum(hidden) < 2 * len(hidden)

    def _add(self, number: int, added: set[int], touched: list[int]) -> None:
        if number in self.numbers:
            return
        self.numbers.add(number)
        added.add(number)
        for at in self.of[number]:
            self.count[at] += bool(self.values[number])
            self.noughts[at] |= not self.values[number]
            heappush(touched, at)
