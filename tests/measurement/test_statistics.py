"""Intervals against published figures, and what must hold for every count."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaincinv
from scipy.stats import binomtest

from whatmatters.measurement import intervals, statistics
from whatmatters.measurement.statistics import mean, proportion, rate, survey_percentage

confidences = st.sampled_from([0.5, 0.95, 0.998])


def limits(estimate):
    return [round(number, 4) for number in (estimate.value, estimate.lower, estimate.upper)]


def parts(estimate):
    return [estimate.value, estimate.lower, estimate.upper]


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


def test_proportions_have_the_limits_of_the_public_health_test_data():
    # DHSC PHStatsMethods, testdata_Proportion (the methods of the Fingertips technical guidance)
    found = proportion([1, 5, 9856, 7776456], [100, 100, 12345, 7564336677], confidence=0.998)
    assert found.lower == pytest.approx([8.73065697e-4, 0.01386532, 0.78699241, 0.00102690], abs=5e-9)
    assert found.upper == pytest.approx([0.10455445, 0.16458852, 0.80930614, 0.00102918], abs=5e-9)


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


def test_rates_have_the_limits_of_the_public_health_test_data():
    # DHSC PHStatsMethods, testdata_Rate, per 100, 99.8%
    found = rate([1, 5, 20, 65, 9856], [100, 100, 100, 100, 12345], per=100, confidence=0.998)
    assert found.lower == pytest.approx([0.00100050, 0.73937173, 8.92280237, 42.88026147, 77.37590543], abs=5e-8)
    assert found.upper == pytest.approx([9.23341348, 16.4547452, 38.08503563, 94.00029084, 82.35447277], abs=5e-8)


@given(st.floats(0.05, 9.99), confidences)
def test_exact_poisson_limits_are_gamma_quantiles_for_fractions_too(count, confidence):
    tail = (1 - confidence) / 2
    lower, upper = intervals.exact(count, confidence)
    assert lower == pytest.approx(gammaincinv(count, tail), rel=1e-10)
    assert upper == pytest.approx(gammaincinv(count + 1, 1 - tail), rel=1e-10)


@given(st.integers(1, 2000), st.data())
def test_wilsons_limits_are_those_of_scipy(n, data):
    x = data.draw(st.integers(0, n))
    theirs = binomtest(x, n).proportion_ci(0.998, method="wilson")
    ours = proportion(x, n, 0.998)
    assert [ours.lower, ours.upper] == pytest.approx([theirs.low, theirs.high], abs=1e-12)


def test_the_normal_points_are_those_of_the_convention():
    assert intervals.normal(0.95) == pytest.approx(1.959963984540054, abs=1e-14)
    assert intervals.normal(0.998) == pytest.approx(3.090232306167813, abs=1e-14)


def test_a_mean_has_students_limits():
    # DHSC PHStatsMethods, testdata_Mean, Area1
    values = [33.09375, 48.38596, 64.83495, 67.98475, 22.93556, 71.23587, 38.78465, 82.37927]
    assert parts(mean(values)) == pytest.approx([53.704345, 36.1683252, 71.2403648], abs=1e-7)
    assert parts(mean(values, 0.998)) == pytest.approx([53.704345, 18.2167053, 89.1919847], abs=1e-7)


def test_one_value_has_a_mean_without_limits_and_none_has_neither():
    assert parts(mean([4.5])) == [4.5, None, None]
    assert parts(mean([])) == [None, None, None]
    assert parts(mean([7, 7, 7])) == [7, 7, 7]


def test_means_are_taken_along_the_last_axis():
    found = mean([[1, 2, 3], [4, 6, 8]])
    assert found.value.tolist() == [2, 6]
    assert found.lower.tolist() == [mean([1, 2, 3]).lower, mean([4, 6, 8]).lower]
    alone = mean([[1.0], [2.0]])
    assert alone.value.tolist() == [1, 2]
    assert np.isnan(alone.lower).all()


def test_a_survey_percentage_has_wilsons_limits_on_the_effective_base():
    # 60% of 200 with a design effect of 2 tells as much as 60 of 100; 50% of 300 with 1.5 as 100 of 200
    assert parts(survey_percentage(60, 200, 2)) == pytest.approx([100 * part for part in parts(proportion(60, 100))])
    both = survey_percentage([60, 50], [200, 300], [2, 1.5])
    assert both.upper == pytest.approx(100 * proportion([60, 100], [100, 200]).upper)
    assert parts(survey_percentage(100, 50, 1.3))[2] == 100
    assert parts(survey_percentage(0, 50, 1.3))[:2] == [0, 0]


def test_nothing_to_divide_by_is_withheld():
    for estimate in (proportion(0, 0), rate(3, 0), survey_percentage(40, 0, 1.5)):
        assert parts(estimate) == [None, None, None]
    many = rate(np.array([3, 3]), np.array([0, 1500]))
    assert np.isnan(many.value[0])
    assert np.isnan(many.upper[0])
    assert many.value[1] == 2


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: proportion(3, 2), "numerator is greater than its denominator"),
        (lambda: proportion(-1, 2), "numerator is below 0"),
        (lambda: proportion(1, -2), "denominator is below 0"),
        (lambda: proportion(None, 2), "numerator is missing"),
        (lambda: proportion([1, math.nan], 2), "numerator is missing"),
        (lambda: proportion([1, 2], [3, 4, 5]), "numerator and denominator differ in length"),
        (lambda: proportion("many", 2), "numerator is not a number"),
        (lambda: rate(-1, 2), "count is below 0"),
        (lambda: rate(1, math.inf), "denominator is missing"),
        (lambda: rate(1, 2, per=0), "per is a number above 0"),
        (lambda: rate(1, 2, confidence=95), "confidence is a share between 0 and 1"),
        (lambda: proportion(1, 2, confidence=math.nan), "confidence is a share between 0 and 1"),
        (lambda: mean([1, None]), "values is missing"),
        (lambda: mean([[1, 2], [3]]), "values is not a number"),
        (lambda: mean([1], confidence=1), "confidence is a share between 0 and 1"),
        (lambda: survey_percentage(101, 50, 1), "percentage is over 100"),
        (lambda: survey_percentage(10, 50, 0), "design_effect is 0"),
        (lambda: intervals.one_proportion(3, 2), "numerator is greater than its denominator"),
        (lambda: intervals.one_rate(math.nan, 2), "count is missing"),
        (lambda: intervals.one_rate(1, -2), "denominator is below 0"),
        (lambda: intervals.one_rate(1, 2, per=0), "per is a number above 0"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, why):
    with pytest.raises(ValueError, match=why):
        call()


@given(st.integers(1, 10**8), st.data(), confidences)
def test_the_value_lies_within_its_limits_and_the_limits_within_bounds(n, data, confidence):
    x = data.draw(st.integers(0, n))
    share, per = proportion(x, n, confidence), rate(x, n, confidence=confidence)
    assert 0 <= share.lower <= share.value <= share.upper <= 1
    assert 0 <= per.lower <= per.value <= per.upper
    survey = survey_percentage(100 * x / n, n, data.draw(st.floats(0.5, 9)), confidence)
    assert 0 <= survey.lower <= survey.value <= survey.upper <= 100


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(500, 9000)), min_size=1, max_size=30))
def test_arrays_give_what_each_number_gives_alone(pairs):
    above, below = (np.array(side) for side in zip(*pairs, strict=True))
    for method in (proportion, rate):
        together = method(above, below)
        alone = [method(x, n) for x, n in pairs]
        assert together.lower.tolist() == [one.lower for one in alone]
        assert together.upper.tolist() == [one.upper for one in alone]
        assert method(above.reshape(1, -1), below).value.tolist() == [[one.value for one in alone]]


@given(st.floats(0, 500), st.integers(0, 9000), confidences)
def test_a_page_shows_the_limits_that_the_columns_have(x, n, confidence):
    found = parts(intervals.one_rate(x, n, 1000, confidence))
    assert found == (pytest.approx(parts(rate(x, n, 1000, confidence)), rel=1e-12) if n else [None, None, None])
    if x <= n:
        found = parts(intervals.one_proportion(x, n, confidence))
        assert found == (pytest.approx(parts(proportion(x, n, confidence)), abs=1e-15) if n else [None, None, None])


def test_a_pages_limits_are_95_percent_ones_and_change_to_byars_at_ten_too():
    assert parts(intervals.one_proportion(3, 40)) == pytest.approx(parts(proportion(3, 40)))
    for x in (0, 20):
        assert parts(intervals.one_proportion(x, 20)) == pytest.approx(parts(proportion(x, 20)), abs=1e-15)
    for count in (9, 9.5, 10):
        assert parts(intervals.one_rate(count, 40)) == pytest.approx(parts(rate(count, 40, 1000, 0.95)), rel=1e-12)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=30), st.randoms(), st.integers(1, 50), confidences)
def test_a_mean_does_not_mind_the_order_and_scales_with_its_values(values, random, times, confidence):
    lower, value, upper = (getattr(mean(values, confidence), name) for name in ("lower", "value", "upper"))
    assert lower <= value <= upper
    shuffled = random.sample(values, len(values))
    assert parts(mean(shuffled, confidence)) == pytest.approx([value, lower, upper], abs=1e-9)
    scaled = mean([times * one for one in values], confidence)
    assert parts(scaled) == pytest.approx([times * value, times * lower, times * upper], abs=1e-6)


def test_every_promised_name_is_there():
    promised = (
        "directly_standardised_rate difference_in_differences funnel_limits indirectly_standardised_ratio mean "
        "overdispersion proportion rate survey_percentage xmr"
    )
    assert set(promised.split()) <= set(statistics.__all__)


@pytest.mark.slow
def test_pages_load_neither_numpy_nor_scipy_for_their_charts():
    code = (
        "import sys; from whatmatters.measurement import funnel, inequality, intervals, xmr;"
        "print(sorted({'numpy', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
