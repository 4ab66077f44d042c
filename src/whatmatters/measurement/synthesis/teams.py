"""Who works where: posts by seats, each held by one worker and after a handover by another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from whatmatters.measurement.synthesis.arrays import NEVER, NONE, Days, Index, Numbers, Span, Whole, as_date


@dataclass(frozen=True)
class Team:
    """The seats of one role. ``first`` and ``seats`` by group (a network or practice); the rest by seat.

    A seat's worker is ``number`` + twice its place, and one more after ``handover``.
    """

    role: str
    groups: list[str]
    first: Index
    seats: Index
    number: int
    opens: Days
    handover: Days
    wte: Numbers

    def worker(self, group: Index, on: Days, pick: Index) -> Whole:
        """Someone of the group who is in post on the day; NONE for a group of NONE."""
        seat = self.first[group] + pick % np.maximum(self.seats[group], 1)
        seat = np.where(self.opens[seat] <= on, seat, self.first[group])
        found = self.number + 2 * seat + (on >= self.handover[seat])
        return np.where(group == NONE, NONE, found).astype(np.int64)

    def workers(self) -> Iterator[tuple[int, int, int, int]]:
        """(worker, seat, first day, first day after) of everyone who was ever in post."""
        for seat, (opens, handover) in enumerate(zip(self.opens, self.handover, strict=True)):
            yield self.number + 2 * seat, seat, int(opens), int(handover)
            if handover != NEVER:
                yield self.number + 2 * seat + 1, seat, int(handover), NEVER

    def posts(self) -> Iterator[tuple[Any, ...]]:
        group = np.repeat(np.arange(len(self.groups)), self.seats)
        for worker, seat, opens, ends in self.workers():
            end = None if ends == NEVER else as_date(ends)
            yield worker, self.role, self.groups[group[seat]], float(self.wte[seat]), as_date(opens), end


def team(
    role: str, groups: list[str], people: Whole, *, per: float, years: Span, number: int, lots: np.random.Generator
) -> Team:
    """One seat for so many ``people`` of a group in the end, at least one; the first is there from the start."""
    seats = np.maximum(1, np.rint(people / per * lots.uniform(0.6, 1.3, len(groups)))).astype(np.intp)
    count = int(seats.sum())
    first = np.cumsum(seats) - seats
    opens = (years.since + lots.integers(0, years.until - years.since, count)).astype(np.int32)
    opens[first] = years.since - 200
    handover = (opens + lots.integers(200, 2400, count)).astype(np.int32)
    handover[(lots.random(count) > 0.4) | (handover > years.until)] = NEVER
    wte = lots.choice(np.array([0.4, 0.5, 0.6, 0.8, 1.0]), count, p=[0.08, 0.1, 0.15, 0.2, 0.47])
    return Team(role, groups, first, seats, number, opens, handover, wte)
