"""Whatever is done in whatever order: nobody who died, moved, objected or has an open case is ever invited."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions import inviting, objecting, planning
from whatmatters.components.social_prescribing.models import Invitation, Listed, Referral, Side
from whatmatters.events.codes import ISOLATED, SP_INVITED
from whatmatters.events.models import Event
from whatmatters.events.record import record
from whatmatters.people.actions import move_registration, record_death
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
PEOPLE = 3
WHO = st.integers(0, PEOPLE - 1)


@pytest.mark.slow
def test_nobody_is_invited_who_must_not_be(
    make_person: Callable[..., Person], place: Any, link_worker: Any, gp: Any
) -> None:
    by = link_worker.actor

    class Winter(RuleBasedStateMachine):
        """What is true of each person is kept here too, apart from the record, and looked at when one is invited."""

        def __init__(self) -> None:
            super().__init__()
            self.day = TODAY - timedelta(days=300)
            self.offer = planning.plan_offer(
                service=place.east, title="A call", need="company", why="Alone", what="A call", starts=self.day,
                cohort="lonely-or-isolated", quiet_months=0, on=self.day, by=by,
            )  # fmt: skip
            for side in Side:
                planning.add_partner(offer=self.offer, side=side, who="One", said="Yes", on=self.day, by=by)
            self.people = [make_person() for _ in range(PEOPLE)]
            for person in self.people:
                with transaction.atomic():
                    record(ISOLATED, person, on=self.day, by=by, detail="lonely")
            planning.agree(offer=self.offer, on=self.day, by=by)
            self.not_to_be = [set[str]() for _ in self.people]
            self.invited = self.refused = 0

        def tried(self, act: Callable[..., Any], **facts: Any) -> Any:
            try:
                with transaction.atomic():
                    return act(by=by, **facts)
            except ValidationError:
                return None

        def listed(self, who: int) -> Listed | None:
            return Listed.objects.filter(offer=self.offer, person=self.people[who]).first()

        def person(self, who: int) -> Person:
            return Person.objects.get(pk=self.people[who].pk)

        @rule(days=st.sampled_from([1, 14]))
        def time_passes(self, days: int) -> None:
            self.day = min(TODAY, self.day + timedelta(days=days))

        @rule()
        def make_list(self) -> None:
            self.tried(inviting.make_list, offer=self.offer, on=self.day)

        @initialize(early=st.booleans())
        def begin(self, early: bool) -> None:
            if early:
                self.make_list()

        @rule(later=st.sampled_from([0, 14]))
        def invite_all(self, later: int) -> None:
            self.time_passes(later)
            for who in range(PEOPLE):
                if (row := self.listed(who)) and self.tried(inviting.invite, listed=row, how="phone", on=self.day):
                    assert self.not_to_be[who] == set()
                    self.invited += 1

        @rule(who=WHO, act=st.sampled_from([inviting.leave_out, inviting.put_back]))
        def care_team(self, who: int, act: Any) -> None:
            if row := self.listed(who):
                self.tried(act, listed=row, **({"why": "unwell"} if act is inviting.leave_out else {}))

        @rule(who=WHO, yes=st.booleans(), never=st.booleans())
        def answer(self, who: int, yes: bool, never: bool) -> None:
            if not (row := self.listed(who)):
                return
            if yes:
                if self.tried(inviting.said_yes, listed=row, on=self.day):
                    self.not_to_be[who].add("open case")
            elif self.tried(inviting.said_no, listed=row, why="not now", never=never, on=self.day) and never:
                self.not_to_be[who].add("objected")

        @rule(who=WHO)
        def object_to(self, who: int) -> None:
            if self.tried(objecting.object_to, person=self.person(who), kind="asked", on=self.day):
                self.not_to_be[who].add("objected")

        @rule(who=WHO)
        def take_back(self, who: int) -> None:
            for one in objecting.in_force(self.person(who)):
                if self.tried(objecting.take_back, objection=one, on=self.day):
                    self.not_to_be[who].discard("objected")

        @rule(who=WHO)
        def die(self, who: int) -> None:
            person = self.person(who)
            if self.tried(record_death, person=person, on=self.day, revision=person.revision):
                self.not_to_be[who].add("died")

        @rule(who=WHO, away=st.booleans())
        def move(self, who: int, away: bool) -> None:
            to = place.avenues if away else place.garden
            if self.tried(move_registration, person=self.person(who), practice=to, on=self.day):
                (self.not_to_be[who].add if away else self.not_to_be[who].discard)("moved")

        @rule(who=WHO)
        def refer(self, who: int) -> None:
            if self.tried(actions.refer, person=self.person(who), need="money", on=self.day):
                self.not_to_be[who].add("open case")

        @rule(who=WHO)
        def close(self, who: int) -> None:
            row = Referral.objects.filter(person=self.people[who], status="received").first()
            if row and self.tried(actions.decline, referral=row, reason="service: no capacity", on=self.day):
                self.not_to_be[who].discard("open case")

        @invariant()
        def an_invitation_is_an_event_and_never_a_third(self) -> None:
            mine = [person.pk for person in self.people]
            assert Invitation.objects.filter(listed__person__in=mine).count() == self.invited
            assert Event.objects.filter(code=SP_INVITED, person__in=mine).count() == self.invited
            for row in Listed.objects.filter(offer=self.offer):
                assert row.invitations.count() <= inviting.TWICE

    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped
        Winter,
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
