"""Unmet needs: no area's, need's or reason's hidden number is told by another table of the same page."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measurement.disclosure_attack import Reader

from whatmatters.components.social_prescribing.missing_gate import gated

Cell = tuple[str, str, str, str, int]


def reader(cells: list[Cell], reasons: tuple[str, ...] = ("full", "far")) -> Reader:
    """Who asks for every table: each area, need and reason, and all of each. Parts of an area are on no page."""
    exact: dict[tuple[str, str, str, str], int] = {}
    tree: dict[str, set[str]] = {}
    for authority, lsoa, need, reason, number in cells:
        for named in (need, ""):
            part = f"part {authority}/{lsoa} {named}"
            tree.setdefault(part, set()).update({f"authority {authority} {named}", f"lsoa {lsoa} {named}"})
            for by, code in (("authority", authority), ("lsoa", lsoa), ("part", f"{authority}/{lsoa}")):
                tree.setdefault(f"{by} {code} {need}", set()).add(f"{by} {code} ")
                for why in (reason, ""):
                    at = (by, code, named, why)
                    exact[at] = exact.get(at, 0) + number
    shown = {(*place, why): count for why in (*reasons, "") for place, count in gated(cells, why).items()}
    rows: list[dict[str, Any]] = [
        {
            "indicator": "i", "period": "2022-23", "organisation": f"{by} {code} {need}", "level": f"{by}{bool(need)}",
            "breakdown": "reason" if why else "all", "group": why or "all", "numerator": number, "denominator": None,
            "shown_numerator": None if by == "part" else shown[by, code, need, why], "hidden": False,
        }
        for (by, code, need, why), number in exact.items()
    ]  # fmt: skip
    return Reader(rows, tree)


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
    assert {count for place, count in gated(cells, "").items() if place.by == "authority"} == {75}


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            st.sampled_from([("Hull", "A"), ("Hull", "B"), ("Hull", ""), ("Riding", "C"), ("", "")]),
            st.sampled_from(["travel", "loss"]),
            st.sampled_from(["full", "far"]),
        ),
        st.one_of(st.integers(1, 9), st.integers(1, 30)),
        min_size=1,
        max_size=5,
    )
)
def test_nothing_is_recovered(found: dict[Any, int]) -> None:
    cells = [(*area, need, reason, number) for (area, need, reason), number in found.items()]
    assert reader(cells).recovered() == {}
