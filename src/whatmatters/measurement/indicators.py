"""The closed vocabulary in which a number is declared: data, not SQL, so that every engine can run it.

An indicator is a numerator over a denominator, each one of the counts below. Counts add up from practice to England;
the ratio is taken last, by whoever shows it. Two indicators that use an equal count share its work.

Who counts where: a person counts for a period at the last practice they were registered with in it, the dead and the
departed included; ``Registered`` and ``Overdue`` count only the registered and living on the period's last day. What
came after the as-at date is not known yet and counts nowhere.
"""

from dataclasses import dataclass
from datetime import date

from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement.examples import Example

LEVELS = ("practice", "pcn", "sub_icb", "icb", "region", "nation")
BREAKDOWNS = ("all", "age_sex", "ethnicity", "deprivation")
UNITS = {"per 1000": 1_000, "per 10,000": 10_000, "percent": 100, "mean": 1, "count": 1}


@dataclass(frozen=True)
class EventOf:
    """An event of this code; when given, with one of these details and a value from ``least`` to ``most`` (both in)."""

    code: str
    details: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        if self.code not in CONCEPTS:
            raise ValueError(f"{self.code!r} is not a concept: see events/codes.py")


@dataclass(frozen=True)
class Followed:
    """``then`` in the period, on or after a ``first`` of any day: the year of the support is the one counted."""

    first: EventOf
    then: EventOf


@dataclass(frozen=True)
class People:
    """Distinct people with at least one of these in the period."""

    any_of: tuple[EventOf | Followed, ...]


@dataclass(frozen=True)
class Registered:
    """People registered and living on the period's last day; with ``ever``, those who by then had such an event."""

    ever: tuple[EventOf, ...] = ()


@dataclass(frozen=True)
class Overdue:
    """People of ``Registered(ever)`` whose date, as last set, was before the period's last day and is not yet kept.

    While the period runs the as-at date stands for its last day: what is due tomorrow is not overdue today.
    The value of ``set_by`` is days from its own day to the date. Of two set on one day the sooner counts. It is kept
    by ``done_by`` on a later day than it was set (on that day, the doing belongs to the date before).
    """

    ever: tuple[EventOf, ...]
    set_by: EventOf
    done_by: EventOf


@dataclass(frozen=True)
class Episodes:
    """Distinct episodes of a person with one of these events in the period.

    An event without an episode number is an episode of its own; repeats of its code on one day are one. ``then``
    keeps the episodes in which one of those events came on or after the first of ``any_of``, as far as the facts go
    (to the as-at date, not the period's end: a referral made in March is answered in April). ``numbered`` leaves out
    events without an episode number, which nothing can be seen to follow; ``then`` does so always.
    """

    any_of: tuple[EventOf, ...]
    then: tuple[EventOf, ...] = ()
    numbered: bool = False


@dataclass(frozen=True)
class Pairs:
    """Episodes with two readings or more on different days by the period's end, the last of them in the period.

    Readings without an episode number or value cannot be paired. Of several on one day the lowest is taken.
    """

    reading: EventOf


@dataclass(frozen=True)
class Change:
    """The sum over ``Pairs`` of the last reading less the first."""

    reading: EventOf


@dataclass(frozen=True)
class Practices:
    """Practices open on the period's last day; with ``any_of``, those that did one of these in the period.

    The practice that did it is the event's ``organisation``, not the one the person is registered with.
    """

    any_of: tuple[EventOf, ...] = ()


@dataclass(frozen=True)
class Staff:
    """Whole-time equivalents in post in a role on the period's last day.

    Posts count at the organisation that holds them and above: a network's worker is in none of its practices.
    """

    role: str


@dataclass(frozen=True)
class Published:
    """Comes from a publication through an import; no engine computes it."""


PersonCount = People | Registered | Overdue | Episodes | Pairs | Change
Count = PersonCount | Practices | Staff | Published


@dataclass(frozen=True)
class Indicator:
    """One definition. ``counted`` and ``out_of`` say numerator and denominator in words a link worker would use.

    ``direction`` is which way is better: higher, lower or neither. ``lowest`` is the lowest level it has a meaning at.
    ``valid_from`` and ``valid_to`` are the days this reading is meant for: shown on its page, not enforced. A change
    of meaning is a new ``version``.
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

    def __post_init__(self) -> None:
        if self.unit not in UNITS or self.direction not in ("higher", "lower", "neither") or self.lowest not in LEVELS:
            raise ValueError(f"{self.id}: unit, direction or lowest level is not one of the known ones")
        if (self.denominator is None) != (self.unit == "count"):
            raise ValueError(f"{self.id}: a count has no denominator and everything else has one")

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
        """Whether it can be broken down by kinds of people: organisations and staff cannot."""
        return all(isinstance(count, PersonCount) for count in self.counts)

    def value(self, numerator: float, denominator: float | None) -> float | None:
        """The number as its unit says it; None where there is nothing to divide by."""
        if self.denominator is None:
            return numerator
        return numerator * UNITS[self.unit] / denominator if denominator else None
