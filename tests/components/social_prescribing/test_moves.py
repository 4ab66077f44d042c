"""What may be done with a referral as it stands, and what each act leaves on file."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from whatmatters.access.models import AuditEntry
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import (
    Change,
    Connection,
    Contact,
    Notice,
    Referral,
    Sitting,
    Status,
    Told,
)
from whatmatters.directory.models import Group
from whatmatters.events.models import Event
from whatmatters.letters.models import Letter
from whatmatters.people.actions_wishes import say
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
TODAY = date.today()
ANSWERS = {"life_satisfaction": 4, "worthwhile": 5, "happiness": 6, "anxiety": 7}

U, R, A, X, J = Status.UNMATCHED, Status.RECEIVED, Status.ACCEPTED, Status.ACTIVE, Status.JOINED
D, P, C, Z = Status.DECLINED, Status.REDIRECTED, Status.CANCELLED, Status.CLOSED

# act: from each status in which it may be done, the status it leads to. In every other status it is refused.
ALLOWED: dict[str, dict[Status, Status]] = {
    "match": {U: R},
    "accept": {R: A},
    "decline": {U: D, R: D, A: D},
    "redirect": {U: P, R: P, A: P, X: P},
    "cancel": {U: C, R: C, A: C, J: C},
    "tried": {A: A, X: X},
    "spoke": {A: X, X: X},
    "ons4": {A: A, X: X, Z: Z},
    "signpost": {A: A, X: X},
    "connect": {A: A, X: X},
    "close": {A: Z, X: Z},
    "reopen": {Z: X},
}


@pytest.fixture
def do(joan: Person, sheds: Group, link_worker: SimpleNamespace) -> Callable[..., Any]:
    by = link_worker.actor
    acts: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
        "match": (actions.match, {"person": joan}),
        "accept": (actions.accept, {}),
        "decline": (actions.decline, {"reason": "person"}),
        "redirect": (actions.redirect, {"where": "advice"}),
        "cancel": (actions.cancel, {}),
        "tried": (actions.record_contact, {"how": "phone", "spoke": False}),
        "spoke": (actions.record_contact, {"how": "phone", "spoke": True}),
        "ons4": (actions.record_ons4, {"stage": "before", "answers": ANSWERS}),
        "signpost": (actions.signpost, {"group": sheds}),
        "connect": (actions.connect, {"group": sheds}),
        "close": (actions.close, {"reason": "done"}),
        "reopen": (actions.reopen, {"why": "Wants to go on"}),
    }

    def act(name: str, referral: Referral, **more: Any) -> Any:
        action, facts = acts[name]
        return action(referral=referral, by=by, **{**facts, **more})

    return act


def everything() -> list[int]:
    models = (Referral, Change, Contact, Connection, Sitting, Notice, Event, AuditEntry)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("act", list(ALLOWED))
def test_an_act_is_done_where_the_table_allows_it_and_leaves_nothing_where_not(
    act: str, status: Status, at: Callable[[Status], Referral], do: Callable[..., Any]
) -> None:
    row, before = at(status), None
    if status not in ALLOWED[act]:
        before = everything()
        with pytest.raises(actions.NotAllowed):
            do(act, row)
        assert everything() == before
    else:
        do(act, row)
    row.refresh_from_db()
    assert row.status == ALLOWED[act].get(status, status)
    assert row.revision == Referral.objects.get(pk=row.pk).revision


@pytest.mark.parametrize("act", [act for act in ALLOWED if act != "match"])
def test_an_act_on_a_case_that_has_moved_on_is_stale_and_leaves_nothing(
    act: str, at: Callable[[Status], Referral], do: Callable[..., Any]
) -> None:
    row = at(next(iter(ALLOWED[act])))
    before = everything()
    with pytest.raises(Stale):
        do(act, row, revision=row.revision - 1)
    assert everything() == before
    do(act, row, revision=row.revision)


@pytest.mark.parametrize("act", list(ALLOWED))
def test_each_act_adds_an_audit_entry_about_the_person_and_no_act_is_of_a_day_to_come(
    act: str, at: Callable[[Status], Referral], do: Callable[..., Any], joan: Person
) -> None:
    row = at(next(iter(ALLOWED[act])))
    with pytest.raises(actions.NotAllowed, match="still to come"):
        do(act, row, on=TODAY + timedelta(days=1))
    entries = AuditEntry.objects.count()
    do(act, row)
    assert AuditEntry.objects.count() == entries + 1
    person = AuditEntry.objects.latest("number").person
    assert person == (joan.pk if row.person_id or act == "match" else None)


def test_the_events_of_a_whole_case(
    joan: Person, gp: Any, link_worker: Any, sheds: Group, codes: Callable[..., Any]
) -> None:
    by = link_worker.actor
    days = [TODAY - timedelta(days=days) for days in (90, 88, 80, 79, 70, 60, 50, 10, 9, 2)]
    case = actions.refer(person=joan, need="company", by=gp.actor, on=days[0], reason="Lost her husband in May")
    actions.accept(referral=case, by=by, on=days[1])
    actions.record_contact(referral=case, how="phone", spoke=False, by=by, on=days[2])
    actions.record_contact(referral=case, how="in person", spoke=True, by=by, on=days[3], note="Likes wood")
    actions.record_ons4(referral=case, stage="before", answers={**ANSWERS, "happiness": None}, by=by, on=days[3])
    actions.signpost(referral=case, group=sheds, by=by, on=days[4])
    link = actions.connect(referral=case, group=sheds, by=by, on=days[4])
    actions.did_not_go(connection=link, reason="too far", why="No bus", by=by, on=days[5])
    actions.taken_up(connection=link, by=by, on=days[6])
    actions.record_ons4(referral=case, stage="after", answers=ANSWERS, by=by, on=days[7])
    actions.close(referral=case, reason="done", by=by, on=days[8])
    actions.reopen(referral=case, why="Rang again", by=by, on=days[9])
    assert codes(joan) == [
        ("referral", "clinician"),
        ("accepted", ""),
        ("contact-tried", "phone"),
        ("contact", "in person"),
        ("ons4-life-satisfaction", ""),
        ("ons4-worthwhile", ""),
        ("ons4-anxiety", ""),
        ("signposted", "company"),
        ("connected", "company"),
        ("not-attended", "too far"),
        ("unmet-need", "too far"),
        ("unmet-need-kind", "company"),
        ("attended", "company"),
        ("ons4-life-satisfaction", ""),
        ("ons4-worthwhile", ""),
        ("ons4-happiness", ""),
        ("ons4-anxiety", ""),
        ("closed", "done"),
        ("reopened", ""),
    ]
    events = Event.objects.filter(person=joan)
    assert set(events.values_list("episode", flat=True)) == {case.episode_id}
    assert events.get(code="ons4-happiness").value == 6
    assert list(events.order_by("pk").values_list("on", flat=True))[:4] == days[:4]
    assert events.get(code="social-prescribing-referral").organisation == "B81001"
    sitting = Sitting.objects.get(stage="before")
    assert sitting.answers == {**ANSWERS, "happiness": None}


def test_an_unmatched_referral_has_no_event_until_it_is_matched_and_then_one_of_the_day_it_was_made(
    sent: Callable[..., Any], joan: Person, link_worker: Any, codes: Callable[..., Any]
) -> None:
    row, _ = sent(on=TODAY - timedelta(days=3))
    assert codes(joan) == []
    actions.match(referral=row, person=joan, by=link_worker.actor)
    assert codes(joan) == [("referral", "agency")]
    assert Event.objects.get().on == TODAY - timedelta(days=3)
    assert Event.objects.get().organisation == "U10001"  # the network's worker matched it: no practice made it


@pytest.mark.parametrize(
    ("status", "act", "news"),
    [
        (R, "accept", ["accepted"]),
        (R, "decline", ["declined"]),
        (X, "redirect", ["accepted", "redirected"]),
        (X, "close", ["accepted", "closed"]),
        (Z, "reopen", ["accepted", "closed", "accepted"]),
        (R, "cancel", []),
        (A, "spoke", ["accepted"]),
    ],
)
def test_the_sender_and_the_person_are_told(
    status: Status,
    act: str,
    news: list[str],
    at: Callable[[Status], Referral],
    do: Callable[..., Any],
) -> None:
    do(act, at(status))
    assert list(Notice.objects.filter(to=Told.SENDER).values_list("news", flat=True)) == news
    told = [*news, "cancelled"] if act == "cancel" else news  # its sender knows; the person may not
    assert list(Notice.objects.filter(to=Told.PERSON).values_list("news", flat=True)) == told


def test_whatever_joined_the_case_is_told_what_the_case_is_told(joan: Person, gp: Any, link_worker: Any) -> None:
    case = actions.refer(person=joan, need="company", by=gp.actor)
    early = actions.refer(person=joan, need="money", by=gp.actor)
    actions.accept(referral=case, by=link_worker.actor)
    late = actions.refer(person=joan, need="food", by=gp.actor)
    actions.close(referral=case, reason="done", by=link_worker.actor)
    for row in (case, early, late):
        assert list(row.notices.filter(to=Told.SENDER).values_list("news", flat=True)) == ["accepted", "closed"]
    assert Notice.objects.filter(to=Told.PERSON).count() == 2


def test_an_offer_that_the_person_declined_is_a_decline_without_a_referral(
    joan: Person, gp: Any, codes: Callable[..., Any]
) -> None:
    row = actions.offer_declined(person=joan, need="mood", by=gp.actor)
    assert (row.status, row.agreed_on) == (Status.DECLINED, None)
    assert codes(joan) == [("declined", "person")]
    assert not Notice.objects.exists()


def test_what_is_tidied_up_after_a_death_is_dated_on_the_day_of_the_death(
    at: Callable[[Status], Referral], joan: Person, link_worker: Any
) -> None:
    case = at(Status.ACTIVE)
    Referral.objects.filter(pk=case.pk).update(made_on=TODAY - timedelta(days=9))
    case.changes.update(on=TODAY - timedelta(days=9))
    Person.objects.filter(pk=joan.pk).update(died=TODAY - timedelta(days=4))
    with pytest.raises(actions.NotAllowed, match="died"):
        actions.record_contact(referral=case, how="phone", spoke=True, by=link_worker.actor)
    actions.close(referral=case, reason="died", by=link_worker.actor)
    assert Event.objects.get(code="social-prescribing-closed").on == TODAY - timedelta(days=4)
    assert Referral.objects.get().ended_on == TODAY
    with pytest.raises(actions.NotAllowed, match="died"):
        actions.refer(person=joan, need="company", by=link_worker.actor)
    with pytest.raises(actions.NotAllowed, match="died"):
        actions.reopen(referral=case, why="A slip", by=link_worker.actor)


def test_closing_a_case_never_closes_the_person(at: Callable[[Status], Referral], joan: Person, gp: Any) -> None:
    first = at(Status.CLOSED)
    again = actions.refer(person=joan, need="company", by=gp.actor)
    assert again.status == Status.RECEIVED
    assert again.episode_id != first.episode_id
    with pytest.raises(actions.NotAllowed, match="another open case"):
        actions.reopen(referral=first, why="Rang again", by=gp.actor)


def test_someone_registered_nowhere_cannot_be_referred(place: Any, gp: Any) -> None:
    nobody = Person.objects.create(given_name="Al", family_name="Stray", born=date(1990, 1, 1))
    with pytest.raises(actions.NotAllowed, match="register them first"):
        actions.refer(person=nobody, need="company", by=gp.actor)
    assert not Referral.objects.exists()


def test_steps_are_taken_in_the_order_of_their_days(joan: Person, gp: Any, link_worker: Any) -> None:
    case = actions.refer(person=joan, need="company", by=gp.actor, on=TODAY - timedelta(days=5))
    with pytest.raises(actions.NotAllowed, match="before"):
        actions.accept(referral=case, by=link_worker.actor, on=TODAY - timedelta(days=6))


def test_scores_before_support_come_once_and_scores_after_it_on_later_days(
    at: Callable[[Status], Referral], link_worker: Any
) -> None:
    case, by = at(Status.ACTIVE), link_worker.actor
    Referral.objects.filter(pk=case.pk).update(made_on=TODAY - timedelta(days=9))
    actions.record_ons4(referral=case, stage="before", answers=ANSWERS, by=by, on=TODAY - timedelta(days=3))
    with pytest.raises(actions.NotAllowed, match="once"):
        actions.record_ons4(referral=case, stage="before", answers=ANSWERS, by=by, on=TODAY)
    with pytest.raises(actions.NotAllowed, match="later day"):
        actions.record_ons4(referral=case, stage="after", answers=ANSWERS, by=by, on=TODAY - timedelta(days=3))
    actions.record_ons4(referral=case, stage="after", answers=ANSWERS, by=by, on=TODAY - timedelta(days=1))
    actions.record_ons4(referral=case, stage="after", answers=ANSWERS, by=by, on=TODAY)
    assert Event.objects.filter(code="ons4-anxiety").count() == 3


@pytest.mark.parametrize("answers", [{}, {"happiness": 11}, {"happiness": -1}, {"loneliness": 3}])
def test_scores_off_the_scale_leave_nothing(
    answers: dict[str, int | None], at: Callable[[Status], Referral], link_worker: Any
) -> None:
    case = at(Status.ACTIVE)
    before = everything()
    with pytest.raises(actions.NotAllowed):
        actions.record_ons4(referral=case, stage="before", answers=answers, by=link_worker.actor)
    assert everything() == before


def test_a_group_visit_is_recorded_once_and_can_be_learned_after_the_case_closed(
    at: Callable[[Status], Referral], sheds: Group, link_worker: Any, codes: Callable[..., Any], joan: Person
) -> None:
    case, by = at(Status.ACTIVE), link_worker.actor
    link = actions.signpost(referral=case, group=sheds, by=by)
    actions.close(referral=case, reason="done", by=by)
    actions.taken_up(connection=link, by=by)
    with pytest.raises(actions.NotAllowed, match="already recorded"):
        actions.taken_up(connection=link, by=by)
    with pytest.raises(actions.NotAllowed, match="already recorded"):
        actions.did_not_go(connection=link, by=by)
    assert codes(joan)[-1] == ("attended", "company")


@pytest.mark.parametrize(("yes", "letters"), [(None, 1), (True, 1), (False, 0)])
def test_whoever_said_no_to_email_gets_not_even_news(
    yes: bool | None, letters: int, at: Callable[[Status], Referral], do: Callable[..., Any], link_worker: Any
) -> None:
    row = at(R)
    Person.objects.filter(pk=row.person_id).update(email="joan@example.org")
    if yes is not None:
        say(person=row.person, about="email", yes=yes, by=link_worker.actor)
    do("accept", Referral.objects.get(pk=row.pk))
    assert Letter.objects.filter(to="joan@example.org").count() == letters
