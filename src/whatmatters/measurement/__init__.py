"""Facts in, numbers out: one definition a number, for every organisation, period and group of people.

Needs neither Django nor any other room; in a notebook::

    from whatmatters.measurement import measure
    from whatmatters.programme.indicators import INDICATORS
    table = measure("facts", ["2022-23"], INDICATORS.values())

Importing this package loads nothing heavy; ``measure`` does when it is called.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from whatmatters.measurement.indicators import BREAKDOWNS, LEVELS

if TYPE_CHECKING:
    import pyarrow

    from whatmatters.measurement.facts import Facts
    from whatmatters.measurement.indicators import Indicator
    from whatmatters.periods import Period


def measure(
    facts: "str | Path | Facts",
    periods: "Iterable[str | Period]",
    indicators: "Iterable[Indicator]",
    *,
    levels: Iterable[str] = LEVELS,
    breakdowns: Iterable[str] = BREAKDOWNS,
    organisations: str = "then",
    engine: str = "duckdb",
    as_at: date | None = None,
    master: str = "",
) -> "pyarrow.Table":
    """Results of every indicator that is computed, as rows of ``results.COLUMNS``, sorted.

    ``organisations``: memberships as on each period's last day (``then``) or as at ``as_at`` (``now``). ``as_at``:
    how far the facts go; by default the latest event's day, leaving out days yet to come. ``facts`` may be a URL and
    ``master`` a cluster's where the engine is spark. Raises FactsError when the facts would make a number wrong in
    silence and ValueError for a period, level, breakdown or engine not known, and a period that has not begun.
    """
    from whatmatters.measurement.results import Asked, results  # noqa: PLC0415 - see above: nothing heavy on import

    return results(facts, Asked(periods, indicators, levels, breakdowns, organisations, engine, as_at, master))
