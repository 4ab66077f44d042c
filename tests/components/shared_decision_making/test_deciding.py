"""A decision from its beginning to the day it is valid, and what becomes of it after."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from tests.components.shared_decision_making.conftest import EXERCISE, NOTHING, TODAY

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry
from whatmatters.components.care_planning import actions as planning
from whatmatters.components.care_planning.models import Goal
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.models import (
    Carried,
    Decision,
    Involved,
    Option,
    Situation,
    Status,
    ToolUsed,
)
from whatmatters.components.shared_decision_making.standing import standing, waiting
from whatmatters.events.models import Event
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
Fill = Callable[..., Decision]
TOOL = "nhs-england-knee-osteoarthritis"


def happened() -> list[tuple[str, str, date]]:
    return list(Event.objects.order_by("pk").values_list("code", "detail", "on"))


def test_it_begins_in_progress_with_what_the_plan_says_matters(joan: Person, by: Actor) -> None:
    draft = planning.start(person=joan, by=by)
    planning.save_about_me(version=draft, words={"most_important": "My allotment"}, seen=0, by=by)
    row = actions.start(person=joan, situation="shoulder-pain", by=by)
    assert (row.status, row.matters, row.title) == (Status.IN_PROGRESS, "My allotment", "Shoulder pain")
    assert (row.seen_by, row.seen_by_role, row.contact_on) == ("Priya Nair", "Clinician", TODAY)
    assert [code for code, *_ in happened()] == ["care-plan-offered"]  # of the plan, and none of the decision


def test_begun_twice_it_is_one(begun: Decision, joan: Person, by: Actor) -> None:
    assert actions.start(person=joan, situation="shoulder-pain", by=by) == begun
    assert actions.start(person=joan, situation="knee-pain", by=by) != begun


def test_what_is_not_in_the_library_is_named_by_hand(joan: Person, by: Actor) -> None:
    row = actions.start(person=joan, situation="", problem="A frozen toe", by=by)
    assert (row.situation, row.problems) == ("", "A frozen toe")
    for situation, problem in (("", "  "), ("no-such-thing", "")):
        with pytest.raises(ValidationError):
            actions.start(person=joan, situation=situation, problem=problem, by=by)


def test_valid_it_is_an_event_an_audit_entry_and_a_code(valid: Decision) -> None:
    assert (valid.status, valid.valid_on, valid.code) == (Status.VALID, TODAY, "815791000000100")
    assert happened() == [("shared-decision-made", "shoulder-pain", TODAY)]
    assert AuditEntry.objects.filter(act="agreed a shared decision", person=valid.person_id).count() == 1


def _tables() -> list[tuple[str, str]]:
    """Of each table that holds what a decision says: a column of its."""
    app = "shared_decision_making"
    columns = (("decision", "matters"), ("option", "harms"), ("toolused", "title"), ("involved", "name"))
    return [(f"{app}_{table}", column) for table, column in columns]


@pytest.mark.parametrize(("table", "column"), _tables())
@pytest.mark.parametrize("over", ["valid", "cancelled"])
def test_the_database_itself_keeps_what_a_finished_decision_says(
    *, table: str, column: str, over: str, joan: Person, by: Actor, fill: Fill, agree: Fill
) -> None:
    row = fill(actions.start(person=joan, situation="knee-osteoarthritis", by=by), tools=(TOOL,))
    Involved.objects.create(decision=row, name="Maureen")
    change = f"UPDATE {table} SET {column} = 'other'"  # noqa: S608  # our own words
    with connection.cursor() as cursor:
        cursor.execute(change)  # while it is in progress it may
        assert cursor.rowcount > 0
    row = agree(row) if over == "valid" else actions.cancel(decision=row, why="Changed her mind", by=by)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        cursor.execute(change)


@pytest.mark.parametrize("part", [
    lambda row: Option(decision=row, what="A third"), lambda row: ToolUsed(decision=row, title="Another"),
    lambda row: Involved(decision=row, name="Someone"),
])  # fmt: skip
def test_nothing_can_be_put_into_a_valid_decision_past_the_model(part: Any, valid: Decision) -> None:
    one = part(valid)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        type(one).objects.bulk_create([one])


def test_nothing_can_be_moved_out_of_a_valid_decision_nor_into_it(valid: Decision, joan: Person, by: Actor) -> None:
    other = actions.start(person=joan, situation="knee-pain", by=by)
    theirs = Involved.objects.create(decision=other, name="Maureen")
    for rows, to in ((valid.options.all(), other), (Involved.objects.filter(pk=theirs.pk), valid)):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            rows.update(decision=to)


def test_a_finished_decision_can_be_cancelled_and_no_more(valid: Decision, by: Actor) -> None:
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Decision.objects.filter(pk=valid.pk).update(status="in progress")
    row = actions.cancel(decision=valid, why="It did not help", by=by)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Decision.objects.filter(pk=row.pk).update(status="valid")
    assert Decision.objects.get(pk=row.pk).cancelled_why == "It did not help"


def test_with_a_tool_both_are_counted_under_the_other_code(joan: Person, by: Actor, fill: Fill, agree: Fill) -> None:
    row = actions.start(person=joan, situation="knee-osteoarthritis", by=by)
    row = agree(fill(row, tools=(TOOL,)))
    assert row.code == "815751000000108"
    assert {code for code, _, _ in happened()} == {"shared-decision-made", "decision-tool-used"}
    assert row.tools.get().title == "Making a decision about knee osteoarthritis"


def test_an_expired_tool_is_refused_and_one_used_before_it_expired_stays(joan: Person, by: Actor, fill: Fill) -> None:
    yesterday = TODAY - timedelta(days=1)
    old: dict[str, Any] = {"situation": "knee-pain", "title": "Old sheet", "expires": yesterday}
    sheet = actions.keep_tool(by=by, **old).name
    row = actions.start(person=joan, situation="knee-pain", by=by)
    with pytest.raises(ValidationError, match="expired"):
        fill(row, tools=(sheet,))
    row.refresh_from_db()
    row.contact_on = yesterday
    row.save()
    row = fill(row, tools=(sheet,))
    row.contact_on = TODAY
    row.save()
    assert fill(row, tools=(sheet,)).tools.count() == 1


def test_valid_it_never_changes(valid: Decision, by: Actor) -> None:
    valid.matters = "Something else"
    with pytest.raises(TypeError, match="never changes"):
        valid.save()
    option = valid.options.all()[0]
    with pytest.raises(TypeError):
        option.delete()
    with pytest.raises(TypeError):
        Option(decision=valid, what="Another").save()
    with pytest.raises(TypeError, match="never deleted"):
        valid.delete()
    with pytest.raises(ValidationError, match="finished since"):
        actions.save_team(decision=valid, revision=valid.revision, by=by, matters="x")


def test_the_second_of_two_editors_is_told(begun: Decision, by: Actor) -> None:
    actions.save_team(decision=begun, revision=1, by=by, matters="Hers")
    with pytest.raises(Stale):
        actions.save_team(decision=begun, revision=1, by=by, matters="His")
    begun.refresh_from_db()
    assert begun.matters == "Hers"


def test_put_off_it_stays_in_progress_with_its_reason(begun: Decision, by: Actor, joan: Person) -> None:
    later = TODAY + timedelta(days=14)
    row = actions.defer(decision=begun, by=by, why="Wants to ask her daughter", review_on=later)
    assert (row.status, row.deferred, row.review_on) == (Status.IN_PROGRESS, True, later)
    assert standing(joan).open == [row]
    assert not Event.objects.exists()


def test_put_off_and_then_decided_it_is_no_longer_put_off(begun: Decision, by: Actor, fill: Fill, agree: Fill) -> None:
    actions.defer(decision=begun, by=by, why="Wants to think")
    begun.refresh_from_db()
    row = agree(fill(begun))
    assert (row.deferred_on, row.deferred_why) == (None, "")


def test_a_change_is_a_new_version_that_points_back(valid: Decision, by: Actor, agree: Fill, joan: Person) -> None:
    again = actions.take_up_again(decision=valid, by=by)
    assert (again.number, again.follows, again.key, again.status) == (2, valid, valid.key, Status.IN_PROGRESS)
    assert [o.what for o in again.options.all()] == [EXERCISE["what"], NOTHING["what"]]
    assert actions.take_up_again(decision=valid, by=by) == again
    assert standing(joan).holds == [valid]
    agree(again, decided="Injection", review_on=TODAY)
    assert standing(joan).holds == [again]
    valid.refresh_from_db()
    assert valid.decided == "Exercises"


def test_words_mended_on_the_same_day_are_no_second_conversation(valid: Decision, by: Actor, agree: Fill) -> None:
    agree(actions.take_up_again(decision=valid, by=by), decided="Exercises twice a day", no_review=True)
    assert len(happened()) == 1


def test_a_cancelled_new_version_leaves_room_for_another(valid: Decision, by: Actor) -> None:
    first = actions.take_up_again(decision=valid, by=by)
    actions.cancel(decision=first, by=by, why="Begun by mistake")
    assert actions.take_up_again(decision=valid, by=by).number == 3


def test_the_database_lets_one_version_follow(valid: Decision, by: Actor) -> None:
    again = actions.take_up_again(decision=valid, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=Decision.objects.create(
            person=valid.person, episode=valid.episode, follows=valid, contact_on=TODAY, number=9, key=again.key
        ).pk)  # fmt: skip


def test_cancelled_it_says_why_and_keeps_what_it_said(valid: Decision, by: Actor, joan: Person) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        actions.cancel(decision=valid, by=by, why=" ")
    row = actions.cancel(decision=valid, by=by, why="She moved away")
    assert (row.status, row.cancelled_on, row.decided) == (Status.CANCELLED, TODAY, "Exercises")
    assert standing(joan).past == [row]


def test_it_goes_into_the_plan_once_with_its_actions(
    begun: Decision, by: Actor, fill: Fill, agree: Fill, joan: Person
) -> None:
    with pytest.raises(ValidationError, match="Only a valid"):
        actions.carry(decision=begun, by=by)
    row = agree(fill(begun), actions_person="Stretch daily\nRing if worse", actions_professionals="Priya rings in May")
    carried = actions.carry(decision=row, by=by)
    assert actions.carry(decision=row, by=by) == carried
    goal = Goal.objects.get(key=carried.goal)
    assert goal.outcome == "Shoulder pain: Exercises"
    assert [(a.what, a.who) for a in goal.actions.all()] == [
        ("Stretch daily", "person"), ("Ring if worse", "person"), ("Priya rings in May", "professional"),
    ]  # fmt: skip
    assert Carried.objects.count() == 1


def test_the_lists_name_what_waits_and_leave_out_what_was_replaced(
    valid: Decision, physio: SimpleNamespace, by: Actor, joan: Person, agree: Fill
) -> None:
    grants = list(physio.user.grants.select_related("organisation"))
    when = TODAY + timedelta(days=42)
    assert waiting(grants, when).due == [valid]
    assert waiting(grants, when - timedelta(days=1)).due == []
    knee = actions.start(person=joan, situation="knee-pain", by=by)
    assert waiting(grants, TODAY).begun == [knee]
    actions.defer(decision=knee, by=by, why="Not today")
    found = waiting(grants, TODAY)
    assert ([d.pk for d in found.deferred], found.begun) == ([knee.pk], [])
    actions.cancel(decision=knee, by=by, why="Better")
    assert [d.pk for d in waiting(grants, TODAY).cancelled] == [knee.pk]
    agree(actions.take_up_again(decision=valid, by=by), no_review=True)
    assert waiting(grants, when).due == []


def test_another_practice_sees_none_of_them(valid: Decision, make_worker: Any, place: SimpleNamespace) -> None:
    other = make_worker("clinician", place.avenues).user.grants.select_related("organisation")
    assert waiting(list(other), TODAY + timedelta(days=99)).due == []


def test_nobody_decides_with_the_dead(joan: Person, by: Actor) -> None:
    joan.died = TODAY
    joan.save()
    with pytest.raises(ValidationError, match="has died"):
        actions.start(person=joan, situation="shoulder-pain", by=by)


def test_an_edition_of_the_library_is_refused_a_change_by_the_database(by: Actor) -> None:
    actions.keep_situation(by=by, title="Bunions")
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Situation.objects.update(title="Other")
