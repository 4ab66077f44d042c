"""A stale plan, or that of someone else, is never shown without saying so."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.components.care_planning.sharing import LATER, TODAY, browser, full_plan, readers, text

from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions.giving import give_access
from whatmatters.components.care_planning.actions.items import add_item
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Version
from whatmatters.components.care_planning.standing import standing
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person(given_name="Joan", family_name="Atkinson")


def died(version: Version, by: Actor) -> None:
    version.plan.person.died = TODAY
    version.plan.person.save()


def begin_another(version: Version, by: Actor) -> None:
    actions.start(person=version.plan.person, by=by)


def agree_another(version: Version, by: Actor) -> None:
    second = actions.start(person=version.plan.person, by=by)
    seen = stamp(contents_of(second))
    actions.agree(version=second, seen=seen, by=by, agreed_on=TODAY, agreed_by="Joan", agreed_role="person")


def nothing(version: Version, by: Actor) -> None:
    pass


SAYS = [
    # agreed on and to be reviewed on (days from today), what happened since, what is said, and whether it is loud
    (-10, 60, nothing, "Version 1, agreed on", False),
    (-100, -1, nothing, "1 day ago. What stands here may no longer be right", True),
    (-300, -20, nothing, "20 days ago", True),
    (-10, 60, begin_another, "A newer version is being written", False),
    (-10, 60, agree_another, "This is not the plan in force. Version 2 was agreed on", True),
    (-10, 60, died, "This plan is no longer in use", True),
]


@pytest.mark.parametrize(("agreed", "review", "since", "words", "loud"), SAYS)
def test_it_says_how_far_it_may_be_relied_on(
    *, agreed: int, review: int, since: Any, words: str, loud: bool, person: Person, by: Actor
) -> None:
    version = full_plan(person, by, agreed_on=days(agreed), review_on=days(review))
    since(version, by)
    version.refresh_from_db()
    told = standing(version)
    assert words in " ".join((told.facts, *told.warnings, *told.notes))
    assert bool(told.warnings) == loud


def test_an_old_plan_without_a_day_of_review_is_said_to_be_old(person: Person, by: Actor) -> None:
    version = full_plan(person, by, agreed_on=days(-400))
    version.review_on = None
    assert standing(version).warnings == ("It was agreed 400 days ago, and no day was set to look at it again.",)


def test_a_draft_is_not_to_be_relied_on(person: Person, by: Actor) -> None:
    version = actions.start(person=person, by=by)
    assert standing(version).warnings == ("This is a draft and not agreed: do not rely on it.",)


def test_what_to_do_that_was_to_be_looked_at_before_today_is_said_to_be_late(person: Person, by: Actor) -> None:
    version = full_plan(person, by)
    second = actions.start(person=person, by=by)
    late = {"trigger_factors": [{"free_text": "A fall"}], "planned_review_date_interval": "2024-05-01"}
    add_item(version=second, section="contingency", values=late, by=by)
    said = "What to do if something happens was to be looked at on 1 May 2024"
    assert said in " ".join(standing(second).warnings)
    assert said not in " ".join(standing(second, hidden={"contingency"}).warnings)
    assert said not in " ".join(standing(version).warnings)


@pytest.fixture
def here(make_worker: Callable[..., Any], settings: Any) -> SimpleNamespace:
    settings.SECOND_FACTOR = False
    return readers(make_worker)


@pytest.fixture
def everyone(here: SimpleNamespace, person: Person, by: Actor, coordinator: Any) -> Callable[[], dict[str, str]]:
    """Every page and paper on which an overdue plan can be read, by each kind of reader."""
    version = full_plan(person, by, agreed_on=days(-200), review_on=days(-9))
    person.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    person.save()
    facts = {"version": version, "purpose": "care", "until": LATER, "by": by}
    home, _ = give_access(**facts, kind="care home", organisation=here.home)
    night, _ = give_access(**facts, kind="out of hours", organisation=here.night)
    _, word = give_access(**facts, kind="carer", with_whom="Kit", email="kit@example.org")
    staff, own = browser(coordinator.user), browser(person.account)
    sent = {"seen": "1", "form_of": "page"}
    urgent = {
        "nhs_number": person.nhs_number, "born_day": "17", "born_month": "5", "born_year": "1948", "reason": "asked",
        "words": "At the door",
    }  # fmt: skip

    def read() -> dict[str, str]:
        of = [person.uuid]
        answers = {
            "plan": staff.get(reverse("plan", args=of)), "mine": own.get(reverse("my-plan", args=of)),
            "version": staff.get(reverse("plan-version", args=[*of, 1])),
            "print": staff.get(reverse("plan-print", args=of)),
            "home": browser(here.manager.user).get(reverse("shared-plan", args=[home.uuid])),
            "homes": browser(here.manager.user).get(reverse("shared-plans")),
            "night": browser(here.doctor.user).get(reverse("shared-plan", args=[night.uuid])),
            "emergency": browser(here.registrar.user).post(reverse("emergency"), urgent),
            "link": Client().post(reverse("shared-with-you", args=[word])),
        }  # fmt: skip
        for look in ("plain", "large", "easy"):
            answers[f"read {look}"] = staff.get(reverse("plan-read", args=[*of, look]))
            answers[f"paper {look}"] = staff.post(reverse("plan-print", args=of), {**sent, "look": look})
        assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200} == {}
        return {name: text(answer) for name, answer in answers.items()}

    return read


def test_every_view_and_paper_says_who_it_is_and_that_the_review_is_overdue(
    everyone: Callable[[], dict[str, str]],
) -> None:
    for name, page in everyone().items():
        assert "The review was due on" in page, name
        assert "9 days ago" in page, name
        assert "Version 1, agreed on" in page, name
        assert "ATKINSON, Joan" in page, name
        assert "17 May 1948" in page, name


def test_two_of_one_name_are_told_apart_for_staff_and_not_for_the_person(
    *, person: Person, by: Actor, make_person: Any, coordinator: Any, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    full_plan(person, by)
    person.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    person.save()
    warning, at = "Someone else here has the same name", reverse("plan", args=[person.uuid])
    staff = browser(coordinator.user)
    assert warning not in text(staff.get(at))
    make_person(given_name="Joan", family_name="Atkinson", born=date(1951, 2, 3))
    assert warning in text(staff.get(at))
    assert warning not in text(browser(person.account).get(reverse("my-plan", args=[person.uuid])))
