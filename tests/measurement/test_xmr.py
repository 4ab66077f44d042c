"""Which points of an XmR chart are more than everyday variation, by the rules of Making Data Count."""

import csv
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.measurement.xmr import xmr

QUIET = [10, 12, 9, 11, 10, 8, 11, 10, 12, 9, 10, 11]  # mean 10.25, limits 5.17 to 15.33


def kinds(chart):
    return [point.kind for point in chart.points]


def flagged(chart):
    return {at: point.why for at, point in enumerate(chart.points) if point.why}


def line(chart, at=0):
    point = chart.points[at]
    return [point.lower, point.mean, point.upper]


def test_limits_are_the_mean_and_2_66_mean_moving_ranges_either_way():
    chart = xmr(QUIET)
    ranges = [2, 3, 2, 1, 2, 3, 1, 2, 3, 1, 1]
    half = 2.66 * sum(ranges) / 11
    assert line(chart) == pytest.approx([10.25 - half, 10.25, 10.25 + half])
    assert all(line(chart, at) == line(chart) for at in range(12))
    assert kinds(chart) == ["common"] * 12
    assert chart.variation == "common"
    assert chart.assurance is None


def test_an_outlying_moving_range_is_screened_out_once():
    # NHSRplotthedots (NHS-R community), "Deviations from Excel defaults": UPL 4.6, mean 1.94, LPL -0.72; without
    # screening 6.95 and -3.06. In both the 10 is special cause improvement and all others are common cause.
    series = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    for screen, expected in ((True, [-0.72, 1.94, 4.60]), (False, [-3.06, 1.94, 6.95])):
        chart = xmr(series, "increase", screen=screen)
        assert [round(number, 2) for number in line(chart)] == expected
        assert flagged(chart) == {4: "limit"}
        assert chart.points[4].kind == "improvement"


def test_a_range_of_3_267_times_the_mean_is_screened_and_what_then_stands_out_is_not():
    series = [0, 748, 0, 748, 0, 748, 0, 748, 0, 749, -2518]  # ranges 748 x 8, 749 and 3267: their mean is 1000
    assert line(xmr(series))[2] - line(xmr(series))[1] == pytest.approx(2.66 * 6733 / 9)
    # ranges 1 x 8 and 100: mean 12, bound 39.2; without the 100 the mean is 1
    series = [0, 1, 0, 1, 0, 101, 100, 101, 100, 101]
    assert line(xmr(series))[2] - line(xmr(series))[1] == pytest.approx(2.66)
    # ranges 1 x 8, 8 and 100: only the 100 is over 3.267 x 11.6; the 8 would be over 3.267 x 1.78 if screened again
    series = [0, 1, 0, 1, 0, 8, 108, 107, 108, 107, 108]
    assert line(xmr(series))[2] - line(xmr(series))[1] == pytest.approx(2.66 * 16 / 9)


def test_screening_that_would_leave_no_variation_is_not_done():
    spike = [5] * 11 + [50]
    chart = xmr(spike)
    assert line(chart)[2] == pytest.approx(8.75 + 2.66 * 45 / 11)
    assert chart.points[-1].kind == "high"


def test_a_point_beyond_a_limit_is_flagged_and_one_on_it_is_not():
    half = 2.66
    base = [0, 1] * 10  # moving ranges of 1 throughout, mean 0.5
    on, beyond = 0.5 + half, 0.5 + half + 0.001
    assert flagged(xmr([*base, on], fix_after=20)) == {}
    assert flagged(xmr([*base, beyond], fix_after=20)) == {20: "limit"}
    assert kinds(xmr([*base, beyond], "increase", fix_after=20))[-1] == "improvement"
    assert kinds(xmr([*base, beyond], "decrease", fix_after=20))[-1] == "concern"
    assert kinds(xmr([*base, 1 - beyond], "increase", fix_after=20))[-1] == "concern"
    assert kinds(xmr([*base, 1 - beyond], "decrease", fix_after=20))[-1] == "improvement"
    assert kinds(xmr([*base, beyond], "neutral", fix_after=20))[-1] == "high"
    assert kinds(xmr([*base, 1 - beyond], "neutral", fix_after=20))[-1] == "low"


