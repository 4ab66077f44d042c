"""Entries of a plan's sections: by someone, copied with their name into the next version, never written over."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Item, Version
from whatmatters.components.care_planning.told import provenance, told
from whatmatters.people.revisions import Stale

TALKED = date(2024, 5, 1)

pytestmark = pytest.mark.database

PUFFED = {"trigger_factors": [{"free_text": "More out of puff than usual"}]}
WALKS = {"free_text": "Walks every day"}


def test_an_entry_is_told_where_the_standard_has_it_with_who_wrote_it(draft: Version, by: Actor) -> None:
    item = actions.add_item(version=draft, section="contingency", values=PUFFED, by=by, condition="copd")
    (plan,) = told(draft)["contingency_safety_plans"]
    assert plan["trigger_factors"] == PUFFED["trigger_factors"]
    assert plan["person_completing_record"]["name"] == by.name
    written = provenance(draft)["contingency_safety_plans", 0]
    assert (written.by, written.role, written.key, written.condition) == (by.name, by.role, item.key, "copd")


def test_what_to_do_if_things_go_wrong_is_refused_without_a_trigger(draft: Version, by: Actor) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.add_item(
            version=draft, section="contingency", values={"what_should_happen": [{"free_text": "Ring 111"}]}, by=by
        )
    assert list(refusal.value.message_dict) == ["trigger_factors-0-free_text"]
    assert not Item.objects.exists()


def test_the_next_version_begins_with_the_same_entries_in_their_writers_names(
    draft: Version, write: Any, agree: Any, by: Actor
) -> None:
    need = actions.add_item(version=draft, section="needs", values={"free_text": "Breathless"}, by=by, condition="copd")
    plan = actions.add_item(version=draft, section="contingency", values=PUFFED, by=by, parent=need)
    actions.add_goal(version=draft, by=by, outcome="Get up the stairs", need=need.key)
    agree(write(draft))
    later = actions.start(person=draft.plan.person, by=Actor("Priya Shah", "clinician"))
    assert later.number == 2
    copied = later.items.get(key=plan.key)
    assert (copied.by_name, copied.at, copied.values) == (by.name, plan.at, PUFFED)
    assert copied.uuid != plan.uuid
    assert copied.parent == later.items.get(key=need.key)
    (first, _) = told(later)["care_and_support_plan"]["needs_concerns_or_problems"]
    assert first["goals_and_hopes"][0]["free_text"] == "Get up the stairs"


def test_two_tabs_the_second_is_told_and_nothing_is_written_over(draft: Version, by: Actor) -> None:
    item = actions.add_item(version=draft, section="strengths", values=WALKS, by=by)
    actions.change_item(item=item, revision=1, values={"free_text": "Walks every other day"}, by=by)
    with pytest.raises(Stale):
        actions.change_item(item=item, revision=1, values={"free_text": "Swims"}, by=by)
    assert draft.items.get().values == {"free_text": "Walks every other day"}


@pytest.mark.parametrize("what", ["item SET by_name", "goal SET outcome", "action SET what"])
def test_the_database_refuses_a_change_to_what_was_agreed(
    draft: Version, write: Any, agree: Any, by: Actor, what: str
) -> None:
    actions.add_item(version=draft, section="strengths", values=WALKS, by=by)
    change = f"UPDATE care_planning_{what} = 'other'"  # our own words
    write(draft)
    with connection.cursor() as cursor:
        cursor.execute(change)
    draft.refresh_from_db()
    agree(draft)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        cursor.execute(change)


def test_an_entry_of_an_agreed_version_is_neither_added_nor_changed_nor_removed(
    draft: Version, write: Any, agree: Any, by: Actor
) -> None:
    item = actions.add_item(version=draft, section="strengths", values=WALKS, by=by)
    agree(write(draft))
    item.refresh_from_db()
    for act in (
        lambda: actions.add_item(version=draft, section="strengths", values=WALKS, by=by),
        lambda: actions.change_item(item=item, revision=1, values=WALKS, by=by),
        lambda: actions.remove_item(item=item, by=by),
    ):
        with pytest.raises(ValidationError, match="start a new version"):
            act()
    with pytest.raises(TypeError, match="never changes"):
        item.save()


def test_nobody_agrees_to_an_entry_put_in_while_they_read(draft: Version, write: Any, by: Actor) -> None:
    seen = stamp(contents_of(write(draft)))
    actions.add_item(version=draft, section="legal", values={"kind": "lpa health", "name": "Maureen"}, by=by)
    with pytest.raises(Stale):
        actions.agree(
            version=draft, seen=seen, by=by, agreed_on=TALKED, agreed_by="Joan Atkinson", agreed_role="person"
        )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"condition": "bad luck"}, "condition"),
        ({"section": "legal", "values": {"kind": "other"}, "condition": "copd"}, "condition"),
        ({"section": "goals"}, "__all__"),
        ({"section": "spells"}, "__all__"),
    ],
)
def test_what_is_not_on_the_lists_is_refused(draft: Version, by: Actor, change: dict[str, Any], named: str) -> None:
    facts: dict[str, Any] = {"section": "strengths", "values": WALKS, **change}
    with pytest.raises(ValidationError) as refusal:
        actions.add_item(version=draft, by=by, **facts)
    assert list(getattr(refusal.value, "error_dict", {"__all__": 0})) == [named]


def test_what_stands_once_in_a_plan_is_not_written_twice(draft: Version, by: Actor) -> None:
    funding = {"free_text": "Hull City Council"}
    actions.add_item(version=draft, section="funding", values=funding, by=by)
    with pytest.raises(ValidationError, match="once in a plan"):
        actions.add_item(version=draft, section="funding", values=funding, by=by)


def test_an_entry_hangs_on_a_need_of_the_same_plan_and_goals_outlive_a_need(draft: Version, by: Actor) -> None:
    strength = actions.add_item(version=draft, section="strengths", values=WALKS, by=by)
    need = actions.add_item(version=draft, section="needs", values={"free_text": "Lonely"}, by=by)
    with pytest.raises(ValidationError, match="Choose a need"):
        actions.add_item(version=draft, section="contingency", values=PUFFED, by=by, parent=strength)
    goal = actions.add_goal(version=draft, by=by, outcome="See people", need=need.key)
    with pytest.raises(ValidationError, match="Choose a need"):
        actions.change_goal(goal=goal, revision=1, by=by, need=strength.key)
    goal.refresh_from_db()
    actions.remove_item(item=need, by=by)
    goal.refresh_from_db()
    assert goal.need is None


def test_an_audience_is_told_only_the_sections_it_may_see(draft: Version, write: Any, by: Actor) -> None:
    actions.add_item(version=write(draft), section="contingency", values=PUFFED, by=by)
    actions.add_item(version=draft, section="formulation", values={"formulation": "Grief"}, by=by)
    seen = told(draft, {"most_important", "contingency"})
    assert set(seen) == {
        "person_demographics", "gp_practice", "about_me", "contingency_safety_plans", "care_and_support_plan"
    }  # fmt: skip
    assert "needs_concerns_or_problems" not in seen["care_and_support_plan"]
    assert ("formulation", "formulation_record_entry", 0) not in provenance(draft, {"most_important", "contingency"})


def test_the_whole_plan_is_told_in_the_same_few_queries_however_long_it_is(
    draft: Version, write: Any, by: Actor
) -> None:
    def queries() -> int:
        version = Version.objects.select_related("plan__person").get(pk=draft.pk)
        with CaptureQueriesContext(connection) as asked:
            told(version)
        return len(asked)

    write(draft)
    few = queries()
    for place in range(20):
        need = actions.add_item(version=draft, section="needs", values={"free_text": f"Need {place}"}, by=by)
        actions.add_goal(version=draft, by=by, outcome=f"Goal {place}", need=need.key)
    assert queries() == few <= 8
