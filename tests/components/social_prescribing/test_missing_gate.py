"""Unmet needs: no area's, need's or reason's hidden number is told by another table of the same page."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measurement.disclosure_attack import Reader

from whatmatters.components.social_prescribing.missing_gate import Place, gated

Cell = tuple[str, str, str, str, int]
Look = list[Cell]


def reader(*looks: Look, reasons: tuple[str, ...] = ("full", "far")) -> Reader:
    """Who asks for every table: each area, need and reason, and all of each. Parts of an area are on no page. He asks
    again a quarter later, and knows that nothing has gone meanwhile: it is the first year."""
    rows: list[dict[str, Any]] = []
    tree: dict[str, set[str]] = {}
    for which, cells in enumerate(looks):
        shown = {(*place, why): n for why in (*reasons, "") for place, n in gated(looks[: which + 1], why).items()}
        rows += seen(f"i {which}", cells, shown, tree)
    grown = [((f"i {which + 1} numerator",), (f"i {which} numerator",)) for which in range(len(looks) - 1)]
    return Reader(rows, tree, bound=grown)


def seen(name: str, cells: Look, shown: Mapping[Any, int | None], tree: dict[str, set[str]]) -> list[dict[str, Any]]:
    exact: dict[tuple[str, str, str, str], int] = {}
    for authority, lsoa, need, reason, number in cells:
        for named in (need, ""):
            part = f"part {authority}/{lsoa} {named}"
            tree.setdefault(part, set()).update({f"authority {authority} {named}", f"lsoa {lsoa} {named}"})
            for by, code in (("authority", authority), ("lsoa", lsoa), ("part", f"{authority}/{lsoa}")):
                tree.setdefault(f"{by} {code} {need}", set()).add(f"{by} {code} ")
                for why in (reason, ""):
                    at = (by, code, named, why)
                    exact[at] = exact.get(at, 0) + number
    return [
        {
            "indicator": name, "period": "2022-23", "organisation": f"{by} {code} {need}", "level": f"{by}{bool(need)}",
            "breakdown": "reason" if why else "all", "group": why or "all", "numerator": number, "denominator": None,
            "shown_numerator": None if by == "part" else shown[by, code, need, why], "hidden": False,
        }
        for (by, code, need, why), number in exact.items()
    ]  # fmt: skip


def test_one_needs_hidden_number_is_not_told_by_all_and_the_other() -> None:
    cells = [("Hull", "A", "travel", "full", 13), ("Hull", "A", "loss", "full", 4)]
    assert reader(cells).recovered() == {}  # 17 is shown as 15, and 13 as 15: the rest would be 4 at the most


def test_a_small_areas_hidden_number_is_not_told_by_its_authority() -> None:
    cells = [("Hull", "A", "travel", "full", 13), ("Hull", "B", "travel", "full", 4)]
    assert reader(cells).recovered() == {}


def test_nobody_is_told_by_areas_that_are_not_known() -> None:
    cells = [("Hull", "A", "travel", "full", 13), ("Hull", "", "travel", "full", 4), ("", "", "travel", "full", 5)]
    assert reader(cells).recovered() == {}


def test_large_numbers_are_shown_rounded() -> None:
    cells = [("Hull", "A", "travel", "full", 31), ("Hull", "B", "travel", "far", 42)]
    assert {count for place, count in gated([cells], "").items() if place.by == "authority"} == {75}


def test_a_hidden_number_is_not_told_by_the_page_of_a_quarter_before() -> None:
    """The 8 were shown as 10 then. Shown to whoever knew nothing of that, this quarter's page would tell that those too
    far away in A are 6 at the most, as they are."""
    then: Look = [("Hull", "A", "loss", "full", 8)]
    now: Look = [*then, ("Hull", "A", "loss", "far", 6)]
    now += [("Hull", "B", "loss", "full", 2), ("Hull", "B", "loss", "far", 6)]
    assert told_of_counts(reader(then, now)) == {}


def test_an_area_of_which_nothing_was_known_before_or_is_now_does_no_harm() -> None:
    assert gated([[], [("Hull", "A", "loss", "full", 21)], []], "") == {}
    assert gated([[], [("Hull", "A", "loss", "full", 21)]], "")[Place("authority", "Hull", "")] == 20


def told_of_counts(of: Reader) -> dict[Any, Any]:
    """Not of who came between two quarters: the gate says that it does not cover that."""
    return {name: found for name, found in of.recovered().items() if " less " not in name[0]}


CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from([("Hull", "A"), ("Hull", "B"), ("Hull", ""), ("Riding", "C"), ("", "")]),
        st.sampled_from(["travel", "loss"]),
        st.sampled_from(["full", "far"]),
    ),
    st.one_of(st.integers(1, 9), st.integers(1, 30)),
    min_size=1,
    max_size=5,
)


def look(found: dict[Any, int]) -> Look:
    return [(*area, need, reason, number) for (area, need, reason), number in found.items()]


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(CELLS)
def test_nothing_is_recovered(found: dict[Any, int]) -> None:
    assert reader(look(found)).recovered() == {}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 4))
def test_nothing_is_recovered_by_who_looked_in_two_quarters(seed: int) -> None:
    chance = Random(seed)
    keys = [
        (area, lsoa, need, reason)
        for area, lsoa in (("Hull", "A"), ("Hull", "B"), ("Riding", "C"))
        for need in ("travel", "loss")
        for reason in ("full", "far")
    ]
    then = {key: chance.choice([1, 3, 6, 7, 8, 21]) for key in chance.sample(keys, 5)}
    now = {key: then.get(key, 0) + chance.choice([0, 0, 1, 2, 6]) for key in keys}
    both = [[(*key, number) for key, number in one.items() if number] for one in (then, now)]
    assert told_of_counts(reader(*both)) == {}
