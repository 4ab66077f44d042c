"""Two at one moment: nobody's change is lost without their knowing."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from tests.people.at_once import at_once

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry
from whatmatters.people import actions
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SAM, JO = Actor("Sam Okafor", "care_coordinator"), Actor("Jo Bell", "clinician")


def test_of_two_changes_one_is_saved_and_the_other_told(make_person: Any) -> None:
    person = make_person()
    change = partial(actions.change_details, revision=1)
    came = at_once(
        lambda: change(person=Person.objects.get(pk=person.pk), phone="01482 555 001", by=SAM),
        lambda: change(person=Person.objects.get(pk=person.pk), phone="01482 555 002", by=JO),
    )
    assert came == ["Stale", "done"]
    person.refresh_from_db()
    entry = AuditEntry.objects.get(act="changed the person's details")
    assert person.phone == {"Sam Okafor": "01482 555 001", "Jo Bell": "01482 555 002"}[entry.actor]
    assert person.revision == 2


def test_of_two_registrations_of_one_number_one_is_saved(place: Any) -> None:
    register = partial(
        actions.register_person, practice=place.harbour, start=date(2020, 1, 6), born=date(1960, 2, 29),
        nhs_number="9990000018", family_name="Ikeji",
    )  # fmt: skip
    came = at_once(lambda: register(given_name="Ada", by=SAM), lambda: register(given_name="Adaeze", by=JO))
    assert came == ["ValidationError", "done"]
    assert Person.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_of_two_moves_one_opens_the_new_registration(make_person: Any, place: Any) -> None:
    person = make_person()
    move = partial(actions.move_registration, practice=place.avenues, on=date(2023, 3, 1))
    came = at_once(
        lambda: move(person=Person.objects.get(pk=person.pk), by=SAM),
        lambda: move(person=Person.objects.get(pk=person.pk), by=JO),
    )
    assert came == ["ValidationError", "done"]
    assert person.registrations.filter(end=None).count() == 1
    assert person.registrations.count() == 2
