"""A plan is read outside the team by whom it was shared with, until a day, and nothing else of the person is."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.components.care_planning.sharing import LATER, SAID, TODAY, browser, organisation, readers, text

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry, User
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions.giving import end_access, give_access
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Access, LinkOpened, Share, Version
from whatmatters.components.care_planning.parts import AT_HOME, EMERGENCY
from whatmatters.events.codes import PLAN_SHARED
from whatmatters.events.models import Event
from whatmatters.organisations.models import Kind
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person(given_name="Joan", family_name="Atkinson", address="3 Quay Lane\nHull")


@pytest.fixture
def here(make_worker: Callable[..., Any], settings: Any) -> SimpleNamespace:
    settings.SECOND_FACTOR = False
    return readers(make_worker)


@pytest.fixture
def give(version: Version, here: SimpleNamespace, by: Actor) -> Callable[..., Access]:
    """To the care home, unless told otherwise."""

    def give(**facts: Any) -> Access:
        given = {"kind": "care home", "purpose": "care", "until": LATER, "organisation": here.home, **facts}
        return give_access(version=version, by=by, **given)[0]

    return give


@pytest.fixture
def word(version: Version, by: Actor) -> Callable[..., str]:
    """The word of a private link to someone outside."""

    def word(**facts: Any) -> str:
        given = {
            "kind": "carer",
            "purpose": "care",
            "until": LATER,
            "with_whom": "Kit Bell",
            "email": "kit@example.org",
        }
        return give_access(version=version, by=by, **{**given, **facts})[1]

    return word


def at(access: Access) -> str:
    return reverse("shared-plan", args=[access.uuid])


def test_it_is_a_share_with_its_event(give: Callable[..., Access], version: Version) -> None:
    access = give()
    assert (access.share.how, access.share.with_whom) == (Share.How.ACCESS, "Greenfields")
    assert list(Event.objects.filter(code=PLAN_SHARED).values_list("detail", flat=True)) == ["care home"]


def test_the_home_sees_what_matters_first_and_the_night_doctor_what_to_do(
    give: Callable[..., Access], here: SimpleNamespace
) -> None:
    home, night = give(), give(kind="out of hours", organisation=here.night)
    for access, user, first in ((home, here.manager.user, AT_HOME), (night, here.doctor.user, EMERGENCY)):
        page = text(browser(user).get(at(access)))
        places = [page.index(SAID[part]) for part in first if part in SAID]
        assert places == sorted(places)
        assert {part for part, word in SAID.items() if word in page} == {part for part in first if part in SAID}


def test_the_page_says_who_it_is_and_how_the_plan_stands(give: Callable[..., Access], here: SimpleNamespace) -> None:
    page = text(browser(here.manager.user).get(at(give())))
    for said in ("ATKINSON, Joan", "17 May 1948", "999 000", "3 Quay Lane, HU9 2AA", "Version 1, agreed on"):
        assert said in page


def test_nothing_else_of_the_person_is_theirs(
    give: Callable[..., Access], here: SimpleNamespace, person: Person
) -> None:
    give()
    manager = browser(here.manager.user)
    for name in ("person", "plan", "person-details", "plan-print", "plan-sharing"):
        assert manager.get(reverse(name, args=[person.uuid])).status_code == 404
    assert manager.get(reverse("find-person")).status_code == 403


def test_it_is_gone_on_the_next_request_when_it_is_ended_or_past(
    give: Callable[..., Access], here: SimpleNamespace, by: Actor
) -> None:
    manager, ended = browser(here.manager.user), give()
    assert manager.get(at(ended)).status_code == 200
    end_access(access=ended, by=by)
    assert manager.get(at(ended)).status_code == 404
    assert "ATKINSON" not in text(manager.get(reverse("shared-plans")))
    assert manager.post(f"{at(ended)}print/", {"seen": "1", "look": "plain", "form_of": "page"}).status_code == 404


def test_the_last_day_is_a_day_of_it_and_the_next_is_not(
    give: Callable[..., Access], here: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, access = browser(here.manager.user), give(until=TODAY)
    assert manager.get(at(access)).status_code == 200

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return TODAY + timedelta(days=1)

    monkeypatch.setattr("whatmatters.components.care_planning.actions.giving.date", Tomorrow)
    assert manager.get(at(access)).status_code == 404


def test_another_home_never_sees_it(give: Callable[..., Access], make_worker: Callable[..., Any]) -> None:
    access = give()
    other = make_worker("care_home", organisation("CH2", "Oak House", Kind.CARE_HOME))
    assert browser(other.user).get(at(access)).status_code == 404
    assert "ATKINSON" not in text(browser(other.user).get(reverse("shared-plans")))


def test_plans_of_the_night_are_not_listed_but_found_by_number_and_birthday(
    give: Callable[..., Access], here: SimpleNamespace, person: Person
) -> None:
    access, doctor, desk = give(kind="out of hours", organisation=here.night), browser(here.doctor.user), "shared-plans"
    assert "ATKINSON" not in text(doctor.get(reverse(desk)))
    asked = {"nhs_number": person.nhs_number, "born_day": "17", "born_month": "5", "born_year": "1948"}
    assert doctor.post(reverse(desk), asked).headers["Location"] == at(access)
    wrong = doctor.post(reverse(desk), {**asked, "born_day": "18"})
    assert wrong.status_code == 422
    assert "ATKINSON" not in text(wrong)


def test_they_read_the_plan_in_force_and_are_told_that_it_was_changed(
    give: Callable[..., Access], here: SimpleNamespace, version: Version, by: Actor
) -> None:
    access, manager = give(), browser(here.manager.user)
    second = actions.start(person=version.plan.person, by=by)
    assert "A newer version is being written" in text(manager.get(at(access)))
    assert "Only in the draft" not in text(manager.get(at(access)))
    actions.agree(
        version=second, seen=stamp(contents_of(second)), by=by, agreed_on=TODAY, agreed_by="Joan", agreed_role="person"
    )
    assert "Version 2, agreed on" in text(manager.get(at(access)))
    assert "this is the newer version" in text(manager.get(at(access)))


def test_every_look_and_print_is_on_the_chain(
    give: Callable[..., Access], here: SimpleNamespace, person: Person
) -> None:
    manager, access = browser(here.manager.user), give()
    manager.get(at(access))
    manager.post(f"{at(access)}print/", {"seen": "1", "look": "easy", "form_of": "page"})
    acts = AuditEntry.objects.filter(person=person.pk, user=here.manager.user.pk).values_list("act", "organisation")
    assert list(acts) == [
        ("saw the plan that was shared", "CH1"), ("printed the plan", "CH1"),
        ("printed the plan that was shared", "CH1"),
    ]  # fmt: skip


REFUSED = [
    ({"until": YESTERDAY}, "until"), ({"until": TODAY + timedelta(days=400)}, "until"),
    ({"parts": ["nothing"]}, "parts"), ({"kind": "hospital"}, "kind"), ({"organisation": None}, "with_whom"),
    ({"organisation": None, "with_whom": "Kit", "email": "kit"}, "email"),
    ({"organisation": None, "with_whom": "Kit", "email": "k@x.org", "opens": 99}, "opens"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "field"), REFUSED, ids=str)
def test_what_does_not_fit_is_refused_by_name(facts: Any, field: str, give: Callable[..., Access]) -> None:
    with pytest.raises(ValidationError) as problem:
        give(**facts)
    assert field in problem.value.message_dict
    assert not Access.objects.exists()


def test_a_practice_gets_no_access_of_this_kind(give: Callable[..., Access], place: Any) -> None:
    with pytest.raises(ValidationError):
        give(organisation=place.harbour, kind="practice")


def form(**facts: str) -> dict[str, str]:
    last = {"until_day": str(LATER.day), "until_month": str(LATER.month), "until_year": str(LATER.year)}
    return {
        "seen": "1",
        "kind": "care home",
        "organisation": "greenf",
        "purpose": "care",
        "opens": "1",
        **last,
        **facts,
    }


def test_staff_give_it_on_a_form_that_names_the_version_they_saw(
    here: SimpleNamespace, version: Version, coordinator: Any
) -> None:
    staff, where = browser(coordinator.user), reverse("plan-access-add", args=[version.plan.person.uuid])
    assert "changed this meanwhile" in text(staff.post(where, form(seen="7")))
    assert "Several have this name" in text(staff.post(where, form(organisation="h")))
    assert "one of the two" in text(staff.post(where, form(organisation="")))
    assert staff.post(where, form()).status_code == 302
    assert Access.objects.get().organisation == here.home


def test_the_person_ends_it_themself(give: Callable[..., Access], here: SimpleNamespace, person: Person) -> None:
    person.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    person.save()
    joan, access = browser(person.account), give()
    assert "Greenfields" in text(joan.get(reverse("my-plan-sharing", args=[person.uuid])))
    joan.post(reverse("my-plan-access-end", args=[person.uuid, access.uuid]))
    assert browser(here.manager.user).get(at(access)).status_code == 404
    assert "No longer" in text(joan.get(reverse("my-plan-sharing", args=[person.uuid])))


def test_a_private_link_opens_once_and_the_look_is_audited(word: Callable[..., str], person: Person) -> None:
    where = reverse("shared-with-you", args=[word()])
    before = Client().get(where)
    assert "Atkinson" not in text(before)
    assert not LinkOpened.objects.exists()
    opened = Client().post(where)
    assert SAID["most_important"] in text(opened)
    assert SAID["formulation"] not in text(opened)
    assert opened["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(person=person.pk, act="saw the plan that was shared", role="public").count() == 1
    for again in (Client().get(where), Client().post(where)):
        assert again.status_code == 410
        assert "no longer good" in text(again)
        assert "ATKINSON" not in text(again)


def test_a_link_that_may_be_opened_twice_is_counted(word: Callable[..., str]) -> None:
    where = reverse("shared-with-you", args=[word(opens=2)])
    assert [Client().post(where).status_code for _ in range(3)] == [200, 200, 410]


def test_a_guessed_word_gets_a_kind_page(db: None) -> None:
    for word in ("x", "0" * 43, "%00"):
        answer = Client().get(reverse("shared-with-you", args=[word]))
        assert answer.status_code == 404
        assert "ask the person" in text(answer)


def test_the_letter_says_nothing_of_anybody(
    word: Callable[..., str], django_capture_on_commit_callbacks: Any, person: Person
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        word()
    [letter] = mail.outbox
    assert letter.to == ["kit@example.org"]
    for name in ("Joan", "Atkinson", "Kit", "plan", person.nhs_number):
        assert name not in letter.subject + letter.body


def test_a_look_that_cannot_be_audited_shows_nothing_and_uses_nothing_up(
    word: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, client = reverse("shared-with-you", args=[word()]), Client(raise_request_exception=False)
    with monkeypatch.context() as broken, transaction.atomic():
        broken.setattr("whatmatters.access.audit.anchors", _fails)
        answer = client.post(where)
    assert answer.status_code == 500
    assert "zq-" not in text(answer)
    assert not LinkOpened.objects.exists()
    assert Client().post(where).status_code == 200


def _fails() -> None:
    raise OSError("the disk is full")
