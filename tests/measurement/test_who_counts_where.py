"""Who counts where, and what belongs to what: small worlds and expected numbers."""

from datetime import date

import pytest
from tests.measurement.cases import day, indicator
from tests.measurement.small_worlds import ALWAYS, BOTH, told, world

from whatmatters.events.codes import PLAN_REVIEW_SET, PLAN_REVIEWED, SP_REFERRED
from whatmatters.measurement import measure
from whatmatters.measurement.indicators import (
    REGISTERED,
    By,
    EventOf,
    Happenings,
    Overdue,
    People,
    Staff,
    did,
    registered,
)

pytestmark = pytest.mark.slow

OVERDUE = indicator("overdue", registered(Overdue(EventOf(PLAN_REVIEW_SET), EventOf(PLAN_REVIEWED))), REGISTERED)
LINK_WORKERS = indicator("link-workers", Staff("link_worker"), REGISTERED, lowest="pcn")


def test_someone_who_moved_counts_at_the_last_practice_of_the_period(count):
    moved = [(1, "A", ALWAYS, "2022-10-01"), (1, "B", "2022-10-01", None)]
    found = count(world(moved, BOTH, events=[(1, "2022-05-01")]))
    assert (found.get("A"), found["B"], found["S2"]) == (None, (1, 1), (1, 1))


def test_the_dead_and_the_departed_count_as_referred_and_not_on_the_list(count):
    facts = world(
        [(1, "A", ALWAYS, None), (2, "A", ALWAYS, "2023-03-31"), (3, "A", ALWAYS, "2023-04-01")],
        BOTH,
        events=[(1, "2022-05-01"), (2, "2022-05-01"), (3, "2022-05-01")],
        died={1: "2023-03-31"},
    )
    assert count(facts)["A"] == (3, 1)


def test_someone_registered_nowhere_in_the_period_counts_nowhere(count):
    facts = world([(1, "A", ALWAYS, "2022-04-01"), (2, "A", "2023-04-01", None)], BOTH, events=[(1, "2022-05-01")])
    assert count(facts) == {}


def test_of_two_registrations_at_once_the_last_to_start_holds(count):
    facts = world([(1, "A", ALWAYS, None), (1, "B", "2021-01-01", None)], BOTH)
    assert (count(facts).get("A"), count(facts)["B"], count(facts)["ENG"]) == (None, (0, 1), (0, 1))


def test_a_practice_in_a_network_of_another_sub_icb_counts_in_its_own_sub_icb_and_in_that_network(count):
    memberships = [*BOTH, ("A", "N1", ALWAYS, None), ("B", "N1", ALWAYS, None), ("N1", "S2", ALWAYS, None)]
    found = count(world([(1, "A", ALWAYS, None), (2, "B", ALWAYS, None)], memberships))
    expected = {"N1": 2, "S1": 1, "S2": 1, "I1": 2, "ENG": 2}
    assert {code: found[code][1] for code in expected} == expected


def test_a_practice_known_only_through_its_network_reaches_england_through_it(count):
    memberships = [("A", "N1", ALWAYS, None), ("N1", "S2", ALWAYS, None)]
    found = count(world([(1, "A", ALWAYS, None)], memberships))
    assert {code for code, (_, people) in found.items() if people} == {"A", "N1", "S2", "I1", "R1", "ENG"}


def test_a_practice_without_a_network_counts_everywhere_above(count):
    memberships = [*BOTH, ("A", "N1", ALWAYS, "2022-10-01"), ("B", "N1", ALWAYS, None), ("N1", "S2", ALWAYS, None)]
    found = count(world([(1, "A", ALWAYS, None), (2, "B", ALWAYS, None)], memberships))
    assert (found["N1"], found["S1"], found["ENG"]) == ((0, 1), (0, 1), (0, 2))


def test_a_closed_practice_stays_where_it_last_belonged(count):
    memberships = [("A", "S1", ALWAYS, "2022-10-01"), ("A", "N1", ALWAYS, "2022-10-01"), ("B", "S2", ALWAYS, None)]
    facts = world([(1, "A", ALWAYS, "2022-10-01")], memberships, [(1, "2022-05-01")], closed={"A": "2022-10-01"})
    assert count(facts) == dict.fromkeys(("A", "N1", "S1", "I1", "R1", "ENG"), (1, 0))


def test_then_is_the_membership_of_the_last_day_and_now_that_of_the_as_at_day(count):
    memberships = [("A", "S1", ALWAYS, "2023-04-01"), ("A", "S2", "2023-04-01", None)]
    facts = world([(1, "A", ALWAYS, None)], memberships)
    then, now = (count(facts, organisations=one, as_at=date(2023, 4, 1)) for one in ("then", "now"))
    assert ("S1" in then, "S2" in then) == (True, False)
    assert ("S1" in now, "S2" in now) == (False, True)


