"""Whatever happens in whatever order, every open referral is on somebody's desk or on the list of what waits."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from whatmatters.access.actors import ANYONE
from whatmatters.access.gate import grants_of
from whatmatters.access.models import Grant, User
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.desk import open_referrals
from whatmatters.components.social_prescribing.models import Cause, Change, Escalation, Referral, Status
from whatmatters.components.social_prescribing.waiting import OPEN, everything
from whatmatters.people.models import Person, Registration
from whatmatters.workforce.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
ACTS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "accept": (actions.accept, {}),
    "decline": (actions.decline, {"reason": "service: no capacity"}),
    "redirect": (actions.redirect, {"where": "advice"}),
    "cancel": (actions.cancel, {}),
    "close": (actions.close, {"reason": "done"}),
    "reopen": (actions.reopen, {"why": "Rang again"}),
    "spoke": (actions.record_contact, {"how": "phone", "spoke": True}),
}
WHICH = st.integers(0, 7)


def test_every_open_referral_is_on_a_desk_or_on_the_list(
    make_person: Callable[..., Person], make_worker: Callable[..., Any], place: Any, gp: Any
) -> None:
    class Life(RuleBasedStateMachine):
        """Two networks, a link worker in each and one in both; three people who come and go."""

        def __init__(self) -> None:
            super().__init__()
            for model in (Grant, Post):
                model.objects.update(end=None)
            User.objects.update(active=True)
            self.people = [make_person(), make_person(), make_person(practice=place.avenues)]
            self.rows = list[int]()

        @initialize()
        def two_ask_for_one(self) -> None:
            """A life begins with something in it: a GP and another ask for the same person."""
            for need in ("company", "money"):
                self.refer(0, need)

        def tried(self, act: Callable[..., Any], **facts: Any) -> Any:
            try:
                return act(**facts)
            except actions.NotAllowed:
                return None

        def row(self, which: int) -> Referral | None:
            return Referral.objects.get(pk=self.rows[which % len(self.rows)]) if self.rows else None

        @rule(who=WHICH, need=st.sampled_from(["company", "money"]))
        def refer(self, who: int, need: str) -> None:
            if row := self.tried(actions.refer, person=self.people[who % 3], need=need, by=gp.actor):
                self.rows.append(row.pk)

        @rule(where=st.sampled_from(["harbour", "avenues"]))
        def receive(self, where: str) -> None:
            row, _ = actions.receive(
                practice=getattr(place, where),
                source="self",
                need="food",
                name="J A",
                born=date(1948, 5, 17),
                by=ANYONE,
            )
            self.rows.append(row.pk)

        @rule(which=WHICH, who=WHICH)
        def match(self, which: int, who: int) -> None:
            if row := self.row(which):
                self.tried(actions.match, referral=row, person=self.people[who % 3], by=staff[0].actor)

        @rule(which=WHICH, by=WHICH, name=st.sampled_from(sorted(ACTS)))
        def act(self, which: int, by: int, name: str) -> None:
            if row := self.row(which):
                act, facts = ACTS[name]
                self.tried(act, referral=row, by=staff[by % 3].actor, **facts)

        @rule(which=WHICH, by=WHICH, where=st.sampled_from(["garden", "avenues"]))
        def send_on(self, which: int, by: int, where: str) -> None:
            if row := self.row(which):
                self.tried(actions.send_on, referral=row, practice=getattr(place, where), by=staff[by % 3].actor)

        @rule(which=WHICH)
        def sender_cancels(self, which: int) -> None:
            if row := self.row(which):
                self.tried(actions.cancel, referral=row, by=gp.actor)

        @rule(who=WHICH, to=st.sampled_from(["nowhere", "harbour", "avenues"]))
        def move_house(self, who: int, to: str) -> None:
            listed = Registration.objects.filter(person=self.people[who % 3])
            listed.update(end=TODAY) if to == "nowhere" else listed.update(end=None, practice=getattr(place, to))

        @rule(who=WHICH, how=st.sampled_from(["account", "grant", "post", "back"]))
        def leave_work(self, who: int, how: str) -> None:
            one = staff[who % 3]
            User.objects.filter(pk=one.user.pk).update(active=how != "account")
            Grant.objects.filter(user=one.user).update(end=TODAY if how == "grant" else None)
            Post.objects.filter(worker=one.worker).update(end=TODAY if how == "post" else None)

        @rule(days=st.sampled_from([3, 10]))
        def time_passes(self, days: int) -> None:
            gone = timedelta(days=days)
            Referral.objects.filter(pk__in=self.rows).update(made_on=F("made_on") - gone, ended_on=F("ended_on") - gone)
            Change.objects.filter(referral__in=self.rows).update(on=F("on") - gone)

        @rule()
        def daily_check(self) -> None:
            actions.escalate()
            told = set(Escalation.objects.values_list("referral", "cause", "since"))
            assert {(wait.row.pk, wait.cause, wait.since) for wait in everything(TODAY)} <= told
            assert actions.escalate() == 0

        @invariant()
        def nothing_is_out_of_sight(self) -> None:
            """What the desks' own query shows, against the list, which reckons by another way."""
            listed = {(wait.row.pk, wait.cause) for wait in everything(TODAY)}
            desks = [(one.worker.pk, self.desk(one)) for one in staff]
            for row in Referral.objects.filter(pk__in=self.rows, status__in=OPEN):
                seen = [worker for worker, desk in desks if row.pk in desk]
                assert bool(seen) != ((row.pk, Cause.NO_DESK) in listed)
                mine = row.owner_id is None or row.owner_id in seen
                assert mine or {(row.pk, Cause.OWNER_GONE), (row.pk, Cause.NO_DESK)} & listed
                new = row.status in (Status.UNMATCHED, Status.RECEIVED)
                assert ((row.pk, Cause.NOT_ACCEPTED) in listed) == (new and (TODAY - row.made_on).days > 5)

        def desk(self, one: Any) -> set[int]:
            user = User.objects.get(pk=one.user.pk)
            rows = open_referrals(grants_of(user, "work referrals"), TODAY).filter(pk__in=self.rows)
            return set(rows.values_list("pk", flat=True)) if user.active else set()

        @invariant()
        def what_joined_a_case_is_never_left_hanging(self) -> None:
            """Its case is open, or ended by a link worker, who told everyone: never cancelled by another sender."""
            for row in Referral.objects.filter(pk__in=self.rows, status=Status.JOINED).select_related("case"):
                assert row.case
                assert row.case.status not in (Status.CANCELLED, Status.JOINED, Status.UNMATCHED)

    TODAY = date.today()  # the day of the test
    staff = [make_worker(Role.LINK_WORKER, at, name) for at, name in ((place.east, "Sam"), (place.west, "Jo"))]
    staff.append(make_worker(Role.CARE_COORDINATOR, place.sub_icb, "Kit"))
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped
        Life,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
