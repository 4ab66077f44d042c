"""Nobody asks in vain: every plan that waits to be looked at again is on the list of those who can."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.actors import Actor
from whatmatters.access.gate import grants_of
from whatmatters.access.models import AuditEntry
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.due import waiting
from whatmatters.components.care_planning.models import Version
from whatmatters.events.models import Event
from whatmatters.people.actions_wishes import say

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


@pytest.fixture
def planned(make_person: Any, write: Any, agree: Any, by: Actor) -> Any:
    """A person with an agreed plan, to be reviewed on a day."""

    def planned(name: str, review_on: date | None, **facts: Any) -> Version:
        version: Version = agree(
            write(actions.start(person=make_person(given_name=name, **facts), by=by)), review_on=review_on
        )
        return version

    return planned


@pytest.fixture
def names(coordinator: SimpleNamespace) -> Any:
    return lambda: [row.person.given_name for row in waiting(grants_of(coordinator.user, "write a plan"), TODAY)]


def test_who_asked_comes_first_then_the_longest_overdue_then_what_comes_soon(
    planned: Any, names: Any, by: Actor
) -> None:
    planned("Late", TODAY - timedelta(days=5))
    planned("Later", TODAY - timedelta(days=50))
    planned("Today", TODAY)
    planned("Next week", TODAY + timedelta(days=7))
    planned("In time", TODAY + timedelta(days=50))
    planned("No day", None)
    actions.ask_for_review(plan=planned("Asked", TODAY + timedelta(days=50)).plan, by=by)
    actions.ask_for_review(plan=planned("Asked, no day", None).plan, by=by)
    assert names() == ["Asked", "Asked, no day", "Later", "Late", "Today", "Next week"]


def test_who_can_only_be_asked_by_letter_or_phone_is_told_on_the_list(
    *, planned: Any, coordinator: SimpleNamespace, by: Actor, client: Client, settings: Any
) -> None:
    agrees = planned("Agrees", TODAY + timedelta(days=3), email="agrees@example.org").plan.person
    say(person=agrees, about="email", yes=True, by=by)
    changed = planned("Changed", TODAY + timedelta(days=4), email="changed@example.org").plan.person
    for yes in (True, False):
        say(person=changed, about="email", yes=yes, by=by)
    planned("Unasked", TODAY + timedelta(days=5), email="unasked@example.org")
    rows = waiting(grants_of(coordinator.user, "write a plan"), TODAY)
    assert [(row.person.given_name, row.by_hand) for row in rows] == [
        ("Agrees", False), ("Changed", True), ("Unasked", True),
    ]  # fmt: skip
    settings.SECOND_FACTOR = False
    client.force_login(coordinator.user)
    page = client.get(reverse("plans-due")).content.decode()
    assert page.count("by letter or phone: no e-mail is agreed") == 2
    assert "Review is due on" in page


def test_a_review_takes_the_plan_off_the_list_until_the_next_day(planned: Any, names: Any, by: Actor) -> None:
    version = planned("Late", TODAY - timedelta(days=50))
    actions.ask_for_review(plan=version.plan, by=by)
    actions.review(plan=version.plan, on=TODAY - timedelta(days=30), next_on=TODAY + timedelta(days=30), by=by)
    assert names() == []
    actions.review(plan=version.plan, on=TODAY - timedelta(days=20), next_on=TODAY - timedelta(days=1), by=by)
    assert names() == ["Late"]


def test_neither_the_dead_nor_people_elsewhere_are_listed(planned: Any, names: Any, place: SimpleNamespace) -> None:
    dead = planned("Dead", TODAY - timedelta(days=5)).plan.person
    dead.died = TODAY
    dead.save()
    planned("Elsewhere", TODAY - timedelta(days=5), practice=place.avenues)
    assert names() == []


def test_a_plan_replaced_by_a_later_version_is_judged_by_the_later_one(
    planned: Any, names: Any, agree: Any, by: Actor
) -> None:
    version = planned("Late", TODAY - timedelta(days=50))
    agree(actions.start(person=version.plan.person, by=by), agreed_on=TODAY, review_on=TODAY + timedelta(days=90))
    assert names() == []


def test_the_list_takes_as_many_queries_for_many_as_for_one(
    planned: Any, coordinator: SimpleNamespace, by: Actor, django_assert_max_num_queries: Any
) -> None:
    for n in range(5):
        actions.ask_for_review(plan=planned(f"P{n}", TODAY - timedelta(days=5)).plan, by=by)
    grants = grants_of(coordinator.user, "write a plan")
    with django_assert_max_num_queries(5):
        assert len(waiting(grants, TODAY)) == 5


def test_the_page_shows_why_and_its_audit_says_who_was_shown(
    client: Client, settings: Any, planned: Any, coordinator: SimpleNamespace, by: Actor
) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(coordinator.user)
    version = planned("Joan", None)
    actions.ask_for_review(plan=version.plan, by=by, why="My knee is worse")
    page = client.get(reverse("plans-due")).content.decode()
    assert "My knee is worse" in page
    assert reverse("plan", args=[version.plan.person.uuid]) in page
    entry = AuditEntry.objects.get(act="listed plans to look at again")
    assert entry.detail == {"shown": [version.plan.person_id]}


def test_the_list_tells_who_sees_to_it_and_can_be_cut_to_a_group_and_to_ones_own(
    client: Client, settings: Any, planned: Any, coordinator: SimpleNamespace
) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(coordinator.user)
    resident = planned("Resident", TODAY - timedelta(days=5)).plan.person
    Event.objects.create(person=resident, code="care-home-resident", detail="permanent", on=TODAY, role="clinician")
    planned("Other", TODAY - timedelta(days=5))
    page = client.get(reverse("plans-due")).content.decode()
    assert "Sam Okafor" in page
    assert "Lives in a care home" in page
    only = client.get(reverse("plans-due"), {"cohort": "care-home-resident", "mine": "yes"}).content.decode()
    assert reverse("plan", args=[resident.uuid]) in only
    assert "Other" not in only
