"""Which items of the minimum dataset a case holds, and how many cases of a service hold each."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.components.social_prescribing import actions, minimum
from whatmatters.components.social_prescribing.models import Referral, Status
from whatmatters.directory.models import Group
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ANSWERS = {"life_satisfaction": 4, "worthwhile": 5, "happiness": 4, "anxiety": 6}


@pytest.fixture
def case(at: Callable[[Status], Referral]) -> Referral:
    return at(Status.ACTIVE)


def lacks(row: Referral) -> list[str]:
    return [part.name for part in minimum.held(row).missing]


FILLS: dict[str, Callable[[Referral, Any, Group], Any]] = {
    "nhs_number": lambda row, by, group: Person.objects.update(nhs_number="9990000018"),
    "gender": lambda row, by, group: Person.objects.update(sex="F"),
    "ethnicity": lambda row, by, group: Person.objects.update(ethnicity="Z"),
    "address": lambda row, by, group: Person.objects.update(address="3 Harbour Row"),
    "needs": lambda row, by, group: actions.write(referral=row, section="needs", choices=["food"], by=by),
    "support": lambda row, by, group: actions.signpost(referral=row, group=group, by=by),
    "outcomes": lambda row, by, group: actions.record_ons4(referral=row, stage="before", answers=ANSWERS, by=by),
    "risks": lambda row, by, group: actions.write(referral=row, section="risks", choices=["none"], by=by),
}


def emptied() -> None:
    Person.objects.update(nhs_number=None, sex="", ethnicity="", address="", postcode="")


@pytest.mark.parametrize("name", FILLS)
def test_each_thing_that_is_put_right_leaves_the_list_and_no_other_does(
    name: str, case: Referral, link_worker: Any, sheds: Group
) -> None:
    emptied()
    before = lacks(case)
    assert before == list(FILLS)
    FILLS[name](case, link_worker.actor, sheds)
    assert lacks(case) == [one for one in before if one != name]


def test_what_was_taken_out_is_missing_again(case: Referral, link_worker: Any) -> None:
    (entry,) = actions.write(referral=case, section="needs", choices=["food"], by=link_worker.actor)
    assert "needs" not in lacks(case)
    actions.strike(entry=entry, by=link_worker.actor)
    assert "needs" in lacks(case)


def test_support_may_be_what_was_offered_besides_groups(case: Referral, link_worker: Any) -> None:
    actions.write(referral=case, section="support", choices=["none"], by=link_worker.actor)
    assert "support" not in lacks(case)


def test_the_day_a_case_holds_it_all_is_told_once_whatever_came_last(
    case: Referral, link_worker: Any, sheds: Group, codes: Any, joan: Person
) -> None:
    by = link_worker.actor
    for name in ("outcomes", "support", "needs"):
        assert ("minimum-held", "") not in codes(joan)
        FILLS[name](case, by, sheds)
    actions.write(referral=case, section="needs", choices=["money"], by=by)
    assert codes(joan).count(("minimum-held", "")) == 1


def test_risks_are_not_part_of_the_four_sets(case: Referral, link_worker: Any, sheds: Group) -> None:
    for name in ("needs", "support", "outcomes"):
        FILLS[name](case, link_worker.actor, sheds)
    held = minimum.held(case)
    assert (held.full, [part.name for part in held.missing]) == (True, ["risks"])


def test_the_page_leads_to_the_place_of_each_that_is_missing(desk: Client, case: Referral, joan: Person) -> None:
    emptied()
    shown = desk.get(reverse("conversation", args=(joan.uuid, case.uuid))).content.decode()
    assert "0 of 7 held" in shown
    for address in (
        reverse("change-details", args=(joan.uuid,)),
        reverse("conversation-section", args=(joan.uuid, case.uuid, "needs")),
        reverse("conversation-section", args=(joan.uuid, case.uuid, "risks")),
    ):
        assert f'href="{address}"' in shown


def test_a_service_is_counted_case_by_case(
    make_person: Callable[..., Person], gp: Any, link_worker: Any, sheds: Group, place: Any
) -> None:
    """Three people: one with all, one with a need alone, one without ethnicity and with nothing written."""
    rows = []
    for facts in ({}, {}, {"ethnicity": ""}):
        row = actions.refer(person=make_person(**facts), need="company", by=gp.actor, on=date(2026, 10, 5))
        rows.append(actions.accept(referral=row, by=link_worker.actor))
    for name in ("needs", "support", "outcomes"):
        FILLS[name](rows[0], link_worker.actor, sheds)
    FILLS["needs"](rows[1], link_worker.actor, sheds)
    (east,) = minimum.counted(Referral.objects.all(), "service__code")
    assert east == {
        "service__code": "U10001", "cases": 3, "full": 1, "nhs_number": 3, "gender": 3, "ethnicity": 2, "address": 3,
        "needs": 2, "support": 1, "outcomes": 1, "referrer": 3, "risks": 0,
    }  # fmt: skip
