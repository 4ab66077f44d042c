"""Practice counts added up through memberships: nothing is lost, nothing counted twice, no difference goes unseen."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whatmatters.interop.imports.roll_up import HIGHER, Above, Sizes, compare, expected, places, reporting, roll_up
from whatmatters.organisations.models import Kind, Membership, Organisation

GROUPS = ("all", "F 40-44", "M 95+")

networks = st.sampled_from(["U10001", "U10002", "U"])
sub_icbs = st.sampled_from(["01A", "02B", "03C"])
ABOVE = {
    "01A": {Kind.ICB: "QAA", Kind.REGION: "Y01", Kind.NATION: "ENG"},
    "02B": {Kind.ICB: "QAA", Kind.REGION: "Y01", Kind.NATION: "ENG"},
    "03C": {Kind.ICB: "QBB", Kind.REGION: "Y02", Kind.NATION: "ENG"},
}
counts = st.fixed_dictionaries(dict.fromkeys(GROUPS, st.integers(0, 999)))
practices = st.dictionaries(
    st.sampled_from([f"B8100{number}" for number in range(8)]), st.tuples(networks, sub_icbs, counts), min_size=1
)


def split(drawn: dict[str, tuple[str, str, dict[str, int]]]) -> tuple[Sizes, dict[str, Above]]:
    sizes = {practice: groups for practice, (_, _, groups) in drawn.items()}
    where = {
        practice: {Kind.PCN: network, Kind.SUB_ICB: sub_icb, **ABOVE[sub_icb]}
        for practice, (network, sub_icb, _) in drawn.items()
    }
    return sizes, where


@given(practices)
def test_every_level_adds_up_to_all_practices(drawn: dict[str, tuple[str, str, dict[str, int]]]) -> None:
    sizes, where = split(drawn)
    for level in HIGHER:
        for group in GROUPS:
            of_level = sum(groups[group] for groups in roll_up(sizes, where)[level].values())
            assert of_level == sum(groups[group] for groups in sizes.values())


@given(practices)
def test_our_own_sums_agree_with_themselves_cell_by_cell(drawn: dict[str, tuple[str, str, dict[str, int]]]) -> None:
    sizes, where = split(drawn)
    published = roll_up(sizes, where)
    found = compare(published, sizes, where)
    assert (found.mismatches, found.unchecked) == ([], {})
    assert found.cells == len(GROUPS) * sum(len(level) for level in published.values())


@given(practices, st.data(), st.integers(-5, 5))
def test_one_cell_that_differs_by_anything_is_one_mismatch(
    drawn: dict[str, tuple[str, str, dict[str, int]]], data: st.DataObject, by: int
) -> None:
    assume(by)
    sizes, where = split(drawn)
    published = roll_up(sizes, where)
    level = data.draw(st.sampled_from(HIGHER))
    code = data.draw(st.sampled_from(sorted(published[level])))
    published[level][code]["F 40-44"] += by
    found = compare(published, sizes, where).mismatches
    assert [one.partition(":")[0] for one in found] == [f"{level} {code}, F 40-44"]


@given(practices, st.data())
def test_a_practice_left_out_lowers_what_reports_and_not_what_is_expected(
    drawn: dict[str, tuple[str, str, dict[str, int]]], data: st.DataObject
) -> None:
    sizes, where = split(drawn)
    absent = data.draw(st.sampled_from(sorted(sizes)))
    given_by, due = (
        reporting({code: groups for code, groups in sizes.items() if code != absent}, where),
        expected(where),
    )
    for level, code in where[absent].items():
        assert given_by[level].get(code, {}).get("all", 0) == due[level, code] - 1


@pytest.mark.django_db
@pytest.mark.database
def test_places_are_those_of_the_memberships_in_force_on_the_day() -> None:
    made = {
        code: Organisation.objects.create(code=code, name=code, kind=kind)
        for code, kind in (
            ("B81001", Kind.PRACTICE), ("B81002", Kind.PRACTICE), ("U10001", Kind.PCN), ("01A", Kind.SUB_ICB),
            ("QAA", Kind.ICB), ("QBB", Kind.ICB), ("Y01", Kind.REGION), ("ENG", Kind.NATION),
        )
    }  # fmt: skip
    before, moved = date(2020, 4, 1), date(2022, 7, 1)
    for child, parent, start, end in (
        ("B81001", "U10001", before, moved), ("B81001", "01A", before, None), ("B81002", "01A", moved, None),
        ("01A", "QAA", before, moved), ("01A", "QBB", moved, None), ("QAA", "Y01", before, None),
        ("QBB", "Y01", moved, None), ("Y01", "ENG", before, None),
    ):  # fmt: skip
        Membership.objects.create(child=made[child], parent=made[parent], start=start, end=end)
    top = {Kind.REGION: "Y01", Kind.NATION: "ENG"}
    assert places(date(2022, 6, 30)) == {"B81001": {Kind.PCN: "U10001", Kind.SUB_ICB: "01A", Kind.ICB: "QAA", **top}}
    after = {Kind.PCN: "U", Kind.SUB_ICB: "01A", Kind.ICB: "QBB", **top}
    assert places(moved) == {"B81001": after, "B81002": after}
