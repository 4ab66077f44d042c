"""What each day means to each period, looked up and never worked out in the loop: all calendar rules are here."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

import numpy as np

from whatmatters.measurement.conditions import Aged
from whatmatters.measurement.engines.kernel.tables import EIGHT, Days, Whole
from whatmatters.periods import AGE_BANDS, Period

EPOCH = date(1970, 1, 1)


def number(day: date) -> int:
    return (day - EPOCH).days


def table_of_days(
    periods: Sequence[Period], as_at: date, months: Sequence[int], ages: Sequence[Aged], born: tuple[int, int]
) -> Days:
    """``months`` and ``ages``: those that conditions ask for. ``born``: the first and last day of birth known."""
    starts, ends = (np.array([number(getattr(one, side)) for one in periods]) for side in ("start", "end"))
    windows = [np.array([number(_months_before(one.end, many)) for one in periods]) for many in months]
    low, high = min(np.min(boundary) for boundary in (starts, *windows)) - 1, max(ends)
    day = np.arange(low, high + 1)[:, None]
    holds = _word((day >= starts) & (day < ends))
    years = _ages(np.arange(born[0], born[1] + 1), ends - 1)
    at, band, band_in = _bands(years)
    return Days(
        low=int(low),
        high=int(high),
        as_at=number(as_at),
        periods=len(periods),
        stride=len(periods) if len(periods) < EIGHT else -(-len(periods) // EIGHT) * EIGHT,
        end=ends,
        holds=holds,
        come=_word(day < ends),
        ahead=_word(day < starts),
        span=len(day),
        months=np.array([_word((day >= since) & (day < ends)) for since in windows] or [holds]),
        born_low=born[0],
        unborn=len(years) - 1,
        aged=np.array([_word(_of_age(years, one)) for one in ages] or [np.zeros(len(years), np.int64)]),
        band_at=at,
        band=band,
        band_in=band_in,
    )


def _word(true: np.ndarray) -> Whole:
    """Rows of a truth for each period as words."""
    words: Whole = (true.astype(np.int64) << np.arange(true.shape[1])).sum(axis=1)
    return words


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _ages(born: Whole, on: Whole) -> Whole:
    """Whole years by birthday and day, by month and day alone; a last row of -1 for no birthday known."""
    year, rest = _year_and_rest(born)
    years, days = _year_and_rest(on)
    age = years - year[:, None] - (days < rest[:, None])
    return np.vstack([age, np.full(len(on), -1)])


def _year_and_rest(days: Whole) -> tuple[Whole, Whole]:
    """The year of a day, and its month and day as one number that sorts."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    year = day.astype("datetime64[Y]")
    return year.astype(np.int64) + 1970, (month - year).astype(np.int64) * 32 + (day - month).astype(np.int64)


def _of_age(years: Whole, asked: Aged) -> np.ndarray:
    known = np.arange(len(years)) < len(years) - 1
    return (years >= asked.least) & (years <= asked.most) & known[:, None]


def _bands(years: Whole) -> tuple[Whole, Whole, Whole]:
    """For each birthday the bands gone through, and when: numbered from 1, 0 where the age is not known."""
    bands = np.where(years < 0, 0, np.minimum(years // 5, len(AGE_BANDS) - 1) + 1)
    rows, found, words = [], [], []
    for band in range(len(AGE_BANDS) + 1):
        word = _word(bands == band)
        row = np.flatnonzero(word)
        rows.append(row)
        found.append(np.full(len(row), band))
        words.append(word[row])
    row = np.concatenate(rows)
    order = np.argsort(row, kind="stable")
    at = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(years)))])
    return at, np.concatenate(found)[order], np.concatenate(words)[order]
