"""Any section of the plan is written on a page made from the list of its parts, and read with who wrote each entry."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.components.care_planning import actions, standard
from whatmatters.components.care_planning.completeness import completeness
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.models import Version
from whatmatters.components.care_planning.shown import shown
from whatmatters.components.care_planning.told import told
from whatmatters.events.models import Event

pytestmark = pytest.mark.database


@pytest.fixture
def client(coordinator: SimpleNamespace, client: Client, settings: Any) -> Client:
    settings.SECOND_FACTOR = False
    client.force_login(coordinator.user)
    return client


def page(version: Version, name: str, *more: Any) -> str:
    return reverse(f"plan-{name}", args=(version.plan.person.uuid, *more))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_what_to_do_if_things_go_wrong_is_written_with_several_triggers(client: Client, draft: Version) -> None:
    where = page(draft, "item-add", "contingency")
    first = client.post(where, {"trigger_factors-0-free_text": "Ankles swell", "more": "trigger_factors"})
    assert first.status_code == 200
    assert 'name="trigger_factors-1-free_text"' in text(first)
    assert "Ankles swell" in text(first)
    assert not draft.items.exists()
    typed = {
        "trigger_factors-0-free_text": "Ankles swell", "trigger_factors-1-free_text": "Two pounds heavier in a day",
        "what_should_happen-0-free_text": "Ring the heart nurse", "who_should_be_contacted-0-name": "Ada Obi",
        "planned_review_date_interval_day": "1", "planned_review_date_interval_month": "5",
        "planned_review_date_interval_year": "2027", "condition": "heart", "key": str(uuid4()),
        "agreed_with_person_or_legitimate_representative-person_or_legitimate_representative": "yes",
        "contingency_plan_name-coded_value": "887701000000100",
    }  # fmt: skip
    assert client.post(where, typed).status_code == 302
    client.post(where, typed)  # sent again by a phone that had lost its line
    item = draft.items.get()
    assert item.condition == "heart"
    assert item.values == {
        "trigger_factors": [{"free_text": "Ankles swell"}, {"free_text": "Two pounds heavier in a day"}],
        "contingency_plan_name": {
            "coded_value": {"code": "887701000000100", "display": "Emergency health care plan"}
        },
        "what_should_happen": [{"free_text": "Ring the heart nurse"}],
        "who_should_be_contacted": [{"name": "Ada Obi"}],
        "agreed_with_person_or_legitimate_representative": {"person_or_legitimate_representative": True},
        "planned_review_date_interval": "2027-05-01",
    }  # fmt: skip


def test_without_a_trigger_the_page_says_so_at_its_box_and_keeps_what_was_typed(client: Client, draft: Version) -> None:
    answer = client.post(page(draft, "item-add", "contingency"), {"what_should_happen-0-free_text": "Ring 111"})
    assert answer.status_code == 422
    assert 'href="#id_trigger_factors-0-free_text"' in text(answer)
    assert "Ring 111" in text(answer)


@pytest.mark.parametrize(
    "name", [name for name, field in standard.sections().items() if field.rows in ("item", "words")]
)
def test_every_section_has_its_page(client: Client, draft: Version, name: str) -> None:
    answer = client.get(page(draft, "section", name))
    assert answer.status_code == 200
    assert standard.section(name).label in text(answer).replace("&#39;", "'")


def test_two_tabs_the_second_sees_what_the_first_saved_and_keeps_what_it_typed(
    client: Client, draft: Version, by: Actor
) -> None:
    item = actions.add_item(version=draft, section="strengths", values={"free_text": "Sings"}, by=by)
    where = page(draft, "item", item.uuid)
    assert client.post(where, {"revision": "1", "free_text": "Sings in a choir"}).status_code == 302
    answer = client.post(where, {"revision": "1", "free_text": "Plays the horn"})
    assert answer.status_code == 409
    assert "Sings in a choir" in text(answer)
    assert "Plays the horn" in text(answer)
    again = client.post(where, {"revision": "2", "free_text": "Sings, and plays the horn"})
    assert again.status_code == 302
    assert draft.items.get().values == {"free_text": "Sings, and plays the horn"}


def test_what_a_page_does_not_ask_is_not_lost_when_it_is_saved(client: Client, draft: Version, by: Actor) -> None:
    values = {"gender": "X", "person_alias": ["Joanie"], "place_of_birth": "GBR"}
    item = actions.add_item(version=draft, section="person_details", values=values, by=by)
    client.post(page(draft, "section", "person_details"), {"revision": "1", "person_alias-0": "Nan"})
    item.refresh_from_db()
    assert item.values == {**values, "person_alias": ["Nan"]}


def test_a_day_known_to_the_minute_stays_so_when_it_is_not_touched(client: Client, draft: Version, by: Actor) -> None:
    values = {"formulation": "Grief", "date": "2026-05-01T10:30"}
    item = actions.add_item(version=draft, section="formulation", values=values, by=by)
    client.post(
        page(draft, "item", item.uuid),
        {"revision": "1", "formulation": "Grief, and pain", "date_day": "1", "date_month": "5", "date_year": "2026"},
    )
    item.refresh_from_db()
    assert item.values == {"formulation": "Grief, and pain", "date": "2026-05-01T10:30"}


def test_the_plan_says_of_each_entry_who_wrote_it_and_for_which_condition(
    client: Client, draft: Version, write: Any, by: Actor
) -> None:
    need = actions.add_item(
        version=write(draft), section="needs", values={"free_text": "Puffed"}, by=by, condition="copd"
    )
    goal = draft.goals.get()
    actions.change_goal(goal=goal, revision=1, by=by, need=need.key)
    shown = text(client.get(page(draft, "version", draft.number)))
    assert "One plan for COPD" in shown
    assert shown.index("Puffed") < shown.index(f"Written by {by.name}") < shown.index("Walk Biscuit to the allotment")
    assert shown.index("My dog Biscuit") < shown.index("Puffed")


def test_an_action_says_how_sure_they_are_and_the_steps_on_the_way(client: Client, draft: Version, write: Any) -> None:
    write(draft)
    goal = draft.goals.get()
    typed = {
        "what": "Swim", "who": "professional", "who_name": "Ada Obi", "who-role": "Physiotherapist", "confidence": "7",
        "who-contact_details": "01482 000000", "suggested_strategies": "Go with Maureen",
        "stage_goal-0-stage_goal-free_text": "Ten lengths", "stage_goal-0-goal_status": "in-progress",
    }  # fmt: skip
    assert client.post(page(draft, "action-add", goal.uuid), typed).status_code == 302
    (need,) = told(draft)["care_and_support_plan"]["needs_concerns_or_problems"]
    action = need["goals_and_hopes"][0]["actions_and_activities"][1]
    assert (action["confidence"], action["suggested_strategies"]) == (7, "Go with Maureen")
    assert action["who"] == {
        "name": "Ada Obi", "role": "Physiotherapist", "contact_details": "01482 000000", "kind": "professional"
    }  # fmt: skip
    assert action["stage_goal"] == [
        {
            "stage_goal": {"free_text": "Ten lengths"},
            "goal_status": {"code": "in-progress", "display": "Under way"},
        }
    ]
    assert client.post(page(draft, "action-add", goal.uuid), {**typed, "confidence": "11"}).status_code == 422


def test_a_goal_hangs_on_a_need_and_says_what_came_of_it(client: Client, draft: Version, by: Actor) -> None:
    need = actions.add_item(version=draft, section="needs", values={"free_text": "Lonely"}, by=by)
    typed = {"outcome": "See people", "need": str(need.key), "outcomes-0-free_text": "Went to the lunch club twice"}
    assert client.post(page(draft, "goal-add"), typed).status_code == 302
    (told_need,) = told(draft)["care_and_support_plan"]["needs_concerns_or_problems"]
    assert told_need["goals_and_hopes"][0]["outcomes"] == [{"free_text": "Went to the lunch club twice"}]


@pytest.mark.slow
def test_the_pages_of_a_plan_ask_the_database_no_more_often_with_fifty_versions(
    client: Client, draft: Version, write: Any, agree: Any, by: Actor
) -> None:
    for name, values in FULL.items():
        actions.add_item(version=draft, section=name, values=values, by=by)
    agree(write(draft))
    client.get(reverse("plan", args=(draft.plan.person.uuid,)))  # the session is read and written once
    queries = []
    for versions in (2, 50):
        while Version.objects.count() < versions:
            later = actions.start(person=draft.plan.person, by=by)
            later.refresh_from_db()
            agree(later)
        client.get(reverse("plan", args=(draft.plan.person.uuid,)))  # so is that it was used, every half minute
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("plan", args=(draft.plan.person.uuid,))).status_code == 200
        queries.append(len(asked))
    assert queries[0] == queries[1] < 60


FULL: dict[str, dict[str, Any]] = {
    "person_details": {"religion": {"code": "160549004", "display": "Church of England"}},
    "professional_contacts": {"name": "Ada Obi", "role": "District nurse", "key_worker": True},
    "personal_contacts": {"name": "Maureen Atkinson", "relationship": "sister"},
    "formulation": {"formulation": "Grief keeps her in; the dog gets her out"},
    "strengths": {"free_text": "Never gives up"},
    "needs": {"free_text": "Breathless on the stairs"},
    "contingency": {"trigger_factors": [{"free_text": "Blue lips"}], "what_should_happen": [{"free_text": "999"}]},
    "support_plans": {"additional_support_plan_content": "Fire service fitted alarms"},
    "legal": {"kind": "lpa health", "name": "Maureen Atkinson"},
    "funding": {"free_text": "Hull City Council"},
}


def test_completeness_tells_what_is_mandatory_and_missing_and_the_share_held(
    client: Client, draft: Version, write: Any, by: Actor
) -> None:
    before = completeness(contents_of(draft))
    assert before.lacking == ["Person demographics: Address line 1"]
    person = draft.plan.person
    person.address, person.postcode = "3 Quay Road\nHull", "HU1 1AA"
    person.save()
    for name, values in FULL.items():
        actions.add_item(version=draft, section=name, values=values, by=by)
    after = completeness(contents_of(Version.objects.get(pk=write(draft).pk)))
    assert after.lacking == []
    assert before.held < after.held < after.of
    shown = text(client.get(page(draft, "complete", draft.number)))
    assert f"{after.held} of {after.of}" in shown
    assert "All that is mandatory is there" in shown


def test_versions_are_compared_entry_by_entry(
    client: Client, draft: Version, write: Any, agree: Any, by: Actor
) -> None:
    kept = actions.add_item(version=draft, section="strengths", values={"free_text": "Sings"}, by=by)
    actions.add_item(version=draft, section="strengths", values={"free_text": "Knits"}, by=by)
    agree(write(draft))
    later = actions.start(person=draft.plan.person, by=by)
    actions.change_item(item=later.items.get(key=kept.key), revision=1, values={"free_text": "Sings in a choir"}, by=by)
    actions.remove_item(item=later.items.exclude(key=kept.key).get(), by=by)
    actions.add_item(version=later, section="legal", values={"kind": "lpa health"}, by=by)
    shown = text(client.get(page(later, "changes", 2)))
    assert shown.count('class="wm-goal"') == 3
    for words in ("in other words", "left out", ": new", "Sings in a choir", "Knits"):
        assert words in shown


def test_a_part_more_in_next_years_list_is_asked_checked_printed_and_counted(
    client: Client, draft: Version, write: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    this_year = (standard.FOLDER / "standard_2.0.toml").read_text()
    line = '    [1, "coping_strategies",'
    new = '    [1, "pets", "Pets", "R 0..1", "text 20", { ask = "Who looks after the pets?" }],\n'
    (tmp_path / "standard_2.1.toml").write_text(this_year.replace(line, new + line))
    (tmp_path / "standard_2.0.toml").write_text(this_year)
    items = completeness(contents_of(draft)).of
    monkeypatch.setattr(standard, "FOLDER", tmp_path)
    monkeypatch.setattr(standard, "CURRENT", "2.1")
    Version.objects.filter(pk=draft.pk).update(standard="2.1")
    draft.refresh_from_db()
    where = page(draft, "item-add", "contingency")
    assert "Who looks after the pets?" in text(client.get(where))
    typed = {"trigger_factors-0-free_text": "A fall", "pets": "x" * 21}
    refused = client.post(where, typed)
    assert refused.status_code == 422
    assert "at most 20 letters" in text(refused)
    assert client.post(where, {**typed, "pets": "Next door"}).status_code == 302
    assert told(draft)["contingency_safety_plans"][0]["pets"] == "Next door"
    printed = [line.text for part in shown(draft).sections for entry in part.entries for line in entry]
    assert "Next door" in printed
    after = completeness(contents_of(draft))
    assert after.of == items + 1
    assert "Pets" not in next(part for part in after.parts if part.key == "contingency_safety_plans").missing


def test_a_maternity_plan_asks_first_about_the_birth_and_its_budget_counts_once(
    client: Client, draft: Version, write: Any, agree: Any, by: Actor
) -> None:
    assert "Pregnancy, birth and the weeks after" not in text(client.get(page(draft, "parts")))
    client.post(page(draft, "kinds"), {"revision": "1", "kinds": ["maternity"]})
    draft.refresh_from_db()
    shown = text(client.get(page(draft, "parts")))
    assert shown.index("Pregnancy, birth and the weeks after") < shown.index("What is difficult")
    values = {"birth": "At home, in water", "budget_given_on": "2024-04-02"}
    actions.add_item(version=draft, section="maternity", values=values, by=by)
    agree(write(draft))
    again = actions.start(person=draft.plan.person, by=by)
    assert again.kinds == ["maternity"]
    agree(write(again, "words"))
    (event,) = Event.objects.filter(code="budget-opened")
    assert (event.detail, str(event.on)) == ("maternity", "2024-04-02")
    assert "Maternity plan" in text(client.get(page(draft, "version", 1)))


def test_a_person_with_three_conditions_has_one_plan_with_a_part_for_each(
    client: Client, draft: Version, write: Any, agree: Any, by: Actor
) -> None:
    for condition, need in {"copd": "Puffed", "diabetes": "Sugars up and down", "mental": "Low in winter"}.items():
        actions.add_item(version=draft, section="needs", values={"free_text": need}, by=by, condition=condition)
    agree(write(draft))
    assert "One plan for COPD, Diabetes, Mental health" in text(client.get(page(draft, "version", 1)))
    assert Version.objects.filter(plan__person=draft.plan.person).count() == 1


@pytest.fixture
def her(draft: Version) -> Client:
    """The person, on a browser of her own."""
    person = draft.plan.person
    person.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    person.save()
    browser = Client()
    browser.force_login(person.account)
    return browser


def test_the_person_is_asked_plainly_and_for_no_codes(her: Client, draft: Version, by: Actor) -> None:
    code = {"code": "13645005", "display": "COPD"}
    need = {"coded_value": code, "free_text": "Breath"}
    item = actions.add_item(version=draft, section="needs", values=need, by=by)
    where = reverse("my-plan-item", args=(draft.plan.person.uuid, item.uuid))
    shown = text(her.get(where))
    assert "What is hard for me" in shown
    assert "What is difficult, or worries them" not in shown
    assert "13645005" not in shown
    assert her.post(where, {"revision": "1", "free_text": "My breath"}).status_code == 302
    item.refresh_from_db()
    assert item.values == {"coded_value": code, "free_text": "My breath"}
    assert item.by_role == "person"


def test_what_staff_alone_write_has_no_page_on_the_persons_side(her: Client, draft: Version) -> None:
    person = draft.plan.person.uuid
    assert her.get(reverse("my-plan-section", args=(person, "formulation"))).status_code == 404
    assert "How we understand" not in text(her.get(reverse("my-plan-parts", args=(person,))))
    assert her.get(reverse("my-plan-section", args=(person, "strengths"))).status_code == 200


def test_a_form_that_lost_its_line_is_answered_where_to_go_on(client: Client, draft: Version) -> None:
    where = page(draft, "item-add", "strengths")
    answer = client.post(where, {"free_text": "Sings", "key": str(uuid4())}, headers={"Accept": "application/json"})
    assert answer.json() == {"saved": True, "to": page(draft, "section", "strengths")}


def test_the_pages_own_script_asking_for_a_row_saves_nothing_and_sends_the_form_itself(
    client: Client, draft: Version
) -> None:
    typed = {"trigger_factors-0-free_text": "Ankles swell", "more": "trigger_factors"}
    where = page(draft, "item-add", "contingency")
    assert client.post(where, typed, headers={"Accept": "application/json"}).status_code == 422
    assert client.post(where, {"more": "coping_strategies"}).status_code == 200  # nothing is amiss while one adds rows
    assert not draft.items.exists()