def test_seven_in_a_row_on_one_side_are_flagged_every_one():
    base = [0, 2] * 10
    six, seven, nine = ([1.5, 1.2] * 5)[:6], ([1.5, 1.2] * 5)[:7], ([1.5, 1.2] * 5)[:9]
    assert flagged(xmr([*base, 0, *six], fix_after=20)) == {}
    assert flagged(xmr([*base, 0, *seven], fix_after=20)) == dict.fromkeys(range(21, 28), "run")
    assert flagged(xmr([*base, 0, *nine], fix_after=20)) == dict.fromkeys(range(21, 30), "run")
    assert flagged(xmr([*base, 0, *seven[:3], 1, *seven[:4]], fix_after=20)) == {}  # a point on the mean is on no side


def test_runs_are_found_from_the_first_point_to_the_last():
    high, low = [9, 8, 9, 8, 9, 8, 9], [1, 2, 1, 2, 1, 2, 1]
    assert kinds(xmr([*high, *low])) == ["high"] * 7 + ["low"] * 7
    assert list(flagged(xmr([0, *high, 0, 4, 9, *low]))) == [*range(1, 8), *range(11, 18)]


def test_seven_rising_or_falling_are_a_trend_by_the_way_they_go():
    base = [0, 20] * 10
    rising, falling = [4, 6, 8, 11, 12, 13, 14], [15, 14, 13, 9, 8, 7, 6]
    assert flagged(xmr([*base, 4, *rising, 10], fix_after=20)) == dict.fromkeys(range(21, 28), "trend")
    for series, high in ((rising, "improvement"), (falling, "concern")):
        chart = xmr([*base, series[0], *series], "increase", fix_after=20)  # the first of them is repeated: no trend
        assert flagged(chart) == dict.fromkeys(range(21, 28), "trend")
        assert set(kinds(chart)[21:]) == {high}
    assert flagged(xmr([*base, 4, *rising[:6]], fix_after=20)) == {}
    assert flagged(xmr([*base, 4, 4, 6, 8, 8, 11, 12, 13], fix_after=20)) == {}


def test_where_a_rise_turns_into_a_fall_the_turning_point_belongs_to_the_fall():
    chart = xmr([0, 100] * 10 + [44, 45, 46, 47, 51, 52, 53, 48.5, 48.4, 48.3, 48.2, 48.1, 48], fix_after=20)
    assert kinds(chart)[20:] == ["high"] * 6 + ["low"] * 7


def test_two_of_three_beyond_two_thirds_of_the_way_to_one_limit_are_flagged():
    base = [0, 3] * 10  # mean 1.5, limits 7.98 away, two thirds 5.32 away
    near, far = 1.5 + 5.4, 1.5 + 5.3
    assert flagged(xmr([*base, near, near], fix_after=20)) == {20: "two of three", 21: "two of three"}
    assert flagged(xmr([*base, near, 0, near], fix_after=20)) == {20: "two of three", 22: "two of three"}
    assert flagged(xmr([*base, near, 0, 3, near], fix_after=20)) == {}
    assert flagged(xmr([*base, far, far], fix_after=20)) == {}
    assert flagged(xmr([*base, near, 3 - near], fix_after=20)) == {}
    assert flagged(xmr([*base, 12, near], fix_after=20)) == {20: "limit", 21: "two of three"}
    assert flagged(xmr([15, 15, *[0, 6] * 10])) == {0: "two of three", 1: "two of three"}


def test_a_constant_series_has_no_limits_and_no_flags():
    for constant in ([5] * 15, [0.1] * 30, [5], [0, 0]):
        chart = xmr(constant, "increase", target=4)
        assert line(chart) == [None, pytest.approx(constant[0]), None]
        assert flagged(chart) == {}
        assert chart.assurance is None


def test_under_twelve_points_the_limits_are_temporary():
    assert xmr(QUIET[:11]).temporary
    assert not xmr(QUIET).temporary
    assert xmr(QUIET * 2, fix_after=11).temporary
    chart = xmr(QUIET * 2, rebase=[15])
    assert [phase.temporary for phase in chart.phases] == [False, True]
    assert chart.temporary


