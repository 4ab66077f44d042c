"""Plans made elsewhere: read entry by entry, and taken over into the draft by a worker, once."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.interop.plans import OF_JOAN

from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions.giving import hide
from whatmatters.components.care_planning.elsewhere import entries
from whatmatters.components.care_planning.models import MadeElsewhere, TakenOver, Version
from whatmatters.people.models import Person, Representative

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEED = "care_and_support_plan/needs_concerns_or_problems/0"
GOAL = f"{NEED}/goals_and_hopes/0"


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def made(make_person: Any) -> MadeElsewhere:
    plan, _ = actions.take_in(
        person=make_person(), kind="cancer", source_name="Hull Hospitals", source_code="RWA", told=OF_JOAN,
        made_on=date(2026, 3, 9), original="{}", offer="03", by=THE_SYSTEM,
    )  # fmt: skip
    return plan


def draft(person: Person) -> Version:
    return Version.objects.get(plan__person=person, state="draft")


def test_each_entry_is_told_with_where_it_stands(made: MadeElsewhere) -> None:
    told = {entry.item: dict(entry.lines) for entry in entries(made)}
    assert told[NEED] == {"Free text": "Stiff hips"}
    assert told[GOAL]["Free text"] == "Walk to the allotment"
    assert told[GOAL]["What"] == "Walk to the corner"
    assert told["legal/0"]["Date"] == "1 March 2024"
    assert told["contingency_safety_plans/0"]["Trigger factors"] == "A fall"
    assert told["about_me/about_me_record_entry/most_important"]["About Me response"] == "My dog Biscuit"
    assert "Joan Atkinson" in told[""].values()


def test_every_entry_can_be_taken_over_into_a_draft(made: MadeElsewhere, by: Actor) -> None:
    for entry in entries(made):
        if entry.item:
            actions.take_over(made=made, item=entry.item, by=by)
    version = draft(made.person)
    assert {item.section for item in version.items.all()} == {
        "needs", "contingency", "legal", "personal_contacts", "professional_contacts",
    }  # fmt: skip
    assert version.items.get(section="needs").condition == "cancer"
    goal = version.goals.get()
    assert (goal.outcome, goal.importance, goal.need) == (
        "Walk to the allotment", 9, version.items.get(section="needs").key,
    )  # fmt: skip
    walk = goal.actions.get()
    assert (walk.what, walk.due, walk.more["confidence"]) == ("Walk to the corner", date(2026, 6, 30), 7)
    words = version.words.get()
    assert (words.text, words.supported_by) == ("My dog Biscuit", "Hull Hospitals, in a plan made there")


def test_an_entry_is_taken_over_once(made: MadeElsewhere, by: Actor) -> None:
    for _ in range(2):
        actions.take_over(made=made, item=NEED, by=by)
    assert draft(made.person).items.count() == TakenOver.objects.count() == 1


def test_a_goal_whose_need_was_left_there_stands_on_its_own(made: MadeElsewhere, by: Actor) -> None:
    actions.take_over(made=made, item=GOAL, by=by)
    assert draft(made.person).goals.get().need is None


def test_the_persons_words_are_never_written_over(made: MadeElsewhere, by: Actor) -> None:
    version = actions.start(person=made.person, by=by)
    actions.save_about_me(version=version, words={"most_important": "My sister"}, seen=0, by=by)
    with pytest.raises(ValidationError, match="Words stand under"):
        actions.take_over(made=made, item="about_me/about_me_record_entry/most_important", by=by)
    assert version.words.get().text == "My sister"


@pytest.mark.parametrize(
    "item", ["", "legal", "legal/1", "legal/x", "legal/0/kind", "no/such", "gp_practice", "/" * 99]
)
def test_what_is_not_there_cannot_be_taken_over(item: str, made: MadeElsewhere, by: Actor) -> None:
    with pytest.raises(ValidationError, match="nothing there"):
        actions.take_over(made=made, item=item, by=by)
    assert not TakenOver.objects.exists()


def test_a_worker_reads_it_as_what_it_is_and_presses_the_button(
    made: MadeElsewhere, coordinator: Any, client: Client
) -> None:
    client.force_login(coordinator.user)
    where = reverse("plan-elsewhere", args=(made.person.uuid,))
    assert where in client.get(reverse("plan", args=(made.person.uuid,))).content.decode()
    page = client.get(where).content.decode()
    assert "Made by Hull Hospitals (RWA). This is not Joan’s own plan" in page
    assert "Was a plan offered? Offered, and they said yes." in page
    button = reverse("plan-take-over", args=(made.person.uuid, made.uuid))
    page = client.post(button, {"item": NEED}, follow=True).content.decode()
    assert "Taken over into the draft by" in page
    assert draft(made.person).items.get().values == {"free_text": "Stiff hips"}
    assert "nothing there to take over" in client.post(button, {"item": "legal/7"}, follow=True).content.decode()


def test_a_plan_sent_again_with_other_words_shows_the_newer_alone(
    made: MadeElsewhere, coordinator: Any, client: Client
) -> None:
    for day, words in ((1, "first"), (2, "second")):
        actions.take_in(
            person=made.person, kind="plan", source_name="Hospice", reference="H1", made_on=date(2026, 4, day),
            told={"care_and_support_plan": {"strengths": [{"free_text": words}]}}, original=words, by=THE_SYSTEM,
        )  # fmt: skip
    client.force_login(coordinator.user)
    page = client.get(reverse("plan-elsewhere", args=(made.person.uuid,))).content.decode()
    assert ("first" in page, "second" in page, "Stiff hips" in page) == (False, True, True)


@pytest.fixture
def daughter(made: MadeElsewhere, make_worker: Any, place: Any) -> Client:
    """She acts for the person, and may see the plan."""
    account = make_worker("coach", place.west).user
    Representative.objects.create(
        person=made.person, account=account, relationship="Daughter", authority="nominated", may_see_plan=True,
        start=date(2020, 1, 1),
    )  # fmt: skip
    client = Client()
    client.force_login(account)
    return client


def test_who_acts_for_the_person_is_not_shown_what_is_kept_from_carers(
    made: MadeElsewhere, by: Actor, daughter: Client
) -> None:
    hide(plan=actions.start(person=made.person, by=by).plan, part="legal", audiences=["carer"], by=by)
    page = daughter.get(reverse("my-plan-elsewhere", args=(made.person.uuid,))).content.decode()
    assert ("Stiff hips" in page, "lpa health" in page, "Take over" in page) == (True, False, False)


# What a plan made elsewhere says of each part, in a word of its own; None is what belongs to no part of ours.
EACH: dict[str | None, tuple[str, dict[str, Any]]] = {
    "most_important": (
        "zq-matters", {"about_me": {"about_me_record_entry": {"most_important": {
            "coded_value": {"code": "1515861000000103"}, "about_me_response": {"free_text": "zq-matters"}}}}},
    ),
    None: ("zq-helper", {"about_me": {"about_me_record_entry": {"supported_to_write_this_by": "zq-helper"}}}),
    "advance_care": ("zq-last", {"advance_care": {"place_of_death": "zq-last"}}),
    "maternity": ("zq-birth", {"maternity": {"birth": "zq-birth"}}),
    "caring": ("zq-caring", {"caring": {"breaks": "zq-caring"}}),
    "funding": ("zq-funds", {"care_and_support_plan": {"care_funding_source": {"free_text": "zq-funds"}}}),
    "plan_details": ("zq-where", {"care_and_support_plan": {"other_care_planning_documents": ["zq-where"]}}),
    "strengths": ("zq-strong", {"care_and_support_plan": {"strengths": [{"free_text": "zq-strong"}]}}),
    "goals": (
        "zq-goal", {"care_and_support_plan": {"needs_concerns_or_problems": [
            {"free_text": "zq-need", "goals_and_hopes": [{"free_text": "zq-goal"}]}]}},
    ),
    "needs": (
        "zq-need", {"care_and_support_plan": {"needs_concerns_or_problems": [
            {"free_text": "zq-need", "goals_and_hopes": [{"free_text": "zq-goal"}]}]}},
    ),
    "formulation": ("zq-why", {"formulation": {"formulation_record_entry": [{"formulation": "zq-why"}]}}),
}  # fmt: skip


@pytest.mark.parametrize("part", EACH)
def test_each_part_is_kept_from_carers_there_too_and_from_nobody_else(
    *, part: str | None, by: Actor, made: MadeElsewhere, daughter: Client, coordinator: Any
) -> None:
    """The first part kept back; what belongs to no part goes with any of them."""
    word, told = EACH[part]
    person = made.person
    actions.take_in(
        person=person, kind="plan", source_name="Hospice", made_on=date(2026, 4, 1), told=told, original=word, by=by
    )
    at, plan = reverse("my-plan-elsewhere", args=(person.uuid,)), actions.start(person=person, by=by).plan
    assert (word in daughter.get(at).content.decode()) is (part != "formulation")  # for professionals alone
    hide(plan=plan, part=part or "legal", audiences=["carer"], by=by)
    assert word not in daughter.get(at).content.decode()
    staff = Client()
    staff.force_login(coordinator.user)
    assert word in staff.get(reverse("plan-elsewhere", args=(person.uuid,))).content.decode()


def test_what_came_stays_as_it_came(made: MadeElsewhere) -> None:
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        MadeElsewhere.objects.update(original="other")
