"""Whatever is done in whatever order: one person, one open case; the events and the statuses agree."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from whatmatters.access.actors import ANYONE
from whatmatters.access.models import AuditEntry
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import CASE_OPEN, Change, Referral, Status
from whatmatters.events.models import Event
from whatmatters.events.record import begin
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ACTS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "accept": (actions.accept, {}),
    "decline": (actions.decline, {"reason": "person"}),
    "redirect": (actions.redirect, {"where": "advice"}),
    "cancel": (actions.cancel, {}),
    "close": (actions.close, {"reason": "done"}),
    "reopen": (actions.reopen, {"why": "Rang again"}),
    "spoke": (actions.record_contact, {"how": "phone", "spoke": True}),
    "tried": (actions.record_contact, {"how": "phone", "spoke": False}),
}


@pytest.mark.slow
def test_never_two_open_cases(make_person: Callable[..., Person], gp: Any, link_worker: Any, place: Any) -> None:
    class Life(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.person, self.rows = make_person(), list[int]()
            self.entries, self.done = AuditEntry.objects.count(), 0

        def tried(self, act: Callable[..., Any], **facts: Any) -> Any:
            try:
                made = act(**facts)
            except actions.NotAllowed:
                return None
            self.done += 1
            return made

        @rule(need=st.sampled_from(["company", "money"]))
        def refer(self, need: str) -> None:
            self.rows.append(self.tried(actions.refer, person=self.person, need=need, by=gp.actor).pk)

        @rule()
        def receive(self) -> None:
            row, _ = self.tried(
                actions.receive, practice=place.harbour, source="self", need="food", name="J A", born=date(1948, 5, 17),
                by=ANYONE,
            )  # fmt: skip
            self.rows.append(row.pk)

        @rule(which=st.integers(0, 5))
        def match(self, which: int) -> None:
            if self.rows:
                row = Referral.objects.get(pk=self.rows[which % len(self.rows)])
                self.tried(actions.match, referral=row, person=self.person, by=link_worker.actor)

        @rule(which=st.integers(0, 5), name=st.sampled_from(sorted(ACTS)))
        def act(self, which: int, name: str) -> None:
            if self.rows:
                act, facts = ACTS[name]
                row = Referral.objects.get(pk=self.rows[which % len(self.rows)])
                self.tried(act, referral=row, by=link_worker.actor, **facts)

        @invariant()
        def one_open_case(self) -> None:
            rows = Referral.objects.filter(pk__in=self.rows)
            assert rows.filter(status__in=CASE_OPEN).count() <= 1
            assert AuditEntry.objects.count() == self.entries + self.done

        @invariant()
        def history_and_events_agree(self) -> None:
            for row in Referral.objects.filter(pk__in=self.rows):
                steps = list(Change.objects.filter(referral=row).order_by("pk").values_list("was", "status"))
                assert [was for was, _ in steps[1:]] == [status for _, status in steps[:-1]]
                assert steps[-1][1] == row.status
                if row.episode_id:
                    codes = Counter(Event.objects.filter(episode=row.episode_id).values_list("code", flat=True))
                    assert codes["social-prescribing-referral"] == 1
                    ended = codes["social-prescribing-closed"] - codes["social-prescribing-reopened"]
                    assert ended == (row.status == Status.CLOSED)

    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_database_itself_refuses_a_second_open_case(at: Callable[[Status], Referral]) -> None:
    row = at(Status.RECEIVED)
    assert row.person
    row.pk, row.uuid, row.episode = None, uuid4(), begin(row.person)
    with pytest.raises(IntegrityError, match=r"(?i)unique constraint"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.ACTIVE, Status.CLOSED, Status.JOINED])
def test_the_database_itself_refuses_a_case_without_a_person(status: Status, sent: Callable[..., Any]) -> None:
    row, _ = sent()
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(status=status)
