"""A referral is made: by staff for a person they know, or by anyone on a form."""

from datetime import date

from django.db import IntegrityError, transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, day, happened, move
from whatmatters.components.social_prescribing.actions.telling import came, tell
from whatmatters.components.social_prescribing.actions.words import word_for
from whatmatters.components.social_prescribing.models import (
    CASE_OPEN,
    NOT_MADE,
    Agreement,
    DeclineReason,
    Given,
    Method,
    Referral,
    Sector,
    Source,
    Status,
)
from whatmatters.events.codes import SP_DECLINED, SP_REFERRED
from whatmatters.events.record import begin
from whatmatters.letters.private import digest
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import in_force
from whatmatters.people.models import Person, a_day_of_birth
from whatmatters.people.revisions import locked

SECTORS = {Source.SELF: Sector.PERSON, Source.CARER: Sector.CARER}
AT_WORK = {Kind.PRACTICE: Sector.PRACTICE, Kind.PCN: Sector.PRACTICE, Kind.GROUP: Sector.VOLUNTARY}


@transaction.atomic
def refer(
    *, person: Person, need: str, by: Actor, reason: str = "", once: str = "", on: date | None = None
) -> Referral:
    """By staff, for a person who knows and agrees. A second one joins the case that is open; the same form sent twice
    (``once``: its hidden number) is one."""
    row, known = _by_staff(person=person, need=need, reason=reason, by=by, on=on, act="referred to social prescribing")
    if once:
        row.key = digest(word_for(once, person.pk, need, reason, by.user))
        if made := Referral.objects.filter(key=row.key).first():
            return made
    row.agreed_on, row.agreement = row.made_on, Agreement.PERSON
    place(row, known, by=by, on=row.made_on)
    return row


@transaction.atomic
def offer_declined(
    *, person: Person, need: str, by: Actor, reason: str = "", once: str = "", on: date | None = None
) -> Referral:
    """Staff offered a referral and the person said no: recorded, and nothing is sent to anyone."""
    row, known = _by_staff(
        person=person, need=need, reason=reason, by=by, on=on, act="recorded that social prescribing was declined"
    )
    if once:
        row.key = digest(word_for(once, "declined", person.pk, need, reason, by.user))
        if made := Referral.objects.filter(key=row.key).first():
            return made
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
    known = locked(person, act, by=by, person=person.pk)
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
        sector=AT_WORK.get(Kind(workplace.kind), Sector.OTHER) if workplace else "",
        method=Method.RECORD,
        need=need,
        reason=reason,
        made_on=made,
        made_by_id=by.user,
        sender_name=by.name[:70],
        sender_role=dict(Role.choices).get(by.role, ""),
        sender_organisation=workplace.name[:150] if workplace else "",
        sender_contact=_email(by),
    )
    return row, known


def _email(by: Actor) -> str:
    """How a colleague is reached: the address of their account."""
    account = User.objects.filter(pk=by.user).first() if by.user else None
    return account.email[:70] if account else ""


@transaction.atomic
def receive(
    *,
    practice: Organisation,
    source: str,
    need: str,
    name: str,
    born: date,
    by: Actor,
    sector: str = "",
    method: str = Method.PAGE,
    agreement: str = "",
    agreed_on: date | None = None,
    reason: str = "",
    nhs_number: str = "",
    postcode: str = "",
    phone: str = "",
    email: str = "",
    sender_name: str = "",
    sender_role: str = "",
    sender_team: str = "",
    sender_service: str = "",
    sender_organisation: str = "",
    sender_contact: str = "",
    taken_down: bool = False,
    once: str = "",
    on: date | None = None,
) -> tuple[Referral, str]:
    """From a form whose sender says that the person agrees; and the word of the tracking link.

    ``taken_down``: ``by`` is staff who wrote down what came by phone or on paper, and is not who refers. ``once``:
    the form's hidden number; the same form sent twice is one referral, and gives the same word. A sender with an
    e-mail address is sent the link too.

    Nobody is looked up: whoever sends a form learns nothing of who is known here, not even by how long it takes.
    """
    made = day(on)
    a_day_of_birth(born)  # callers besides the form exist: a file from another system
    about = (name, born, nhs_number, postcode, phone, email)
    sender = (sender_name, sender_role, sender_team, sender_service, sender_organisation, sender_contact)
    word = word_for(once, practice.pk, source, sector, method, need, reason, on, *about, *sender)
    row = Referral(
        practice=practice,
        service=service_for(practice, made),
        status=NOT_MADE,
        source=source,
        sector=SECTORS.get(Source(source), sector),
        method=method,
        need=need,
        reason=reason,
        made_on=made,
        agreed_on=agreed_on or made,
        agreement=agreement or (Agreement.PERSON if source == Source.SELF else Agreement.SENDER),
        made_by_id=None if taken_down else by.user,
        taken_by_id=by.user if taken_down else None,
        sender_name=sender_name,
        sender_role=sender_role,
        sender_team=sender_team,
        sender_service=sender_service,
        sender_organisation=sender_organisation,
        sender_contact=sender_contact,
        key=digest(word),
    )
    given = Given(name=name, born=born, nhs_number=nhs_number, postcode=postcode, phone=phone, email=email)
    return _saved_once(row, given, word, by), word


def _saved_once(row: Referral, given: Given, word: str, by: Actor) -> Referral:
    """The row, saved with what was said of the person; or the one that the same form made before."""
    if made := Referral.objects.filter(key=row.key).first():
        return made
    checked(given)
    try:
        with transaction.atomic():
            move(row, Status.UNMATCHED, by=by, on=row.made_on)
    except IntegrityError:  # sent twice at one moment, and the other was quicker
        return Referral.objects.get(key=row.key)
    given.referral = row
    given.save()
    act = "took down a referral to social prescribing" if row.taken_by_id else "sent a referral to social prescribing"
    audit.record(act, by=by, detail={"referral": row.pk})
    came(row, word)
    return row


def place(row: Referral, person: Person, *, by: Actor, on: date) -> None:
    """The referral becomes the person's case, or joins the one that is open."""
    case = open_case(person)
    row.person, row.case = person, case
    if case:
        move(row, Status.JOINED, by=by, on=on)
        if case.status != Status.RECEIVED:  # whoever sent this one learns what the first sender learned
            tell(row, Status.ACCEPTED, on=on, person=row.source == Source.SELF)
        return
    become_case(row, person, by=by, on=on)


def become_case(row: Referral, person: Person, *, by: Actor, on: date) -> None:
    """The episode begins, and its event tells who referred."""
    row.case, row.episode = None, begin(person)
    move(row, Status.RECEIVED, by=by, on=on)
    happened(SP_REFERRED, row, on=row.made_on, by=by, detail=_who_asked(row))


def _who_asked(row: Referral) -> str:
    """The role of a member of staff, else the source. Not that of ``by``: another may bring the referral to a desk."""
    if row.source != Source.STAFF:
        return row.source
    return next((role for role, words in Role.choices if words == row.sender_role), "")


def open_case(person: Person) -> Referral | None:
    return Referral.objects.filter(person=person, status__in=CASE_OPEN).first()


def service_for(practice: Organisation, on: date) -> Organisation:
    """The network of the practice on the day; the practice itself where it is in none."""
    link = practice.parents.filter(in_force(on), parent__kind=Kind.PCN).select_related("parent").order_by("pk").first()
    return link.parent if link else practice
