"""Change is told from two readings of one person, whatever the averages of two crowds say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.instruments.paired import readings

JAN, MAR, JUN = date(2026, 1, 5), date(2026, 3, 9), date(2026, 6, 1)


def pair(*sittings):
    return [
        (one.scale.name, one.first.score, one.last.score if one.last else None, one.way) for one in readings(sittings)
    ]


def test_the_first_and_the_last_reading_of_each_scale_are_paired():
    assert pair(
        ("ons4", JUN, {"happiness": 7, "anxiety": 3}),
        ("ons4", JAN, {"happiness": 4, "anxiety": 6}),
        ("ons4", MAR, {"happiness": 2, "anxiety": 6}),
    ) == [("happiness", 4, 7, "better"), ("anxiety", 6, 3, "better")]


@pytest.mark.parametrize(
    ("sittings", "expected"),
    [
        ([("ucla", JAN, {"score": 8})], [("score", 8, None, "")]),
        ([("ucla", JAN, {"score": 8}), ("ucla", JUN, {"score": 8})], [("score", 8, 8, "same")]),
        ([("ucla", JAN, {"score": 5}), ("ucla", JUN, {"score": 8})], [("score", 5, 8, "worse")]),
        ([("swemwbs", JAN, {"raw": None, "metric": None}), ("swemwbs", JUN, {"raw": 21, "metric": 19.25})],
         [("metric", 19.25, None, "")]),
        ([("ucla", JAN, {"score": None})], []),
        ([("ucla", JAN, {"score": 5}), ("swemwbs", JUN, {"raw": 21, "metric": 19.25})],
         [("metric", 19.25, None, ""), ("score", 5, None, "")]),
    ],
)  # fmt: skip
def test_without_two_readings_of_one_scale_there_is_no_change(sittings, expected):
    assert pair(*sittings) == expected


scores = st.lists(st.tuples(st.dates(), st.integers(3, 9)), min_size=1, max_size=8)


@given(scores)
def test_the_order_in_which_readings_are_given_does_not_matter(given_scores):
    by_day = dict(given_scores)
    sittings = [("ucla", on, {"score": score}) for on, score in by_day.items()]
    assert pair(*sittings) == pair(*reversed(sittings))
    [(_, first, last, way)] = pair(*sittings)
    assert first == by_day[min(by_day)]
    assert (last is None) == (len(by_day) == 1)
    assert (way == "better") == (last is not None and last < first)
