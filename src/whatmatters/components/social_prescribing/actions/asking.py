"""A referral is made: by staff for a person they know, or by anyone on a form."""

import hashlib
import secrets
from datetime import date

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, day, happened, move
from whatmatters.components.social_prescribing.actions.telling import tell
from whatmatters.components.social_prescribing.models import (
    CASE_OPEN,
    NOT_MADE,
    DeclineReason,
    Given,
    Referral,
    Source,
    Status,
)
from whatmatters.events.codes import SP_DECLINED, SP_REFERRED
from whatmatters.events.record import begin
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import in_force
from whatmatters.people.models import Person


@transaction.atomic
def refer(*, person: Person, need: str, by: Actor, reason: str = "", on: date | None = None) -> Referral:
    """By staff, for a person who knows and agrees. A second one joins the case that is open."""
    row, known = _by_staff(person=person, need=need, reason=reason, by=by, on=on, act="referred to social prescribing")
    row.agreed_on = row.made_on
    place(row, known, by=by, on=row.made_on)
    return row


@transaction.atomic
def offer_declined(*, person: Person, need: str, by: Actor, reason: str = "", on: date | None = None) -> Referral:
    """Staff offered a referral and the person said no: recorded, and nothing is sent to anyone."""
    row, known = _by_staff(
        person=person, need=need, reason=reason, by=by, on=on, act="recorded that social prescribing was declined"
    )
    if open_case(known):
        raise NotAllowed("The person has an open case: record on the case what they said")
    row.person, row.episode = known, begin(known)
    row.ended_on, row.ended_why = row.made_on, DeclineReason.PERSON
    move(row, Status.DECLINED, by=by, on=row.made_on)
    happened(SP_DECLINED, row, on=row.made_on, by=by, detail=DeclineReason.PERSON)
    return row


def _by_staff(
    *, person: Person, need: str, reason: str, by: Actor, on: date | None, act: str
) -> tuple[Referral, Person]:
    """A referral not yet saved, and the person, locked."""
    made = day(on)
    audit.record(act, by=by, person=person.pk)
    known = Person.objects.select_for_update().get(pk=person.pk)
    if known.died:
        raise NotAllowed("The person has died")
    registration = known.registrations.filter(in_force(made)).select_related("practice").first()
    if registration is None:
        raise NotAllowed("The person was not registered with a practice on this day: register them first")
    workplace = Organisation.objects.filter(code=by.organisation_code).first()
    row = Referral(
        practice=registration.practice,
        service=service_for(registration.practice, made),
        status=NOT_MADE,
        source=Source.STAFF,
        need=need,
        reason=reason,
        made_on=made,
        made_by_id=by.user,
        sender_name=by.name[:70],
        sender_organisation=workplace.name[:150] if workplace else "",
    )
    return row, known


@transaction.atomic
def receive(
    *,
    practice: Organisation,
    source: str,
    need: str,
    name: str,
    born: date,
    by: Actor,
    reason: str = "",
    nhs_number: str = "",
    postcode: str = "",
    phone: str = "",
    email: str = "",
    sender_name: str = "",
    sender_organisation: str = "",
    sender_contact: str = "",
    on: date | None = None,
) -> tuple[Referral, str]:
    """From a public form whose sender says that the person agrees; and the word of the tracking link.

    Nobody is looked up: whoever sends a form learns nothing of who is known here, not even by how long it takes.
    """
    made, word = day(on), secrets.token_urlsafe(32)
    row = Referral(
        practice=practice,
        service=service_for(practice, made),
        status=NOT_MADE,
        source=source,
        need=need,
        reason=reason,
        made_on=made,
        agreed_on=made,
        made_by_id=by.user,
        sender_name=sender_name,
        sender_organisation=sender_organisation,
        sender_contact=sender_contact,
        key=digest(word),
    )
    given = Given(name=name, born=born, nhs_number=nhs_number, postcode=postcode, phone=phone, email=email)
    checked(given)
    move(row, Status.UNMATCHED, by=by, on=made)
    given.referral = row
    given.save()
    audit.record("sent a referral to social prescribing", by=by, detail={"referral": row.pk})
    return row, word


def digest(word: str) -> str:
    """What is kept of a tracking link: enough to know it again, not to make it."""
    return hashlib.sha256(word.encode()).hexdigest()


def place(row: Referral, person: Person, *, by: Actor, on: date) -> None:
    """The referral becomes the person's case, or joins the one that is open."""
    case = open_case(person)
    row.person, row.case = person, case
    if case:
        move(row, Status.JOINED, by=by, on=on)
        if case.status != Status.RECEIVED:  # whoever sent this one learns what the first sender learned
            tell(row, Status.ACCEPTED, on=on, person=False)
        return
    row.episode = begin(person)
    move(row, Status.RECEIVED, by=by, on=on)
    happened(SP_REFERRED, row, on=row.made_on, by=by, detail=by.role if row.source == Source.STAFF else row.source)


def open_case(person: Person) -> Referral | None:
    return Referral.objects.filter(person=person, status__in=CASE_OPEN).first()


def service_for(practice: Organisation, on: date) -> Organisation:
    """The network of the practice on the day; the practice itself where it is in none."""
    link = practice.parents.filter(in_force(on), parent__kind=Kind.PCN).select_related("parent").order_by("pk").first()
    return link.parent if link else practice
