"""Nothing hidden can be worked out from what is published, by a reader with a solver of his own."""

import random
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measurement.disclosure_attack import Reader

from whatmatters.measurement.disclosure import publish

YEAR = "2022-23"
Shape = tuple[dict[str, list[str]], dict[str, str]]
People = dict[tuple[str, str, str, str], tuple[int, int]]


def tree(*networks: int) -> Shape:
    """A sub-ICB of networks with so many practices each: who is under whom, and everyone's level."""
    parents: dict[str, list[str]] = {}
    level = {"S": "sub_icb"}
    for at, size in enumerate(networks):
        level[f"N{at}"], parents[f"N{at}"] = "pcn", ["S"]
        for number in range(size):
            level[f"P{at}{number}"], parents[f"P{at}{number}"] = "practice", [f"N{at}"]
    return parents, level


def rows(people: People, shape: Shape, indicator: str = "i") -> list[dict[str, Any]]:
    """All rows that numerators and denominators by practice, period, ethnic group and quintile add up to."""
    parents, level = shape
    sums: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for (practice, period, ethnicity, quintile), amounts in people.items():
        places = [practice]
        for one in places:
            places += [above for above in parents.get(one, []) if above not in places]
        for place in places:
            for label in {period, period.partition("-Q")[0]}:
                for breakdown, group in (("all", "all"), ("ethnicity", ethnicity), ("deprivation", quintile)):
                    for side in (0, 1):
                        sums[label, place, breakdown, group][side] += amounts[side]
    return [
        {
            "indicator": indicator, "definition": 1, "period": period, "organisation": place, "level": level[place],
            "breakdown": breakdown, "group": group, "numerator": above, "denominator": below, "source": "computed",
        }
        for (period, place, breakdown, group), (above, below) in sorted(sums.items())
        if above or below
    ]  # fmt: skip


def recovered(given_rows: list[dict[str, Any]], parents: dict[str, list[str]], **more: Any) -> dict[Any, Any]:
    return Reader(publish(given_rows, parents=parents), parents, **more).recovered()


def practice(groups: dict[str, int], out_of: int = 500) -> list[dict[str, Any]]:
    everyone = {"all": sum(groups.values()), **groups}
    return [
        {
            "indicator": "i", "period": YEAR, "organisation": "P", "level": "practice",
            "breakdown": "all" if group == "all" else "ethnicity", "group": group,
            "numerator": number, "denominator": out_of * len(groups) if group == "all" else out_of,
        }
        for group, number in everyone.items()
    ]  # fmt: skip


@pytest.mark.parametrize(
    "groups",
    [
        {
            "White": 53,
            "Asian": 1,
            "Black": 1,
            "Mixed": 1,
            "Other": 1,
        },  # 55 less 55: at most 4, and there are four
        {"White": 53, "Asian": 1, "Black": 2},
        {"White": 8, "Asian": 1},
        {"White": 20, "Asian": 30, "Black": 5},
        {"Asian": 1, "Black": 1, "Mixed": 0},
        {"Asian": 7, "White": 0},
        {"White": 0, "Asian": 0},
        {"Asian": 3},
    ],
)
def test_groups_are_not_told_by_their_total(groups: dict[str, int]) -> None:
    assert recovered(practice(groups), {}) == {}


def test_the_reader_of_these_tests_tells_four_that_make_four_where_only_they_are_hidden() -> None:
    rows = practice({"White": 53, "Asian": 1, "Black": 1, "Mixed": 1, "Other": 1})
    assert len([row for row in publish(rows) if row["shown_numerator"] is None]) > 4
    four = [row | {"shown_numerator": None if row["numerator"] < 8 else 55, "shown_denominator": 0} for row in rows]
    for row in four:
        row["denominator"] = None
    assert set(Reader(four, {}).recovered().values()) == {(1, 1)}


def one(numerator: int, organisation: str, level: str, period: str = YEAR, **more: Any) -> dict[str, Any]:
    return {
        "indicator": "i", "period": period, "organisation": organisation, "level": level, "breakdown": "all",
        "group": "all", "numerator": numerator, "denominator": 4000, **more,
    }  # fmt: skip


def hidden(published: list[dict[str, Any]]) -> set[str]:
    return {row["organisation"] for row in published if row["shown_numerator"] is None}


def test_a_network_of_one_practice_is_hidden_as_the_practice_is() -> None:
    found = publish(
        [
            one(20, "A", "practice"),
            one(3, "B", "practice"),
            one(20, "N", "pcn"),
            one(3, "M", "pcn"),
            one(23, "S", "sub_icb"),
        ],
        parents={"A": ["N", "S"], "B": ["M", "S"], "N": ["S"], "M": ["S"]},
    )
    assert hidden(found) == {"A", "B", "N", "M"}


