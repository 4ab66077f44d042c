"""The next step of a case, its complexity, and a contact that arrives twice or late."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Contact, Referral, Status
from whatmatters.events.models import Event
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
CHOIR = "Ring about the choir"


def test_a_next_step_is_a_day_and_a_few_words(at: Callable[[Status], Referral], link_worker: Any) -> None:
    row = at(Status.ACTIVE)
    actions.plan(referral=row, next_on=TOMORROW, next_what=CHOIR, complexity="heavy", by=link_worker.actor)
    row.refresh_from_db()
    assert (row.next_on, row.next_what, row.complexity) == (TOMORROW, CHOIR, "heavy")


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"next_on": TOMORROW}, "in a few words"),
        ({"next_what": CHOIR}, "Enter the day"),
        ({"next_on": YESTERDAY, "next_what": CHOIR}, "has passed"),
        ({"complexity": "impossible"}, "one of the three"),
    ],
)
def test_what_is_half_said_or_past_is_refused(
    at: Callable[[Status], Referral], link_worker: Any, facts: dict[str, Any], says: str
) -> None:
    with pytest.raises(actions.NotAllowed, match=says):
        actions.plan(referral=at(Status.ACTIVE), by=link_worker.actor, **facts)


def test_the_complexity_can_be_judged_while_a_step_is_overdue(
    at: Callable[[Status], Referral], link_worker: Any
) -> None:
    row = at(Status.ACTIVE)
    Referral.objects.update(next_on=YESTERDAY, next_what=CHOIR)
    actions.plan(referral=row, next_on=YESTERDAY, next_what=CHOIR, complexity="light", by=link_worker.actor)
    row.refresh_from_db()
    assert (row.next_on, row.complexity) == (YESTERDAY, "light")


# the step on file, whether they spoke, the step typed -> the step afterwards
STEPS = [
    (TODAY, True, None, None),  # it was due, and they spoke: settled
    (TODAY, False, None, TODAY),  # nobody answered: still due
    (TOMORROW, True, None, TOMORROW),  # it is for another day
    (TODAY, True, TOMORROW, TOMORROW),
    (None, False, TOMORROW, TOMORROW),
]


@pytest.mark.parametrize(("before", "spoke", "typed", "after"), STEPS)
def test_having_spoken_settles_the_step_that_was_due_and_a_new_one_replaces_it(  # noqa: PLR0917
    at: Callable[[Status], Referral], link_worker: Any, before: Any, spoke: bool, typed: Any, after: Any
) -> None:
    row = at(Status.ACTIVE)
    Referral.objects.update(next_on=before, next_what=CHOIR if before else "")
    facts = {"next_on": typed, "next_what": "Go along" if typed else ""}
    actions.record_contact(referral=row, how="phone", spoke=spoke, by=link_worker.actor, **facts)
    row.refresh_from_db()
    assert row.next_on == after


def test_nothing_overdue_is_left_of_a_case_that_was_closed(at: Callable[[Status], Referral], link_worker: Any) -> None:
    row = at(Status.ACTIVE)
    Referral.objects.update(next_on=YESTERDAY, next_what=CHOIR)
    actions.close(referral=row, reason="done", by=link_worker.actor)
    row.refresh_from_db()
    assert (row.next_on, row.next_what) == (None, "")


def test_the_same_note_sent_twice_is_one_contact_and_one_event(
    at: Callable[[Status], Referral], link_worker: Any
) -> None:
    row, key = at(Status.ACTIVE), uuid4()
    before = Event.objects.filter(code="social-prescribing-contact").count()
    sent = [
        actions.record_contact(
            referral=row, how="in person", spoke=True, note="Tea", key=key, revision=1, by=link_worker.actor
        )
        for _ in range(3)
    ]
    assert {contact.pk for contact in sent} == {Contact.objects.get(key=key).pk}
    assert Event.objects.filter(code="social-prescribing-contact").count() == before + 1


def test_a_note_of_a_day_before_the_case_was_closed_is_still_taken_and_a_later_one_is_not(
    joan: Person, gp: Any, link_worker: Any
) -> None:
    by, days = link_worker.actor, [TODAY - timedelta(days=n) for n in (9, 5, 3)]
    row = actions.accept(referral=actions.refer(person=joan, need="food", by=gp.actor, on=days[0]), by=by, on=days[0])
    actions.close(referral=row, reason="done", by=by, on=days[1])
    facts: dict[str, Any] = {"referral": row, "how": "phone", "spoke": False, "by": by}
    actions.record_contact(**facts, on=days[0], key=uuid4())
    with pytest.raises(actions.NotAllowed, match="closed before this day"):
        actions.record_contact(**facts, on=days[2], key=uuid4())
    with pytest.raises(actions.NotAllowed, match="cannot be done now"):
        actions.record_contact(**facts, on=days[0])  # not of a form: nobody wrote it before the close
    assert row.contacts.count() == 1


def test_the_pages_own_script_is_told_where_to_go_on(
    desk: Client, at: Callable[[Status], Referral], link_worker: Any
) -> None:
    row, key = at(Status.ACTIVE), str(uuid4())
    day = {"on_day": str(TODAY.day), "on_month": str(TODAY.month), "on_year": str(TODAY.year)}
    typed = {"revision": "1", "key": key, "spoke": "yes", "how": "in person", "note": "Tea", **day}
    address = reverse("case-act", args=[row.person.uuid, row.uuid, "contact"])  # type: ignore[union-attr]  # Joan
    answers = [desk.post(address, typed, headers={"accept": "application/json"}) for _ in range(2)]
    case = reverse("case", args=[row.person.uuid, row.uuid])  # type: ignore[union-attr]  # Joan
    assert [answer.json() for answer in answers] == [{"saved": True, "to": case}] * 2
    assert row.contacts.filter(key=key).count() == 1
    wrong = desk.post(address, {**typed, "how": "pigeon"}, headers={"accept": "application/json"})
    assert wrong.status_code == 422
