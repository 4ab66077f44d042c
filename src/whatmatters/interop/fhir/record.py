"""Between the record and what a bundle tells: a referral in plain values, and one from elsewhere taken in.

What goes out goes to other systems, so that what the person keeps from their GP practice is not in it.
"""

from datetime import date

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.hiding import hidden
from whatmatters.components.social_prescribing.models import (
    Audience,
    Connection,
    Enquiry,
    Helped,
    Method,
    Referral,
    Sector,
    Source,
    Status,
)
from whatmatters.directory.needs import Need
from whatmatters.interop.fhir.bundle import NotAReferral
from whatmatters.interop.fhir.told import Onward, Place, Sender, Told, Who
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.models import Person
from whatmatters.people.nhs_number import problem_with

REASON = 150  # letters: the standard's length
HELPED = {Helped.YES.value: "yes", Helped.NO.value: "no"}
BEGUN = (Status.UNMATCHED, Status.RECEIVED)


def told_of(row: Referral) -> Told:
    """A referral that is matched to a person. Of a case that is kept from the practice, only that it was made."""
    if row.person is None:
        raise ValueError("A referral travels once it is known whose it is: match it first")
    kept = hidden([row], Audience.PRACTICE)
    whole = row.uuid not in kept
    return Told(
        id=str(row.uuid),
        who=who(row.person),
        practice=Place(row.practice.code, row.practice.name),
        service=Place(row.service.code, row.service.name),
        sender=_sender(row),
        made=row.made_on,
        need=row.need if whole else "",
        status=row.status,
        reason=row.reason if whole else "",
        agreed_on=row.agreed_on,
        agreement=row.agreement,
        ended_on=row.ended_on,
        ended_why=row.ended_why,
        owner=row.owner.name if row.owner else "",
        onward=tuple(_onward(row, kept)) if whole else (),
    )


def who(person: Person) -> Who:
    return Who(
        id=str(person.uuid),
        given=person.given_name,
        family=person.family_name,
        born=person.born,
        title=person.title,
        preferred=person.preferred_name,
        died=person.died,
        sex=person.sex,
        ethnicity=person.ethnicity,
        nhs_number=person.nhs_number or "",
        address="\n".join(person.address.splitlines()),
        postcode=person.postcode,
        phone=person.phone,
        email=person.email,
        language=person.language,
        interpreter=person.interpreter,
    )


def _sender(row: Referral) -> Sender:
    facts = ("name", "role", "team", "service", "organisation", "contact")
    written = {fact: getattr(row, f"sender_{fact}") for fact in facts} if row.source != Source.SELF else {}
    if row.source == Source.CARER:
        written = {fact: written[fact] for fact in ("name", "role", "contact")}
    return Sender(source=row.source, sector=row.sector, method=row.method, **written)


def _onward(row: Referral, kept: frozenset[object]) -> list[Onward]:
    links = [link for link in row.connections.select_related("group") if link.uuid not in kept]
    asked = row.enquiries.filter(connection=None).select_related("group")
    found = [*map(_connection, links), *(_enquiry(one) for one in asked if one.uuid not in kept)]
    return sorted(found, key=lambda one: (one.on, one.id))


def _connection(link: Connection) -> Onward:
    how = "told" if link.signpost else "introduced"
    group, name = str(link.group.uuid), link.group.name
    helped, helped_on = HELPED.get(link.helped, ""), link.helped_on
    return Onward(
        str(link.uuid),
        how,
        group,
        name,
        link.on,
        link.went,
        link.went_on,
        link.why,
        helped,
        helped_on if helped else None,
    )


def _enquiry(one: Enquiry) -> Onward:
    group, name = str(one.group.uuid), one.group.name
    return Onward(str(one.uuid), "asked", group, name, one.on, one.answer, one.answered_on, one.why)


def take_in(told: Told, *, by: Actor) -> Referral:
    """A referral from another system, laid on the desk of the practice it names, as a form would be: a link worker says
    who it is. The same bundle sent again is the same referral. Raises NotAReferral for a practice not known here, one
    that has been decided elsewhere, and one to which nobody agreed."""
    practice = Organisation.objects.filter(code=told.practice.code, kind=Kind.PRACTICE).first()
    if practice is None:
        raise NotAReferral(f"no practice here has the code {told.practice.code}: check generalPractitioner")
    if told.who.nhs_number and (problem := problem_with(told.who.nhs_number)):
        raise NotAReferral(f"Patient.identifier: {problem}")
    if told.status not in BEGUN:
        raise NotAReferral("it is not a new referral: its task says that it was accepted or has ended")
    if told.who.died:
        raise NotAReferral("Patient.deceased: the person has died")
    if told.agreed_on is None or told.agreed_on > date.today():
        raise NotAReferral("no Consent in force says that this person knows and agrees: ask them first")
    sender = told.sender
    source = Source.AGENCY if sender.source == Source.STAFF else Source(sender.source)
    sectors, methods = Sector.values, Method.values
    row, _ = actions.receive(
        practice=practice,
        source=source,
        sector=sender.sector if sender.sector in sectors else Sector.OTHER,
        method=sender.method if sender.method in methods else Method.MESSAGE,
        need=told.need if told.need in Need.values else Need.OTHER,
        reason=told.reason[:REASON],
        name=f"{told.who.given} {told.who.family}"[:70],
        born=told.who.born,
        nhs_number=told.who.nhs_number,
        postcode=told.who.postcode,
        phone=told.who.phone,
        email=told.who.email,
        sender_name=sender.name,
        sender_role=sender.role,
        sender_team=sender.team,
        sender_service=sender.service,
        sender_organisation=sender.organisation,
        sender_contact=sender.contact,
        agreement=told.agreement,
        agreed_on=told.agreed_on,
        once=told.id,
        by=by,
    )
    return row


def sent_out(row: Referral, *, by: Actor) -> Told:
    """The same as ``told_of``, and on the audit chain that it left."""
    audit.record("made a FHIR copy of a referral", by=by, person=row.person_id, detail={"referral": row.pk})
    return told_of(row)
