"""A plan's counts of people as the arrays that the loop follows. Equal sets and conditions are there once.

A count is made of a person only if one of their events *wakes* it: if nothing can be counted without an event of some
set. Most people have few events, so most counts cost them nothing; the few that no event has to wake (how many are on
the list) are made of everyone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from whatmatters.measurement.conditions import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Did,
    EventOf,
    Followed,
    Listed,
    Not,
    Overdue,
    Standing,
)
from whatmatters.measurement.counts import (
    Around,
    Change,
    Episodes,
    Happenings,
    Open,
    Pairs,
    People,
    PersonCount,
    Total,
    among_whom,
)
from whatmatters.measurement.engines.kernel import tables as t
from whatmatters.measurement.engines.kernel.counts import millionths
from whatmatters.measurement.engines.kernel.kinds import Kinds

Row = tuple[int, ...]
Wakes = frozenset[int] | None
FAR = 1 << 60
WHENS = {"period": t.DID, "ever": t.EVER, "before": t.BEFORE}
SIDES = {"before": (1, 0), "after": (0, 1), "change": (-1, 1), "people": (0, 0)}


@dataclass
class Draft:
    """What has been numbered so far."""

    kinds: Kinds
    sets: dict[tuple[EventOf, ...], int] = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)
    ages: dict[Aged, int] = field(default_factory=dict)
    nodes: dict[Condition, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    parts: list[tuple[int, ...]] = field(default_factory=list)
    wakes: list[Wakes] = field(default_factory=list)

    def set(self, *any_of: EventOf) -> int:
        return self.sets.setdefault(any_of, len(self.sets))

    def window(self, did: Did) -> int:
        """The row of ``Days.months`` for it, if it asks for months."""
        return self.months.setdefault(did.months, len(self.months)) if did.months else 0

    def node(self, condition: Condition) -> int:
        """Its number, which is higher than those of its parts."""
        if condition not in self.nodes:
            row, of, wakes = self._described(condition)
            self.nodes[condition] = len(self.rows)
            self.rows.append(row)
            self.parts.append(of)
            self.wakes.append(wakes)
        return self.nodes[condition]

    def _described(self, condition: Condition) -> tuple[Row, tuple[int, ...], Wakes]:  # noqa: PLR0911 - one a kind
        match condition:
            case Listed():
                return (t.LISTED, 0, 0, 0), (), None
            case Aged():
                return (t.AGED, self.ages.setdefault(condition, len(self.ages)), 0, 0), (), None
            case Did(any_of, when, months):
                one = self.set(*any_of)
                return (t.MONTHS if months else WHENS[when], one, self.window(condition), 0), (), frozenset({one})
            case Followed(first, then, within):
                one, other = self.set(first), self.set(then)
                return (t.FOLLOWED, one, other, t.NEVER if within is None else within), (), frozenset({other})
            case Standing(on, off, when):
                one = self.set(*on)
                return (t.STOOD if when == "period" else t.STANDING, one, self.set(*off), 0), (), frozenset({one})
            case Overdue(set_by, done_by):
                one = self.set(set_by)
                return (t.OVERDUE, one, self.set(done_by), 0), (), frozenset({one})
            case Not(part):
                return (t.NOT, 0, 0, 0), (self.node(part),), None
            case AllOf(of):
                parts = tuple(map(self.node, of))
                known = [wakes for part in parts if (wakes := self.wakes[part]) is not None]
                return (t.ALL, 0, 0, 0), parts, min(known, key=self._often, default=None)
            case AnyOf(of):
                parts = tuple(map(self.node, of))
                return (t.ANY, 0, 0, 0), parts, self._of_these(1, parts)
            case AtLeast(number, of):
                parts = tuple(map(self.node, of))
                return (t.AT_LEAST, max(number, 0), 0, 0), parts, self._of_these(number, parts)

    def _of_these(self, number: int, parts: Sequence[int]) -> Wakes:
        """What wakes at least so many: if the rest are too few for it, one of those that have to be woken."""
        woken = [wakes for part in parts if (wakes := self.wakes[part]) is not None]
        return frozenset().union(*woken) if number > len(parts) - len(woken) else None

    def _often(self, wakes: frozenset[int]) -> int:
        """How many events would wake it: of several ways to be woken the rarest is taken."""
        sets = list(self.sets)
        return sum(self.kinds.often(one) for number in wakes for one in sets[number])

    def count(self, count: PersonCount) -> tuple[Row, Wakes]:
        """A row of ``Programme.count`` and what wakes it."""
        among = among_whom(count)
        whom = -1 if among is None else self.node(among)
        match count:
            case People(where):
                node = self.node(where)
                return (t.PEOPLE, node, 0, 0, 0, 0, 0), self.wakes[node]
            case Happenings(any_of) | Total(any_of):
                one = self.set(*any_of)
                row: Row = (t.HAPPENINGS if isinstance(count, Happenings) else t.TOTAL, whom, one, 0, 0, 0, 0)
            case Episodes(any_of, then, within):
                one = self.set(*any_of)
                follows = self.set(*then) if then else -1
                alone = not (count.numbered or count.then or count.having)
                row = (t.EPISODES, whom, one, follows, t.NEVER if within is None else within, alone, 0)
            case Open(started, ended, when, each):
                one = self.set(*started)
                row = (t.OPEN, whom, one, self.set(*ended), when == "period", each == "episode", 0)
            case Pairs(reading) | Change(Pairs(reading)):
                one = self.set(reading)
                pairs = count.of if isinstance(count, Change) else count
                most = FAR if pairs.first_most is None else millionths(float(pairs.first_most))
                rise = -FAR if pairs.rise is None else millionths(float(pairs.rise))
                row = (t.CHANGE if isinstance(count, Change) else t.PAIRS, whom, one, pairs.together, most, rise, 0)
            case Around(anchor, of, days, side):
                one = self.set(anchor)
                row = (t.AROUND, whom, one, self.set(of), days, *SIDES[side])
        return row, frozenset({one})


def programme(draft: Draft, counts: Mapping[PersonCount, bool]) -> t.Programme:
    """``counts``: each with whether it is split by groups; its number is its place."""
    made = [draft.count(one) for one in counts]
    having = [[(draft.set(h), draft.set(EventOf(h.code))) for h in getattr(one, "having", ())] for one in counts]
    woken: list[list[int]] = [[] for _ in draft.sets]
    for number, (_, wakes) in enumerate(made):
        for one in wakes or ():
            woken[one].append(number)
    always = [number for number, (_, wakes) in enumerate(made) if wakes is None]
    fits = draft.kinds.fits(list(draft.sets))
    fitting = _columns([fit for of in fits for fit in of], 3, np.float64)
    what, first, second, third = _columns(draft.rows, 4)
    make, among, *rest = _columns([row for row, _ in made], 7)
    wanted, code = _columns([pair for of in having for pair in of], 2)
    words, awake, rouses = _awake(draft, made)
    sizes = np.array([t.CELLS if split else 1 for split in counts.values()], np.int64)
    return t.Programme(
        fits_at=_edges(fits),
        fits=fitting[0].astype(np.int64),
        least=fitting[1],
        most=fitting[2],
        code=np.array(draft.kinds.codes, np.int64),
        wakes_at=_edges(woken),
        wakes=np.array([one for of in woken for one in of], np.int64),
        always=np.array(always, np.int64),
        always_many=len(always),
        what=what,
        first=first,
        second=second,
        third=third,
        parts_at=_edges(draft.parts),
        parts=np.array([part for of in draft.parts for part in of], np.int64),
        words=words,
        awake=awake,
        rouses=rouses,
        make=make,
        among=among,
        one=rest[0],
        two=rest[1],
        three=rest[2],
        four=rest[3],
        five=rest[4],
        having_at=_edges(having),
        having=wanted,
        having_code=code,
        base=np.cumsum(sizes) - sizes,
        split=np.array(list(counts.values()), np.int64),
    )


def _columns(rows: Sequence[tuple[float, ...]], width: int, kind: type[np.generic] = np.int64) -> t.Narrow:
    return np.ascontiguousarray(np.array(rows, kind).reshape(-1, width).T)


def _edges(lists: Sequence[Sequence[object]]) -> t.Whole:
    """Where each list begins and ends when they stand one after another."""
    return np.cumsum([0, *map(len, lists)])


def _awake(draft: Draft, made: Sequence[tuple[Row, Wakes]]) -> tuple[int, t.Whole, t.Whole]:
    """``words``, ``awake`` and ``rouses``: what has no waker of its own is roused with the counts that need it."""
    words = -(-len(draft.rows) // t.WORD)
    always, rouses = np.zeros(words, np.int64), np.zeros((len(draft.sets), words), np.int64)
    for node, wakes in enumerate(draft.wakes):
        for one in wakes or ():
            rouses[one, node // t.WORD] |= 1 << node % t.WORD
    for row, wakes in made:
        for node in _below(draft, row[1]):
            if draft.wakes[node] is None:
                for place in [always] if wakes is None else [rouses[one] for one in wakes]:
                    place[node // t.WORD] |= 1 << node % t.WORD
    return words, always, rouses


def _below(draft: Draft, node: int) -> set[int]:
    """A condition (-1 for none) and all it is made of."""
    return set() if node < 0 else {node}.union(*(_below(draft, part) for part in draft.parts[node]))
