"""Two people press at once: one wins, the other is told, and nothing is done twice."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from tests.people.at_once import at_once

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import CASE_OPEN, Referral, Status
from whatmatters.events.models import Event
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_two_acceptances_at_once_give_one_owner_and_one_event(
    at: Callable[[Status], Referral], link_worker: Any, make_worker: Callable[..., Any], place: Any
) -> None:
    row, other = at(Status.RECEIVED), make_worker("link_worker", place.east, name="Jo Bell")
    came = at_once(
        lambda: actions.accept(referral=row, by=link_worker.actor, revision=row.revision),
        lambda: actions.accept(referral=row, by=other.actor, revision=row.revision),
    )
    assert came == ["Stale", "done"]
    assert Event.objects.filter(code="social-prescribing-accepted").count() == 1
    assert row.changes.filter(status=Status.ACCEPTED).count() == 1


def test_two_workers_close_one_case_once(at: Callable[[Status], Referral], link_worker: Any) -> None:
    row = at(Status.ACTIVE)
    came = at_once(
        lambda: actions.close(referral=row, reason="done", by=link_worker.actor),
        lambda: actions.close(referral=row, reason="lost", by=link_worker.actor),
    )
    assert came == ["NotAllowed", "done"]
    assert Event.objects.filter(code="social-prescribing-closed").count() == 1


def test_two_referrals_of_one_person_at_once_make_one_case(joan: Person, gp: Any, link_worker: Any) -> None:
    came = at_once(
        *(lambda by=by: actions.refer(person=joan, need="food", by=by) for by in (gp.actor, link_worker.actor))
    )
    assert came == ["done", "done"]
    assert Referral.objects.filter(status__in=CASE_OPEN).count() == 1
    assert Referral.objects.filter(status=Status.JOINED).count() == 1
    assert Event.objects.filter(code="social-prescribing-referral").count() == 1


def test_a_request_matched_by_one_while_cancelled_by_its_sender_goes_one_way(
    sent: Callable[..., Any], joan: Person, link_worker: Any
) -> None:
    row, _ = sent()
    came = at_once(
        lambda: actions.match(referral=row, person=joan, by=link_worker.actor, revision=row.revision),
        lambda: actions.cancel(referral=row, by=link_worker.actor, revision=row.revision),
    )
    assert came == ["Stale", "done"]
    row.refresh_from_db()
    assert Event.objects.count() == (1 if row.status == Status.RECEIVED else 0)


def test_two_who_reword_one_item_at_once_lose_nothing(at: Callable[[Status], Referral], link_worker: Any) -> None:
    row, by = at(Status.ACTIVE), link_worker.actor
    (entry,) = actions.write(referral=row, section="needs", text="The stairs", by=by)
    came = at_once(
        *(lambda text=text: actions.reword(entry=entry, text=text, by=by) for text in ("The bath", "The bed"))
    )
    assert came == ["Stale", "done"]
    assert row.entries.filter(item=entry.item).count() == 2


def test_two_who_press_save_at_once_write_one_item_and_one_event(
    at: Callable[[Status], Referral], link_worker: Any
) -> None:
    row, by = at(Status.ACTIVE), link_worker.actor
    came = at_once(*(lambda: actions.write(referral=row, section="needs", choices=["food"], by=by) for _ in range(2)))
    assert came == ["done", "done"]
    assert row.entries.count() == 1
    assert Event.objects.filter(code="social-prescribing-need").count() == 1


def test_one_note_sent_twice_at_once_is_one_contact(at: Callable[[Status], Referral], link_worker: Any) -> None:
    row, key = at(Status.ACTIVE), uuid4()
    note = {"how": "in person", "spoke": True, "note": "Tea", "key": key, "revision": row.revision}
    before = row.contacts.count()
    send = lambda: actions.record_contact(referral=row, by=link_worker.actor, **note)  # noqa: E731 - two alike
    assert at_once(send, send) == ["done", "done"]
    assert row.contacts.count() == before + 1


def test_two_hand_one_case_over_at_once_and_it_goes_one_way(
    at: Callable[[Status], Referral], link_worker: Any, make_worker: Callable[..., Any], place: Any
) -> None:
    row, others = at(Status.ACTIVE), [make_worker("link_worker", place.east, name=name) for name in ("Jo", "Ada")]
    came = at_once(
        *(
            lambda other=other: actions.hand_over(
                referral=row, to=other.worker, why="workload", by=link_worker.actor, revision=row.revision
            )
            for other in others
        )
    )
    assert came == ["Stale", "done"]
    assert row.handovers.count() == 1