def test_a_rebase_starts_a_phase_with_limits_and_runs_of_its_own():
    higher = [one + 30 for one in QUIET]
    chart = xmr([*QUIET, *higher], rebase=[12])
    assert [phase.start for phase in chart.phases] == [0, 12]
    assert line(chart, 11) == line(xmr(QUIET))
    assert line(chart, 12) == pytest.approx([30 + number for number in line(xmr(QUIET))])
    assert flagged(chart) == {}
    assert flagged(xmr([*QUIET, *higher]))
    assert xmr([*QUIET, *higher], rebase=(0, 12, 12)).phases == chart.phases


def test_fixed_limits_judge_what_comes_after():
    later = [10, 30, 11]
    chart = xmr([*QUIET, *later], "decrease", fix_after=12)
    assert line(chart, 14) == line(xmr(QUIET))
    assert flagged(chart) == {13: "limit"}
    assert chart.points[13].kind == "concern"
    assert xmr(QUIET, fix_after=50).phases == xmr(QUIET).phases


def test_a_missing_period_has_no_kind_gives_no_moving_range_and_breaks_a_run():
    gap = xmr([10, 12, None, 9, 11])
    assert line(gap) == pytest.approx([10.5 - 2.66 * 2, 10.5, 10.5 + 2.66 * 2])
    assert kinds(gap)[2] is None
    assert line(gap, 2) == line(gap)
    assert gap.phases[0].fixed_by == 4
    base, run = [0, 2] * 10, [1.5, 1.2, 1.5, 1.2, 1.5, 1.2, 1.5]
    assert flagged(xmr([*base, 0, *run], fix_after=20))
    assert flagged(xmr([*base, 0, *run[:4], float("nan"), *run[:4]], fix_after=20)) == {}
    assert flagged(xmr([0, 20] * 10 + [4, 6, 8, None, 11, 12, 13, 14], fix_after=20)) == {}


def test_the_variation_is_that_of_the_last_value_there_is():
    assert xmr([0, 1] * 10 + [9], "increase", fix_after=20).variation == "improvement"
    assert xmr([0, 1] * 10 + [9, 0], "increase", fix_after=20).variation == "common"
    assert xmr([0, 1] * 10 + [9, None], "increase", fix_after=20).variation == "improvement"
    for nothing in ([], [None, None]):
        chart = xmr(nothing, target=1)
        assert (chart.variation, chart.assurance, len(chart.points)) == (None, None, len(nothing))
        assert [phase.fixed_by for phase in chart.phases] == [0] * len(chart.phases)


@pytest.mark.parametrize(
    ("target", "increase", "decrease"),
    [
        (5.1, "consistently met", "consistently missed"),
        (5.2, "hit and miss", "hit and miss"),
        (15.3, "hit and miss", "hit and miss"),
        (15.4, "consistently missed", "consistently met"),
    ],
)
def test_a_target_is_judged_by_the_limits_and_the_direction(target, increase, decrease):
    assert xmr(QUIET, "increase", target).assurance == increase
    assert xmr(QUIET, "decrease", target).assurance == decrease
    assert xmr(QUIET, "neutral", target).assurance is None


def test_a_target_is_judged_by_the_last_phase():
    higher = [one + 30 for one in QUIET]
    assert xmr([*QUIET, *higher], "increase", target=25, rebase=[12]).assurance == "consistently met"
    assert xmr([*higher, *QUIET], "increase", target=25, rebase=[12]).assurance == "consistently missed"


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: xmr([1, 2], rebase=[2]), "rebase has a position that is not there"),
        (lambda: xmr([1, 2], rebase=[-1]), "rebase has a position that is not there"),
        (lambda: xmr([1, 2], rebase=["2022-04"]), "rebase is not a whole number"),
        (lambda: xmr([1, 2], fix_after=1), "fix_after is below 2"),
        (lambda: xmr([1, 2], fix_after=1.5), "fix_after is not a whole number"),
        (lambda: xmr([1, 2], "up"), "improvement is not one of increase, decrease, neutral"),
        (lambda: xmr([1, 2], "increase", target=float("nan")), "target is not a number"),
        (lambda: xmr([1, float("inf")]), "values has one that is infinite"),
        (lambda: xmr([1, "2"]), "values has something that is not a number"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, why):
    with pytest.raises(ValueError, match=why):
        call()


