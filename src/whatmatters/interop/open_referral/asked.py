"""What is asked for in the query of an address: read strictly, each by the words of the profile's openapi.json."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.http import QueryDict

from whatmatters.directory.fulltext import holding
from whatmatters.directory.models import Capacity, Meeting
from whatmatters.directory.wording import condition_mark, need_mark
from whatmatters.interop.open_referral.terms import CONDITIONS, NEEDS, TAXONOMIES, TERMS, Joining, uuid_of

MOST = 100  # on one page, however many are asked for
USUAL = 50
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Unclear(ValueError):
    """What is wrong with a parameter, for whoever asked."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(f"{name}: {words}")


def number(query: QueryDict, name: str, usual: int, most: int) -> int:
    """A whole number from 1; what is above ``most`` is ``most``."""
    given = query.get(name, "")
    if not given:
        return usual
    if not re.fullmatch(r"[0-9]{1,18}", given) or int(given) < 1:
        raise Unclear(name, "a whole number from 1 is expected")
    return min(int(given), most)


def yes(query: QueryDict, name: str) -> bool:
    given = query.get(name, "false").lower()
    if given not in ("true", "false", "1", "0", ""):
        raise Unclear(name, "true or false is expected")
    return given in ("true", "1")


def groups_asked(query: QueryDict) -> Q:
    """All filters that are there; those that are not known are passed over, for the standard is silent."""
    found = Q()
    given = {name: value for name, value in query.dict().items() if isinstance(value, str) and value}
    for name in FILTERS.keys() & given.keys():
        found &= FILTERS[name](name, given[name])
    when = {name: read(name, given[name]) for name, read in OF_A_MEETING.items() if name in given}
    if when:
        asked = {lookup: value for name, value in when.items() for lookup in [LOOKUPS[name]]}
        found &= Q(pk__in=Meeting.objects.filter(**asked).values("group"))
    return found


def _term(name: str, given: str) -> Q:
    """A term of ours by the index of words; another's, or one that is none, by the terms kept with the entry."""
    one = uuid_of(given)
    if not one:
        raise Unclear(name, "the id of a term, a UUID, is expected")
    if term := TERMS.get(one):
        if term.taxonomy is NEEDS:
            return holding([[need_mark(term.value)]])
        if term.taxonomy is CONDITIONS:
            return holding([[condition_mark(term.value)]])
        return OTHER_TERMS[term.taxonomy.key](term.value)
    return Q(Contains(Cast("taxonomy", TextField()), one))


def _joining(value: str) -> Q:
    return {
        Joining.ONLINE: Q(online=True), Joining.NOT_ONLINE: Q(online=False), Joining.HOME_VISITS: Q(home_visits=True),
        Joining.NO_HOME_VISITS: Q(home_visits=False),
    }[Joining(value)]  # fmt: skip


def _room(value: str) -> Q:
    over = Q(capacity_until__lt=date.today())
    return Q(capacity=value) | over if value == Capacity.OPEN else Q(capacity=value) & ~over


OTHER_TERMS: dict[str, Callable[[str], Q]] = {
    "carers": lambda value: Q(carers=value), "sex": lambda value: Q(sex=value), "joining": _joining, "room": _room,
}  # fmt: skip


def _taxonomy(name: str, given: str) -> Q:
    one = uuid_of(given)
    taxonomy = next((taxonomy for taxonomy in TAXONOMIES if taxonomy.id == one), None)
    if not one:
        raise Unclear(name, "the id of a taxonomy, a UUID, is expected")
    terms = [term for term in TERMS.values() if term.taxonomy is taxonomy]
    found = Q(pk__in=[])
    for term in terms:
        found |= _term(name, term.id)
    return found


def _organization(name: str, given: str) -> Q:
    one = uuid_of(given)
    if not one:
        raise Unclear(name, "the id of an organisation, a UUID, is expected")
    return Q(provider__uuid=one) | Q(uuid=one, provider=None)


def _modified_after(name: str, given: str) -> Q:
    """By when our record changed: whoever keeps a copy is also told of what was read from elsewhere since."""
    try:
        found = datetime.fromisoformat(given.replace(" ", "+"))  # a plus in an address means a space
        return Q(changed_at__gte=found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise Unclear(name, "a date and time is expected, as 2026-07-01T00:00:00Z") from None


def _age(name: str, given: str) -> Q:
    if not re.fullmatch(r"[0-9]{1,3}", given):
        raise Unclear(name, "a whole number of years is expected")
    return Q(age_from__gte=int(given)) if name == "minimum_age" else Q(age_to__lte=int(given))


def _day(name: str, given: str) -> int:
    near = [at for at, day in enumerate(DAYS) if len(given) >= 2 and day.startswith(given.lower())]
    if len(near) != 1:
        raise Unclear(name, "a day of the week is expected, as Monday or MO")
    return near[0]


def _time(name: str, given: str) -> time:
    try:
        return time.fromisoformat(given).replace(tzinfo=None)
    except ValueError:
        raise Unclear(name, "a time of day is expected, as 09:30") from None


FILTERS: dict[str, Callable[[str, str], Q]] = {
    "taxonomy_term_id": _term, "taxonomy_id": _taxonomy, "organization_id": _organization,
    "modified_after": _modified_after, "minimum_age": _age, "maximum_age": _age,
}  # fmt: skip
OF_A_MEETING: dict[str, Callable[[str, str], Any]] = {"day": _day, "start_time": _time, "end_time": _time}
LOOKUPS = {"day": "weekday", "start_time": "opens__gte", "end_time": "closes__lte"}
