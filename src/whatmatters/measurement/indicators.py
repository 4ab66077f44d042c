"""An indicator: a numerator over a denominator, declared once as data, with everything its page says.

Two indicators that use an equal count share its work. See ``counts`` for what can be counted and ``conditions`` for
what can be asked of a person; both are re-exported here, so that a definition imports from one place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement.conditions import (
    LISTED,
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Did,
    EventOf,
    Followed,
    Listed,
    Not,
    Overdue,
    Standing,
    did,
    events_of,
    narrowed,
    some_time,
)
from whatmatters.measurement.counts import (
    REGISTERED,
    Additive,
    Around,
    By,
    Change,
    Count,
    Doings,
    Episodes,
    Happenings,
    Kinds,
    Largest,
    Open,
    Organisations,
    Pairs,
    People,
    PersonCount,
    Published,
    Staff,
    Total,
    Workers,
    registered,
)
from whatmatters.measurement.examples import Example
from whatmatters.measurement.well_formed import faults

__all__ = [
    "BREAKDOWNS",
    "LEVELS",
    "LISTED",
    "REGISTERED",
    "UNITS",
    "Additive",
    "Aged",
    "AllOf",
    "AnyOf",
    "Around",
    "AtLeast",
    "By",
    "Change",
    "Condition",
    "Count",
    "Did",
    "Doings",
    "Episodes",
    "EventOf",
    "Followed",
    "Happenings",
    "Indicator",
    "Kinds",
    "Largest",
    "Listed",
    "Not",
    "Open",
    "Organisations",
    "Overdue",
    "Pairs",
    "People",
    "PersonCount",
    "Published",
    "Staff",
    "Standing",
    "Total",
    "Workers",
    "did",
    "events_of",
    "registered",
    "some_time",
]

LEVELS = ("practice", "pcn", "sub_icb", "icb", "region", "nation")
BREAKDOWNS = ("all", "age_sex", "ethnicity", "deprivation", "detail")
"""``detail`` stands for the one breakdown a definition asks for in ``by``; its rows carry that one's name."""
UNITS = {"per 1000": 1_000, "per 10,000": 10_000, "percent": 100, "mean": 1, "count": 1}
OTHER = "other"


@dataclass(frozen=True)
class Indicator:
    """One definition. ``counted`` and ``out_of`` say numerator and denominator in words a link worker would use.

    ``direction`` is which way is better: higher, lower or neither. ``lowest`` is the lowest level it has a meaning at.
    ``valid_from`` and ``valid_to`` are the days this reading is meant for: shown on its page, not enforced. A change
    of meaning is a new ``version``. ``by`` asks for a breakdown by detail. ``beside`` names the indicator to read it
    with: all activity beside what counts for the contract.

    ``needs`` are codes without which the number cannot be known (a case's closure, whose SNOMED id is not public, so
    that imported records never hold it). A practice is known to record a code when one of the people who count there
    has had such an event by the period's end. Where it is not, the practice is left out of both sides and counts in
    the coverage as one that did not report: not known, and never nought.
    """

    id: str
    title: str
    component: str
    numerator: Count
    denominator: Count | None
    counted: str
    out_of: str
    unit: str
    direction: str
    source: str
    why: str
    caveats: tuple[str, ...]
    example: Example | None
    owner: str = "Programme measurement lead"
    reviewed: date = date(2026, 11, 21)
    valid_from: date = date(2019, 4, 1)
    valid_to: date | None = None
    version: int = 1
    lowest: str = "practice"
    by: By | None = None
    needs: tuple[str, ...] = ()
    beside: str = ""

    def __post_init__(self) -> None:
        for name, known in (("unit", UNITS), ("direction", ("higher", "lower", "neither")), ("lowest", LEVELS)):
            if getattr(self, name) not in known:
                raise ValueError(f"{self.id}: {name} {getattr(self, name)!r} is none of {', '.join(known)}")
        for side in ("numerator", "denominator"):
            for fault in faults(getattr(self, side), Count | None, side):
                raise ValueError(f"{self.id}: {fault}")
        if (self.denominator is None) != (self.unit == "count"):
            raise ValueError(f"{self.id}: a count has no denominator and everything else has one")
        if unknown := [code for code in self.needs if code not in CONCEPTS]:
            raise ValueError(f"{self.id} needs {unknown}, which are no concepts: see events/codes.py")
        if self.by and (not self.splits or self.by.name in BREAKDOWNS or OTHER in self.by.details):
            raise ValueError(f"{self.id}: only counts of people split by detail, under a name and groups of their own")

    @property
    def computed(self) -> bool:
        return not isinstance(self.numerator, Published)

    @property
    def levels(self) -> tuple[str, ...]:
        return LEVELS[LEVELS.index(self.lowest) :]

    @property
    def counts(self) -> tuple[Count, ...]:
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)

    @property
    def splits(self) -> bool:
        """Whether it can be broken down by kinds of people: organisations, staff and groups of groups cannot."""
        return all(isinstance(count, PersonCount) for count in self.counts)

    @property
    def groups(self) -> Iterator[tuple[str, tuple[Count, ...]]]:
        """Each group of ``by`` with its counts: the same, their events of its code held to the group's details."""
        for group in self.group_names:
            yield group, narrow(self.counts, self.by, group)

    @property
    def group_names(self) -> tuple[str, ...]:
        return (*self.by.details, OTHER) if self.by else ()

    def value(self, numerator: float, denominator: float | None) -> float | None:
        """The number as its unit says it; None where there is nothing to divide by."""
        if self.denominator is None:
            return numerator
        return numerator * UNITS[self.unit] / denominator if denominator else None


def narrow(counts: tuple[Count, ...], by: By | None, group: str) -> tuple[Count, ...]:
    """Counts held to one group of a breakdown by detail."""
    if by is None:
        return counts
    return narrowed(counts, by.code, but=by.details) if group == OTHER else narrowed(counts, by.code, to=(group,))
