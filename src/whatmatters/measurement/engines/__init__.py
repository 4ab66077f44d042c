"""One file an engine. Each has ``run(facts, plan)``, which returns a table of ``COLUMNS`` in any order.

All engines agree exactly: sums are taken in whole millionths, in which addition gives the same in every order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from whatmatters.measurement.indicators import Indicator
from whatmatters.periods import Period

ENGINES = ("duckdb", "reference")

COLUMNS = pa.schema(
    [(name, pa.string()) for name in ("indicator", "period", "organisation", "level", "breakdown", "group")]
    + [(name, pa.float64()) for name in ("numerator", "denominator", "coverage")]
)


@dataclass(frozen=True)
class Plan:
    """What is asked of an engine. ``organisations`` is ``then`` or ``now``."""

    periods: Sequence[Period]
    indicators: Sequence[Indicator]
    levels: Sequence[str]
    breakdowns: Sequence[str]
    organisations: str
    as_at: date

    def membership_day(self, period: Period) -> date:
        """The day on which it matters what belongs to what."""
        return period.last_day if self.organisations == "then" else self.as_at
