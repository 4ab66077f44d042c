"""The five criteria: a plan counts when all hold; take one piece away and exactly its criterion fails, and says why."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.criteria import criteria, met_on
from whatmatters.components.care_planning.models import Version
from whatmatters.events.models import Event

pytestmark = pytest.mark.django_db
AGREED, SHARED = date(2024, 5, 8), date(2024, 5, 10)


def failing(version: Version) -> dict[int, str]:
    return {c.number: " ".join(c.missing) for c in criteria(contents_of(version)) if not c.met}


def test_a_plan_with_every_piece_meets_all_five_and_gives_its_evidence(counting: Version) -> None:
    assert failing(counting) == {}
    evidence = [criterion.evidence for criterion in criteria(contents_of(counting))]
    assert "Agreed on 8 May 2024 by Joan Atkinson" in evidence[0]
    assert "Maureen Atkinson" in evidence[0]
    assert "1 May 2024" in evidence[1]
    assert "1 of 1 goals" in evidence[2]
    assert "10 May 2024" in evidence[3]
    assert "8 May 2025 by Sam Okafor" in evidence[4]


@pytest.mark.parametrize(
    "case",
    [
        ("participants", 1, "It does not say whom the person chose to be involved."),
        ("conversation", 2, "The day of the conversation is not recorded."),
        ("words", 2, "“What is most important to me” is empty."),
        ("goal", 3, "There is no goal: what does the person want to come of it?"),
        ("professional", 3, "No goal names the professional with whom it was agreed, or who will act on it."),
        ("share", 4, "It has not been shared: give the person their copy, and record it."),
        ("review_on", 5, "There is no review date."),
        ("reviewer_name", 5, "Nobody is named who will see to the review."),
    ],
)
def test_each_missing_piece_fails_exactly_its_criterion(
    draft: Version, write: Any, agree: Any, by: Actor, case: tuple[str, int, str]
) -> None:
    piece, number, sentence = case
    left_out = {"review_on": {"review_on": None}, "reviewer_name": {"reviewer_name": ""}}.get(piece, {})
    version = agree(write(draft, piece), **left_out)
    if piece != "share":
        actions.share(version=version, kind="person", how="paper", on=SHARED, by=by)
    assert failing(version) == {number: sentence}
    assert not Event.objects.filter(code="care-plan-met-criteria").exists()
    version.refresh_from_db()
    assert version.met_on is None


def test_a_draft_fails_for_want_of_agreement_sharing_and_review(draft: Version, write: Any) -> None:
    assert sorted(failing(write(draft))) == [1, 4, 5]


def test_an_empty_draft_fails_all_five(draft: Version) -> None:
    assert sorted(failing(draft)) == [1, 2, 3, 4, 5]
    assert met_on(criteria(contents_of(draft))) is None


def test_a_professional_who_acts_will_do_where_the_goal_names_none(
    draft: Version, write: Any, agree: Any, by: Actor
) -> None:
    version = write(draft, "professional")
    actions.add_action(
        goal=version.goals.get(), by=by, what="Physiotherapy referral", who="professional", who_name="Dr Farah Aziz"
    )
    assert 3 not in failing(agree(version))


def test_headings_of_spaces_are_empty(draft: Version, by: Actor) -> None:
    actions.save_about_me(version=draft, words={"most_important": "  \r\n "}, seen=0, by=by)
    assert "“What is most important to me” is empty." in failing(draft)[2]


def test_a_plan_counts_from_the_day_the_last_criterion_came_to_hold(counting: Version) -> None:
    assert counting.met_on == SHARED
    assert met_on(criteria(contents_of(counting))) == SHARED
    assert Event.objects.get(code="care-plan-met-criteria").on == SHARED


def test_it_is_counted_once_however_often_it_is_shared(counting: Version, by: Actor) -> None:
    actions.share(version=counting, kind="hospital", how="email", on=AGREED, with_whom="Ward 9", by=by)
    assert Event.objects.filter(code="care-plan-met-criteria").count() == 1
    assert Event.objects.filter(code="care-plan-shared").count() == 2


def test_each_criterion_says_who_made_it_so_and_where_it_is_shown(counting: Version) -> None:
    found = criteria(contents_of(counting))
    assert [(one.who, one.proof) for one in found] == [
        ("Joan Atkinson", "agreement"), ("Sam Okafor", "matters"), ("Sam Okafor", "goals"), ("Sam Okafor", "shares"),
        ("Sam Okafor", "agreement"),
    ]  # fmt: skip


def test_what_is_missing_is_one_press_away(staff: Any, draft: Version, write: Any, agree: Any) -> None:
    address = reverse("plan", args=[draft.plan.person.uuid])
    write(draft, "participants")
    page = staff.get(address).content.decode()
    assert f'<a href="{address}conversation/">Put it right' in page
    agree(draft)
    page = staff.get(address).content.decode()
    assert "3 of 5 criteria hold" in page
    assert f'action="{address}start/?to=conversation"' in page
    assert staff.post(f"{address}start/?to=conversation").headers["Location"] == f"{address}conversation/"


def test_the_evidence_leads_to_the_part_of_the_version_that_shows_it(staff: Any, counting: Version) -> None:
    person = counting.plan.person
    page = staff.get(reverse("plan", args=[person.uuid])).content.decode()
    version = reverse("plan-version", args=[person.uuid, 1])
    shown = staff.get(version).content.decode()
    for part in ("agreement", "matters", "goals"):
        assert f'href="{version}#v1-{part}"' in page
        assert f'id="v1-{part}"' in shown
    assert 'id="shares"' in page
