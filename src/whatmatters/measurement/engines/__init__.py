"""One file or folder an engine. Each turns people's facts into *grains*; ``roll_up`` turns grains into results.

An engine is a module with ``grains(facts, plan)``. It yields for every period, in order, ``Grains``: what the people of
each practice add to each count, by group, in whole millionths, in which addition gives the same in every order.
Everything above a practice is a sum of these, taken in one place for all engines. ``reference`` alone shares nothing
with the others: it goes from rows to results by itself, and is what they are held to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyarrow as pa

from whatmatters.measurement.conditions import Did, EventOf
from whatmatters.measurement.counts import Additive, Count, Kinds, Largest, People, Published
from whatmatters.measurement.indicators import Indicator, narrow
from whatmatters.periods import Period

ENGINES = ("duckdb", "kernel", "spark", "reference")

COLUMNS = pa.schema(
    [(name, pa.string()) for name in ("indicator", "period", "organisation", "level", "breakdown", "group")]
    + [(name, pa.float64()) for name in ("numerator", "denominator", "coverage")]
)

GRAINS = pa.schema(
    [
        ("atom", pa.int32()),
        ("practice", pa.string()),
        ("breakdown", pa.string()),
        ("grp", pa.string()),
        ("amount", pa.int64()),
    ]
)
"""Text columns may be dictionaries. A row of amount 0 may be left out; the rows of one cell may be several."""

DOERS = pa.schema([("atom", pa.int32()), ("organisation", pa.string())])
"""Who did what an ``Organisations`` count asks among people's events; under ``REPORTED``, the practices that anyone
was registered with in the period."""
REPORTED = -1


@dataclass(frozen=True)
class Grains:
    period: Period
    grains: pa.Table
    doers: pa.Table


@dataclass(frozen=True)
class Plan:
    """What is asked of an engine. ``organisations`` is ``then`` or ``now``; breakdowns may hold ``detail``."""

    periods: Sequence[Period]
    indicators: Sequence[Indicator]
    levels: Sequence[str]
    breakdowns: Sequence[str]
    organisations: str
    as_at: date

    def membership_day(self, period: Period) -> date:
        """The day on which it matters what belongs to what."""
        return period.last_day if self.organisations == "then" else self.as_at

    @property
    def splits(self) -> list[str]:
        """The breakdowns that are kinds of people; ``detail`` is a matter of counts, ``all`` of none."""
        return [one for one in self.breakdowns if one not in ("all", "detail")]

    @cached_property
    def atoms(self) -> dict[Additive, int]:
        """Every count that is needed, once, with its number: however many indicators use it, it is counted once."""
        found: dict[Additive, int] = {}
        for indicator in self.indicators:
            sides = [indicator.counts]
            if "detail" in self.breakdowns:
                sides += [counts for _, counts in indicator.groups]
            for counts in sides:
                for count in counts:
                    for part in parts(count):
                        found.setdefault(part, len(found))
            for code in indicator.needs:
                found.setdefault(known(code), len(found))
        return found


def parts(count: Count) -> tuple[Additive, ...]:
    """The counts that add up, of which this one is made: itself, or the named groups of ``Largest`` and ``Kinds``."""
    if isinstance(count, Published):
        return ()
    if isinstance(count, Largest | Kinds):
        groups = (narrow((count.of,), count.by, group) for group in count.by.details)
        return tuple(part for (group,) in groups for part in parts(group))
    return (count,)


def known(code: str) -> People:
    """People who have had such an event by the period's end: where there is none, the code is not being recorded."""
    return People(Did((EventOf(code),), when="ever"))
