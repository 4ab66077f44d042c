"""Intervals against published figures, and what must hold for every count."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.measurement.statistics import _z, proportion, rate


def limits(estimate):
    return [round(number, 4) for number in (estimate.value, estimate.lower, estimate.upper)]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3 (Wilson score without correction)
        (81, 263, [0.3080, 0.2553, 0.3662]),
        (15, 148, [0.1014, 0.0624, 0.1605]),
        (0, 20, [0.0, 0.0, 0.1611]),
        (1, 29, [0.0345, 0.0061, 0.1718]),
        (20, 20, [1.0, 0.8389, 1.0]),
    ],
)
def test_a_proportion_has_the_wilson_limits_of_newcombe(numerator, denominator, expected):
    assert limits(proportion(numerator, denominator)) == expected


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    # exact 95% Poisson limits of the standard tables (Pearson and Hartley)
    [(0, 0, 3.6889), (1, 0.0253, 5.5716), (4, 1.0899, 10.2416), (9, 4.1154, 17.0848)],
)
def test_a_small_count_has_exact_poisson_limits(count, lower, upper):
    assert limits(rate(count, 1000)) == [count, lower, upper]


def test_a_count_of_ten_or_more_has_byars_limits():
    # by hand: 65 (1 - 1/585 - 1.96/(3 sqrt 65))^3 and 66 (1 - 1/594 + 1.96/(3 sqrt 66))^3
    z = 1.959963984540054
    lower = 65 * (1 - 1 / 585 - z / (3 * math.sqrt(65))) ** 3
    upper = 66 * (1 - 1 / 594 + z / (3 * math.sqrt(66))) ** 3
    assert (round(lower, 3), round(upper, 3)) == (50.163, 82.849)
    assert rate(65, 100, per=100).lower == pytest.approx(lower, rel=1e-12)
    assert rate(65, 100, per=100).upper == pytest.approx(upper, rel=1e-12)
    assert rate(10, 1000).lower == pytest.approx(4.7872, abs=5e-4)  # Byar's; the exact limit would be 4.7954


def test_the_normal_points_are_those_of_the_convention():
    assert _z(0.95) == pytest.approx(1.959963984540054, abs=1e-14)
    assert _z(0.998) == pytest.approx(3.090232306167813, abs=1e-14)


def test_nothing_to_divide_by_is_withheld():
    for estimate in (proportion(0, 0), rate(3, 0)):
        assert (estimate.value, estimate.lower, estimate.upper) == (None, None, None)
    many = rate(np.array([3, 3]), np.array([0, 1500]))
    assert np.isnan(many.value[0])
    assert np.isnan(many.upper[0])
    assert many.value[1] == 2


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: proportion(3, 2), "greater than its denominator"),
        (lambda: proportion(-1, 2), "below 0"),
        (lambda: rate(-1, 2), "below 0"),
        (lambda: rate(1, 2, confidence=95), "between 0 and 1"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(call, why):
    with pytest.raises(ValueError, match=why):
        call()


@given(st.integers(1, 10**8), st.data(), st.sampled_from([0.5, 0.95, 0.998]))
def test_the_value_lies_within_its_limits_and_the_limits_within_bounds(n, data, confidence):
    x = data.draw(st.integers(0, n))
    share, per = proportion(x, n, confidence), rate(x, n, confidence=confidence)
    assert 0 <= share.lower <= share.value <= share.upper <= 1
    assert 0 <= per.lower <= per.value <= per.upper


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(500, 9000)), min_size=1, max_size=30))
def test_arrays_give_what_each_number_gives_alone(pairs):
    above, below = (np.array(side) for side in zip(*pairs, strict=True))
    for method in (proportion, rate):
        together = method(above, below)
        alone = [method(x, n) for x, n in pairs]
        assert together.lower.tolist() == [one.lower for one in alone]
        assert together.upper.tolist() == [one.upper for one in alone]
