"""Met, on track, behind, missed, not yet due, not known: as measurement's page on judgement has it."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.judgement import Judgement, grows, judge

YEAR = period("2022-23")  # 365 days
LEAP = period("2023-24")  # 366 days


def judged(value: Any, as_at: str, bound: float = 16, direction: str = "higher", **more: Any) -> str:
    facts = {"over": YEAR, "coverage": 1.0, **more}
    return judge(value, bound=bound, direction=direction, as_at=date.fromisoformat(as_at), **facts).value


@pytest.mark.parametrize(
    ("value", "as_at", "expected"),
    [
        (0, "2022-03-31", "not yet due"),  # the day before the year begins
        (0, "2022-04-01", "behind"),  # one day of 365 asks for a little
        (0.1, "2022-04-01", "on track"),
        (8, "2022-09-30", "behind"),  # 183 of 365 days ask for 8.02
        (8, "2022-09-29", "on track"),  # 182 of 365 days ask for 7.98
        (16, "2022-09-30", "met"),  # before the due date
        (15.9, "2023-03-31", "behind"),  # the due date itself has not passed
        (16, "2023-03-31", "met"),
        (15.9, "2023-04-01", "missed"),
        (16, "2023-04-01", "met"),
        (40, "2023-04-01", "met"),  # however far above: an upper bound is not judged
    ],
)
def test_a_number_that_grows_is_judged_pro_rata_to_the_days_gone(value: float, as_at: str, expected: str) -> None:
    assert judged(value, as_at) == expected


def test_the_leap_day_counts_among_the_days_gone() -> None:
    # 183 of 366 days are half of the year: 8 of 16 is enough on 30 September 2023, where 2022 asked for a little more.
    assert judged(8, "2023-09-30", over=LEAP) == "on track"
    assert judged(8, "2022-09-30", over=YEAR) == "behind"


@pytest.mark.parametrize(
    ("value", "coverage", "expected"),
    [(None, 1.0, "not known"), (16, 0.79, "not known"), (16, 0.8, "met"), (16, None, "met")],
)
def test_what_is_not_recorded_or_hardly_reported_is_not_known(
    value: float | None, coverage: float | None, expected: str
) -> None:
    assert judged(value, "2023-05-01", coverage=coverage) == expected


def test_nothing_is_due_before_the_period_whatever_is_known() -> None:
    assert judged(None, "2022-03-31", coverage=0.1) == "not yet due"


@pytest.mark.parametrize(
    ("value", "as_at", "expected"),
    [
        (15, "2022-10-01", "on track"),
        (21, "2022-10-01", "behind"),
        (20, "2022-10-01", "on track"),  # it can still rise above 20: not met until the year is over
        (20, "2023-03-31", "met"),
        (21, "2023-03-31", "behind"),
        (21, "2023-04-01", "missed"),
    ],
)
def test_where_lower_is_better_the_bound_is_a_ceiling(value: float, as_at: str, expected: str) -> None:
    assert judged(value, as_at, bound=20, direction="lower", grows=False) == expected


def test_a_negative_bound_is_a_fall_to_reach() -> None:
    # GP appointments of those referred are to fall by 14%.
    assert judged(-14, "2023-04-01", bound=-14, direction="lower") == "met"
    assert judged(-13, "2023-04-01", bound=-14, direction="lower") == "missed"
    assert judged(-7.5, "2022-09-30", bound=-14, direction="lower") == "on track"
    assert judged(-6.5, "2022-09-30", bound=-14, direction="lower") == "behind"


def test_a_share_is_not_judged_pro_rata() -> None:
    assert judged(50, "2022-09-30", bound=80, grows=False) == "behind"
    assert judged(80, "2022-09-30", bound=80, grows=False) == "met"
    growing = {name for name, indicator in INDICATORS.items() if grows(indicator)}
    assert {"sp-referred-per-1000", "pcsp-all-per-1000", "reached", "sp-referrals", "sdm-situations"} <= growing
    assert {"sdm-joint-pain-share", "activation-supported-per-1000"} <= growing
    assert not growing & {
        "phb-cohorts",
        "phb-in-year",
        "activation-new-type-2-diabetes-share",
        "sp-taken-up-share",
        "pcsp-review-overdue-share",
        "phb-live",
        "pc15-plan-reviewed",
        "link-workers",
    }


days = st.integers(0, 364).map(lambda n: YEAR.start + timedelta(days=n))
values = st.fractions(0, 100, max_denominator=50)
bounds = st.integers(1, 50)
RANK = {Judgement.BEHIND: 0, Judgement.ON_TRACK: 1, Judgement.MET: 2}


@given(values, values, bounds, days)
def test_more_is_never_judged_worse_where_higher_is_better(a: Fraction, b: Fraction, bound: int, day: date) -> None:
    low, high = (
        judge(one, bound=bound, direction="higher", over=YEAR, as_at=day, coverage=1.0) for one in sorted((a, b))
    )
    assert RANK[low] <= RANK[high]


@given(values, bounds, days, days)
def test_the_same_number_is_never_judged_better_later(value: Fraction, bound: int, a: date, b: date) -> None:
    early, late = (
        judge(value, bound=bound, direction="higher", over=YEAR, as_at=day, coverage=1.0) for day in sorted((a, b))
    )
    assert RANK[early] >= RANK[late]


@given(bounds, days)
def test_exactly_the_pro_rata_bound_is_on_track(bound: int, day: date) -> None:
    due_by_now = Fraction(bound * ((day - YEAR.start).days + 1), 365)
    found = judge(due_by_now, bound=bound, direction="higher", over=YEAR, as_at=day, coverage=1.0)
    assert found == (Judgement.MET if day == YEAR.last_day else Judgement.ON_TRACK)
