"""How far a unit may differ from the average by chance, and how far units differ beyond it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.measurement.funnel import beyond_chance, limits, overdispersion
from whatmatters.measurement.statistics import funnel_limits


def test_the_limits_are_the_average_and_z_standard_errors_either_way():
    # by hand: 0.2 ± 1.959964 sqrt(0.2 x 0.8 / 400) and 0.2 ± 3.090232 x 0.02
    assert limits(0.2, 400) == pytest.approx((0.1608007, 0.2391993), abs=1e-7)
    assert limits(0.2, 400, 0.998) == pytest.approx((0.1381954, 0.2618046), abs=1e-7)


def test_the_limits_stay_within_nought_and_one():
    assert limits(0.1, 5)[0] == 0
    assert limits(0.9, 5)[1] == 1
    assert limits(0, 5) == (0, 0)
    assert limits(1, 5) == (1, 1)


def test_many_denominators_give_arrays_and_none_where_there_is_nobody():
    lower, upper = funnel_limits(0.2, [400, 0, 5], 0.998)
    assert lower.tolist() == pytest.approx([0.1381954, float("nan"), 0], abs=1e-7, nan_ok=True)
    assert upper.tolist() == pytest.approx([0.2618046, float("nan"), 0.7527976], abs=1e-7, nan_ok=True)
    assert limits(0.2, 0) is None
    assert funnel_limits(0.2, 0) == (None, None)
    assert funnel_limits(0.2, 400) == limits(0.2, 400)


@given(st.floats(0, 1), st.lists(st.integers(0, 10**7), min_size=1, max_size=20), st.sampled_from([0.95, 0.998]))
def test_arrays_give_what_each_number_gives_alone(average, denominators, confidence):
    lower, upper = funnel_limits(average, denominators, confidence)
    for n, low, high in zip(denominators, lower, upper, strict=True):
        assert (n == 0 and np.isnan(low)) or (low, high) == limits(average, n, confidence)
        assert n == 0 or 0 <= low <= average <= high <= 1


def test_phi_is_the_mean_square_of_the_z_scores_once_the_outer_tenths_are_drawn_in():
    # eleven units of 100 at an average of one half: z-scores are 2 (x - 50) / 10, the deciles are the second and tenth
    numerators = [10, 35, 40, 45, 50, 50, 50, 55, 60, 65, 95]
    scores = [-3, -3, -2, -1, 0, 0, 0, 1, 2, 3, 3]
    assert overdispersion(numerators, [100] * 11, average=0.5) == pytest.approx(sum(z * z for z in scores) / 11)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(60, 500)), min_size=2, max_size=40), st.randoms())
def test_phi_is_that_of_the_formula_in_any_order(pairs, random):
    x, n = (np.array(side, float) for side in zip(*pairs, strict=True))
    p = x.sum() / n.sum()
    found = overdispersion(x, n)
    if p in {0, 1}:
        assert found is None
        return
    scores = (x / n - p) / np.sqrt(p * (1 - p) / n)
    expected = np.mean(np.clip(scores, *np.quantile(scores, [0.1, 0.9])) ** 2)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert overdispersion(*zip(*random.sample(pairs, len(pairs)), strict=True)) == pytest.approx(
        found, rel=1e-9, abs=1e-12
    )


def test_units_that_differ_by_chance_alone_have_a_phi_under_one_and_others_more():
    luck = np.random.default_rng(7)
    people = luck.integers(200, 2000, 500)
    chance = luck.binomial(people, 0.3)
    real = luck.binomial(people, np.clip(luck.normal(0.3, 0.05, 500), 0, 1))
    assert overdispersion(chance, people) == pytest.approx(0.678, abs=0.1)  # of a normal clipped at ±1.2816
    assert overdispersion(real, people) > 5
    assert not beyond_chance(overdispersion(chance, people), 500)
    assert beyond_chance(overdispersion(real, people), 500)
    assert not beyond_chance(1.8, 10)
    assert beyond_chance(1.9, 10)


def test_units_without_people_are_left_out_and_one_unit_has_no_phi():
    assert overdispersion([3, 0, 5], [10, 0, 10]) == overdispersion([3, 5], [10, 10])
    assert overdispersion([3], [10]) is None
    assert overdispersion([0, 0], [10, 10]) is None
    assert overdispersion([10, 10], [10, 10]) is None
    assert overdispersion([1, 5], [1, 10]) is not None
    assert overdispersion([], []) is None


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: limits(1.2, 5), "average is a share"),
        (lambda: limits(float("nan"), 5), "average is a share"),
        (lambda: limits(0.5, -5), "denominators is below 0"),
        (lambda: limits(0.5, 5, 2), "confidence is a share"),
        (lambda: funnel_limits(1.2, [5]), "average is a share"),
        (lambda: funnel_limits(0.5, [5, None]), "denominators is missing"),
        (lambda: funnel_limits(0.5, [5], 0), "confidence is a share"),
        (lambda: overdispersion([1], [1, 2]), "numerators and denominators differ in length"),
        (lambda: overdispersion([3, 1], [2, 2]), "numerators has one greater than its denominator"),
        (lambda: overdispersion([-3, 1], [2, 2]), "numerators is below 0"),
        (lambda: overdispersion([1, 1], [2, None]), "denominators is missing"),
        (lambda: overdispersion([1, 1], [2, 2], average=7), "average is a share"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, why):
    with pytest.raises(ValueError, match=why):
        call()
