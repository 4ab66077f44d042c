"""Silence of a community group is never an ending: it is reminded, then put before a named person, once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from whatmatters.access.models import Grant
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions import chasing
from whatmatters.components.social_prescribing.keeping import keeper
from whatmatters.components.social_prescribing.models import Answer, Enquiry, Referral, Status, Timers
from whatmatters.directory import actions as directory
from whatmatters.directory.models import Group
from whatmatters.letters.models import Letter
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.slow]
TODAY = date.today()


@pytest.fixture
def shed(link_worker: Any) -> Group:
    return directory.add(
        by=link_worker.actor, name="Tiger Shed", kind="company", about="Tools", email="hello@shed.example"
    )


@pytest.fixture
def asked(at: Callable[[Status], Referral], shed: Group, link_worker: Any) -> Enquiry:
    return actions.enquire(referral=at(Status.ACTIVE), group=shed, by=link_worker.actor)


@pytest.fixture
def manager(place: Any, make_worker: Callable[..., Any]) -> Any:
    return make_worker(Role.PCN_MANAGER, place.east, name="Gill Waudby")


def days_pass(days: int) -> None:
    """Everything of an enquiry is so many days longer ago."""
    for row in Enquiry.objects.all():
        for name in ("on", "reply_by", "answered_on", "outcome_asked", "reminded_on"):
            if getattr(row, name):
                setattr(row, name, getattr(row, name) - timedelta(days=days))
        row.save()


def rounds() -> list[int]:
    return [step() for step in (chasing.remind, chasing.ask_what_came, chasing.escalate)]


def sent_to(address: str) -> int:
    return sum(one.to == [address] for one in mail.outbox)


@pytest.mark.parametrize(
    ("days", "done"), [(0, [0, 0, 0]), (4, [0, 0, 0]), (5, [1, 0, 0]), (10, [1, 0, 0]), (11, [1, 0, 1])]
)
def test_a_group_is_reminded_on_the_fifth_day_and_its_silence_told_after_the_tenth(
    days: int, done: list[int], asked: Enquiry, link_worker: Any
) -> None:
    days_pass(days)
    assert rounds() == done
    assert rounds() == [0, 0, 0]  # each is done once, however often the round is
    assert sent_to("hello@shed.example") == 1 + done[0]
    assert sent_to(link_worker.user.email) == done[2]
    assert Enquiry.objects.get().answer == Answer.AWAITED
    assert (Enquiry.objects.get().escalated_to == link_worker.user) == bool(done[2])


def test_a_service_sets_its_own_days(asked: Enquiry) -> None:
    Timers.objects.create(service=asked.referral.service, remind=2, reply=4)
    days_pass(2)
    assert rounds() == [1, 0, 0]


def test_a_year_of_silence_ends_nothing(asked: Enquiry, link_worker: Any) -> None:
    for _ in range(12):
        days_pass(30)
        rounds()
    assert Enquiry.objects.get().answer == Answer.AWAITED
    assert sent_to(link_worker.user.email) == 1
    actions.group_answered(enquiry=Enquiry.objects.get(), answer="yes", by=link_worker.actor)
    assert Enquiry.objects.get().alarm == ""


def test_a_letter_that_never_arrived_is_told_at_once(asked: Enquiry) -> None:
    Letter.objects.update(next_try=None, sent=None, tries=6, failed=timezone.now())
    assert rounds() == [0, 0, 1]
    assert Enquiry.objects.get().alarm == "letter"
    assert rounds() == [0, 0, 0]
    Letter.objects.update(sent=timezone.now())


def test_asked_again_it_has_its_days_again(asked: Enquiry, link_worker: Any) -> None:
    days_pass(11)
    rounds()
    actions.enquire_again(enquiry=asked, by=link_worker.actor)
    assert (Enquiry.objects.get().alarm, Enquiry.objects.get().reply_by) == ("", TODAY + timedelta(days=10))
    assert rounds()[2] == 0


def test_where_the_owner_has_gone_the_manager_is_told_and_then_whoever_has_the_case_next(
    asked: Enquiry, link_worker: Any, manager: Any, make_worker: Callable[..., Any], place: Any
) -> None:
    days_pass(11)
    Grant.objects.filter(user=link_worker.user).update(end=TODAY)
    rounds()
    assert Enquiry.objects.get().escalated_to == manager.user
    assert rounds() == [0, 0, 0]
    next_one = make_worker(Role.LINK_WORKER, place.east, name="Ade Cole")
    Referral.objects.update(owner=next_one.worker)
    assert rounds()[2] == 1
    assert Enquiry.objects.get().escalated_to == next_one.user


def test_with_nobody_left_it_stays_on_the_list_and_is_told_as_soon_as_someone_comes(
    asked: Enquiry, link_worker: Any, place: Any, make_worker: Callable[..., Any]
) -> None:
    days_pass(11)
    Grant.objects.filter(user=link_worker.user).update(end=TODAY)
    assert rounds()[2] == 1
    assert (rounds(), Enquiry.objects.get().alarm) == ([0, 0, 0], "silence")
    newcomer = make_worker(Role.LINK_WORKER, place.east, name="Ade Cole")
    assert rounds()[2] == 1
    assert Enquiry.objects.get().escalated_to == newcomer.user
    assert keeper(Referral.objects.get()) == newcomer.user


@pytest.mark.parametrize("end", ["closed", "died"])
def test_nothing_shouts_after_a_case_has_ended_or_the_person_died(
    end: str, asked: Enquiry, joan: Person, link_worker: Any
) -> None:
    if end == "closed":
        actions.close(referral=Referral.objects.get(), reason="moved", by=link_worker.actor)
    else:
        Person.objects.filter(pk=joan.pk).update(died=TODAY)
    days_pass(30)
    assert rounds() == [0, 0, 0]


def test_some_weeks_after_a_yes_the_group_is_asked_what_came_of_it_and_silence_is_told(
    asked: Enquiry, link_worker: Any
) -> None:
    actions.group_answered(enquiry=asked, answer="yes", by=link_worker.actor)
    before = sent_to("hello@shed.example")
    days_pass(20)
    assert rounds() == [0, 0, 0]
    days_pass(1)
    assert rounds() == [0, 1, 0]
    assert sent_to("hello@shed.example") == before + 1
    days_pass(10)
    assert rounds() == [0, 0, 1]
    assert Enquiry.objects.get().alarm == "outcome"
    assert rounds() == [0, 0, 0]


def test_what_was_told_is_asked_no_more(asked: Enquiry, link_worker: Any) -> None:
    link = actions.group_answered(enquiry=asked, answer="yes", by=link_worker.actor).connection
    assert link
    actions.taken_up(connection=link, by=link_worker.actor)
    actions.got_help(connection=link, by=link_worker.actor)
    days_pass(40)
    assert rounds() == [0, 0, 0]
