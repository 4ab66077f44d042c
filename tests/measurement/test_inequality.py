"""The gap between groups of people in one number, and how much of it rests on what is recorded."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.measurement.disclosure import publish
from whatmatters.measurement.indicators import Episodes, EventOf, Indicator, Staff
from whatmatters.measurement.inequality import gap
from whatmatters.measurement.intervals import one_rate

SOME = Episodes((EventOf("social-prescribing-referral"),))


def indicator(unit="percent", numerator=SOME, denominator=SOME):
    words = dict.fromkeys(("title", "component", "counted", "out_of", "source", "why"), "some")
    return Indicator(
        id="some", numerator=numerator, denominator=denominator, unit=unit, direction="higher", caveats=(),
        example=None, **words,
    )  # fmt: skip


def row(group, numerator, denominator, breakdown="deprivation", **more):
    key = {"indicator": "some", "period": "2022-23", "organisation": "QOQ", "level": "icb", "source": "computed"}
    return key | {"breakdown": breakdown, "group": group, "numerator": numerator, "denominator": denominator} | more


def only(rows, unit="percent", **more):
    (found,) = gap(rows, {"some": indicator(unit)}, **more)
    return found


def parts(estimate):
    return [estimate.value, estimate.lower, estimate.upper]


def percent(x, n, y, m):
    return only([row("1", x, n), row("5", y, m)])


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10
        ((56, 70, 48, 80), [0.2, 0.0524, 0.3339]),
        ((9, 10, 3, 10), [0.6, 0.1705, 0.8090]),
        ((5, 56, 0, 29), [0.0893, -0.0381, 0.1926]),
        ((0, 10, 0, 20), [0, -0.1611, 0.2775]),
        ((10, 10, 0, 20), [1, 0.6791, 1]),
    ],
)
def test_a_difference_of_percentages_has_newcombes_limits(counts, expected):
    assert [part / 100 for part in parts(percent(*counts).difference)] == pytest.approx(expected, abs=5e-5)


def test_a_ratio_of_percentages_has_the_limits_of_the_log_method():
    # by hand: log(0.8 / 0.6) ± 1.96 sqrt(1/56 - 1/70 + 1/48 - 1/80)
    error = math.sqrt(1 / 56 - 1 / 70 + 1 / 48 - 1 / 80)
    expected = [4 / 3, *(4 / 3 * math.exp(side * 1.959964 * error) for side in (-1, 1))]
    assert parts(percent(56, 70, 48, 80).ratio) == pytest.approx(expected, rel=1e-6)


def test_rates_are_compared_as_rates():
    found = only([row("1", 120, 4000), row("5", 90, 6000)], "per 1000")
    one, five = one_rate(120, 4000), one_rate(90, 6000)
    assert found.difference.value == 15
    assert found.difference.lower == pytest.approx(15 - math.hypot(30 - one.lower, five.upper - 15))
    assert found.difference.upper == pytest.approx(15 + math.hypot(one.upper - 30, 15 - five.lower))
    error = 1.959963984540054 * math.sqrt(1 / 120 + 1 / 90)
    assert parts(found.ratio) == pytest.approx([2, 2 * math.exp(-error), 2 * math.exp(error)])


def test_means_have_a_difference_without_limits_and_no_ratio():
    found = only([row("1", -30, 20), row("5", 60, 30)], "mean")
    assert parts(found.difference) == [-3.5, None, None]
    assert parts(found.ratio) == [None, None, None]


def test_each_ethnic_group_is_held_against_white():
    rows = [row(name, 10, 40, "ethnicity") for name in ("Asian", "Black", "Mixed", "Other")]
    rows += [row("White", 50, 100, "ethnicity"), row("unknown", 1, 60, "ethnicity"), row("1", 3, 9)]
    found = gap(rows, {"some": indicator()}, "ethnicity")
    assert [one.group for one in found] == ["Asian", "Black", "Mixed", "Other"]
    assert {one.against for one in found} == {"White"}
    assert {one.difference.value for one in found} == {-25}
    assert {one.recorded for one in found} == {1 - 60 / 320}


def test_the_share_recorded_stands_beside_the_gap():
    rows = [row(str(fifth), 5, 20) for fifth in range(1, 6)]
    assert only(rows).recorded == 1
    assert only([*rows, row("unknown", 5, 25)]).recorded == 0.8
    assert only([row("1", 0, 0), row("5", 0, 0)]).recorded is None


@pytest.mark.parametrize(
    "rows",
    [
        [row("1", 5, 20)],
        [row("5", 5, 20)],
        [row("1", 5, 20), row("5", None, 20)],
        [row("1", 5, 20), row("5", 5, None)],
        [row("1", 5, 20), row("5", 0, 0)],
    ],
)
def test_a_gap_with_a_part_missing_is_withheld(rows):
    found = only(rows)
    assert parts(found.difference) == parts(found.ratio) == [None, None, None]


def test_what_the_gate_hides_is_not_in_the_gap():
    rows = publish([row("1", 48, 148), row("5", 3, 100)])
    assert parts(only(rows).difference) == [None, None, None]
    rows = publish([row("1", 48, 148), row("5", 22, 101)])
    assert only(rows).difference.value == pytest.approx(100 * (50 / 150 - 20 / 100))
    assert only(publish([row("1", 48, 148), row("5", 22, 101), row("unknown", 0, 5)])).recorded is None


def test_nobody_in_a_numerator_leaves_a_ratio_without_limits_or_without_value():
    assert parts(percent(0, 20, 5, 20).ratio) == [0, None, None]
    assert parts(percent(5, 20, 0, 20).ratio) == [None, None, None]
    assert parts(percent(20, 20, 30, 30).ratio) == [1, None, None]


def test_periods_organisations_and_sources_are_kept_apart():
    keys = [{}, {"period": "2023-24"}, {"organisation": "QWO"}, {"source": "published"}]
    rows = [row(group, at, 20, **more) for at, more in enumerate(keys, 1) for group in ("1", "5")]
    rows += [row("1", 5, 20, "ethnicity"), row("all", 5, 20, "all"), row("1", 5, 20, indicator="gone")]
    found = gap(rows, {"some": indicator()})
    assert [(one.period, one.organisation, one.source) for one in found] == [
        ("2022-23", "QOQ", "computed"),
        ("2023-24", "QOQ", "computed"),
        ("2022-23", "QWO", "computed"),
        ("2022-23", "QOQ", "published"),
    ]
    assert {one.difference.value for one in found} == {0}


def test_counts_and_what_is_not_of_people_have_no_gap():
    rows = [row("1", 5, None), row("5", 6, None)]
    assert gap(rows, {"some": indicator("count", denominator=None)}) == []
    assert gap(rows, {"some": indicator("per 10,000", numerator=Staff("link worker"))}) == []


def test_what_cannot_be_is_refused_by_name():
    with pytest.raises(ValueError, match="breakdown is not one of deprivation, ethnicity"):
        gap([], {}, "age_sex")
    with pytest.raises(ValueError, match="confidence is a share"):
        gap([], {}, confidence=95)
    with pytest.raises(ValueError, match="numerator is greater than its denominator"):
        percent(5, 4, 1, 4)


@given(st.data(), st.sampled_from(["percent", "per 1000"]), st.sampled_from([0.95, 0.998]))
def test_turned_round_the_difference_changes_sign_and_the_ratio_is_inverted(data, unit, confidence):
    n, m = (data.draw(st.integers(1, 5000)) for _ in range(2))
    x, y = (data.draw(st.integers(0, size)) for size in (n, m))
    there = only([row("1", x, n), row("5", y, m)], unit, confidence=confidence)
    back = only([row("1", y, m), row("5", x, n)], unit, confidence=confidence)
    for found in (there.difference, there.ratio):
        assert found.lower is None or found.lower <= found.value <= found.upper
    value, lower, upper = parts(there.difference)
    assert parts(back.difference) == pytest.approx([-value, -upper, -lower], abs=1e-9)
    if None not in parts(there.ratio):
        value, lower, upper = parts(there.ratio)
        assert parts(back.ratio) == pytest.approx([1 / value, 1 / upper, 1 / lower])
