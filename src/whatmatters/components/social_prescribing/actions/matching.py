"""Which person is meant by a public form: candidates are offered, a link worker decides."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.asking import place, service_for
from whatmatters.components.social_prescribing.actions.moves import (
    NotAllowed,
    checked,
    day,
    held,
    last_step,
    only_while,
)
from whatmatters.components.social_prescribing.actions.telling import tell
from whatmatters.components.social_prescribing.models import CASE_OPEN, Change, Given, Referral, Source, Status
from whatmatters.components.social_prescribing.offer import practices_served
from whatmatters.organisations.models import Organisation
from whatmatters.organisations.tree import in_force
from whatmatters.people.actions import move_registration, register_person
from whatmatters.people.models import Person, Registration
from whatmatters.people.text import folded


def candidates(given: Given, people: QuerySet[Person]) -> list[tuple[Person, list[str]]]:
    """Those of ``people`` whom it may be, likeliest first, each with what agrees. Never chosen without a human."""
    likely = Q(born=given.born) | (Q(nhs_number=given.nhs_number) if given.nhs_number else Q(pk=None))
    rows = [(person, agreeing(given, person)) for person in people.filter(likely)[:200]]
    return sorted((row for row in rows if len(row[1]) > 1 or "NHS number" in row[1]), key=lambda row: -len(row[1]))[:10]


def agreeing(given: Given, person: Person) -> list[str]:
    """What the form and the record have in common."""
    written = set(folded(given.name).split())
    pairs = {
        "NHS number": bool(given.nhs_number) and given.nhs_number == person.nhs_number,
        "family name": bool(written & set(folded(person.family_name).split())),
        "given name": bool(written & set(folded(f"{person.given_name} {person.preferred_name}").split())),
        "date of birth": given.born == person.born,
        "postcode": bool(given.postcode) and _bare(given.postcode) == _bare(person.postcode),
        "phone": bool(given.phone) and _bare(given.phone) == _bare(person.phone),
    }
    return [name for name, agrees in pairs.items() if agrees]


def with_case(people: Iterable[Person]) -> set[int]:
    """Those of the people who have an open case, which a further request joins."""
    cases = Referral.objects.filter(person__in=list(people), status__in=CASE_OPEN)
    return set(cases.values_list("person", flat=True))


def alike(row: Referral, scope: Q) -> list[Referral]:
    """Other requests that nobody has matched yet, of someone born the same day with a name in common."""
    written = set(folded(row.given.name).split())
    others = Referral.objects.filter(scope, status=Status.UNMATCHED, given__born=row.given.born).exclude(pk=row.pk)
    return [other for other in others.select_related("given")[:50] if written & set(folded(other.given.name).split())]


def _bare(text: str) -> str:
    return "".join(text.split()).upper()


@transaction.atomic
def match(
    *, referral: Referral, person: Person, by: Actor, on: date | None = None, revision: int | None = None
) -> Referral:
    """The referral is about this person. Where they have an open case, it joins that."""
    row = held(referral, "matched a referral to a person", by=by, revision=revision, person=person)
    only_while(row, Status.UNMATCHED)
    when = day(on, since=last_step(row))
    known = Person.objects.select_for_update().get(pk=person.pk)
    if known.died:
        raise NotAllowed("The person has died")
    if row.made_on < known.born:
        raise NotAllowed("The person was born after the referral was made: choose another")
    place(row, known, by=by, on=when)
    if (row.case or row).status == Status.RECEIVED:  # of a case further on, ``place`` has told
        tell(row, Status.RECEIVED, on=when, person=row.source == Source.SELF)
    return row


@transaction.atomic
def send_on(
    *, referral: Referral, practice: Organisation, by: Actor, note: str = "", revision: int | None = None
) -> Referral:
    """To the desk of another practice, where the person is thought to be registered. It stays what it is, and its
    days go on: nothing begins anew because it came to the wrong place. Refused where no link worker would see it."""
    row = held(referral, "sent a referral on to another desk", by=by, revision=revision)
    only_while(row, Status.UNMATCHED)
    if practice.pk == row.practice_id:
        raise NotAllowed("It is on the desk of this practice already")
    if not practices_served(date.today()).filter(pk=practice.pk).exists():
        raise NotAllowed("No link worker covers this practice: nobody would see it there")
    row.practice, row.service = practice, service_for(practice, date.today())
    row.save(update_fields=["practice", "service"])
    why = f"Sent on to the desk of {practice.name}" + (f": {note}" if note else "")
    on = max(date.today(), last_step(row))
    checked(Change(referral=row, on=on, who=by.name, was=row.status, status=row.status, why=why[:300])).save()
    return row


@transaction.atomic
def register_and_match(
    *,
    referral: Referral,
    practice: Organisation,
    start: date,
    by: Actor,
    revision: int | None = None,
    **details: Any,
) -> Person:
    """Someone who is not on file here is put on a practice's list, and the referral is theirs.

    A person of this NHS number and birthday who is on no list today is put back on one, and is no second person.
    """
    gone = Person.objects.filter(nhs_number=details.get("nhs_number") or None, born=details["born"], died=None)
    known = gone.exclude(registrations__in=Registration.objects.filter(in_force(date.today()))).first()
    if known:
        move_registration(person=known, practice=practice, on=start, by=by)
    person = known or register_person(practice=practice, start=start, by=by, **details)
    match(referral=referral, person=person, by=by, revision=revision)
    return person
