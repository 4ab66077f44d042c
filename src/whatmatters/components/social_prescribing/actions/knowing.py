"""What the care team learns of a person's life, in the codes that cohorts are made of; no words, and nothing judged."""

from datetime import date

from django.db import models, transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, day
from whatmatters.events.codes import (
    CARER,
    HOUSEBOUND,
    HOUSED,
    HOUSING,
    ISOLATED,
    NOT_CARER,
    NOT_HOUSEBOUND,
)
from whatmatters.events.models import Event
from whatmatters.events.record import record
from whatmatters.people.models import Person


class Known(models.TextChoices):
    """As the person says it, or as someone who visits them sees it."""

    LONELY = "lonely", "Is lonely"
    ISOLATED = "isolated", "Sees few people"
    ALONE = "lives-alone", "Lives alone"
    CARER = "carer", "Cares for someone"
    NOT_CARER = "not-carer", "No longer cares for someone"
    HOUSEBOUND = "housebound", "Cannot leave the house"
    NOT_HOUSEBOUND = "not-housebound", "Can leave the house again"
    HOUSING = "housing", "Has no home, or a poor one"
    HOUSED = "housed", "The housing problem has ended"


CODES: dict[str, tuple[str, str]] = {
    Known.LONELY: (ISOLATED, "lonely"),
    Known.ISOLATED: (ISOLATED, "isolated"),
    Known.ALONE: (ISOLATED, "lives-alone"),
    Known.CARER: (CARER, ""),
    Known.NOT_CARER: (NOT_CARER, ""),
    Known.HOUSEBOUND: (HOUSEBOUND, ""),
    Known.NOT_HOUSEBOUND: (NOT_HOUSEBOUND, ""),
    Known.HOUSING: (HOUSING, ""),
    Known.HOUSED: (HOUSED, ""),
}


@transaction.atomic
def know(*, person: Person, what: str, by: Actor, on: date | None = None) -> Event:
    """Recorded on the day it was learned. ``what`` is a Known."""
    audit.record("recorded what is known of a person's life", by=by, person=person.pk)
    when = day(on)
    if what not in CODES:
        raise NotAllowed("Choose what you know")
    if when < person.born or (person.died and when > person.died):
        raise NotAllowed("The day lies outside the person’s life")
    code, detail = CODES[what]
    return record(code, person, on=when, by=by, detail=detail)


def known(person: Person) -> list[tuple[date, str]]:
    """What was recorded of these, in words, the latest first."""
    words = {pair: str(Known(what).label) for what, pair in CODES.items()}
    codes = {code for code, _ in CODES.values()}
    rows = Event.objects.filter(person=person, code__in=codes).order_by("-on", "-pk")
    return [(row.on, words.get((row.code, row.detail), "")) for row in rows if (row.code, row.detail) in words]
