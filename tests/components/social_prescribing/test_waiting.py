"""Nothing waits unseen: who is late, who has nobody, who is told; and the answers that nobody has read."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from whatmatters.access.models import Grant, User
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions import escalating
from whatmatters.components.social_prescribing.models import (
    Cause,
    Change,
    Check,
    Escalation,
    Notice,
    Referral,
    Status,
    Timers,
    Told,
)
from whatmatters.components.social_prescribing.waiting import everything
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.workforce.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def made(row: Referral, days: int) -> Referral:
    """As if it had been made so many days ago, and each step taken then."""
    Referral.objects.filter(pk=row.pk).update(made_on=ago(days))
    Change.objects.filter(referral=row).update(on=ago(days))
    return Referral.objects.get(pk=row.pk)


def causes() -> list[str]:
    return [wait.cause.value for wait in everything(TODAY)]


@pytest.fixture
def manager(make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> SimpleNamespace:
    return make_worker(Role.PCN_MANAGER, place.east, name="Gill Waud")


@pytest.mark.parametrize(
    ("status", "days", "found"),
    [
        (Status.UNMATCHED, 5, []),
        (Status.UNMATCHED, 6, ["not accepted"]),
        (Status.RECEIVED, 5, []),
        (Status.RECEIVED, 6, ["not accepted"]),
        (Status.ACCEPTED, 14, []),
        (Status.ACCEPTED, 15, ["not spoken"]),
        (Status.ACTIVE, 400, []),
        (Status.JOINED, 4, []),
        (Status.DECLINED, 400, []),
        (Status.CLOSED, 400, []),
        (Status.CANCELLED, 400, []),
    ],
)
def test_five_days_to_accept_and_fourteen_to_speak_unless_the_service_says_otherwise(
    status: Status, days: int, found: list[str], at: Callable[[Status], Referral]
) -> None:
    made(at(status), days)
    Notice.objects.all().delete()  # of answers that are not read, below
    assert causes() == found


def test_a_service_sets_its_own_days(at: Callable[[Status], Referral], place: Any, manager: Any) -> None:
    row = made(at(Status.RECEIVED), 4)
    assert causes() == []
    actions.set_timers(service=place.east, accept=3, contact=10, tell=None, by=manager.actor)
    assert causes() == ["not accepted"]
    (wait,) = everything(TODAY)
    assert (wait.row, wait.since, wait.days(TODAY)) == (row, TODAY, 0)  # the fourth day is the first too late


@pytest.mark.parametrize(
    ("accept", "contact", "words"),
    [(0, 5, "whole number of days from 1 to 90"), (5, 91, "from 1 to 90"), (9, 8, "before the referral must be")],
)
def test_days_that_make_no_sense_are_refused(accept: int, contact: int, words: str, place: Any, manager: Any) -> None:
    with pytest.raises(actions.NotAllowed, match=words):
        actions.set_timers(service=place.east, accept=accept, contact=contact, tell=None, by=manager.actor)
    assert not Timers.objects.exists()
    with pytest.raises(actions.NotAllowed, match="reminded before"):
        actions.set_timers(service=place.east, accept=5, contact=9, remind=8, reply=7, tell=None, by=manager.actor)


def test_two_managers_at_one_service_do_not_overwrite_each_other(place: Any, manager: Any) -> None:
    row = actions.set_timers(service=place.east, accept=3, contact=10, tell=None, by=manager.actor)
    first = row.revision
    actions.set_timers(service=place.east, accept=4, contact=10, tell=None, by=manager.actor, revision=first)
    with pytest.raises(Stale):
        actions.set_timers(service=place.east, accept=9, contact=10, tell=None, by=manager.actor, revision=first)


def test_a_case_reopened_has_its_days_again(at: Callable[[Status], Referral], link_worker: Any) -> None:
    row = at(Status.ACCEPTED)
    actions.close(referral=row, reason="lost", by=link_worker.actor)
    made(row, 300)
    actions.reopen(referral=row, why="Rang again", by=link_worker.actor)
    assert causes() == []


LEAVE: dict[str, Callable[[User], object]] = {
    "account closed": lambda user: User.objects.filter(pk=user.pk).update(active=False),
    "role ended": lambda user: Grant.objects.filter(user=user).update(end=TODAY),
    "post ended": lambda user: Post.objects.filter(worker__account=user).update(end=TODAY),
    "account removed": lambda user: user.worker.__class__.objects.filter(account=user).update(account=None),
}


@pytest.mark.parametrize("how", list(LEAVE))
def test_a_case_whose_owner_is_gone_is_found(
    how: str, at: Callable[[Status], Referral], link_worker: Any, make_worker: Callable[..., Any], place: Any
) -> None:
    make_worker(Role.LINK_WORKER, place.east)  # someone is still at the desk
    at(Status.ACTIVE)
    assert causes() == []
    LEAVE[how](link_worker.user)
    assert causes() == ["owner gone"]


def test_an_owner_who_went_to_another_network_no_longer_has_the_case(
    at: Callable[[Status], Referral], link_worker: Any, make_worker: Callable[..., Any], place: Any
) -> None:
    make_worker(Role.LINK_WORKER, place.east)
    at(Status.ACTIVE)
    Grant.objects.filter(user=link_worker.user).update(organisation=place.west)
    assert causes() == ["owner gone"]


def test_an_accepted_case_that_nobody_has_is_found(at: Callable[[Status], Referral]) -> None:
    at(Status.ACTIVE)
    Referral.objects.update(owner=None)
    assert causes() == ["no owner"]


def test_a_referral_where_no_link_worker_is_left_is_found_though_nothing_else_is_wrong(
    at: Callable[[Status], Referral], link_worker: Any
) -> None:
    at(Status.RECEIVED)
    assert causes() == []
    Grant.objects.filter(user=link_worker.user).update(end=TODAY)
    assert causes() == ["no desk"]


def test_a_dead_person_need_not_be_rung(at: Callable[[Status], Referral], joan: Person) -> None:
    row = made(at(Status.ACCEPTED), 40)
    assert causes() == ["not spoken"]
    Person.objects.filter(pk=row.person_id).update(died=TODAY)
    assert causes() == []


def test_an_answer_that_its_sender_has_not_read_in_a_week_is_to_be_told(
    sent: Callable[..., Any], desk: Client, link_worker: Any
) -> None:
    row, _ = sent()
    actions.decline(referral=row, reason="service: no capacity", by=link_worker.actor)
    assert causes() == []
    Notice.objects.update(on=ago(8))
    assert causes() == ["not told"]
    page = desk.get(reverse("waiting-referrals")).content.decode()
    assert "Kim Lee, Hull Homes, kim@homes.example.org" in page
    desk.post(reverse("told-by-voice", args=[row.uuid]), {"to": "sender"})
    assert causes() == []


def test_the_person_is_told_too_where_no_page_or_letter_reaches_them(
    at: Callable[[Status], Referral], link_worker: Any, joan: Person
) -> None:
    row = at(Status.RECEIVED)
    actions.redirect(referral=row, where="advice", by=link_worker.actor)
    Notice.objects.update(on=ago(8))
    Notice.objects.filter(to=Told.SENDER).delete()
    assert [(wait.cause, wait.to) for wait in everything(TODAY)] == [(Cause.NOT_TOLD, "person")]
    Person.objects.filter(pk=joan.pk).update(email="joan@example.org")
    assert causes() == []


def test_each_wait_is_told_once_to_the_manager_in_one_letter(
    make_person: Callable[..., Person], gp: Any, link_worker: Any, manager: Any, django_capture_on_commit_callbacks: Any
) -> None:
    for _ in range(3):
        made(actions.refer(person=make_person(), need="food", by=gp.actor), 20)
    with django_capture_on_commit_callbacks(execute=True):
        assert escalating.check() == 3
    assert [message.to for message in mail.outbox] == [[manager.user.email]]
    text = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    assert not [word for word in ("atkinson", "joan", "prescri", "referral", "health") if word in text]
    with django_capture_on_commit_callbacks(execute=True):
        assert escalating.check() == 0
        assert escalating.escalate() == 0
    assert len(mail.outbox) == 1
    assert set(Escalation.objects.values_list("to", flat=True)) == {manager.user.pk}
    assert (Check.objects.get().open, Check.objects.get().waiting) == (3, 3)


def test_the_next_wait_of_the_same_referral_is_told_again(
    at: Callable[[Status], Referral], link_worker: Any, manager: Any
) -> None:
    row = made(at(Status.RECEIVED), 20)
    assert escalating.escalate() == 1
    actions.accept(referral=row, by=link_worker.actor)
    assert escalating.escalate() == 1  # nobody has spoken with the person for twenty days


def test_the_one_whom_the_service_names_is_told_while_they_are_there(
    make_worker: Callable[..., Any], link_worker: Any, manager: Any, place: Any
) -> None:
    def named() -> Any:
        return escalating.named(place.east.pk, place.harbour.pk, TODAY)

    above = make_worker(Role.PCN_MANAGER, place.icb)
    assert named() == manager.user  # the nearest
    actions.set_timers(service=place.east, accept=5, contact=9, tell=link_worker.user, by=manager.actor)
    assert named() == link_worker.user
    User.objects.filter(pk=link_worker.user.pk).update(active=False)
    assert named() == manager.user
    Grant.objects.filter(user=manager.user).update(end=TODAY)
    assert named() == above.user
    Grant.objects.filter(user=above.user).update(end=TODAY)
    assert named() is None


def test_a_wait_with_nobody_to_tell_stays_on_the_list(at: Callable[[Status], Referral]) -> None:
    made(at(Status.RECEIVED), 20)
    assert escalating.escalate() == 1
    assert Escalation.objects.get().to is None
    assert causes() == ["not accepted"]


def test_the_managers_list_says_where_and_how_long_and_gives_no_name(
    client: Client, at: Callable[[Status], Referral], manager: Any
) -> None:
    made(at(Status.RECEIVED), 20)
    escalating.escalate()
    client.force_login(manager.user)
    page = client.get(reverse("waiting-referrals")).content.decode()
    assert "Harbour Surgery" in page
    assert "14 days" in page
    assert "Gill Waud" in page
    assert "ATKINSON" not in page
    assert "Atkinson" not in page


def test_a_link_worker_sees_names_of_their_own_desk_and_no_other_network(
    desk: Client, make_person: Callable[..., Person], at: Callable[[Status], Referral], gp: Any, place: Any
) -> None:
    made(at(Status.RECEIVED), 20)
    west = make_person(practice=place.avenues, family_name="West")
    made(actions.refer(person=west, need="food", by=gp.actor), 20)
    page = desk.get(reverse("waiting-referrals")).content.decode()
    assert "ATKINSON, Joan" in page
    assert "WEST" not in page
    assert "The Avenues" not in page


def test_what_ended_before_anyone_was_matched_is_counted_where_no_indicator_can(
    desk: Client, sent: Callable[..., Any], link_worker: Any
) -> None:
    for reason in ("person", "service: outside area"):
        actions.decline(referral=sent()[0], reason=reason, by=link_worker.actor)
    page = desk.get(reverse("waiting-referrals")).content.decode()
    assert "Declined: 2. Nobody knows of which person they spoke" in page


def test_the_list_costs_the_same_number_of_queries_for_two_referrals_and_for_twenty(
    desk: Client, make_person: Callable[..., Person], gp: Any
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(reverse("waiting-referrals")).status_code == 200
        return len(seen)

    def late(count: int) -> None:
        for _ in range(count):
            made(actions.refer(person=make_person(), need="food", by=gp.actor), 20)

    late(2)
    cost()  # the first looks things up for good
    few = cost()
    late(18)
    assert cost() == few


def test_the_desk_says_what_waits_too_long(desk: Client, at: Callable[[Status], Referral]) -> None:
    row = at(Status.RECEIVED)
    assert "Waits too long" not in desk.get(reverse("referral-desk")).content.decode()
    made(row, 20)
    assert "Waits too long" in desk.get(reverse("referral-desk")).content.decode()
