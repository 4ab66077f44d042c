"""Counts that are bound together by threes and fours, whoever the people are, as far as their definitions show it.

Those referred and those who declined are together at least those referred or declined; GPs', coaches' and link workers'
consultations are together at most all of them; two groups within a third are together at most that third and those who
are in both. Each count is read as a sentence about one person (or event, or episode) whose words are true or not, and a
relation holds where it does whichever of them are. Of two counts alone, ``links.py`` says which is within which.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from whatmatters.measurement.conditions import AllOf, AnyOf, Condition, Did, EventOf, Not
from whatmatters.measurement.counts import Count, Doings, Episodes, Happenings, People
from whatmatters.measurement.disclosure.links import apart, implies, narrower

WORDS, ALTERNATIVES = 8, 4
"""How many words some counts may have together, and a word of how many alternatives is taken apart."""
NONE = 0
"""The table of a sentence that is never true. A table is a number with one bit for each way the words can be true."""
Counts = tuple[Count, ...]
Rule = Callable[[Hashable, Hashable], bool]


class Overlap(NamedTuple):
    """``more`` together count at least what ``fewer`` do; exactly that where ``same``."""

    more: Counts
    fewer: Counts
    same: bool


class _All(NamedTuple):
    all_of: tuple[Hashable, ...]


class _Any(NamedTuple):
    any_of: tuple[Hashable, ...]


class _No(NamedTuple):
    no: Hashable


class _Said(NamedTuple):
    what: Count
    sentence: Hashable
    words: frozenset[Hashable]


def overlaps(counts: Collection[Count]) -> list[Overlap]:
    """Every such relation among these counts that does not follow from which of them is within which other."""
    kinds: dict[type, list[_Said]] = defaultdict(list)
    for count in dict.fromkeys(counts):
        sentence = _sentence(count)
        if sentence is not None:
            kinds[type(count)].append(_Said(count, sentence, frozenset(_words(sentence))))
    found: dict[tuple[frozenset[Count], frozenset[Count]], Overlap] = {}
    for kind, said in kinds.items():
        single = kind in (Happenings, Doings)
        for each in (*_fours(said, single=single), *_shares(said, single=single)):
            sides = frozenset(each.more), frozenset(each.fewer)
            if not (sides[::-1] in found and found[sides[::-1]].same):
                found.setdefault(sides, each)
    return [*found.values()]


def _fours(said: list[_Said], *, single: bool) -> Iterator[Overlap]:
    """Two counts against one or two others that have no further words. ``single``: only one event can be true."""
    for one, other in combinations(said, 2):
        words = one.words | other.words
        near = [each for each in said if each is not one and each is not other and each.words <= words]
        if not near or len(words) > WORDS:
            continue
        true = _Tables(words, single=single)
        x, y = true.of(one.sentence), true.of(other.sentence)
        rest: list[tuple[Counts, int]] = [((), NONE), *(((each.what,), true.of(each.sentence)) for each in near)]
        for (u_counts, u), (z_counts, z) in combinations(rest, 2):
            least, most = _cover((x, y), (u, z)), _cover((u, z), (x, y))
            if least and not _one_by_one((x, y), (u, z)):
                yield Overlap((one.what, other.what), (*u_counts, *z_counts), most)
            elif most and not _one_by_one((u, z), (x, y)):
                yield Overlap((*u_counts, *z_counts), (one.what, other.what), least)


def _shares(said: list[_Said], *, single: bool) -> Iterator[Overlap]:
    """Counts that exclude one another, within a whole."""
    for whole in said:
        parts: list[_Said] = []
        for each in said:
            x, y = _both(each, whole, single=single)
            if not x & ~y and y & ~x:
                parts.append(each)
        clear: dict[_Said, set[_Said]] = defaultdict(set)
        for one, other in combinations(parts, 2):
            x, y = _both(one, other, single=single)
            if not x & y:
                clear[one].add(other)
                clear[other].add(one)
        for some in _cliques([], [*clear], clear):
            yield Overlap((whole.what,), tuple(each.what for each in some), same=False)


def _cliques(some: list[_Said], more: list[_Said], clear: Mapping[_Said, set[_Said]]) -> Iterator[list[_Said]]:
    """Every set of two or more that are all clear of one another and that no other is clear of."""
    if len(some) > 1 and not any(clear[each].issuperset(some) for each in clear):
        yield some
    for at, each in enumerate(more):
        yield from _cliques([*some, each], [one for one in more[at + 1 :] if one in clear[each]], clear)


def _both(one: _Said, other: _Said, *, single: bool) -> tuple[int, int]:
    """Two sentences over the words of both. Too many words tell nothing: none is within the other, nor clear of it."""
    words = one.words | other.words
    if len(words) > WORDS:
        return 0b101, 0b011
    true = _Tables(words, single=single)
    return true.of(one.sentence), true.of(other.sentence)


def _cover(some: tuple[int, int], others: tuple[int, int]) -> bool:
    """Whether two are together at least the others, however the words are: both of them where both others are."""
    (x, y), (u, z) = some, others
    return not (u | z) & ~(x | y) and not u & z & ~(x & y)


def _one_by_one(some: tuple[int, int], others: tuple[int, int]) -> bool:
    (x, y), (u, z) = some, others
    return not (u & ~x or z & ~y) or not (u & ~y or z & ~x)


def _sentence(count: Count) -> Hashable | None:
    """What is true of whatever is counted; None for counts that are not read."""
    match count:
        case People():
            return _of(count.where)
        case Happenings():
            return _All((_Any(count.any_of), *([_of(count.among)] if count.among else [])))
        case Doings(total=False):
            return _Any(count.any_of)
        case Episodes():
            said: list[Hashable] = [_Any(count.any_of), *(("latest", each) for each in count.having)]
            if count.then:
                said.append(("then", count.any_of, count.then, count.within))
            if count.then or count.having or count.numbered:
                said.append("numbered")
            return _All((*said, *([_of(count.among)] if count.among else [])))
    return None


def _of(condition: Condition) -> Hashable:
    match condition:
        case AllOf():
            return _All(tuple(_of(each) for each in condition.of))
        case AnyOf() if len(condition.of) <= ALTERNATIVES:
            return _Any(tuple(_of(each) for each in condition.of))
        case Did() if len(condition.any_of) <= ALTERNATIVES:
            return _Any(tuple(Did((each,), condition.when, condition.months) for each in condition.any_of))
        case Not():
            return _No(_of(condition.of))
    return condition


def _words(sentence: Hashable) -> Iterator[Hashable]:
    match sentence:
        case _All(parts) | _Any(parts):
            for part in parts:
                yield from _words(part)
        case _No(part):
            yield from _words(part)
        case _:
            yield sentence


class _Tables:
    """Sentences of these words as tables, without the ways that cannot be."""

    def __init__(self, words: Collection[Hashable], *, single: bool) -> None:
        ordered = sorted(words, key=repr)
        every = (1 << (1 << len(ordered))) - 1
        self.word: Mapping[Hashable, int] = {
            word: every // ((1 << (1 << at)) + 1) << (1 << at) for at, word in enumerate(ordered)
        }
        for one, other in combinations(ordered, 2):
            every &= self._can(one, other, single=single) & self._can(other, one, single=single)
        self.every = every

    def of(self, sentence: Hashable) -> int:
        match sentence:
            case _All(parts):
                found = self.every
                for part in parts:
                    found &= self.of(part)
                return found
            case _Any(parts):
                found = NONE
                for part in parts:
                    found |= self.of(part)
                return found
            case _No(part):
                return self.every & ~self.of(part)
        return self.every & self.word[sentence]

    def _can(self, one: Hashable, other: Hashable, *, single: bool) -> int:
        """The ways in which one may be true, given what it says of the other."""
        if isinstance(one, EventOf) and isinstance(other, EventOf):
            if narrower(one, other):
                return ~(self.word[one] & ~self.word[other])
            return ~(self.word[one] & self.word[other]) if single and apart(one, other) else -1
        known = not isinstance(one, EventOf | str | tuple) and not isinstance(other, EventOf | str | tuple)
        return ~(self.word[one] & ~self.word[other]) if known and implies(one, other) else -1  # type: ignore[arg-type]  # known: both are there
