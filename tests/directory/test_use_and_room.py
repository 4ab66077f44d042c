"""What real use tells of a group, and until when it is full."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.directory import actions
from whatmatters.directory.models import Capacity, Group, Reply
from whatmatters.directory.replies import Figures, figures
from whatmatters.directory.search import search

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


def reply(group: Group, days: int, accepted: bool = True, ago: int = 0) -> Reply:
    on = TODAY - timedelta(days=ago)
    return actions.replied(
        group=group, asked_on=on - timedelta(days=days), answered_on=on, accepted=accepted, by=THE_SYSTEM
    )


@pytest.mark.parametrize(
    ("waits", "told"),
    [
        ([], Figures(0)),
        ([(1, True)] * 4, Figures(4)),
        ([(1, True), (2, True), (3, False), (4, True), (30, False)], Figures(5, 3, 3)),
        ([(0, False)] * 6, Figures(6, 0, 0)),
    ],
)
def test_figures_come_from_enough_replies_or_not_at_all(
    waits: list[tuple[int, bool]], told: Figures, make_group: Callable[..., Group]
) -> None:
    group, other = make_group(), make_group()
    for days, accepted in waits:
        reply(group, days, accepted)
        reply(other, 90, not accepted)
    assert figures(group) == told


def test_what_was_answered_more_than_a_year_ago_no_longer_speaks(make_group: Callable[..., Group]) -> None:
    group = make_group()
    for ago in (0, 100, 200, 300, 366):
        reply(group, 1, ago=ago)
    assert figures(group) == Figures(4)


@pytest.mark.parametrize(("asked", "answered"), [(1, 2), (0, -1)])
def test_a_reply_cannot_come_before_the_question_or_tomorrow(
    asked: int, answered: int, make_group: Callable[..., Group]
) -> None:
    on = {"asked_on": TODAY - timedelta(days=asked), "answered_on": TODAY - timedelta(days=answered)}
    with pytest.raises(ValidationError):
        actions.replied(group=make_group(), accepted=True, by=THE_SYSTEM, **on)
    assert not Reply.objects.exists()


def test_a_reply_holds_nobody() -> None:
    assert {field.name for field in Reply._meta.fields} == {"id", "group", "asked_on", "answered_on", "accepted"}


def test_the_page_says_how_many_answers_its_figures_are_from(client: Client, make_group: Callable[..., Group]) -> None:
    group = make_group()
    page = reverse("group", args=[group.uuid])
    assert "Not enough answers yet" in client.get(page).content.decode()
    for days in (2, 3, 3, 3, 9):
        reply(group, days, accepted=days < 9)
    assert "answers in 3 days, and could take 4 of 5 people" in " ".join(client.get(page).content.decode().split())


@pytest.mark.parametrize(
    ("until", "room"),
    [(None, "full"), (0, "full"), (1, "full"), (-1, "open"), (-400, "open")],
)
def test_full_until_a_day_is_over_after_it(until: int | None, room: str, make_group: Callable[..., Group]) -> None:
    day = None if until is None else TODAY + timedelta(days=until)
    group = make_group(capacity="full", capacity_until=day)
    assert group.room == room


class Room(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.sampled_from(Capacity.values), some.integers(0, 60), some.integers(-1, 90))
    def test_it_is_as_the_group_said_through_the_day_and_open_after(
        self, capacity: str, until: int, later: int
    ) -> None:
        """Later is as if the day had been set so long ago."""
        group = actions.add(by=THE_SYSTEM, name="Shed", kind="company", about="Wood", last_verified=TODAY)
        actions.set_capacity(group=group, capacity=capacity, until=TODAY + timedelta(days=until), by=THE_SYSTEM)
        group.refresh_from_db()
        if group.capacity_until:
            Group.objects.update(capacity_until=group.capacity_until - timedelta(days=later))
            group.refresh_from_db()
        assert group.room == (capacity if later <= until else "open")
        other = actions.add(by=THE_SYSTEM, name="Zumba", kind="company", about="Dance", last_verified=TODAY)
        assert (list(search()) == [other, group]) is (group.room == "full")


@pytest.mark.parametrize("wrong", [{"capacity": "brim-full"}, {"capacity": "full", "until": TODAY - timedelta(days=1)}])
def test_what_cannot_be_is_refused(wrong: dict[str, Any], make_group: Callable[..., Group]) -> None:
    group = make_group()
    with pytest.raises(ValidationError):
        actions.set_capacity(group=group, by=THE_SYSTEM, **wrong)
    group.refresh_from_db()
    assert group.capacity == "open"
