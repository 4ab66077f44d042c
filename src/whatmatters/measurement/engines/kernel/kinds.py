"""Kinds of event: each code with each of its details, numbered as the mart holds them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from whatmatters.measurement.conditions import EventOf


@dataclass(frozen=True)
class Kinds:
    """``named``: code and detail of the n-th; ``number``: how many events are of kind 2n (no value) and 2n + 1."""

    named: Sequence[tuple[str, str | None]]
    number: Sequence[int]

    @cached_property
    def codes(self) -> list[int]:
        """By kind, the number of its code, from 1."""
        numbers = {code: place for place, code in enumerate(self._of_code, start=1)}
        return [numbers[code] for code, _ in self.named for _ in range(2)]

    @cached_property
    def _of_code(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, (code, _) in enumerate(self.named):
            found[code] += (2 * place, 2 * place + 1)
        return found

    def like(self, one: EventOf) -> Iterator[int]:
        """The kinds whose events are like this, if their value is."""
        for kind in self._of_code.get(one.code, ()):
            _, detail = self.named[kind // 2]
            if (not one.details or detail in one.details) and detail not in one.but:
                yield kind

    def often(self, one: EventOf) -> int:
        """How many events are like this, whatever their value."""
        return sum(self.number[kind] for kind in self.like(one))

    def fits(self, sets: Sequence[Sequence[EventOf]]) -> list[list[tuple[int, float, float]]]:
        """By kind, the sets its events belong to, each with the range their value must lie in."""
        found: list[list[tuple[int, float, float]]] = [[] for _ in self.number]
        for number, any_of in enumerate(sets):
            for one in any_of:
                low, high = (-inf if one.least is None else one.least), (inf if one.most is None else one.most)
                for kind in self.like(one):
                    if kind % 2 == 1 or (one.least is None and one.most is None):
                        found[kind].append((number, low, high))
        return found