def test_a_network_that_is_hidden_for_another_is_not_told_by_its_practices() -> None:
    parents = {"A": ["N"], "B": ["N"], "N": ["S"], "M": ["S"]}
    given_rows = [one(10, "A", "practice"), one(23, "B", "practice"), one(33, "N", "pcn"), one(3, "M", "pcn")]
    found = publish([*given_rows, one(36, "S", "sub_icb")], parents=parents)
    assert {"N", "M"} <= hidden(found)
    assert hidden(found) & {"A", "B"}


def test_a_network_across_two_sub_icbs_counts_in_each_where_its_practices_do() -> None:
    parents = {"A": ["N", "S"], "B": ["N", "T"], "C": ["T"], "N": ["S", "T"]}
    found = publish(
        [
            one(3, "A", "practice"), one(40, "B", "practice"), one(50, "C", "practice"), one(43, "N", "pcn"),
            one(3, "S", "sub_icb"), one(90, "T", "sub_icb"),
        ],
        parents=parents,
    )  # fmt: skip
    assert hidden(found) == {"A", "S", "B", "T"} or hidden(found) == {"A", "S", "B", "C"}


def test_a_network_whose_row_is_missing_hides_nobody() -> None:
    parents = {"A": ["N"], "B": ["N"], "C": ["M"], "N": ["S"], "M": ["S"]}
    found = publish([one(3, "A", "practice"), one(40, "B", "practice"), one(50, "C", "practice")], parents=parents)
    assert hidden(found) == {"A", "B"}


def test_a_year_with_one_quarter_is_hidden_as_the_quarter_is() -> None:
    quarter = [one(3, "A", "practice", f"{YEAR}-Q2"), one(20, "B", "practice", f"{YEAR}-Q2")]
    year = [one(3, "A", "practice"), one(20, "B", "practice"), one(90, "C", "practice"), one(9, "D", "practice")]
    found = publish([*quarter, *year], parents=dict.fromkeys("ABCD", ("N",)))
    assert {row["period"] for row in found if row["shown_numerator"] is None and row["organisation"] == "B"} in (
        set(), {YEAR, f"{YEAR}-Q2"},
    )  # fmt: skip


def test_one_count_of_two_indicators_is_hidden_in_both_or_neither() -> None:
    groups = {"Asian": (2, 6), "Black": (9, 30), "White": (40, 90)}
    first = [
        {**one(above, "P", "practice"), "denominator": below, "breakdown": "ethnicity", "group": group}
        for group, (above, below) in groups.items()
    ]
    second = [{**row, "indicator": "j", "numerator": row["denominator"], "denominator": 1000} for row in first]
    found = publish(first + second)
    under = {row["group"]: row["shown_denominator"] for row in found if row["indicator"] == "i"}
    assert under == {row["group"]: row["shown_numerator"] for row in found if row["indicator"] == "j"}
    assert under == {"Asian": None, "Black": None, "White": 90}


@st.composite
def published(draw: Any, periods: tuple[str, ...]) -> tuple[list[dict[str, Any]], Shape]:
    shape = tree(*draw(st.lists(st.integers(1, 3), min_size=1, max_size=2)))
    most = draw(st.sampled_from([3, 9, 40]))
    small = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, most))
    people = {}
    for place in [name for name, level in shape[1].items() if level == "practice"]:
        for period in periods:
            for ethnicity in ("Asian", "Mixed", "White"):
                part = draw(small)
                people[place, period, ethnicity, draw(st.sampled_from("12"))] = (part, part + draw(small))
    return rows(people, shape), shape


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(published((YEAR,)))
def test_nothing_is_recovered_from_levels_and_breakdowns(case: Any) -> None:
    assert recovered(case[0], case[1][0]) == {}


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(published((f"{YEAR}-Q1", f"{YEAR}-Q2")))
def test_nothing_is_recovered_from_a_year_and_its_quarters(case: Any) -> None:
    assert recovered(case[0], case[1][0]) == {}


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(published((YEAR,)))
def test_nothing_is_recovered_from_two_indicators_of_which_one_divides_by_what_the_other_counts(case: Any) -> None:
    first, (parents, _) = case
    second = [{**row, "indicator": "j", "numerator": row["denominator"], "denominator": 2000} for row in first]
    same = {("j", "numerator"): "shared", ("i", "denominator"): "shared"}
    found = publish(first + second, parents=parents)
    for row in found:  # the list itself is no sum of these invented ones
        row["denominator"] = None if row["indicator"] == "j" else row["denominator"]
    assert Reader(found, parents, same).recovered() == {}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_recovered_without_the_tree_where_all_are_in_one(seed: int) -> None:
    chance = random.Random(seed)
    shape = tree(2, 1)
    people = {}
    for place in ("P00", "P01", "P10"):
        for ethnicity in ("Asian", "Black", "Mixed", "Other", "White"):
            part = chance.choice([0, 1, 1, 2, 30])
            people[place, YEAR, ethnicity, chance.choice("12")] = (part, part + chance.choice([0, 30]))
    chain = [row for row in rows(people, shape) if row["level"] != "pcn"]
    assert Reader(publish(chain), {place: ["S"] for place in shape[0]}).recovered() == {}
