"""A clinician to whom the plan was not shared sees its emergency part at once, for a reason, and it is looked into."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.components.care_planning.sharing import SAID, browser, readers, text

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry, Grant, User
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions import emergency
from whatmatters.components.care_planning.actions.giving import hide
from whatmatters.components.care_planning.models import Emergency, Version
from whatmatters.components.care_planning.parts import EMERGENCY
from whatmatters.letters.models import Letter
from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person(given_name="Joan", family_name="Atkinson")


@pytest.fixture
def here(make_worker: Callable[..., Any], settings: Any, place: Any) -> SimpleNamespace:
    settings.SECOND_FACTOR = False
    found = readers(make_worker)
    found.officer = make_worker("privacy_officer", place.icb, "Farida Siddique")
    return found


@pytest.fixture
def doctor(here: SimpleNamespace) -> Client:
    return browser(here.doctor.user)


def asked(person: Person, **facts: str) -> dict[str, str]:
    born = {"born_day": "17", "born_month": "5", "born_year": "1948"}
    why = {"reason": "unable", "words": "Found on the floor at home"}
    return {"nhs_number": str(person.nhs_number), **born, **why, **facts}


WHERE, LIST = "/plans/emergency/", "/plans/emergencies/"


def test_the_emergency_part_is_shown_at_once_and_no_more(doctor: Client, person: Person, version: Version) -> None:
    page = text(doctor.post(WHERE, asked(person)))
    assert {part for part, word in SAID.items() if word in page} == {part for part in EMERGENCY if part in SAID}
    assert "Ring 01632 960001 before 999" in page
    assert "Version 1, agreed on" in page
    assert "ATKINSON, Joan" in page


def test_a_plan_that_tells_nothing_of_what_to_do_says_so(
    doctor: Client, person: Person, version: Version, by: Actor
) -> None:
    silent = "Nothing is shown here of what to do if things go wrong"
    assert silent not in text(doctor.post(WHERE, asked(person)))
    hide(plan=version.plan, part="contingency", audiences=["out of hours"], by=by)
    assert silent in text(doctor.post(WHERE, asked(person)))


def test_nobody_can_be_browsed(doctor: Client, person: Person, version: Version) -> None:
    assert "ATKINSON" not in text(doctor.get(WHERE))
    for wrong in ({"nhs_number": ""}, {"born_day": ""}, {"born_year": "1949"}, {"reason": ""}, {"words": " "}):
        answer = doctor.post(WHERE, asked(person, **wrong))
        assert answer.status_code == 422
        assert "ATKINSON" not in text(answer)
    assert not Emergency.objects.filter(person=person).exists()


def test_who_is_no_clinician_cannot(here: SimpleNamespace, person: Person, coordinator: Any) -> None:
    for user in (here.manager.user, here.officer.user, coordinator.user):
        assert browser(user).post(WHERE, asked(person)).status_code == 403


def test_it_is_audited_told_to_the_officer_and_seen_by_the_person(
    *, doctor: Client, person: Person, version: Version, here: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        doctor.post(WHERE, asked(person))
    entry = AuditEntry.objects.get(act=emergency.ACT)
    assert (entry.person, entry.user, entry.organisation) == (person.pk, here.doctor.user.pk, "OOH1")
    assert "unconscious" in entry.why
    assert "floor" not in entry.why + str(entry.detail)
    [letter] = mail.outbox
    assert letter.to == [here.officer.user.email]
    for name in ("Joan", "Atkinson", "Bello", "floor", str(person.nhs_number)):
        assert name not in letter.subject + letter.body
    person.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    person.save()
    joan = browser(person.account)
    looked = text(joan.get(reverse("who-looked", args=[person.uuid])))
    assert "opened the emergency part of the plan" in looked
    assert "Dr Ife Bello" in looked
    assert "unconscious" in looked
    assert "Found on the floor" in text(joan.get(reverse("my-plan-sharing", args=[person.uuid])))


def test_the_officer_looks_into_it_once(
    doctor: Client, person: Person, version: Version, here: SimpleNamespace
) -> None:
    doctor.post(WHERE, asked(person))
    officer = browser(here.officer.user)
    page = text(officer.get(LIST))
    assert "To be looked into (1)" in page
    assert "Found on the floor" in page
    one = reverse("emergency-looked-into", args=[person.uuid, Emergency.objects.get().uuid])
    assert officer.post(one, {"finding": ""}).status_code == 422
    assert officer.post(one, {"finding": "right", "words": "Rang the service"}).headers["Location"] == LIST
    assert "looked into this meanwhile" in text(officer.post(one, {"finding": "wrong"}))
    assert "To be looked into (0)" in text(officer.get(LIST))
    assert "It was right to look" in text(officer.get(LIST))


def days_ago(days: int, person: Person, account: User) -> Emergency:
    return Emergency.objects.create(
        person=person, account=account, organisation=Organisation.objects.get(code="OOH1"), by_name="Dr Ife Bello",
        by_role="out_of_hours", at=timezone.now() - timedelta(days=days), reason="unable", words="zq-floor",
    )  # fmt: skip


def test_what_nobody_looks_into_is_told_once_more_and_said_on_the_page(
    person: Person, here: SimpleNamespace, make_person: Callable[..., Person]
) -> None:
    for days in (9, 5, 1):
        days_ago(days, person, here.doctor.user)
    emergency.look_into(emergency=days_ago(8, person, here.doctor.user), finding="right", by=here.officer.actor)
    page = text(browser(here.officer.user).get(LIST))
    assert page.count("Not looked into since") == 2
    assert "A reminder went out" not in page
    assert (emergency.remind_officers(), emergency.remind_officers()) == (2, 0)
    letter = Letter.objects.get()  # one for both
    assert letter.to == here.officer.user.email
    assert "zq-floor" not in letter.text
    assert "Joan" not in letter.text
    assert text(browser(here.officer.user).get(LIST)).count("A reminder went out on") == 2


def test_where_nobody_answers_for_it_yet_the_reminder_waits(
    person: Person, make_worker: Any, place: Any, here: SimpleNamespace
) -> None:
    days_ago(4, person, here.doctor.user)
    Grant.objects.filter(user=here.officer.user).delete()
    assert emergency.remind_officers() == 0
    make_worker("privacy_officer", place.east)
    assert emergency.remind_officers() == 1


def test_an_officer_elsewhere_sees_none_of_it(
    *, doctor: Client, person: Person, version: Version, make_worker: Any, place: Any
) -> None:
    doctor.post(WHERE, asked(person))
    other = browser(make_worker("privacy_officer", place.west).user)
    assert "ATKINSON" not in text(other.get(LIST))
    one = reverse("emergency-looked-into", args=[person.uuid, Emergency.objects.get().uuid])
    assert other.get(one).status_code == 404


FAULTS = [
    ("the chain cannot be written", "whatmatters.access.audit.anchors"),
    ("the letter cannot be written", "whatmatters.components.care_planning.actions.emergency.post"),
    ("the row cannot be written", "whatmatters.components.care_planning.models.Emergency.save"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one[0])
@pytest.mark.django_db(transaction=True)
def test_where_one_of_them_cannot_be_written_nothing_is_shown(
    *, fault: tuple[str, str], here: SimpleNamespace, person: Person, version: Version, monkeypatch: Any
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    doctor = Client(raise_request_exception=False)
    doctor.force_login(here.doctor.user)
    monkeypatch.setattr(fault[1], fails)
    answer = doctor.post(WHERE, asked(person))
    assert answer.status_code == 500
    assert "zq-" not in text(answer)
    assert not Emergency.objects.exists()
    assert not AuditEntry.objects.filter(act=emergency.ACT).exists()
    assert not Letter.objects.exists()


def test_the_same_shift_asks_again_without_a_new_alert(doctor: Client, person: Person, version: Version) -> None:
    for _ in range(5):
        assert doctor.post(WHERE, asked(person)).status_code == 200
    assert Emergency.objects.count() == 1
    assert AuditEntry.objects.filter(act=emergency.ACT).count() == 5


def test_many_in_a_short_time_are_slowed_and_none_is_refused_for_good(
    here: SimpleNamespace, make_person: Callable[..., Person]
) -> None:
    people, by = [make_person() for _ in range(6)], here.doctor.actor

    def look(person: Person, seconds: float) -> None:
        facts = {
            "nhs_number": person.nhs_number or "",
            "born": person.born,
            "reason": "urgent",
            "words": "Many at once",
        }
        emergency.look(**facts, by=by, now=start + timedelta(seconds=seconds))

    start = emergency.timezone.now()
    for serial in range(3):
        look(people[serial], serial)
    with pytest.raises(emergency.Slower) as slower:
        look(people[3], 3)
    assert slower.value.wait == timedelta(seconds=29)
    look(people[3], 33)
    with pytest.raises(emergency.Slower) as slower:
        look(people[4], 34)
    assert slower.value.wait == timedelta(seconds=59)
    look(people[4], 3600)


def test_guessing_is_slowed_too(here: SimpleNamespace, person: Person) -> None:
    guess = {"nhs_number": "9990000999", "born": person.born, "reason": "urgent", "words": "Guessing"}
    for _ in range(3):
        assert emergency.look(**guess, by=here.doctor.actor).person is None
    with pytest.raises(emergency.Slower):
        emergency.look(**guess, by=here.doctor.actor)


def test_the_page_says_how_long_to_wait_and_loses_nothing(
    doctor: Client, person: Person, version: Version, monkeypatch: Any
) -> None:
    monkeypatch.setattr(emergency, "FREE", 1)
    assert doctor.post(WHERE, asked(person, born_year="1949")).status_code == 422
    answer = doctor.post(WHERE, asked(person))
    assert answer.status_code == 429
    page = text(answer)
    assert "Wait 30 seconds" in page
    assert "Found on the floor at home" in page
    assert "ATKINSON" not in page


def test_what_is_kept_from_either_kind_of_night_is_kept_here_and_said(
    doctor: Client, person: Person, version: Version, by: Actor
) -> None:
    hide(plan=version.plan, part="legal", audiences=["hospital"], by=by)
    hide(plan=version.plan, part="please_do", audiences=["out of hours"], by=by)
    page = text(doctor.post(WHERE, asked(person)))
    assert SAID["legal"] not in page
    assert SAID["please_do"] not in page
    assert "This is not all of the plan" in page


def test_without_an_agreed_plan_it_says_so_and_shows_no_draft(doctor: Client, person: Person, by: Actor) -> None:
    actions.save_about_me(
        version=actions.start(person=person, by=by), words={"most_important": "Only in the draft"}, seen=0, by=by
    )
    page = text(doctor.post(WHERE, asked(person)))
    assert "There is no agreed plan" in page
    assert "Only in the draft" not in page
