"""Whether those who had a support changed more than people like them who had not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from whatmatters.measurement.comparison import difference_in_differences

ALIKE = {"age": 70, "sex": "F", "deprivation": 1, "cohort": "carer", "prior_use": 4}


def people(*rows, **alike):
    """One (treated, before, after) a row, or (treated, before, after, earlier); alike in what is not said."""
    columns = dict(zip(("treated", "before", "after", "earlier"), map(list, zip(*rows, strict=True)), strict=False))
    return columns | {name: [value] * len(rows) for name, value in (ALIKE | alike).items()}


def parts(estimate):
    return [estimate.value, estimate.lower, estimate.upper]


def join(*groups):
    return {name: [value for group in groups for value in group[name]] for name in groups[0]}


def test_the_effect_is_the_change_of_the_treated_less_that_of_their_comparators():
    found = difference_in_differences(**people((1, 6, 2), (1, 4, 2), (1, 5, 1), (0, 6, 5), (0, 4, 4), (0, 5, 3)))
    assert found.effect.value == pytest.approx(-10 / 3 + 1)
    # what was to be expected without: 5 before and a fall of 1; they came to 5/3
    assert found.percent.value == pytest.approx(100 * (5 / 3 / 4 - 1))
    assert (found.treated, found.unmatched, found.comparators) == (3, 0, 3)


def test_among_people_all_alike_the_limits_are_those_of_welchs_t():
    luck = np.random.default_rng(3)
    before, after = luck.poisson(5, 60), luck.poisson(4, 60)
    treated = np.arange(60) < 20
    found = difference_in_differences(**people(*zip(treated, before, after, strict=True)))
    change = after - before
    theirs = ttest_ind(change[treated], change[~treated], equal_var=False).confidence_interval(0.95)
    assert parts(found.effect)[1:] == pytest.approx([theirs.low, theirs.high])


def test_the_percentage_has_the_limits_of_the_delta_method_on_the_log_scale():
    luck = np.random.default_rng(4)
    before, after = luck.poisson(5, 900), luck.poisson(4, 900)
    treated = np.arange(900) < 300
    found = difference_in_differences(**people(*zip(treated, before, after, strict=True)))
    change = (after - before)[~treated]
    reached, was = after[treated].mean(), before[treated].mean()
    expected = was + change.mean()
    (a, ab), (_, b) = np.cov(after[treated], before[treated]) / 300
    error = np.sqrt(a / reached**2 + b / expected**2 - 2 * ab / reached / expected + change.var() / 600 / expected**2)
    limits = [100 * (reached / expected * np.exp(side * 1.963 * error) - 1) for side in (-1, 1)]
    assert parts(found.percent)[1:] == pytest.approx(limits, abs=0.05)


def test_a_percentage_of_nothing_is_withheld():
    for rows in ([(1, 5, 0), (1, 4, 0), (0, 5, 5), (0, 4, 4)], [(1, 1, 2), (1, 1, 1), (0, 5, 4), (0, 4, 3)]):
        found = difference_in_differences(**people(*rows))
        assert parts(found.percent) == [None, None, None]
        assert found.effect.value is not None


def test_changes_that_do_not_vary_leave_no_doubt_about_their_difference():
    assert parts(difference_in_differences(**people((1, 5, 3), (1, 4, 2), (0, 5, 4), (0, 4, 3))).effect) == [-1] * 3


def test_the_placebo_is_the_effect_before_anybody_had_anything():
    found = difference_in_differences(**people((1, 6, 2, 1), (1, 4, 2, 1), (0, 6, 5, 5), (0, 4, 4, 3)))
    assert found.placebo.value == 4 - 1


def test_only_people_alike_in_everything_are_compared():
    treated = people((1, 5, 3), (1, 7, 5))
    like = people((0, 5, 5), (0, 7, 7))
    unlike = {
        "age": 75, "sex": "M", "deprivation": 2, "cohort": "none", "prior_use": 5,
    }  # fmt: skip
    for name, value in unlike.items():
        others = people(*[(0, 100, 0)] * 9, **{name: value})
        found = difference_in_differences(**join(treated, like, others))
        assert found.effect.value == -2
        assert (found.comparators, found.unmatched) == (2, 0)
        alone = difference_in_differences(**join(treated, others))
        assert (alone.treated, alone.unmatched, alone.comparators) == (0, 2, 0)
        assert parts(alone.effect) == parts(alone.percent) == [None, None, None]
        assert alone.doubts == ("there are too few matched people",)


def test_ages_match_within_five_years_and_prior_use_within_bands():
    treated = people((1, 5, 3), (1, 7, 5))
    for name, value in (("age", 74), ("prior_use", 3)):
        found = difference_in_differences(**join(treated, people((0, 5, 5), (0, 7, 7), **{name: value})))
        assert (found.treated, found.comparators) == (2, 2)
    oldest = join(people((1, 5, 3), (1, 7, 5), age=91), people((0, 5, 5), (0, 7, 7), age=99))
    assert difference_in_differences(**oldest).treated == 2


def test_one_comparator_of_a_kind_is_enough_for_it():
    pairs = join(people((1, 5, 3), (0, 5, 5)), people((1, 7, 5), (0, 7, 7), sex="M"))
    found = difference_in_differences(**pairs)
    assert (found.treated, found.unmatched, found.comparators) == (2, 0, 2)
    assert found.effect.value == -2


def test_comparators_weigh_as_much_as_the_treated_of_their_kind():
    young = people((1, 0, 0), (1, 0, 2), (1, 0, 1), *[(0, 0, 1)] * 8, *[(0, 0, 3)] * 4, age=30)
    old = people((1, 0, 5), *[(0, 0, 9)] * 3)
    found = difference_in_differences(**join(young, old))
    # three quarters of the treated are young: comparators' change 3/4 x 5/3 + 1/4 x 9
    assert found.effect.value == pytest.approx(8 / 4 - (3 / 4 * 5 / 3 + 1 / 4 * 9))
    age = next(one for one in found.balance if one.characteristic == "age")
    assert age.before > 0
    assert age.after == pytest.approx(0, abs=1e-12)


def test_the_balance_table_gives_standardised_mean_differences():
    ages = people((1, 0, 0), (1, 0, 0), (0, 0, 0), (0, 0, 0)) | {"age": [72, 74, 71, 71], "sex": ["F", "M", "F", "F"]}
    table = {one.characteristic: one for one in difference_in_differences(**ages).balance}
    assert table["age"].before == pytest.approx(2 / np.sqrt((1 + 0) / 2))
    assert table["sex F"].before == pytest.approx(-0.5 / np.sqrt(0.25 / 2))
    assert table["sex F"].after == 0  # the man has no like
    assert table["age"].after == pytest.approx(1 / np.sqrt((1 + 0) / 2))
    assert table["deprivation 1"].before == 0
    assert [one.characteristic for one in difference_in_differences(**ages).balance] == [
        "age", "prior use", "sex F", "sex M", "deprivation 1", "cohort carer",
    ]  # fmt: skip


def england(effect=1.0, drift=0.0, choose=0.0, size=4000, seed=5):
    """Invented people: use goes with age, the old are treated more often, all use a tenth less in the second year.

    ``effect`` multiplies the use of the treated after; ``drift`` adds to theirs in the year before; ``choose`` is how
    much more likely those are treated who used much in the year before.
    """
    luck = np.random.default_rng(seed)
    age = luck.integers(20, 95, size)
    habit = luck.gamma(3, (0.5 + age / 60) / 3)
    earlier, before = luck.poisson(habit), luck.poisson(habit)
    treated = luck.random(size) < np.clip(age / 400 + choose * (before > 3), 0, 1)
    before = before + luck.poisson(drift * treated)
    after = luck.poisson(habit * 0.9 * np.where(treated, effect, 1))
    return {
        "treated": treated, "before": before, "after": after, "earlier": earlier, "age": age, "prior_use": earlier,
        "sex": luck.choice(["F", "M"], size), "deprivation": luck.integers(1, 3, size), "cohort": ["none"] * size,
    }  # fmt: skip


def test_an_effect_is_found_and_attributed_when_nothing_speaks_against_it():
    found = difference_in_differences(**england(effect=0.7))
    assert found.percent.lower <= -30 <= found.percent.upper < 0
    assert found.effect.upper < 0
    assert found.placebo.lower <= 0 <= found.placebo.upper
    assert found.attributable
    assert found.doubts == ()


def test_what_all_do_is_no_effect():
    found = difference_in_differences(**england())
    assert found.effect.lower <= 0 <= found.effect.upper


def test_people_chosen_at_their_worst_get_better_by_themselves_and_the_placebo_test_tells():
    found = difference_in_differences(**england(choose=0.4))
    assert found.effect.upper < 0
    assert found.placebo.lower > 0
    assert found.doubts == ("the groups were already drifting apart before",)
    assert not found.attributable


def test_without_an_earlier_period_nothing_is_attributable():
    given_people = england(effect=0.7)
    del given_people["earlier"]
    found = difference_in_differences(**given_people)
    assert parts(found.placebo) == [None, None, None]
    assert found.doubts == ("there is no earlier period to test the comparison on",)


def test_too_many_without_a_comparator_or_a_difference_left_is_a_doubt():
    common = people(*[(1, 5, 3, 5), (1, 4, 4, 4), (0, 5, 4, 5), (0, 4, 4, 4)] * 20)
    lone = people(*[(1, 5, 3, 5)] * 5, sex="M")
    assert "more than a tenth found no comparator" in difference_in_differences(**join(common, lone)).doubts
    assert difference_in_differences(**common).doubts == ()
    assert difference_in_differences(**common | {"age": [72, 71, 72, 70] * 20}).doubts == (
        "the groups still differ in age",
    )
    older = common | {"age": [74, 73, 70, 71] * 20}
    assert difference_in_differences(**older).doubts == ("the groups still differ in age",)


def test_the_limits_hold_the_truth_about_as_often_as_they_say():
    held = 0
    for seed in range(60):
        found = difference_in_differences(**england(effect=0.8, size=1500, seed=seed))
        held += found.percent.lower <= -20 <= found.percent.upper
    assert held >= 54


@given(st.integers(0, 50), st.randoms(), st.integers(2, 9))
def test_the_order_of_people_does_not_matter_and_the_effect_has_the_outcomes_unit(seed, random, times):
    given_people = england(size=120, seed=seed)
    found = difference_in_differences(**given_people)
    order = random.sample(range(120), 120)
    again = {name: np.array(column)[order] for name, column in given_people.items()}
    again |= {name: again[name] * times for name in ("before", "after", "earlier")}
    other = difference_in_differences(**again)
    if found.effect.value is None:
        assert other.effect.value is None
        return
    assert found.effect.lower <= found.effect.value <= found.effect.upper
    assert parts(other.effect) == pytest.approx([times * part for part in parts(found.effect)])
    assert parts(other.percent) == pytest.approx(parts(found.percent))
    assert other.balance == tuple(
        type(one)(one.characteristic, *(pytest.approx(part, abs=1e-9) for part in (one.before, one.after)))
        for one in found.balance
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"treated": [1, 2, 0, 0]}, "treated is not yes or no"),
        ({"before": [1, None, 0, 0]}, "before is missing for somebody"),
        ({"after": [1, 2, 0]}, "after is not one value a person"),
        ({"after": ["few"] * 4}, "after has something that is not a number"),
        ({"age": [-1, 2, 0, 0]}, "age is below 0"),
        ({"prior_use": [1, 2, 0, float("nan")]}, "prior_use is missing"),
        ({"earlier": [1]}, "earlier is not one value a person"),
        ({"sex": ["F"]}, "sex is not one value a person"),
        ({"sex": "FFMM"}, "sex is one text"),
        ({"confidence": 2}, "confidence is a share"),
    ],
)
def test_what_cannot_be_is_refused_by_name(change, why):
    four = people((1, 1, 1), (1, 1, 1), (0, 1, 1), (0, 1, 1))
    with pytest.raises(ValueError, match=why):
        difference_in_differences(**four | change)


def test_a_person_whose_group_is_not_known_is_compared_with_the_likes():
    unknown = people((1, 5, 3), (1, 7, 5), (0, 5, 5), (0, 7, 7), sex=None)
    assert difference_in_differences(**unknown).effect.value == -2
    apart = join(people((1, 5, 3), (1, 7, 5), sex=None), people((0, 5, 5), (0, 7, 7)))
    assert difference_in_differences(**apart).effect.value is None
