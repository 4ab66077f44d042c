"""The conversation on one page: what was said beside what is agreed, each block saved by itself, no words lost."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.components.care_planning.sharing import text

from whatmatters.access.actors import ANYONE, Actor
from whatmatters.access.models import User
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.concerns import words_of
from whatmatters.components.care_planning.models import Action, Goal, Item, Version

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def joan(draft: Version) -> Client:
    person = draft.plan.person
    person.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    person.save()
    client = Client()
    client.force_login(person.account)
    return client


@pytest.fixture
def at(draft: Version) -> Callable[..., str]:
    """The address of a block; of the page itself without a kind."""

    def at(kind: str = "", of: Any = None, door: str = "plan") -> str:
        name = f"{door}-together" + ("-part" if of else "-block" if kind else "")
        return reverse(name, args=[draft.plan.person.uuid, *([kind] if kind else []), *([of.uuid] if of else [])])

    return at


GOAL = {"outcome": "Walk Biscuit to the allotment", "importance": "9", "professional_name": "Sam"}


def test_each_block_is_saved_by_itself_and_leads_back_to_itself(staff: Client, draft: Version, at: Any) -> None:
    key = str(uuid4())
    saved = staff.post(at("add-goal"), {**GOAL, "key": key})
    assert saved.headers["Location"].startswith(f"{at()}?saved=add-goal&at=")
    assert saved.headers["Location"].endswith("#add-goal")
    goal = draft.goals.get()
    staff.post(at("add-action", goal), {"what": "To the corner", "who": "person", "key": str(uuid4())})
    staff.post(at("add-need"), {"words": "Stiff hips", "key": str(uuid4())})
    staff.post(at("matters"), {"text": "My dog", "seen": "0", "key": key})
    staff.post(at("talk"), {"needs": "", "participants": "Maureen, sister", "seen": "1", "key": key})
    page = text(staff.get(at()))
    assert all(words in page for words in ("Walk Biscuit", "To the corner", "Stiff hips", "My dog", "Maureen (sister)"))


def test_what_the_person_sent_from_home_stands_on_the_left_and_its_highest_in_the_plan(
    staff: Client, draft: Version, at: Any, by: Actor
) -> None:
    row, _ = actions.ask_concerns(person=draft.plan.person, by=by)
    said = {key: (words_of(key), score) for key, score in (("pain", 9), ("sleep", 8), ("money", 7), ("worry", 2))}
    actions.save_concerns(checklist=row, revision=row.revision, said=said, by=ANYONE)
    actions.send_concerns(checklist=row, how="link", by=ANYONE)
    page = text(staff.get(at()))
    assert "<strong>Pain</strong>: 9 out of 10" in page
    assert "Also, and not in the plan unless you add it" in page
    assert page.count("In Joanie’s own words") == 3
    assert draft.items.count() == 3


@pytest.mark.parametrize(("kind", "facts", "model"), [
    ("add-goal", GOAL, Goal), ("add-need", {"words": "Stiff hips"}, Item),
])  # fmt: skip
def test_an_answer_lost_on_its_way_back_adds_nothing_twice(
    staff: Client, at: Any, kind: str, facts: dict[str, str], model: Any
) -> None:
    sent = {**facts, "key": str(uuid4())}
    for _ in range(2):
        assert staff.post(at(kind), sent, headers=JSON).json()["saved"]
    assert model.objects.count() == 1


def test_a_change_whose_answer_was_lost_is_saved_and_no_conflict(staff: Client, draft: Version, at: Any) -> None:
    staff.post(at("add-goal"), {**GOAL, "key": str(uuid4())})
    goal = draft.goals.get()
    change = {**GOAL, "outcome": "Dance", "seen": str(goal.revision), "key": str(uuid4())}
    for _ in range(2):
        assert staff.post(at("goal", goal), change, headers=JSON).json()["saved"]


def test_two_editors_of_one_goal_see_both_versions_and_neither_loses(
    staff: Client, joan: Client, draft: Version, at: Any
) -> None:
    staff.post(at("add-goal"), {**GOAL, "key": str(uuid4())})
    goal = draft.goals.get()
    opened = {"seen": str(goal.revision), "key": str(uuid4())}
    joan.post(at("goal", goal, "my-plan"), {**GOAL, **opened, "outcome": "See the sea"})
    late = staff.post(at("goal", goal), {**GOAL, **opened, "outcome": "Walk to the shop"})
    assert late.status_code == 409
    page = text(late)
    assert "See the sea" in page
    assert "Walk to the shop</textarea>" in page.replace("\n", "")
    goal.refresh_from_db()
    assert goal.outcome == "See the sea"
    now = {**opened, "seen": str(goal.revision)}
    assert f'name="seen" value="{goal.revision}"' in page
    assert staff.post(at("goal", goal), {**GOAL, **now, "outcome": "Walk to the shop"}).status_code == 302


def test_two_who_write_what_matters_at_once_are_both_shown(staff: Client, joan: Client, at: Any) -> None:
    joan.post(at("matters", door="my-plan"), {"text": "My dog", "seen": "0", "key": str(uuid4())})
    late = staff.post(at("matters"), {"text": "Her garden", "seen": "0", "key": str(uuid4())})
    assert late.status_code == 409
    assert "My dog" in text(late)
    assert "Her garden</textarea>" in text(late).replace("\n", "")


def test_different_blocks_never_meet(staff: Client, joan: Client, draft: Version, at: Any) -> None:
    staff.post(at("add-goal"), {**GOAL, "key": str(uuid4())})
    goal = draft.goals.get()
    joan.post(at("add-action", goal, "my-plan"), {"what": "Rest", "who": "person", "key": str(uuid4())})
    change = {**GOAL, "outcome": "Dance", "seen": str(goal.revision), "key": str(uuid4())}
    assert staff.post(at("goal", goal), change).status_code == 302
    assert Action.objects.get().what == "Rest"


def test_what_must_be_mended_is_said_in_its_block_and_nothing_typed_is_lost(staff: Client, at: Any) -> None:
    answer = staff.post(at("add-goal"), {**GOAL, "outcome": "", "key": str(uuid4())})
    assert answer.status_code == 422
    page = text(answer)
    assert "Write what the person wants" in page
    assert 'value="Sam"' in page
    assert 'data-answered="yes"' in page


def test_what_is_taken_out_leaves_the_draft_only(staff: Client, draft: Version, at: Any) -> None:
    staff.post(at("add-need"), {"words": "Stiff hips", "key": str(uuid4())})
    need = draft.items.get()
    staff.post(at("need", need), {"do": "remove", "key": str(uuid4())})
    assert not draft.items.exists()


def test_once_agreed_nothing_is_written_and_a_new_version_is_offered(
    staff: Client, draft: Version, at: Any, write: Any, agree: Any
) -> None:
    agree(write(draft))
    answer = staff.post(at("add-need"), {"words": "Stiff hips", "key": str(uuid4())}, follow=True)
    assert "The plan was agreed meanwhile" in text(answer)
    assert "Begin a new version" in text(answer)
    begun = staff.post(reverse("plan-start", args=[draft.plan.person.uuid]) + "?to=together")
    assert begun.headers["Location"] == at()


def test_another_plans_goal_is_not_found(staff: Client, at: Any, make_person: Any, by: Actor) -> None:
    other = actions.add_goal(version=actions.start(person=make_person(), by=by), by=by, outcome="Fly")
    assert staff.post(at("goal", other), GOAL).status_code == 404
    assert staff.post(at("nothing"), GOAL).status_code == 404
