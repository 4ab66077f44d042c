"""Standardised rates and ratios against the public health test data, and what must hold for every count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.measurement.statistics import directly_standardised_rate as standardised
from whatmatters.measurement.statistics import indirectly_standardised_ratio, rate

# DHSC PHStatsMethods, testdata_multiarea: the same people in three invented areas, by five-year age band
BIG = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
SMALL = [12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4]
PEOPLE = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207]
# European standard population 2013 (Eurostat), 0-4 to 90+
EUROPE = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500,
          1000]  # fmt: skip


def parts(estimate):
    return [estimate.value, estimate.lower, estimate.upper]


@pytest.mark.parametrize(
    ("counts", "confidence", "expected"),
    [
        (BIG, 0.95, [10430.247991, 9717.709068, 11178.940915]),
        (BIG, 0.998, [10430.247991, 9323.287880, 11620.596000]),
        (SMALL, 0.95, [1103.212025, 877.455768, 1367.088223]),
        (SMALL, 0.998, [1103.212025, 763.642036, 1530.032895]),
    ],
)
def test_a_directly_standardised_rate_has_dobsons_limits(counts, confidence, expected):
    assert parts(standardised(counts, PEOPLE, EUROPE, confidence=confidence)) == pytest.approx(expected, abs=1e-6)


def test_areas_are_rows_and_each_is_what_it_is_alone():
    both = standardised([BIG, SMALL], PEOPLE, EUROPE, per=1000)
    alone = [standardised(counts, PEOPLE, EUROPE, per=1000) for counts in (BIG, SMALL)]
    assert np.column_stack(parts(both)).tolist() == [parts(one) for one in alone]


def test_fewer_than_ten_in_all_are_withheld():
    assert parts(standardised([4, 5], [100, 200], [1, 1])) == [None, None, None]
    assert standardised([4, 6], [100, 200], [1, 1]).value == pytest.approx(3500)
    mixed = standardised([[4, 5], [4, 6]], [100, 200], [1, 1])
    assert np.isnan(mixed.value).tolist() == np.isnan(mixed.lower).tolist() == [True, False]


def test_a_group_that_cannot_be_known_withholds_the_rate_and_one_without_weight_counts_nowhere():
    assert parts(standardised([20, 0], [100, 0], [1, 1])) == [None, None, None]
    assert parts(standardised([20, 7], [100, 0], [1, 0])) == parts(standardised([20], [100], [1]))


def test_one_group_is_the_crude_rate():
    assert parts(standardised([65], [1000], [3])) == pytest.approx(parts(rate(65, 1000, per=100_000)))


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        # DHSC PHStatsMethods, testresults_ISR: Byar's for 895 and 91, exact for 9
        (895, [1.0707232939, 1.0017147713, 1.1432332872]),
        (91, [0.1088668377, 0.0876504010, 0.1336657633]),
        (9, [0.0107670499, 0.0049233808, 0.0204392146]),
    ],
)
def test_an_indirectly_standardised_ratio_has_the_limits_of_its_count(observed, expected):
    assert parts(indirectly_standardised_ratio(observed, 835.88356123117433)) == pytest.approx(expected, abs=1e-9)


def test_a_ratio_to_nothing_expected_is_withheld():
    assert parts(indirectly_standardised_ratio(3, 0)) == [None, None, None]


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: standardised([1, -2], [5, 5], [1, 1]), "counts is below 0"),
        (lambda: standardised([1, 2], [5, -5], [1, 1]), "populations is below 0"),
        (lambda: standardised([1, 2], [5, 5], [1, -1]), "standard is below 0"),
        (lambda: standardised([1, 2], [5, 5], [1, None]), "standard is missing"),
        (lambda: standardised([1, 2], [5, 5], [0, 0]), "standard has nobody"),
        (lambda: standardised([1, 2], [5, 5], [1, 1, 1]), "standard has 3 groups"),
        (lambda: standardised(12, 50, [1]), "standard has 1 groups"),
        (lambda: standardised([1, 2], [5, 5, 5], [1, 1]), "counts and populations differ in length"),
        (lambda: indirectly_standardised_ratio(-1, 2), "observed is below 0"),
        (lambda: indirectly_standardised_ratio(1, float("nan")), "expected is missing"),
        (lambda: indirectly_standardised_ratio([1, 2], [1, 2, 3]), "observed and expected differ in length"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, why):
    with pytest.raises(ValueError, match=why):
        call()


groups = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 9000), st.integers(1, 5000)), min_size=1, max_size=19
).filter(lambda rows: sum(row[0] for row in rows) >= 10)


@given(groups, st.randoms(), st.integers(2, 20))
def test_the_order_of_groups_and_the_size_of_the_standard_do_not_matter(rows, random, times):
    found = standardised(*zip(*rows, strict=True))
    assert found.lower <= found.value <= found.upper
    counts, people, standard = zip(*random.sample(rows, len(rows)), strict=True)
    again = standardised(counts, people, [times * one for one in standard], per=1000 * times)
    assert parts(again) == pytest.approx([part * times / 100 for part in parts(found)], rel=1e-9)
