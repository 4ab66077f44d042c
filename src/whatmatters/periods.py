"""Financial years, quarters, single days and ages. Knows nothing of people or organisations.

A period is half-open: ``start`` is in, ``end`` is out. Labels: ``2022-23`` (1 April 2022 to 31 March 2023),
``2022-23-Q1`` (April to June) and ``2026-07-01`` (one day, for figures published as at a date).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

YEAR = re.compile(r"(\d{4})-(\d{2})(?:-Q([1-4]))?", re.ASCII)
TOP_BAND = 95


@dataclass(frozen=True, order=True)
class Period:
    start: date
    end: date
    label: str

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def kind(self) -> str:
        """``day``, ``quarter`` or ``year``."""
        return {1: "day"}.get((self.end - self.start).days, "quarter" if "Q" in self.label else "year")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


def period(label: str) -> Period:
    """The period a label names. Raises ValueError that says which labels are understood."""
    match = YEAR.fullmatch(label)
    if match and (int(match[1]) + 1) % 100 == int(match[2]) and 1900 <= int(match[1]) < 9999:
        year = int(match[1])
        return quarter(year, int(match[3])) if match[3] else Period(date(year, 4, 1), date(year + 1, 4, 1), label)
    try:
        day = date.fromisoformat(label)
    except ValueError:
        raise ValueError(
            f"{label!r} is not a period: write a financial year 2022-23, a quarter 2022-23-Q1 or a day 2022-07-01"
        ) from None
    return Period(day, day + timedelta(days=1), day.isoformat())


def year_named(label: str) -> Period | None:
    """The financial year that the label names; None for anything else."""
    try:
        found = period(label)
    except ValueError:
        return None
    return found if found.kind == "year" else None


def quarter(year: int, number: int) -> Period:
    """Quarter ``number`` (1 = April to June) of the financial year that starts in April of ``year``."""
    month = 1 + 3 * number  # 4, 7, 10, 13: the fourth quarter falls in the next calendar year
    start = date(year + (month > 12), (month - 1) % 12 + 1, 1)
    end = date(start.year + (start.month > 9), (start.month + 2) % 12 + 1, 1)
    return Period(start, end, f"{year}-{(year + 1) % 100:02d}-Q{number}")


def quarters(of: Period) -> list[Period]:
    """The four quarters of a financial year."""
    return [quarter(of.start.year, number) for number in (1, 2, 3, 4)]


def financial_year(day: date) -> Period:
    """The financial year a day falls in."""
    year = day.year - (day.month < 4)
    return period(f"{year}-{(year + 1) % 100:02d}")


def latest_years(day: date, number: int) -> list[Period]:
    """The financial year a day falls in and those before it, the latest first, so many in all."""
    first = financial_year(day).start
    return [financial_year(first.replace(year=first.year - back)) for back in range(number)]


def age(born: date, on: date) -> int:
    """Whole years on a day. Someone born on 29 February has their birthday on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_band(years: int) -> str:
    """The five-year band of an age: ``0-4`` ... ``90-94``, ``95+``."""
    if years >= TOP_BAND:
        return f"{TOP_BAND}+"
    low = years // 5 * 5
    return f"{low}-{low + 4}"


AGE_BANDS = tuple(age_band(low) for low in range(0, TOP_BAND + 1, 5))
