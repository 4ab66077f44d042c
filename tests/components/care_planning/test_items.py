"""Entries of a plan's sections: by someone, copied with their name into the next version, never written over."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.models import Item, Version
from whatmatters.components.care_planning.told import provenance, told
from whatmatters.people.revisions import Stale

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
