"""Published files together: what belonged to what, from when to when, whatever the order they come in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.organisations.evidence import Evidence, Fact
from whatmatters.organisations.history import Contradiction, History, history
from whatmatters.organisations.models import Kind
from whatmatters.organisations.timeline import Span

MARCH, JUNE, SEPTEMBER, DECEMBER = (date(2022, month, 1) for month in (3, 6, 9, 12))


def a_map(day: date, **places: tuple[str | None, str]) -> Evidence:
    """A whole map: practice=(network, sub-ICB); all sub-ICBs in ICB QAA, region Y01."""
    found = Evidence(day, rank=4, whole=True)
    found.facts |= {
        "QAA": Fact(Kind.ICB, f"ICB in {day}"), "Y01": Fact(Kind.REGION, "North"), "ENG": Fact(Kind.NATION, "England"),
    }  # fmt: skip
    found.sightings |= {("QAA", Kind.REGION): "Y01", ("Y01", Kind.NATION): "ENG"}
    for practice, (network, sub_icb) in places.items():
        found.facts |= {practice: Fact(Kind.PRACTICE, practice), sub_icb: Fact(Kind.SUB_ICB, sub_icb)}
        if network:
            found.facts[network] = Fact(Kind.PCN, network)
        found.sightings |= {
            (practice, Kind.PCN): network, (practice, Kind.SUB_ICB): sub_icb, (sub_icb, Kind.ICB): "QAA",
        }  # fmt: skip
    return found


def networks(day: date, practice: str, *spans: tuple[date, date | None, str]) -> Evidence:
    """An ePCN members file."""
    found = Evidence(day, rank=3, facts={practice: Fact(Kind.PRACTICE, practice)})
    found.facts |= {network: Fact(Kind.PCN, network) for _, _, network in spans}
    found.claims[practice, Kind.PCN] = [Span(*span) for span in spans]
    return found


def register(day: date, practice: str, opened: date, closed: date | None, *joined: tuple[date, str]) -> Evidence:
    """An epraccur file."""
    found = Evidence(day, rank=0, facts={practice: Fact(None, practice, "", True, opened, closed)})
    if joined:
        found.claims[practice, Kind.SUB_ICB] = [Span(start, closed, parent) for start, parent in joined]
    return found


def spans(found: History, child: str, kind: Kind) -> list[tuple[date, date | None, str]]:
    return sorted(
        (link.start, link.end, link.parent)
        for link in found.links
        if link.child == child and found.organisations[link.parent].kind == kind
    )


def test_one_map_says_what_holds_from_its_day_on() -> None:
    found = history([a_map(MARCH, A1=("U1", "01A"), A2=(None, "01A"))])
    assert spans(found, "A1", Kind.PCN) == [(MARCH, None, "U1")]
    assert spans(found, "A2", Kind.PCN) == []
    assert spans(found, "A2", Kind.SUB_ICB) == [(MARCH, None, "01A")]
    assert spans(found, "01A", Kind.ICB) == [(MARCH, None, "QAA")]
    assert spans(found, "Y01", Kind.NATION) == [(MARCH, None, "ENG")]


def test_a_change_between_two_maps_dates_from_the_later() -> None:
    found = history([a_map(MARCH, A1=("U1", "01A")), a_map(JUNE, A1=("U2", "01A"))])
    assert spans(found, "A1", Kind.PCN) == [(MARCH, JUNE, "U1"), (JUNE, None, "U2")]
    assert spans(found, "A1", Kind.SUB_ICB) == [(MARCH, None, "01A")]


def test_a_dated_row_tells_the_true_day_of_the_change() -> None:
    moved = date(2022, 4, 14)
    epcn = networks(SEPTEMBER, "A1", (date(2019, 10, 1), moved, "U1"), (moved, None, "U2"))
    found = history([a_map(MARCH, A1=("U1", "01A")), a_map(JUNE, A1=("U2", "01A")), epcn])
    assert spans(found, "A1", Kind.PCN) == [(date(2019, 10, 1), moved, "U1"), (moved, None, "U2")]


def test_what_the_maps_stop_listing_closed_on_the_day_the_register_gives_else_on_the_first_map_without_it() -> None:
    maps = [a_map(MARCH, A1=("U1", "01A"), A2=("U1", "01A"), A3=("U1", "01A")), a_map(JUNE, A1=("U1", "01A"))]
    closed = date(2022, 5, 1)
    found = history([*maps, register(SEPTEMBER, "A2", date(1974, 4, 1), closed, (date(2013, 4, 1), "01A"))])
    assert spans(found, "A2", Kind.SUB_ICB) == [(date(2013, 4, 1), closed, "01A")]
    assert found.organisations["A2"].closed == closed
    assert spans(found, "A3", Kind.SUB_ICB) == [(MARCH, JUNE, "01A")]
    assert found.organisations["A3"].closed == JUNE
    assert found.organisations["A1"].closed is None


def test_what_one_map_leaves_out_and_a_later_one_lists_was_there_all_along() -> None:
    found = history(
        [
            a_map(MARCH, A1=("U1", "01A"), A2=("U1", "01A")),
            a_map(JUNE, A1=("U1", "01A")),
            a_map(DECEMBER, A1=("U1", "01A"), A2=("U1", "01A")),
        ]
    )
    assert spans(found, "A2", Kind.PCN) == [(MARCH, None, "U1")]


def test_an_icb_that_takes_over_the_sub_icbs_of_another_opens_and_the_other_closes() -> None:
    before, after = a_map(MARCH, A1=("U1", "01A")), a_map(JUNE, A1=("U1", "01A"))
    after.facts["QBB"] = Fact(Kind.ICB, "Merged")
    del after.facts["QAA"], after.sightings["QAA", Kind.REGION]
    after.sightings |= {("01A", Kind.ICB): "QBB", ("QBB", Kind.REGION): "Y01"}
    found = history([before, after])
    assert spans(found, "01A", Kind.ICB) == [(MARCH, JUNE, "QAA"), (JUNE, None, "QBB")]
    assert found.organisations["QAA"].closed == JUNE
    assert (found.organisations["QBB"].opened, found.organisations["QBB"].closed) == (JUNE, None)


def test_the_newest_file_has_the_dates_right_and_older_ones_keep_what_lies_before() -> None:
    older = register(MARCH, "A1", date(1974, 4, 1), None, (date(2013, 4, 1), "01A"))
    newer = register(SEPTEMBER, "A1", date(1974, 4, 1), None, (date(2022, 4, 1), "02B"))
    found = history([older, newer, a_map(MARCH, A1=("U1", "01A")), a_map(SEPTEMBER, A1=("U1", "02B"))])
    assert spans(found, "A1", Kind.SUB_ICB) == [
        (date(2013, 4, 1), date(2022, 4, 1), "01A"), (date(2022, 4, 1), None, "02B"),
    ]  # fmt: skip


def test_a_row_that_a_newer_file_ends_ends() -> None:
    older, newer = networks(MARCH, "A1", (MARCH, None, "U1")), networks(DECEMBER, "A1", (MARCH, JUNE, "U1"))
    for files in ([older, newer], [newer, older]):
        assert spans(history(files), "A1", Kind.PCN) == [(MARCH, JUNE, "U1")]


def test_the_newest_word_is_taken_whatever_kind_of_file_it_stands_in() -> None:
    newer = networks(JUNE, "A1", (MARCH, None, "U1"))
    newer.facts["A1"] = Fact(Kind.PRACTICE, "The new name")
    assert history([newer, a_map(MARCH, A1=("U1", "01A"))]).organisations["A1"].name == "The new name"


def test_the_register_alone_makes_no_practice_for_it_also_lists_clinics() -> None:
    assert history([register(MARCH, "A1", date(1974, 4, 1), None)]).organisations == {}


def test_names_are_the_latest_known() -> None:
    found = history([a_map(JUNE, A1=("U1", "01A")), a_map(MARCH, A1=("U1", "01A"))])
    assert found.organisations["QAA"].name == f"ICB in {JUNE}"


def test_a_code_of_two_kinds_is_refused() -> None:
    with pytest.raises(Contradiction, match="U1 is a Primary care network in one file and a GP practice in another"):
        history([a_map(MARCH, A1=("U1", "01A")), a_map(JUNE, U1=("U2", "01A"))])


places = st.tuples(st.sampled_from([None, "U1", "U2"]), st.sampled_from(["01A", "02B"]))
days = st.dates(date(2022, 1, 1), date(2022, 12, 31))
maps = st.lists(days, max_size=4, unique=True).flatmap(
    lambda chosen: st.tuples(
        *(
            st.dictionaries(st.sampled_from(["A1", "A2"]), places, min_size=1).map(lambda rows, d=day: a_map(d, **rows))
            for day in chosen
        )
    )
)
rows = st.tuples(days, days | st.none(), st.sampled_from(["U1", "U2"])).filter(lambda r: r[1] is None or r[1] > r[0])
epcns = st.lists(st.tuples(days, rows), max_size=2, unique_by=lambda one: one[0]).map(
    lambda files: [networks(day, "A1", row) for day, row in files]
)
registers = st.lists(st.tuples(days, days, days | st.none()), max_size=2, unique_by=lambda one: one[0]).map(
    lambda files: [
        register(day, "A2", joined, closed if closed and closed > joined else None, (joined, "01A"))
        for day, joined, closed in files
    ]
)


@given(maps, epcns, registers, st.randoms())
def test_the_order_of_the_files_does_not_matter_and_every_map_is_right_on_its_day(
    of_days: tuple[Evidence, ...], epcn: list[Evidence], registered: list[Evidence], chance: object
) -> None:
    files = [*of_days, *epcn, *registered]
    found = history(files)
    chance.shuffle(files)  # type: ignore[attr-defined]  # hypothesis's Random
    assert history(files) == found
    for file in of_days:
        for (child, kind), parent in file.sightings.items():
            here = [one[2] for one in spans(found, child, kind) if one[0] <= file.as_at < (one[1] or date.max)]
            assert here == ([parent] if parent else [])
