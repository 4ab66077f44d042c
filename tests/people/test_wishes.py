"""E-mail goes only to who agreed to it; questions come until a no; the latest said speaks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry, User
from whatmatters.people.actions_wishes import say
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish
from whatmatters.people.wishes import agrees, may_be_emailed, refusers

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADDRESS = "joan@example.org"

EMAIL = [
    # what they said about e-mail, in order; the address on file; whether they may be written to
    ([], ADDRESS, False),
    ([True], ADDRESS, True),
    ([True], "", False),
    ([True, False], ADDRESS, False),
    ([False, True], ADDRESS, True),
]


@pytest.mark.parametrize(("said", "address", "may"), EMAIL)
def test_an_e_mail_goes_only_to_who_agreed_last(
    said: list[bool], address: str, may: bool, make_person: Callable[..., Person]
) -> None:
    person = make_person(email=address)
    for yes in said:
        say(person=person, about="email", yes=yes, by=THE_SYSTEM)
    assert may_be_emailed(person) is may


def test_questions_may_come_until_a_no(make_person: Callable[..., Person]) -> None:
    person = make_person()
    assert agrees(person, "questions")
    say(person=person, about="questions", yes=False, by=THE_SYSTEM)
    assert not agrees(person, "questions")


def test_who_refused_questions_or_invitations_is_known_as_of_a_day(make_person: Callable[..., Person]) -> None:
    silent, no_questions, no_offers, again = (make_person() for _ in range(4))
    say(person=no_questions, about="questions", yes=False, by=THE_SYSTEM)
    say(person=no_offers, about="invitations", yes=False, by=THE_SYSTEM)
    for yes in (False, True):
        say(person=again, about="questions", yes=yes, by=THE_SYSTEM)
    everyone = [one.pk for one in (silent, no_questions, no_offers, again)]
    assert refusers(everyone) == {no_questions.pk, no_offers.pk}
    assert refusers([silent.pk, no_offers.pk]) == {no_offers.pk}
    assert refusers(everyone, date.today() - timedelta(days=1)) == set()


def test_the_same_said_again_is_one_row_on_the_chain_and_stays(make_person: Callable[..., Person]) -> None:
    person = make_person()
    for _ in range(2):
        say(person=person, about="email", yes=True, by=THE_SYSTEM)
    assert Wish.objects.count() == 1
    entry = AuditEntry.objects.filter(person=person.pk).last()
    assert entry is not None
    assert entry.detail == {"about": "email"}
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Wish.objects.update(yes=False)


@pytest.mark.parametrize("door", ["wishes", "my-wishes"])
def test_staff_take_it_down_and_the_person_says_it_themself(
    *, door: str, make_person: Callable[..., Person], make_worker: Any, place: Any, client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    person = make_person(email=ADDRESS)
    person.account = User.objects.create(email=ADDRESS, name="Joan Atkinson")
    person.save()
    staff = make_worker("care_coordinator", place.east).user
    client.force_login(staff if door == "wishes" else person.account)
    page = reverse(door, args=[person.uuid])
    shown = client.get(page).content.decode()
    assert shown.count("checked") == 1  # questions: yes; of e-mail nothing is chosen for them
    assert client.post(page, {"questions": "yes"}).status_code == 422
    client.post(page, {"email": "yes", "questions": "no"})
    assert may_be_emailed(person)
    assert refusers([person.pk]) == {person.pk}
    assert Wish.objects.filter(at__lte=timezone.now()).count() == 2
    client.force_login(staff)
    details = client.get(reverse("person-details", args=[person.uuid])).content.decode()
    assert "Private links and questions by e-mail: <strong>yes</strong>" in details
    assert "Questions about how their care went: <strong>no</strong>" in details
