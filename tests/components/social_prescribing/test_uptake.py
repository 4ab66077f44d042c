"""Counts by group: small numbers hidden, others rounded, and nothing hidden that subtraction would give back."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.measurement.disclosure_attack import Reader

from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing.models import Invitation, Listed, Offer, Reach, Standing
from whatmatters.components.social_prescribing.uptake import (
    BOUND,
    COLUMNS,
    ETHNIC,
    FIFTHS,
    Someone,
    Table,
    counted,
    ethnic_group,
    fifth,
    rows,
    uptake,
)
from whatmatters.measurement.disclosure.tables import looked_at, month_end
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
UNTIL = month_end(TODAY)


@pytest.fixture
def offer(place: SimpleNamespace) -> Offer:
    row = Offer.objects.create(
        service=place.east, title="A call", need="company", why="w", what="w", starts=UNTIL, year="2026-27",
        standing=Standing.AGREED, agreed_on=UNTIL,
    )  # fmt: skip
    Reach.objects.create(offer=row, since=UNTIL, cohort="lonely-or-isolated")
    return row


@pytest.fixture
def put(offer: Offer, make_person: Callable[..., Person]) -> Callable[..., None]:
    """So many people of a group on the list in a state, invited twice where they were invited, all on one day."""

    def make(number: int, state: str, on: date = UNTIL, **facts: Any) -> None:
        for _ in range(number):
            person, answered = make_person(**facts), on if state in ("accepted", "declined") else None
            row = Listed.objects.create(
                offer=offer, person=person, on=on, because="b", state=state, answered_on=answered
            )
            for _ in range(2 if state != "listed" else 0):
                Invitation.objects.create(listed=row, on=on, how="phone")

    return make


def told(tables: list[Table]) -> dict[str, tuple[str, ...]]:
    return {line.group: (*line.cells, line.uptake) for table in tables for line in table.lines}


def test_each_person_counts_once_and_numbers_are_rounded(offer: Offer, put: Any) -> None:
    put(12, "listed", ethnicity="A", deprivation=1)
    put(11, "accepted", ethnicity="A", deprivation=2)
    put(10, "declined", ethnicity="A", deprivation=2)
    said = told(uptake(offer, UNTIL))
    assert said["Everyone"] == said["White"] == said["Most deprived fifth"] == ("35", "20", "10", "10", "50%")
    assert said["Black"] == ("0", "0", "0", "0", "–")


def test_a_small_group_is_hidden_and_another_with_it(offer: Offer, put: Any) -> None:
    put(20, "accepted", ethnicity="A")
    put(15, "accepted", ethnicity="J")
    put(3, "accepted", ethnicity="N")
    said = told(uptake(offer, UNTIL))
    assert said["Black"][:3] == ("hidden", "hidden", "hidden")
    assert said["Black"][-1] == "–"
    assert [said[group][2] for group in ("White", "Asian")].count("hidden") == 1  # or 40 - 20 - 15 would tell
    assert said["Everyone"][2] == "40"


def test_the_caption_says_of_how_many_it_is_recorded(offer: Offer, put: Any) -> None:
    put(14, "listed", ethnicity="A", deprivation=None)
    put(6, "listed", ethnicity="Z", deprivation=3)
    captions = [table.caption for table in uptake(offer, UNTIL)]
    assert captions == [
        "Everyone",
        "By how deprived the place is where they live (recorded for about 30% of those listed)",
        "By ethnic group (recorded for about 70% of those listed)",
    ]


def test_it_stands_still_for_a_month(offer: Offer, put: Any) -> None:
    put(20, "accepted", ethnicity="A")
    then = uptake(offer, UNTIL)
    put(20, "accepted", on=UNTIL + timedelta(days=1), ethnicity="A")
    assert uptake(offer, UNTIL) == then
    assert told(uptake(offer, UNTIL + timedelta(days=1)))["White"][2] == "40"


def test_a_group_hidden_for_another_stays_so_when_the_next_month_would_have_hidden_a_third(
    offer: Offer, put: Any
) -> None:
    before = UNTIL.replace(day=1) - timedelta(days=1)
    put(20, "listed", on=before, ethnicity="A")
    put(15, "listed", on=before, ethnicity="J")
    put(3, "listed", on=before, ethnicity="N")
    assert told(uptake(offer, before))["Asian"][0] == "hidden"
    put(12, "listed", ethnicity="R")  # fewer than the Asian group: by itself this month would hide them in its place
    assert (told(uptake(offer, UNTIL))["Asian"][0], told(uptake(offer, UNTIL))["Other"][0]) == ("hidden", "10")


def exact(chance: random.Random) -> list[Someone]:
    """So many people of each group, with the days of their steps."""
    days = [None, UNTIL - timedelta(days=40), UNTIL]
    found = []
    for ethnicity in ETHNIC.values():
        for _ in range(chance.choice([0, 1, 3, 9, 20])):
            listed = chance.choice(days[1:])
            invited = chance.choice([day for day in days if day is None or day >= listed])
            answer = chance.choice(["accepted", "declined", ""]) if invited else ""
            steps = {"listed": listed, "invited": invited, "accepted": None, "declined": None}
            found.append(Someone(chance.choice(FIFTHS), ethnicity, steps | ({answer: UNTIL} if answer else {})))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_recovered_by_who_looked_in_two_months(seed: int) -> None:
    everyone = exact(random.Random(seed))
    looks = [rows(counted(everyone, day)) for day in (UNTIL - timedelta(days=31), UNTIL)]
    seen = [looked_at(looks[: which + 1], bound=BOUND) for which in (0, 1)]
    told = [{**row, "indicator": f"{row['indicator']} {which}"} for which in (0, 1) for row in seen[which]]
    names = {(f"{column} {which}", "numerator"): f"{column} {which}" for column in COLUMNS for which in (0, 1)}
    names |= {(f"accepted {which}", "denominator"): f"invited {which}" for which in (0, 1)}
    bound = [
        (tuple(f"{one} {which}" for one in more), tuple(f"{one} {which}" for one in fewer))
        for more, fewer in BOUND
        for which in (0, 1)
    ]
    grown = [((f"{column} 1",), (f"{column} 0",)) for column in COLUMNS]
    found = Reader(told, {}, names, bound=[*bound, *grown]).recovered()
    assert {name: range_ for name, range_ in found.items() if " less " not in name[0]} == {}


def test_an_empty_list_has_a_table_of_noughts(offer: Offer) -> None:
    assert told(uptake(offer, UNTIL))["Everyone"] == ("0", "0", "0", "0", "–")


def test_groups_are_those_of_the_dashboard() -> None:
    assert [ethnic_group(one) for one in "ACDGHLMPRSZ"] + [ethnic_group("")] == [
        "White", "White", "Mixed", "Mixed", "Asian", "Asian", "Black", "Black", "Other", "Other", "Not recorded",
        "Not recorded",
    ]  # fmt: skip
    assert [fifth(one) for one in (1, 2, 3, 9, 10, None)] == [
        "Most deprived fifth", "Most deprived fifth", "Second", "Least deprived fifth", "Least deprived fifth",
        "Not recorded",
    ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.PCN_MANAGER, Role.LINK_WORKER, Role.COMMISSIONER])
def test_managers_and_link_workers_see_the_same_table(
    role: str, offer: Offer, put: Any, make_worker: Any, place: Any
) -> None:
    put(3, "accepted", ethnicity="N")
    put(20, "accepted", ethnicity="A")
    client = Client()
    client.force_login(make_worker(role, place.icb if role == Role.COMMISSIONER else place.east).user)
    page = client.get(reverse("offer", args=[offer.uuid])).content.decode()
    assert page.count(">hidden<") >= 6
    assert ">3<" not in page
