"""Whatever the worker, the group, the person and the clock do, in whatever order: no question of a group is lost.

Each has a keeper for as long as it is open, ends by a human answer alone, and what is on file and its events agree.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from whatmatters.access.actors import Actor
from whatmatters.access.roles import PERSON, PUBLIC, SYSTEM, Role
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions import chasing, writing
from whatmatters.components.social_prescribing.actions.answering import THE_GROUP
from whatmatters.components.social_prescribing.keeping import keeper
from whatmatters.components.social_prescribing.models import (
    Answer,
    Connection,
    Enquiry,
    GroupLink,
    Helped,
    Referral,
    Status,
    UnmetNeed,
    Went,
)
from whatmatters.components.social_prescribing.views.groups_link import live
from whatmatters.directory import actions as directory
from whatmatters.events.models import Event
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
THE_PERSON = Actor("Joan Atkinson", PERSON)
DAYS = ("on", "reply_by", "answered_on", "outcome_asked", "reminded_on")
ANSWERS: list[dict[str, str]] = [
    {"answer": "yes"}, {"answer": "no", "why": "too far"}, {"answer": "no", "why": "other"}, {"answer": "full"}
]  # fmt: skip


def test_no_sequence_of_clicks_and_days_loses_a_question(
    make_person: Callable[..., Person], make_worker: Callable[..., Any], gp: Any, place: Any
) -> None:
    worker = make_worker(Role.LINK_WORKER, place.east)
    make_worker(Role.PCN_MANAGER, place.east, name="Gill Waudby")
    groups = [
        directory.add(by=worker.actor, name=name, kind="company", about="Tea", email=f"{name}@group.example")
        for name in ("shed", "choir")
    ]
    by_hand = {worker.actor.name, THE_PERSON.name, THE_GROUP.name}

    class Life(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            person = make_person()
            row = actions.refer(person=person, need="company", by=gp.actor)
            self.case = actions.accept(referral=row, by=worker.actor).pk
            self.known: dict[int, str] = {}

        @property
        def row(self) -> Referral:
            return Referral.objects.get(pk=self.case)

        def tried(self, act: Callable[..., Any], **facts: Any) -> None:
            with suppress(ValidationError):
                act(**facts)

        def enquiries(self) -> list[Enquiry]:
            return list(Enquiry.objects.filter(referral=self.case).select_related("connection", "referral__person"))

        def one(self, which: int) -> Enquiry | None:
            rows = self.enquiries()
            return rows[which % len(rows)] if rows else None

        @rule(which=st.integers(0, 1))
        def asks(self, which: int) -> None:
            self.tried(actions.enquire, referral=self.row, group=groups[which], by=worker.actor)

        @rule(which=st.integers(0, 3), answer=st.sampled_from(ANSWERS), by_link=st.booleans())
        def answers(self, which: int, answer: dict[str, str], by_link: bool) -> None:
            if asked := self.one(which):
                by = THE_GROUP if by_link else worker.actor
                self.tried(actions.group_answered, enquiry=asked, by=by, **answer)

        @rule(which=st.integers(0, 3), act=st.sampled_from(["again", "back", "no thanks", "rang", "ring us"]))
        def clicks(self, which: int, act: str) -> None:
            asked = self.one(which)
            if asked and act == "again":
                self.tried(actions.enquire_again, enquiry=asked, by=worker.actor)
            elif asked and act == "rang":
                self.tried(actions.rang, enquiry=asked, by=worker.actor)
            elif asked and act == "ring us":
                self.tried(actions.ring_us, enquiry=asked, words="01482 7", by=THE_GROUP)
            elif asked:
                by, why = (THE_PERSON, "declined") if act == "no thanks" else (worker.actor, "")
                self.tried(actions.take_back, enquiry=asked, by=by, why=why)

        @rule(which=st.integers(0, 3), by=st.sampled_from([THE_GROUP, THE_PERSON]), good=st.booleans())
        def tells(self, which: int, by: Actor, good: bool) -> None:
            asked = self.one(which)
            if asked and asked.connection:
                if good:
                    self.tried(actions.taken_up, connection=asked.connection, by=by)
                    self.tried(actions.got_help, connection=asked.connection, by=by)
                else:
                    self.tried(actions.did_not_go, connection=asked.connection, reason="too far", by=by)

        @rule(act=st.sampled_from(["close", "reopen", "speak"]))
        def case_moves(self, act: str) -> None:
            if act == "close":
                self.tried(actions.close, referral=self.row, reason="done", by=worker.actor)
            elif act == "reopen":
                self.tried(actions.reopen, referral=self.row, why="Rang again", by=worker.actor)
            else:
                self.tried(actions.record_contact, referral=self.row, how="phone", spoke=True, by=worker.actor)

        @rule(days=st.integers(1, 40))
        def days_pass(self, days: int) -> None:
            for asked in self.enquiries():
                for name in DAYS:
                    if day := getattr(asked, name):
                        setattr(asked, name, day - timedelta(days=days))
                asked.save()
            first = (chasing.remind(), chasing.ask_what_came(), chasing.escalate())
            again = (chasing.remind(), chasing.ask_what_came(), chasing.escalate())
            assert again == (0, 0, 0), f"the round did something twice: {first} and then {again}"

        @invariant()
        def every_answer_is_a_humans_and_stands(self) -> None:
            for asked in self.enquiries():
                if asked.answer == Answer.AWAITED:
                    assert not asked.answered_by
                    assert asked.pk not in self.known
                else:
                    assert asked.answered_by in by_hand
                    assert self.known.setdefault(asked.pk, asked.answer) == asked.answer
            assert set(self.known) <= {asked.pk for asked in self.enquiries()}

        @invariant()
        def what_is_open_has_a_keeper_and_an_open_case(self) -> None:
            row = self.row
            for asked in self.enquiries():
                if asked.answer == Answer.AWAITED:
                    assert row.open
                    assert keeper(row) is not None
                    assert live(asked)
                if asked.alarm:
                    assert asked.escalated_to is not None
                    assert row.open
                told = asked.connection and asked.connection.helped != Helped.NOT_KNOWN
                assert not (told and asked.alarm)

        @invariant()
        def what_is_answered_has_no_link_to_answer_it_again(self) -> None:
            answered = [asked for asked in self.enquiries() if asked.answer in (Answer.NO, Answer.FULL)]
            assert not [link for link in GroupLink.objects.filter(enquiry__in=answered) if writing.good(link)]

        @invariant()
        def the_file_and_the_events_agree(self) -> None:
            answers = Counter(asked.answer for asked in self.enquiries())
            codes = Counter(Event.objects.filter(episode=self.row.episode_id).values_list("code", flat=True))
            kept = Connection.objects.filter(referral=self.case)
            assert codes["social-prescribing-group-asked"] == sum(answers.values())
            assert codes["social-prescribing-group-accepted"] == answers["yes"] == kept.count()
            assert codes["social-prescribing-group-declined"] == answers["no"] + answers["full"]
            assert codes["social-prescribing-attended"] == kept.filter(went=Went.WENT).count()
            assert codes["social-prescribing-unmet-need"] == UnmetNeed.objects.filter(referral=self.case).count()
            assert not {PUBLIC, SYSTEM} & set(kept.values_list("worker__name", flat=True))
            assert self.row.status in (Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)

    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped
        Life,
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
