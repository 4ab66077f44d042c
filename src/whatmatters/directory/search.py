"""Finding a group by what a person needs, where, when and how, or in their own words."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.functions import Collate

from whatmatters.directory import wording
from whatmatters.directory.distance import Spot, apart, squared, within_square
from whatmatters.directory.fulltext import holding
from whatmatters.directory.models import FADES, FRESH, Capacity, Cost, Group, Standing
from whatmatters.directory.needs import SPOKEN
from whatmatters.directory.vocabulary import SHORTEST, meant, one_apart

LONGEST = 200  # letters of a search that are read; nobody types more
MOST = 12  # words of it that are looked for
LITTLE = frozenset({
    "a", "an", "and", "are", "at", "for", "from", "i", "in", "is", "my", "near", "of", "on", "or", "the", "to", "who",
    "with",
})  # fmt: skip
LETTERS = {"sqlite": "BINARY", "postgresql": "C"}  # one alphabet, whatever PostgreSQL was set up with
MILES = 10  # where nobody says how far is too far


def search(
    words: str = "",
    kind: str = "",
    *,
    near: Spot | None = None,
    within: int | None = None,
    day: int | None = None,
    language: str = "",
    access: Iterable[str] = (),
    cost: str = "",
    age: int | None = None,
    condition: str = "",
    to_public: bool = False,
) -> QuerySet[Group]:
    """Groups that hold every word and fit whatever else is asked.

    First those that hold the words as typed, then those one typo away or for the need that a word speaks of. Of equal
    ones: checked within the year, the words in its name, with room, nearest (``near``: then each has ``squared``, see
    ``distance``), by name.
    ``to_public`` leaves out what nobody has checked for long (``Group.faded``). ``cost`` is "free" or nothing.
    """
    typed = wanted(words)
    marks = _marks(kind=kind, day=day, language=language, access=access, cost=cost, condition=condition)
    exact = [kin(word) for word in typed]
    amiss = meant([*typed, *(stem for word in typed if (stem := stem_of(word)))])
    loose = [kin(word) | amiss.get(word, set()) | root(word, amiss) | spoken(word) for word in typed]
    found = Group.objects.exclude(standing=Standing.CLOSED)
    if marks or loose:
        found = found.filter(holding([*loose, *([mark] for mark in marks)]))
    if age is not None:
        found = found.filter(~Q(age_from__gt=age), ~Q(age_to__lt=age))
    if to_public:
        day_faded = date.today() - FADES
        found = found.filter(Q(last_verified__gte=day_faded) | Q(added_on__gte=day_faded))
    order: list[Case | Collate | str] = [] if exact == loose else [_last_unless(holding(exact))]
    order.append(_last_unless(Q(last_verified__gte=date.today() - FRESH)))
    if typed:
        order.append(_last_unless(holding([{wording.name_mark(word) for word in some} for some in exact])))
    full = Q(capacity=Capacity.FULL) & (Q(capacity_until=None) | Q(capacity_until__gte=date.today()))
    order.append(_last_unless(~full))
    if near:
        furthest = within or MILES
        found = found.filter(pk__in=within_square(near, furthest).values("group"))  # few, by an index
        found = found.annotate(squared=apart(near, furthest)).filter(squared__lte=squared(furthest))
        order.append("squared")
    return found.order_by(*order, Collate("name", LETTERS[connection.vendor]), "pk")


def wanted(words: str) -> list[str]:
    """The words that count, of what was typed; little ones only where there are no others."""
    typed = list(dict.fromkeys(wording.tokens(words[:LONGEST])))[:MOST]
    return [word for word in typed if word not in LITTLE] or typed


def kin(word: str) -> set[str]:
    """What holds a word as typed: itself, longer ones that begin with it, and for a plural the one thing."""
    alike = {f"{word}*"} if len(word) > 2 else {word}
    return alike | ({word[:-1]} if word.endswith("s") and len(word) > 4 else set())


def stem_of(word: str) -> str:
    """Without the end that makes a doing or many of it; empty where there is none, or little would be left."""
    ends = next((end for end in ("ing", "s") if word.endswith(end) and len(word) - len(end) > 3), "")
    return word.removesuffix(ends) if ends else ""


def root(word: str, amiss: dict[str, set[str]]) -> set[str]:
    """Someone who asks for gardening or gardens, or for gardning, is glad of a gardener."""
    stem = stem_of(word)
    return {f"{near}*" for near in {stem} | amiss.get(stem, set())} if stem else set()


def spoken(word: str) -> set[str]:
    """Someone who asks for "lonely" (or "lonly") is glad of a group for company, which will not call itself that."""
    return {
        wording.need_mark(need)
        for need, words in SPOKEN.items()
        if any(word == one or (len(word) >= SHORTEST and one_apart(word, one)) for one in words.split())
    }


def _marks(*, kind: str, day: int | None, language: str, access: Iterable[str], cost: str, condition: str) -> list[str]:
    marks = [wording.need_mark(kind)] if kind else []
    marks += [wording.day_mark(day)] if day is not None else []
    marks += [wording.language_mark(language)] if language else []
    marks += [wording.condition_mark(condition)] if condition else []
    marks += [wording.FREE] if cost == Cost.FREE else []
    return marks + [wording.access_mark(name) for name in access]


def _last_unless(fits: Q) -> Case:
    return Case(When(fits, then=Value(False)), default=Value(True), output_field=BooleanField())
