"""Speaking with the person."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import (
    NotAllowed,
    checked,
    day,
    happened,
    held,
    move,
    only_while,
)
from whatmatters.components.social_prescribing.models import Contact, Referral, Status
from whatmatters.events.codes import SP_CONTACT, SP_CONTACT_TRIED


@transaction.atomic
def record_contact(
    *,
    referral: Referral,
    how: str,
    spoke: bool,
    by: Actor,
    on: date | None = None,
    note: str = "",
    revision: int | None = None,
) -> Contact:
    """The first one that ``spoke`` makes the case active: the referral is taken up."""
    row = held(referral, "recorded a contact", by=by, revision=revision)
    only_while(row, Status.ACCEPTED, Status.ACTIVE)
    when = living_day(row, on)
    contact = checked(Contact(referral=row, on=when, how=how, spoke=spoke, note=note, worker_id=by.worker))
    contact.save()
    happened(SP_CONTACT if spoke else SP_CONTACT_TRIED, row, on=when, by=by, detail=how)
    if spoke and row.status == Status.ACCEPTED:
        move(row, Status.ACTIVE, by=by, on=when)
    return contact


def living_day(row: Referral, on: date | None) -> date:
    """A day on or after the referral on which the person lived."""
    when = day(on, since=row.made_on)
    if row.person and row.person.died and when > row.person.died:
        raise NotAllowed("The day is after the person died")
    return when
