"""Speaking with the person."""

from datetime import date
from uuid import UUID

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
from whatmatters.components.social_prescribing.actions.next_step import set_next
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
    key: UUID | None = None,
    next_on: date | None = None,
    next_what: str = "",
) -> Contact:
    """The first one that ``spoke`` makes the case active: the referral is taken up.

    ``key`` is the form's own: what comes again under it (a press too many, a note kept without signal and sent twice)
    is the same contact. A contact only adds, so one with a key is taken whatever else happened to the case meanwhile;
    and after the case was closed, if it is of a day before that. A next step replaces the one on file; without one,
    having spoken settles a step that was due by then.
    """
    row = held(referral, "recorded a contact", by=by, revision=None if key else revision)
    if key and (known := row.contacts.filter(key=key).first()):
        return known
    _open_to_notes(row, late=key is not None)
    when = living_day(row, on)
    if row.ended_on and when > row.ended_on:
        raise NotAllowed("The case was closed before this day: reopen it first")
    contact = checked(Contact(referral=row, on=when, how=how, spoke=spoke, note=note, key=key, worker_id=by.worker))
    contact.save()
    if next_on or next_what:
        set_next(row, next_on, next_what)
    elif spoke and row.next_on and row.next_on <= when:
        set_next(row, None, "")
    happened(SP_CONTACT if spoke else SP_CONTACT_TRIED, row, on=when, by=by, detail=how)
    if spoke and row.status == Status.ACCEPTED:
        move(row, Status.ACTIVE, by=by, on=when)
    return contact


def _open_to_notes(row: Referral, *, late: bool) -> None:
    only_while(row, Status.ACCEPTED, Status.ACTIVE, *([Status.CLOSED] if late else []))


def living_day(row: Referral, on: date | None) -> date:
    """A day on or after the referral on which the person lived."""
    when = day(on, since=row.made_on)
    if row.person and row.person.died and when > row.person.died:
        raise NotAllowed("The day is after the person died")
    return when
