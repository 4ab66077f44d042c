"""What can be done to a person's details and registration. Every action writes its row and its audit entry together.

A refusal is a ValidationError whose keys are the names of the facts to mend; a page changed by another is Stale.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.models import NUMBER_TAKEN, Person, Registration
from whatmatters.people.revisions import claim

DETAILS = frozenset({
    "nhs_number", "title", "given_name", "family_name", "preferred_name", "born", "sex", "ethnicity", "deprivation",
    "address", "postcode", "phone", "email", "language", "interpreter", "communication", "adjustments",
})  # fmt: skip


@transaction.atomic
def register_person(*, practice: Organisation, start: date, by: Actor, **details: Any) -> Person:
    """A new person on a practice's list from ``start``. ``details`` are the fields named in DETAILS."""
    person = Person()
    _set(person, details)
    _save(person)
    _check_start(person, practice, start)
    Registration.objects.create(person=person, practice=practice, start=start)
    audit.record("registered the person", by=by, person=person.pk, detail={"practice": practice.code})
    return person


@transaction.atomic
def change_details(*, person: Person, revision: int, by: Actor, **details: Any) -> Person:
    """The fields given become what is given, if the person still stands at ``revision``."""
    claim(person, revision)
    person.refresh_from_db()
    changed = sorted(name for name, value in details.items() if getattr(person, name) != value)
    _set(person, details)
    _save(person)
    audit.record("changed the person's details", by=by, person=person.pk, detail={"fields": changed})
    return person


@transaction.atomic
def move_registration(*, person: Person, practice: Organisation, on: date, by: Actor) -> Registration:
    """Off the list they are on, and on to another's, on one day."""
    _check_start(person, practice, on)
    # Of two at once the second must see what the first did; a lock on the row that the first ends shows it neither.
    Person.objects.select_for_update().get(pk=person.pk)
    for now in person.registrations.filter(end__isnull=True):
        if now.practice_id == practice.pk:
            raise ValidationError({"practice": "The person is registered there already"})
        if on <= now.start:
            raise ValidationError({"start": f"Enter a day after {now.start:%d/%m/%Y}, when they joined the practice"})
        now.end = on
        now.save(update_fields=["end"])
    if person.registrations.filter(end__gt=on).exists():
        raise ValidationError({"start": "The person was on another list on that day: enter a later day"})
    moved = Registration.objects.create(person=person, practice=practice, start=on)
    audit.record("moved the registration", by=by, person=person.pk, detail={"practice": practice.code})
    return moved


@transaction.atomic
def record_death(*, person: Person, on: date, revision: int, by: Actor) -> Person:
    """The registration stays open: the team must still be able to close what is open, and answer for what was done."""
    claim(person, revision)
    person.refresh_from_db()
    if person.died:
        raise ValidationError({"on": "A day of death is on file already"})
    if on < person.born:
        raise ValidationError({"on": "The day of death cannot be before the day of birth"})
    person.died = on
    try:
        person.full_clean()
    except ValidationError as problem:
        raise ValidationError({"on": problem.messages}) from None
    person.save(update_fields=["died"])
    audit.record("recorded the death", by=by, person=person.pk)
    return person


def _set(person: Person, details: dict[str, Any]) -> None:
    if unknown := details.keys() - DETAILS:
        raise TypeError(f"A person has no details named {', '.join(sorted(unknown))}")
    for name, value in details.items():
        setattr(person, name, value)


def _save(person: Person) -> None:
    person.full_clean()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # two saves at one moment: the first had the number
        raise ValidationError({"nhs_number": NUMBER_TAKEN}) from None


def _check_start(person: Person, practice: Organisation, start: date) -> None:
    if practice.kind != Kind.PRACTICE:
        raise ValidationError({"practice": "People register with a GP practice: choose one"})
    if (practice.opened and start < practice.opened) or (practice.closed and start >= practice.closed):
        raise ValidationError({"practice": "The practice was not open on that day"})
    if person.born and start < person.born:
        raise ValidationError({"start": "The registration cannot start before the person was born"})
    if start > date.today():
        raise ValidationError({"start": "This day is still to come: check the day, month and year"})
    if person.died and start > person.died:
        raise ValidationError({"start": "The registration cannot start after the person died"})
