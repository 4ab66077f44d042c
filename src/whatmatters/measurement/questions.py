"""What a comparison asks: which support, which use of care, and the days it looks at.

**Windows**: 365 days before the day the support began and 365 after, the day itself in neither. The 365 days before
those are the placebo test (``earlier``), and the 365 before them the prior use that people are matched on. So a person
needs 1,461 days on a list. A period holds the people whose 365 days after ended in it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from whatmatters import periods as calendar
from whatmatters.measurement.conditions import EventOf

DAYS = 365
FEWEST = 30  # supported people: under that, chance alone moves the result more than any support is expected to


@dataclass(frozen=True)
class Question:
    """``indicator`` is the number it answers for, ``of`` the use that is counted.

    A support begins at a person's first ``starts``, of those with a ``referred`` event by then (empty: all). Whoever
    has one of ``without`` is no comparator. ``conditions``: only people with so many long-term conditions at least.
    """

    indicator: str
    definition: int
    starts: EventOf
    of: EventOf
    without: tuple[EventOf, ...]
    referred: tuple[EventOf, ...] = ()
    conditions: int = 0


@dataclass(frozen=True)
class Window:
    """The days, ``end`` not among them, on which a support began whose year after ended in the period."""

    start: date
    end: date


def window(period: calendar.Period, as_at: date) -> Window | None:
    """None where no year after has ended in the period by the as-at day."""
    year = timedelta(days=DAYS)
    start, end = period.start - year, min(period.end, as_at + timedelta(days=1)) - year
    return Window(start, end) if start < end else None