series = st.lists(st.one_of(st.none(), st.integers(-60, 60)), max_size=45)
OPPOSITE = {"high": "low", "low": "high", "improvement": "concern", "concern": "improvement"}


@given(series, st.integers(-1000, 1000), st.integers(1, 9), st.sampled_from([None, 2, 12]), st.booleans())
def test_flags_do_not_depend_on_where_nought_is_or_on_the_unit(values, shift, times, fix_after, screen):
    there = xmr(values, "increase", fix_after=fix_after, screen=screen)
    moved = [None if value is None else value * times + shift for value in values]
    assert kinds(xmr(moved, "increase", fix_after=fix_after, screen=screen)) == kinds(there)


@given(series, st.sampled_from([None, 2, 12]), st.sampled_from(["increase", "neutral"]))
def test_upside_down_an_improvement_is_a_concern(values, fix_after, improvement):
    chart = xmr(values, improvement, target=7, fix_after=fix_after)
    mirrored = [None if value is None else -value for value in values]
    turned = xmr(mirrored, improvement, fix_after=fix_after)
    assert kinds(turned) == [OPPOSITE.get(kind, kind) for kind in kinds(chart)]
    if improvement == "increase":
        as_good = xmr(mirrored, "decrease", target=-7, fix_after=fix_after)
        assert kinds(as_good) == kinds(chart)
        assert as_good.assurance == chart.assurance


@given(series, series)
def test_phases_are_charts_of_their_own(first, second):
    if second:
        whole = xmr([*first, *second], rebase=[len(first)])
        assert whole.points == xmr(first).points + xmr(second).points


def plainly(values):
    """The rules once more, window by window, for a whole series without gaps: the oracle."""
    mean = fmean(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    kept = [one for one in ranges if one < 3.267 * fmean(ranges)] or ranges
    half = 2.66 * fmean(kept if any(kept) else ranges)
    found = set()
    for at in range(len(values)):
        seven, three = values[at : at + 7], range(at, min(at + 3, len(values)))
        if len(seven) == 7:
            rises = [b - a for a, b in pairwise(seven)]
            for side in (1, -1):
                if all(side * rise > 0 for rise in rises) or all(side * (one - mean) > 1e-9 for one in seven):
                    found |= set(range(at, at + 7))
        for side in (1, -1):
            beyond = [place for place in three if side * (values[place] - mean) > 2 / 3 * half + 1e-9]
            if half and len(beyond) >= 2:
                found |= set(beyond)
        if half and abs(values[at] - mean) > half + 1e-9:
            found.add(at)
    return mean, half, found


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=40))
def test_limits_and_flags_are_those_of_the_rules_applied_window_by_window(values):
    chart = xmr(values)
    mean, half, found = plainly(values)
    assert set(flagged(chart)) == found
    assert line(chart) == ([pytest.approx(mean + side * half) for side in (-1, 0, 1)] if half else [None, mean, None])


@pytest.mark.realdata
def test_every_series_of_accident_and_emergency_attendances_is_flagged_as_the_rules_say(shared_data):
    trusts = {}
    with (shared_data / "activity" / "ae_attendances_by_trust_2016-19.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            trusts.setdefault(row["case_id"], []).append(float(row["value"]))
    assert len(trusts) == 54
    for values in trusts.values():
        chart = xmr(values)
        mean, half, found = plainly(values)
        assert len(chart.points) == 36
        assert line(chart) == pytest.approx([mean - half, mean, mean + half])
        assert set(flagged(chart)) == found
    first = xmr(trusts["AE001"], rebase=[12, 24])
    assert [phase.temporary for phase in first.phases] == [False, False, False]
