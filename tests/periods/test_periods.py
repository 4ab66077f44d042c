"""Financial years, quarters, days and ages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.periods import AGE_BANDS, age, age_band, financial_year, period, quarters

days = st.dates(date(1901, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("label", "first", "last", "kind"),
    [
        ("2022-23", date(2022, 4, 1), date(2023, 3, 31), "year"),
        ("1999-00", date(1999, 4, 1), date(2000, 3, 31), "year"),
        ("2022-23-Q1", date(2022, 4, 1), date(2022, 6, 30), "quarter"),
        ("2022-23-Q3", date(2022, 10, 1), date(2022, 12, 31), "quarter"),
        ("2023-24-Q4", date(2024, 1, 1), date(2024, 3, 31), "quarter"),
        ("2026-07-01", date(2026, 7, 1), date(2026, 7, 1), "day"),
    ],
)
def test_a_label_names_its_days(label: str, first: date, last: date, kind: str) -> None:
    named = period(label)
    assert (named.start, named.last_day, named.kind, named.label) == (first, last, kind, label)


@pytest.mark.parametrize(
    "label", ["", "2022", "2022-24", "2022-23-Q5", "2022/23", "2022-23-q1", "2022-02-30", "٢٠٢٢-٢٣"]
)
def test_what_is_not_a_period_is_refused_with_the_ways_to_write_one(label: str) -> None:
    with pytest.raises(ValueError, match="write a financial year 2022-23"):
        period(label)


@given(days)
def test_every_day_is_in_one_year_and_one_of_its_quarters(day: date) -> None:
    year = financial_year(day)
    assert day in year
    assert [day in quarter for quarter in quarters(year)].count(True) == 1


@given(days)
def test_the_quarters_of_a_year_join_without_gap_or_overlap(day: date) -> None:
    year = financial_year(day)
    edges = [year.start, *(quarter.end for quarter in quarters(year))]
    assert [quarter.start for quarter in quarters(year)] == edges[:4]
    assert edges[-1] == year.end


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1950, 6, 1), date(2026, 5, 31), 75),
        (date(1950, 6, 1), date(2026, 6, 1), 76),
        (date(2004, 2, 29), date(2025, 2, 28), 20),
        (date(2004, 2, 29), date(2025, 3, 1), 21),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_age_is_counted_in_whole_years(born: date, on: date, years: int) -> None:
    assert age(born, on) == years


@given(days, st.integers(0, 40_000))
def test_nobody_grows_younger(born: date, later: int) -> None:
    on = born + timedelta(days=later)
    assert 0 <= age(born, on) <= age(born, on + timedelta(days=1))


def test_the_bands_are_five_years_wide_and_the_last_is_open() -> None:
    assert [age_band(years) for years in (0, 4, 5, 94, 95, 110)] == ["0-4", "0-4", "5-9", "90-94", "95+", "95+"]
    assert (len(AGE_BANDS), AGE_BANDS[0], AGE_BANDS[-1]) == (20, "0-4", "95+")
