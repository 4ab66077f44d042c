"""Dated rows and sightings become one history of a child and its parent."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.organisations.timeline import Span, claimed, timeline


def day(month: int) -> date:
    """The first of the n-th month from January 2022."""
    return date(2022 + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def span(start: int, end: int | None, parent: str) -> Span:
    return Span(day(start), None if end is None else day(end), parent)


@pytest.mark.parametrize(
    ("claims", "sightings", "expected"),
    [
        ([], {}, []),
        ([], {3: "P"}, [(3, None, "P")]),
        ([], {3: "P", 5: "P", 9: "P"}, [(3, None, "P")]),
        ([], {3: "P", 5: "Q"}, [(3, 5, "P"), (5, None, "Q")]),
        ([], {3: "P", 5: None, 7: "P"}, [(3, 5, "P"), (7, None, "P")]),
        ([(1, 4, "P"), (4, None, "Q")], {3: "P", 7: "Q"}, [(1, 4, "P"), (4, None, "Q")]),
        ([(1, None, "P")], {7: "Q"}, [(1, 7, "P"), (7, None, "Q")]),
        ([(1, None, "P")], {7: None}, [(1, 7, "P")]),
        ([(1, 9, "P")], {4: "Q"}, [(1, 4, "P"), (4, 9, "Q")]),
        ([(1, 9, "P"), (9, None, "P")], {}, [(1, None, "P")]),
        ([(1, 6, "P"), (4, None, "Q")], {}, [(1, 4, "P"), (4, None, "Q")]),
        ([(1, None, "P"), (4, 6, "Q")], {}, [(1, 4, "P"), (4, 6, "Q"), (6, None, "P")]),
    ],
    ids=[
        "nothing known", "from the day it was seen", "seen again", "a change dates from the later sighting",
        "gone and back", "a dated row tells the true day between two sightings",
        "a sighting is right on its day", "not there any more", "a sighting holds until the next dated day",
        "rows that touch are one", "of two at once the later", "back to the longer when the shorter ends",
    ],
)  # fmt: skip
def test_evidence_and_the_history_it_gives(
    claims: list[tuple[int, int | None, str]],
    sightings: dict[int, str | None],
    expected: list[tuple[int, int | None, str]],
) -> None:
    found = timeline([span(*one) for one in claims], {day(month): parent for month, parent in sightings.items()})
    assert found == [span(*one) for one in expected]


days = st.integers(0, 400).map(lambda n: date(2022, 1, 1) + timedelta(days=n))
parents = st.sampled_from(["P", "Q", "R"])
claims = st.builds(
    lambda start, length, parent: Span(start, length and start + timedelta(days=length), parent),
    days, st.none() | st.integers(1, 300), parents,
)  # fmt: skip


@given(st.lists(claims, max_size=6), st.dictionaries(days, parents | st.none(), max_size=6), days)
def test_every_sighting_holds_on_its_day_and_spans_never_overlap_or_touch(
    rows: list[Span], sightings: dict[date, str | None], other: date
) -> None:
    spans = timeline(rows, sightings)
    for one, following in pairwise(spans):
        assert one.end is not None
        assert one.end < following.start or (one.end == following.start and one.parent != following.parent)
    assert all(one.end is None or one.start < one.end for one in spans)
    for on, parent in sightings.items():
        assert claimed(spans, on) == parent
    if not sightings or other < min(sightings):
        assert claimed(spans, other) == claimed(rows, other)


@given(st.permutations([Span(date(2022, month, 1), date(2023, 1, 1), parent) for month in (1, 2) for parent in "PQ"]))
def test_the_order_of_rows_does_not_matter(rows: list[Span]) -> None:
    assert timeline(rows, {}) == [Span(date(2022, 1, 1), date(2023, 1, 1), "Q")]
