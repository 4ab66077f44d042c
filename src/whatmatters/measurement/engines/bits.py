"""Conditions as bits: each leaf is one bit of a person's words, and a condition an expression over them.

``h`` is the word of what needs no event (on the list, ages); ``w0``, ``w1`` ... hold 62 leaves each. Leaves that two
conditions share are one bit.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from whatmatters.measurement.conditions import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Did,
    Followed,
    Leaf,
    Listed,
    Not,
    Overdue,
    Standing,
)
from whatmatters.measurement.engines.kinds import Kinds
from whatmatters.measurement.engines.sql import OPEN, number, table, window
from whatmatters.periods import Period

WORD = 62
HOW = {"last_day": 0, "period": 1, Followed: 2, Overdue: 3}
SOON = 4
"""Followed within so many days: set against each other event by event, and not only the last against the first."""


class Bits:
    """The leaves of these conditions, each with its place."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        leaves = list(dict.fromkeys(leaf for one in conditions for leaf in leaves_of(one)))
        self.at_home = [leaf for leaf in leaves if isinstance(leaf, Listed | Aged)]
        self.of_events = [leaf for leaf in leaves if not isinstance(leaf, Listed | Aged)]

    @property
    def words(self) -> list[str]:
        return [f"w{word}" for word in range(max(1, -(-len(self.of_events) // WORD)))]

    def home(self, last_day: date) -> str:
        """The word ``h`` over ``listed`` and ``birthday`` (a whole number such as 19580601, null where not known)."""
        on = _as_number(last_day)
        tests = [
            "listed"
            if isinstance(leaf, Listed)
            else f"birthday > {on - (leaf.most + 1) * 10_000} AND birthday <= {on - leaf.least * 10_000}"
            for leaf in self.at_home
        ]
        return " + ".join(f"CASE WHEN {test} THEN {1 << bit} ELSE 0 END" for bit, test in enumerate(tests)) or "0"

    def holds(self, condition: Condition) -> str:
        """True or false of a row with the words; never null."""
        match condition:
            case AllOf(of):
                return _joined(" AND ", [self.holds(one) for one in of], "true")
            case AnyOf(of):
                return _joined(" OR ", [self.holds(one) for one in of], "false")
            case AtLeast(least, of):
                return f"({' + '.join(f'CAST({self.holds(one)} AS INTEGER)' for one in of) or '0'} >= {least})"
            case Not(of):
                return f"(NOT {self.holds(of)})"
            case Listed() | Aged():
                return f"((h & {1 << self.at_home.index(condition)}) <> 0)"
            case _:
                word, bit = divmod(self.of_events.index(condition), WORD)
                return f"((w{word} & {1 << bit}) <> 0)"

    def _mask(self, leaves: Iterable[int]) -> list[int]:
        masks = [0] * len(self.words)
        for leaf in leaves:
            masks[leaf // WORD] |= 1 << leaf % WORD
        return masks

    def told(self, kinds: Kinds, period: Period) -> str:
        """(kind, since, until, words): the leaves that one event of a kind makes true by falling between two days."""
        leaves: dict[tuple[int, int, int], set[int]] = {}
        for place, leaf in enumerate(self.of_events):
            if isinstance(leaf, Did):
                for kind in kinds.of(leaf.any_of):
                    leaves.setdefault((kind, *window(leaf, period)), set()).add(place)
        rows = [(*key, *self._mask(found)) for key, found in sorted(leaves.items())]
        return table(f"kind since until {' '.join(self.words)}", rows)

    def standing(self, kinds: Kinds) -> str:
        """(kind, leaf, how, within, opens, closes): the events that a leaf sets against one another."""
        rows = []
        for place, leaf in enumerate(self.of_events):
            if isinstance(leaf, Did | Listed | Aged):
                continue
            how, opens, closes = _against(leaf, kinds)
            within = getattr(leaf, "within", None) or 0
            rows += [(kind, place, how, within, kind in opens, kind in closes) for kind in sorted({*opens, *closes})]
        return table("kind leaf how within opens closes", rows or [(-1, -1, -1, 0, False, False)])

    @property
    def soon(self) -> bool:
        """Whether anything is asked to have followed within some days."""
        return any(isinstance(leaf, Followed) and leaf.within is not None for leaf in self.of_events)

    @property
    def by_leaf(self) -> str:
        """(leaf, words)."""
        rows = [(place, *self._mask([place])) for place in range(len(self.of_events))]
        return table(f"leaf {' '.join(self.words)}", rows)


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    if isinstance(condition, Not):
        yield from leaves_of(condition.of)
    elif isinstance(condition, AllOf | AnyOf | AtLeast):
        for one in condition.of:
            yield from leaves_of(one)
    else:
        yield condition


def _against(leaf: Leaf, kinds: Kinds) -> tuple[int, Sequence[int], Sequence[int]]:
    match leaf:
        case Standing(on, off, when):
            return HOW[when], kinds.of(on), kinds.of(off)
        case Followed(first, then, within):
            return HOW[Followed] if within is None else SOON, kinds.of((first,)), kinds.of((then,))
        case Overdue(set_by, done_by):
            return HOW[Overdue], kinds.of((set_by,)), kinds.of((done_by,))
    raise TypeError(f"{leaf!r} sets no event against another")


def stands(period: Period, as_at: date, soon: bool) -> str:
    """A select of (person, leaf) where such a leaf is true, over ``told`` and ``standing``. ``soon``: as in ``Bits``.

    A day and what happened on it are one whole number, odd where it opens: the greatest says what was last, and opening
    wins within a day, as it must for a state and for a date set again. A day before 1970 is below nought, and what is
    left of an odd one is then -1. Overdue: of two dates set on one day the sooner counts, so any that has passed makes
    that day's date overdue.
    """
    start, limit = number(period.start), number(min(period.last_day, as_at))
    last = "2 * day + CAST(opens AS INTEGER)"
    return f"""
        SELECT person, leaf FROM (
            SELECT person, leaf, how, max(latest) AS latest, max(other) AS other FROM (
                SELECT person, leaf, how,
                       CASE how WHEN 0 THEN {last}
                                WHEN 1 THEN CASE WHEN day < {start} THEN {last} WHEN opens THEN {2 * OPEN + 1} END
                                WHEN 2 THEN CASE WHEN closes THEN day END
                                WHEN 3 THEN CASE WHEN closes OR value IS NOT NULL THEN
                                            2 * day + CAST(opens AND value IS NOT NULL AS INTEGER) END
                       END AS latest,
                       CASE how WHEN 2 THEN CASE WHEN opens THEN -day END
                                WHEN 3 THEN CASE WHEN opens AND value < {limit} - day THEN day END END AS other
                FROM told JOIN standing USING (kind) WHERE how <> {SOON} AND day < {number(period.end)}) met
            GROUP BY person, leaf, how) met
        WHERE CASE how WHEN 2 THEN latest >= {start} AND latest >= -other
                       WHEN 3 THEN latest = 2 * other + 1
                       ELSE latest % 2 <> 0 END{_soon(period) if soon else ""}"""


def _soon(period: Period) -> str:
    start, end = number(period.start), number(period.end)
    events = f"FROM told JOIN standing USING (kind) WHERE how = {SOON} AND"
    return f"""
        UNION ALL
        SELECT DISTINCT a.person, a.leaf
        FROM (SELECT person, leaf, day, day + within AS until {events} opens AND day < {end}) a
        JOIN (SELECT person, leaf, day {events} closes AND day >= {start} AND day < {end}) b
        ON a.person = b.person AND a.leaf = b.leaf AND b.day >= a.day AND b.day <= a.until"""


def _joined(word: str, of: Sequence[str], empty: str) -> str:
    return f"({word.join(of)})" if of else empty


def _as_number(on: date) -> int:
    return on.year * 10_000 + on.month * 100 + on.day
