"""A mean with its limits, by the standard library alone: the same as scipy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from whatmatters.measurement.intervals import one_mean, student
from whatmatters.measurement.statistics import mean


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 7, 30, 499, 5000])
@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.998])
def test_the_point_of_students_t_is_scipys(degrees, confidence):
    assert student(degrees, confidence) == pytest.approx(t.ppf((1 + confidence) / 2, degrees), rel=1e-9)


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=40))
def test_the_limits_are_those_of_whole_columns(values):
    ours, theirs = one_mean(values), mean(values)
    assert [ours.value, ours.lower, ours.upper] == pytest.approx([theirs.value, theirs.lower, theirs.upper], abs=1e-8)


def test_one_value_has_no_limits_and_none_no_mean():
    assert (one_mean([3.0]).value, one_mean([3.0]).lower) == (3.0, None)
    assert one_mean([]).value is None