@pytest.mark.parametrize(
    ("person", "by", "group"),
    [
        ((1, date(1983, 4, 1), "F", None, None), "age_sex", "F 35-39"),  # 40 the day after the last
        ((1, date(1983, 3, 1), "F", None, None), "age_sex", "F 40-44"),
        ((1, date(1920, 1, 1), "M", None, None), "age_sex", "M 95+"),
        ((1, date(1960, 1, 1), "X", None, None), "age_sex", "unknown"),
        ((1, None, "M", None, None), "age_sex", "unknown"),
        ((1, date(1960, 1, 1), "F", "R", None), "ethnicity", "Other"),
        ((1, date(1960, 1, 1), "F", "Z", None), "ethnicity", "unknown"),
        ((1, date(1960, 1, 1), "F", "L", None), "ethnicity", "Asian"),
        ((1, date(1960, 1, 1), "F", None, 2), "deprivation", "1"),
        ((1, date(1960, 1, 1), "F", None, 9), "deprivation", "5"),
        ((1, date(1960, 1, 1), "F", None, None), "deprivation", "unknown"),
    ],
)
def test_groups_of_people(count, person, by, group):
    facts = world([(1, "A", ALWAYS, None)], BOTH, people=[person])
    assert count(facts, by=by)["ENG", group] == (0, 1)


def test_a_birthday_on_the_last_day_counts(count):
    facts = world([(1, "A", ALWAYS, None)], BOTH, people=[(1, date(1982, 7, 1), "F", None, None)])
    assert count(facts, period="2022-07-01", by="age_sex")["ENG", "F 40-44"] == (0, 1)


@pytest.mark.parametrize(("as_at", "overdue"), [("2022-06-01", 0), ("2022-06-02", 1), ("2023-05-01", 1)])
def test_while_a_period_runs_a_review_due_later_in_it_is_not_overdue(count, as_at, overdue):
    facts = world([(1, "P1", "2020-01-01", None)], [("P1", "S1", "2020-01-01", None)])
    set_by = [(1, PLAN_REVIEW_SET, date(2022, 5, 2), 30.0)]  # due 1 June
    found = count(told(facts, "events", "person code on value", set_by), indicator=OVERDUE, as_at=day(as_at))
    assert found["P1"] == (overdue, 1)


def test_what_came_after_the_as_at_day_is_not_known_yet(count):
    facts = world(
        [(1, "P1", "2020-01-01", None), (2, "P1", "2020-01-01", None)],
        [("P1", "S1", "2020-01-01", None)],
        [(1, "2022-06-30"), (2, "2022-07-01")],
    )
    assert count(facts, as_at=day("2022-06-30"))["P1"] == (1, 2)
    assert count(facts, as_at=day("2022-07-01"))["P1"] == (2, 2)


def test_the_people_of_a_practice_that_merged_count_where_they_went_and_it_is_expected_no_more(count):
    merged = [(1, "A", ALWAYS, None), (2, "B", ALWAYS, "2023-01-01"), (2, "A", "2023-01-01", None)]
    memberships = [("A", "S1", ALWAYS, None), ("B", "S1", ALWAYS, "2023-01-01")]
    facts = world(merged, memberships, events=[(2, "2022-05-01")], closed={"B": "2023-01-01"})
    assert count(facts) == dict.fromkeys(("A", "S1", "I1", "R1", "ENG"), (1, 2))
    assert count(facts, what="coverage")["S1"] == 1


def test_groups_by_detail_hold_both_sides_to_the_detail_and_the_rest_is_other(count):
    facts = world([(1, "A", ALWAYS, None), (2, "A", ALWAYS, None)], BOTH)
    details = ["gp", "gp", "nurse", "neighbour", None]
    rows = [(1, SP_REFERRED, day("2022-05-05"), detail) for detail in details]
    facts = told(facts, "events", "person code on detail", rows)
    sent, by = Happenings((EventOf(SP_REFERRED),)), By("sender", SP_REFERRED, ("gp", "nurse", "police"))
    each = count(facts, by="detail", indicator=indicator("sent", sent, People(did(SP_REFERRED)), by=by))
    assert {group: found for (place, group), found in each.items() if place == "A"} == {
        "gp": (2, 1),
        "nurse": (1, 1),
        "other": (2, 1),
    }
    rates = count(facts, by="detail", indicator=indicator("sent", sent, REGISTERED, by=by))
    assert (rates["A", "police"], rates["A", "gp"]) == ((0, 2), (2, 2))


@pytest.mark.parametrize(("what", "word"), [({"levels": []}, "level"), ({"breakdowns": []}, "breakdown")])
def test_to_ask_for_no_level_or_breakdown_is_a_mistake(what, word):
    facts = world([(1, "A", ALWAYS, None)], BOTH)
    with pytest.raises(ValueError, match=f"no {word} is asked for: choose from"):
        measure(facts, ["2022-23"], [OVERDUE], **what)
