"""On whose list people are, from when to when: registering, moving, gaps, mergers, leaving and dying."""

from dataclasses import dataclass

import numpy as np

from whatmatters.measurement.synthesis.arrays import NEVER, YEAR, Days, Flags, Index, Numbers
from whatmatters.measurement.synthesis.crowd import Crowd

CHANCE = {"comes": 0.06, "leaves": 0.05, "moves": 0.20, "moves again": 0.15, "gap": 0.15}


@dataclass(frozen=True)
class Stays:
    """By person: on lists from ``enter`` to ``leave``, but for the time from ``away`` to ``back``.

    ``moves`` and ``again`` are the days of a first and second move, to the practices ``second`` and ``third``.
    """

    crowd: Crowd
    enter: Days
    leave: Days
    away: Days
    back: Days
    again: Days
    second: Index
    third: Index

    def here(self, who: Index, on: Days) -> Flags:
        """On a list and alive that day, and not after the span."""
        last = np.minimum(self.crowd.died[who], self.crowd.country.years.until)
        on_list = (self.enter[who] <= on) & (on < self.leave[who]) & (on <= last)
        return on_list & ((on < self.away[who]) | (self.back[who] <= on))

    def practice(self, who: Index, on: Days) -> Index:
        """Whose list they are on that day, as a place in the country."""
        found = np.where(on < self.back[who], self.crowd.practice[who], self.second[who])
        found = np.where(on < self.again[who], found, self.third[who])
        tree = self.crowd.country.tree
        return np.where(on < tree.closes[found], found, tree.heir[found])

    def rows(self) -> tuple[Index, Index, Days, Days]:
        """(place of the person, practice, start, end) of every registration, in order of person and start."""
        who = np.arange(len(self.crowd))
        moved, again = self.away < self.leave, self.again < self.leave
        parts = [
            (who, self.crowd.practice, self.enter, np.where(moved, self.away, self.leave)),
            (who[moved], self.second[moved], self.back[moved], np.where(again, self.again, self.leave)[moved]),
            (who[again], self.third[again], self.again[again], self.leave[again]),
        ]
        person, practice, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
        return _merged(self.crowd, person, practice, start.astype(np.int32), end.astype(np.int32))


def stays(crowd: Crowd, lots: np.random.Generator) -> Stays:
    since, until = crowd.country.years
    count, days = len(crowd), until + 1 - since
    young = np.exp(-np.maximum(crowd.age - 20, 0) / 25)  # who comes, leaves and moves
    long_ago = since - 30 - lots.exponential(9 * YEAR, count)
    comes = lots.random(count) < CHANCE["comes"] * 2 * young
    enter = np.where(comes, since + lots.random(count) * days, long_ago)
    enter = np.maximum(enter, crowd.born + lots.integers(30, 60, count)).astype(np.int32)
    enter = np.maximum(np.minimum(enter, np.minimum(crowd.died, until) - 1), crowd.born)
    leave = np.where(
        crowd.died < NEVER,
        crowd.died + lots.integers(1, 15, count),
        np.where(_in(lots, count, "leaves", young), 0, NEVER),
    )
    leave = np.where(leave == 0, since + lots.random(count) * days, leave)
    leave = np.maximum(leave, enter + 1).astype(np.int32)
    leave[(crowd.died < NEVER) & (lots.random(count) < 0.05)] = NEVER  # nobody took them off the list
    away, back = _gap(crowd, enter, leave, lots)
    again = np.where(lots.random(count) < CHANCE["moves again"], back + lots.integers(40, 900, count), NEVER)
    again = np.where((back < NEVER) & (again < np.minimum(leave, until)), again, NEVER).astype(np.int32)
    return Stays(crowd, enter, leave, away, back, again, _elsewhere(crowd, lots), _elsewhere(crowd, lots))


def _in(lots: np.random.Generator, count: int, chance: str, young: Numbers) -> Flags:
    return lots.random(count) < CHANCE[chance] * 2 * young


def _gap(crowd: Crowd, enter: Days, leave: Days, lots: np.random.Generator) -> tuple[Days, Days]:
    """The day of the first move and the day they register again, mostly the same; NEVER for who stays."""
    since, until = crowd.country.years
    count = len(crowd)
    moves = lots.random(count) < CHANCE["moves"] * (0.5 + np.exp(-np.maximum(crowd.age - 20, 0) / 15))
    away = (since + lots.random(count) * (until - since)).astype(np.int32)
    gap = np.where(lots.random(count) < CHANCE["gap"], lots.integers(1, 120, count), 0)
    back = away + gap
    last = np.minimum(np.minimum(leave, crowd.died), until)
    fits = moves & (away > enter) & (back < last)
    return np.where(fits, away, NEVER).astype(np.int32), np.where(fits, back, NEVER).astype(np.int32)


def _elsewhere(crowd: Crowd, lots: np.random.Generator) -> Index:
    """Three in four move within their sub-ICB, the others anywhere."""
    first, last = (bound[crowd.practice] for bound in crowd.country.near)
    near = first + (lots.random(len(crowd)) * (last - first)).astype(np.intp)
    anywhere = lots.integers(0, len(crowd.country.ends), len(crowd))
    return np.where(lots.random(len(crowd)) < 0.75, near, anywhere)


def _merged(crowd: Crowd, person: Index, practice: Index, start: Days, end: Days) -> tuple[Index, Index, Days, Days]:
    """A registration at a practice that closes goes on with its heir from that day."""
    tree = crowd.country.tree
    closes = tree.closes[practice]
    cut = (start < closes) & (closes < end)
    whole = np.where(closes <= start, tree.heir[practice], practice)
    parts = [
        (person, whole, start, np.where(cut, closes, end)),
        (person[cut], tree.heir[practice][cut], closes[cut], end[cut]),
    ]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort((columns[2], columns[0]))
    person, practice, start, end = (column[order] for column in columns)
    return person, practice, start.astype(np.int32), end.astype(np.int32)
