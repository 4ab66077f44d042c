"""Names for the arrays that invented people are made of, and days as whole numbers."""

from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.signedinteger[Any]]
Index: TypeAlias = Whole
"""Places in other arrays; ``NONE`` where there is none."""
Days: TypeAlias = Whole
"""Days since 1 January 1970; ``NEVER`` where there is none."""
Picks: TypeAlias = Whole
"""Words as their numbers in a list of words; ``NONE`` where there is none."""
Numbers: TypeAlias = NDArray[np.floating[Any]]
Flags: TypeAlias = NDArray[np.bool_]

NEVER = 1 << 30
NONE = -1
YEARS = 5
YEAR = 365.25
EPOCH = date(1970, 1, 1)


class Span(NamedTuple):
    """The years that are told in full, as days: ``since`` is the first and ``until`` the last."""

    since: int
    until: int

    def day(self, year: float) -> int:
        """So many years from the start."""
        return self.since + round(year * YEAR)


def span(until: date) -> Span:
    after = until + timedelta(days=1)
    leap = (after.month, after.day) == (2, 29)
    since = date(after.year - YEARS, 3, 1) if leap else after.replace(year=after.year - YEARS)
    return Span(number(since), number(until))


def number(day: date) -> int:
    return (day - EPOCH).days


def as_date(day: int) -> date:
    return EPOCH + timedelta(days=int(day))
