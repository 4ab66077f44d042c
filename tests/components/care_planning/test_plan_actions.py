"""A plan through its life: what is written stays, what is agreed never changes, and each step leaves its event."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.actions.reviewing import review_due
from whatmatters.components.care_planning.actions.writing import last_words
from whatmatters.components.care_planning.contents import Contents, contents_of, stamp
from whatmatters.components.care_planning.models import Plan, Version, Words
from whatmatters.events.models import Event
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
TODAY = date.today()
JOAN = Actor("Joan Atkinson", "person")


def said(version: Version) -> tuple[Any, ...]:
    """Everything a version says."""
    contents: Contents = contents_of(Version.objects.get(pk=version.pk))
    words = {name: (row.text, row.by_name, row.by_role) for name, row in contents.words.items()}
    goals = [(g.outcome, g.importance, [a.what for a in contents.actions.get(g.pk, [])]) for g in contents.goals]
    return words, [who.name for who in contents.participants], goals, stamp(contents)


def events() -> list[tuple[str, date, float | None, str]]:
    return list(Event.objects.order_by("pk").values_list("code", "on", "value", "detail"))


OFFERED = ("care-plan-offered", date(2024, 5, 1), None, "")  # begun together, as ``draft`` is


def test_the_life_of_a_plan_in_events(counting: Version, by: Actor) -> None:
    actions.review(plan=counting.plan, on=date(2024, 11, 8), next_on=date(2025, 11, 8), by=by)
    assert events() == [
        OFFERED,
        ("care-plan-agreed", date(2024, 5, 8), None, ""),
        ("care-plan-review-set", date(2024, 5, 8), 365.0, ""),
        ("care-plan-shared", date(2024, 5, 10), None, "person"),
        ("care-plan-met-criteria", date(2024, 5, 10), None, ""),
        ("care-plan-reviewed", date(2024, 11, 8), None, ""),
        ("care-plan-review-set", date(2024, 11, 8), 365.0, ""),
    ]
    assert {event.episode_id for event in Event.objects.all()} == {counting.plan.episode_id}


def test_a_person_has_one_plan_and_one_draft(draft: Version, by: Actor) -> None:
    assert actions.start(person=draft.plan.person, by=by) == draft
    assert Plan.objects.count() == 1


def test_a_new_version_begins_as_a_copy_and_leaves_the_agreed_one_in_force(counting: Version, by: Actor) -> None:
    before = said(counting)
    new = actions.start(person=counting.plan.person, by=by)
    assert said(new)[:3] == before[:3]
    assert (new.number, new.conversation_on, new.agreed_on, new.met_on) == (2, None, None, None)
    assert list(new.shares.all()) == []
    counting.refresh_from_db()
    assert counting.state == "agreed"


def test_agreeing_the_new_version_makes_the_old_one_history(counting: Version, agree: Any, by: Actor) -> None:
    before = said(counting)
    new = agree(actions.start(person=counting.plan.person, by=by), agreed_on=date(2024, 9, 1))
    counting.refresh_from_db()
    assert (counting.state, new.state) == ("superseded", "agreed")
    assert said(counting) == before


CHANGES = ("words", "conversation", "goal", "change", "remove", "action", "agree", "start", "share")


@given(st.lists(st.sampled_from(CHANGES), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_follows_an_agreed_version_says_what_it_said(
    counting: Version, agree: Any, by: Actor, steps: list[str]
) -> None:
    before = said(counting)
    with transaction.atomic():
        version = actions.start(person=counting.plan.person, by=by)
        for n, step in enumerate(steps):
            version = Version.objects.get(pk=version.pk)
            goal = version.goals.first()
            if step == "start":
                version = actions.start(person=counting.plan.person, by=by)
            elif step == "share":
                actions.share(version=Version.objects.get(state="agreed"), kind="carer", how="paper", on=TODAY, by=by)
            elif not version.is_draft:
                continue
            elif step == "words":
                seen = last_words(version)
                actions.save_about_me(version=version, words={"wellness": f"Good days {n}"}, seen=seen, by=JOAN)
            elif step == "conversation":
                actions.save_conversation(
                    version=version,
                    revision=version.revision,
                    conversation_on=TODAY,
                    needs=f"{n}",
                    participants=[],
                    by=by,
                )
            elif step == "goal":
                actions.add_goal(version=version, outcome=f"Goal {n}", by=by)
            elif step == "agree":
                agree(version, agreed_on=TODAY, review_on=TODAY + timedelta(days=90))
            elif goal and step == "change":
                actions.change_goal(goal=goal, revision=goal.revision, outcome=f"Changed {n}", by=by)
            elif goal and step == "remove":
                actions.remove_goal(goal=goal, by=by)
            elif goal and step == "action":
                actions.add_action(goal=goal, what=f"Do {n}", who="person", by=by)
        after = said(counting)
        transaction.set_rollback(True)
    assert after == before


def test_an_agreed_version_cannot_be_changed_even_by_hand(counting: Version) -> None:
    counting.needs = "Something else"
    goal = counting.goals.get()
    action = goal.actions.get()
    goal.outcome, action.what = "Another goal", "Another action"
    new_words = Words(
        version=counting, heading="wellness", text="Fine", by_name="x", by_role="person", at=counting.started
    )
    for row in (counting, goal, action, counting.participants.get(), new_words):
        with pytest.raises(TypeError, match="never changes"):
            row.save()
    for row in (goal, action, counting.participants.get()):
        with pytest.raises(TypeError, match="never changes"):
            row.delete()
    with pytest.raises(TypeError, match="never deleted"):
        counting.delete()


def test_no_action_changes_an_agreed_version(counting: Version, agree: Any, by: Actor) -> None:
    goal = counting.goals.get()
    for attempt in (
        lambda: actions.save_about_me(version=counting, words={"wellness": "Fine"}, seen=0, by=by),
        lambda: actions.add_goal(version=counting, outcome="More", by=by),
        lambda: actions.change_goal(goal=goal, revision=1, outcome="Less", by=by),
        lambda: actions.remove_goal(goal=goal, by=by),
        lambda: agree(counting),
    ):
        with pytest.raises(ValidationError, match="start a new version"):
            attempt()


def test_words_are_added_to_and_never_written_over(draft: Version, by: Actor) -> None:
    actions.save_about_me(version=draft, words={"wellness": "I sleep badly"}, seen=0, by=JOAN)
    actions.save_about_me(version=draft, words={"wellness": "Sleeps better"}, seen=last_words(draft), by=by)
    contents = contents_of(draft)
    assert contents.words["wellness"].by_name == "Sam Okafor"
    assert [(row.text, row.by_role) for row in contents.earlier["wellness"]] == [("I sleep badly", "person")]
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        draft.words.update(text="Something she never said")
    with pytest.raises(TypeError):
        draft.words.get(by_role="person").delete()


def test_headings_that_did_not_change_stay_with_their_writers(draft: Version, by: Actor) -> None:
    actions.save_about_me(version=draft, words={"people": "Maureen"}, seen=0, by=JOAN)
    page = {"people": "Maureen", "wellness": "Walks with a stick"}
    added = actions.save_about_me(version=draft, words=page, seen=last_words(draft), by=by)
    assert [row.heading for row in added] == ["wellness"]
    assert contents_of(draft).words["people"].by_role == "person"


def test_two_may_write_at_once_under_different_headings(draft: Version, by: Actor) -> None:
    seen = last_words(draft)
    actions.save_about_me(version=draft, words={"people": "Maureen", "wellness": ""}, seen=seen, by=JOAN)
    actions.save_about_me(version=draft, words={"people": "", "wellness": "Tired"}, seen=seen, by=by)
    assert {name: row.text for name, row in contents_of(draft).words.items()} == {
        "people": "Maureen",
        "wellness": "Tired",
    }


def test_the_second_under_one_heading_is_told_and_nothing_of_theirs_is_saved(draft: Version, by: Actor) -> None:
    seen = last_words(draft)
    actions.save_about_me(version=draft, words={"people": "Maureen"}, seen=seen, by=JOAN)
    with pytest.raises(actions.WordsChanged) as told:
        actions.save_about_me(version=draft, words={"people": "Her sister", "wellness": "Tired"}, seen=seen, by=by)
    assert told.value.merge.clashes == {"people": "Maureen"}
    assert told.value.merge.shown == {"people": "Her sister", "wellness": "Tired"}
    assert {name: row.text for name, row in contents_of(draft).words.items()} == {"people": "Maureen"}


def test_both_writing_the_same_is_no_conflict(draft: Version, by: Actor) -> None:
    for who in (JOAN, by):
        actions.save_about_me(version=draft, words={"people": "Maureen"}, seen=0, by=who)
    assert Words.objects.count() == 1


@given(st.dictionaries(st.sampled_from([h.name for h in HEADINGS]), st.text(max_size=40)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_are_kept_as_written_or_refused_by_heading(draft: Version, words: dict[str, str]) -> None:
    with transaction.atomic():
        try:
            actions.save_about_me(version=draft, words=words, seen=0, by=JOAN)
            kept = {name: row.text for name, row in contents_of(draft).words.items()}
            refused: set[str] = set()
        except ValidationError as problem:
            kept, refused = {}, set(problem.message_dict)
        transaction.set_rollback(True)
    if not refused:
        tidied = {name: text.replace("\r\n", "\n").strip() for name, text in words.items()}
        assert kept == {name: text for name, text in tidied.items() if text}
    assert refused <= words.keys()


def test_agreeing_to_a_page_that_has_changed_meanwhile_is_refused(draft: Version, write: Any, by: Actor) -> None:
    seen = stamp(contents_of(write(draft)))
    actions.change_goal(goal=draft.goals.get(), revision=1, outcome="Something else", by=by)
    with pytest.raises(Stale):
        actions.agree(version=draft, seen=seen, agreed_on=TODAY, agreed_by="Joan Atkinson", agreed_role="person", by=by)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert events() == [OFFERED]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"agreed_on": TODAY + timedelta(days=1)}, "agreed_on"),
        ({"agreed_on": date(1940, 1, 1)}, "agreed_on"),
        ({"agreed_on": date(2024, 4, 30)}, "agreed_on"),
        ({"review_on": date(2024, 5, 8)}, "review_on"),
        ({"agreed_by": "  "}, "agreed_by"),
        ({"agreed_role": "neighbour"}, "agreed_role"),
        ({"agreed_by": "Jo\u202ean"}, "agreed_by"),
    ],
)
def test_an_agreement_that_makes_no_sense_is_refused(
    draft: Version, write: Any, agree: Any, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        agree(write(draft), **facts)
    assert list(refused.value.message_dict) == [field]
    draft.refresh_from_db()
    assert (draft.state, events()) == ("draft", [OFFERED])


def test_an_empty_draft_cannot_be_agreed(draft: Version, agree: Any) -> None:
    with pytest.raises(ValidationError, match="nothing to agree"):
        agree(draft)


def test_only_the_agreed_plan_is_shared_and_not_before(draft: Version, write: Any, agree: Any, by: Actor) -> None:
    with pytest.raises(ValidationError, match="agree the draft first"):
        actions.share(version=draft, kind="person", how="paper", on=TODAY, by=by)
    version = agree(write(draft))
    with pytest.raises(ValidationError, match="or a later one"):
        actions.share(version=version, kind="person", how="paper", on=date(2024, 5, 7), by=by)


def test_the_event_of_a_share_carries_the_kind_and_never_the_name(counting: Version, by: Actor) -> None:
    actions.share(version=counting, kind="carer", with_whom="Maureen Atkinson", how="email", on=TODAY, by=by)
    assert "Maureen" not in str(list(Event.objects.values()))
    assert "Maureen" not in str(list(AuditEntry.objects.values()))


def test_a_review_sets_the_next_day_and_answers_who_asked(counting: Version, by: Actor) -> None:
    plan = counting.plan
    asked = actions.ask_for_review(plan=plan, by=JOAN, why="My knee is worse")
    assert actions.ask_for_review(plan=plan, by=JOAN) == asked
    assert review_due(plan) == date(2025, 5, 8)
    done = actions.review(plan=plan, on=date(2024, 12, 1), next_on=date(2025, 6, 1), by=by)
    asked.refresh_from_db()
    assert asked.answered == done
    assert review_due(plan) == date(2025, 6, 1)


@pytest.mark.parametrize(
    ("on", "next_on", "field"),
    [
        (TODAY + timedelta(days=1), TODAY + timedelta(days=30), "on"),
        (date(2024, 5, 7), date(2025, 1, 1), "on"),
        (date(2024, 6, 7), date(2024, 6, 7), "next_on"),
    ],
)
def test_a_review_on_an_impossible_day_is_refused(
    counting: Version, by: Actor, on: date, next_on: date, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.review(plan=counting.plan, on=on, next_on=next_on, by=by)
    assert list(refused.value.message_dict) == [field]


def test_a_plan_that_was_declined_can_be_begun_later(make_person: Any, by: Actor) -> None:
    person: Person = make_person()
    actions.record_declined(person=person, on=date(2024, 3, 1), by=by)
    assert events() == [
        ("care-plan-offered", date(2024, 3, 1), None, ""),
        ("care-plan-declined", date(2024, 3, 1), None, ""),
    ]
    plan = actions.start(person=person, by=by).plan
    assert (plan.declined_on, plan.declined_why, plan.offered_on) == (None, "", date(2024, 3, 1))
    assert len(events()) == 2  # offered once


def test_a_plan_begun_without_an_offer_was_offered_that_day_and_the_next_version_is_none(
    make_person: Any, by: Actor
) -> None:
    person: Person = make_person()
    assert actions.start(person=person, by=by).plan.offered_on == TODAY
    actions.start(person=person, by=by)
    assert events() == [("care-plan-offered", TODAY, None, "")]
    late: Person = make_person(died=TODAY - timedelta(days=1))
    assert actions.start(person=late, by=by).plan.offered_on is None


@pytest.mark.parametrize(("facts", "field"), [
    ({"why": "because"}, "why"), ({"on": date(2024, 2, 29)}, "on"), ({"on": TODAY + timedelta(days=1)}, "on"),
])  # fmt: skip
def test_a_no_has_a_reason_and_a_day_from_the_offer_on(
    make_person: Any, by: Actor, facts: dict[str, Any], field: str
) -> None:
    person: Person = make_person()
    actions.offer(person=person, on=date(2024, 3, 1), by=by)
    with pytest.raises(ValidationError) as refused:
        actions.record_declined(person=person, by=by, **{"on": date(2024, 3, 8), "why": "not now", **facts})
    assert list(refused.value.message_dict) == [field]
    assert actions.record_declined(person=person, on=date(2024, 3, 8), why="enough", by=by).declined_why == "enough"
    assert [code for code, *_ in events()] == ["care-plan-offered", "care-plan-declined"]


def test_progress_follows_a_goal_into_the_next_version(counting: Version, by: Actor) -> None:
    goal = counting.goals.get()
    actions.note_progress(plan=counting.plan, of=goal, status="improving", by=JOAN)
    new = actions.start(person=counting.plan.person, by=by)
    assert contents_of(new).progress[new.goals.get().key].status == "improving"
    for status in ("completed", "wonderful"):
        with pytest.raises(ValidationError):
            actions.note_progress(plan=counting.plan, of=goal, status=status, by=by)


@pytest.mark.parametrize(("importance", "fine"), [(None, True), (1, True), (10, True), (0, False), (11, False)])
def test_importance_is_from_one_to_ten(draft: Version, by: Actor, importance: int | None, fine: bool) -> None:
    if fine:
        assert actions.add_goal(version=draft, outcome="Walk", importance=importance, by=by).importance == importance
    else:
        with pytest.raises(ValidationError) as refused:
            actions.add_goal(version=draft, outcome="Walk", importance=importance, by=by)
        assert list(refused.value.message_dict) == ["importance"]


def test_two_changes_of_one_goal_and_the_second_is_told(draft: Version, by: Actor) -> None:
    goal = actions.add_goal(version=draft, outcome="Walk", by=by)
    actions.change_goal(goal=goal, revision=1, outcome="Walk daily", by=JOAN)
    with pytest.raises(Stale):
        actions.change_goal(goal=goal, revision=1, outcome="Swim", by=by)


def test_every_act_leaves_its_audit_entry(counting: Version) -> None:
    acts = list(AuditEntry.objects.filter(person=counting.plan.person_id).values_list("act", flat=True))
    assert acts == [
        "started a plan", "wrote what matters", "wrote the conversation", "added a goal", "added an action",
        "agreed the plan", "shared the plan",
    ]  # fmt: skip
