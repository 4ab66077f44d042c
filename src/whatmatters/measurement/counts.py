"""The closed vocabulary of counts. Each adds up from practice to England; ratios are taken last, by whoever shows them.

Who counts where: a person counts for a period at the last practice they were registered with in it, the dead and the
departed included, unless the condition asks for ``Listed``. ``among`` keeps what belongs to people of that condition.
What came after the as-at date is not known yet and counts nowhere. Values are added and subtracted in whole millionths.

An *episode* is one person's events of one episode number. An event without a number is an episode of its own where
episodes are counted (repeats of its code on one day are one), and nothing can be seen to follow it.
"""

from dataclasses import dataclass
from typing import TypeAlias

from whatmatters.measurement.conditions import LISTED, AllOf, Condition, Did, EventOf


@dataclass(frozen=True)
class People:
    """Distinct people of whom this is true."""

    where: Condition


@dataclass(frozen=True)
class Happenings:
    """Events (rows) in the period: two on one day are two."""

    any_of: tuple[EventOf, ...]
    among: Condition | None = None


@dataclass(frozen=True)
class Total:
    """The values of these events in the period, added up; an event without a value adds nothing."""

    any_of: tuple[EventOf, ...]
    among: Condition | None = None


@dataclass(frozen=True)
class Episodes:
    """Distinct episodes with one of these events in the period: a person with two cases counts twice.

    ``then`` keeps those in which one of those events came on or after the first of ``any_of`` (of any day, also before
    the period), as far as the facts go: to the as-at date, not the period's end, for a referral made in March is
    answered in April. ``within`` gives it so many days from that first (0: on the same day). ``having`` keeps those
    whose latest event of each one's code, as far as the facts go, matches it (of several on that day, any).
    ``numbered`` leaves out events without an episode number; ``then`` and ``having`` do so always.
    """

    any_of: tuple[EventOf, ...]
    then: tuple[EventOf, ...] = ()
    within: int | None = None
    having: tuple[EventOf, ...] = ()
    numbered: bool = False
    among: Condition | None = None

    def __post_init__(self) -> None:
        if self.within is not None and (not self.then or self.within < 0):
            raise ValueError("within is how soon then must come, in days: say what then is, and 0 or more")


@dataclass(frozen=True)
class Open:
    """Numbered episodes that are open: on the period's ``last_day``, or at some time in the ``period``.

    Open at the end of a day: a ``started`` event by then, and no ``ended`` event on or after the last of them (what
    started and ended on one day has ended). Open in the period: open as it began, or a ``started`` event in it.
    ``having``: as in ``Episodes``, by the period's end. ``each`` is ``person`` (distinct people with such an episode)
    or ``episode``.
    """

    started: tuple[EventOf, ...]
    ended: tuple[EventOf, ...]
    when: str = "last_day"
    each: str = "person"
    having: tuple[EventOf, ...] = ()
    among: Condition | None = None

    def __post_init__(self) -> None:
        if self.when not in ("last_day", "period") or self.each not in ("person", "episode"):
            raise ValueError("open on the last_day or in the period; each person or episode")


@dataclass(frozen=True)
class Pairs:
    """Episodes with two readings or more on different days by the period's end, the last of them in the period.

    Of several readings on one day the lowest is taken. ``together`` pairs the first and last of all a person's
    readings, numbered or not; else readings without an episode number cannot be paired. Readings without a value never
    can. ``first_most``: the first reading is at most this. ``rise``: the last is at least so much above the first.
    """

    reading: EventOf
    together: bool = False
    first_most: float | None = None
    rise: float | None = None
    among: Condition | None = None


@dataclass(frozen=True)
class Change:
    """The last reading less the first, added up over these pairs."""

    of: Pairs


@dataclass(frozen=True)
class Around:
    """Events before and after a person's first ``anchor`` ever, where ``days`` from it end in the period.

    A person is in it when the anchor's day + ``days`` falls in the period and not after the as-at date, and they had
    not died by then. ``before`` counts events in the ``days`` days before that day, ``after`` those in the ``days``
    days after it, the day itself in neither; ``change`` is after less before; ``people`` is 1 for each person.
    """

    anchor: EventOf
    of: EventOf
    days: int
    side: str
    among: Condition | None = None

    def __post_init__(self) -> None:
        if self.side not in ("before", "after", "change", "people") or self.days < 1:
            raise ValueError("around an anchor: before, after, change or people, in 1 day or more")


@dataclass(frozen=True)
class Organisations:
    """Organisations of a kind open on the period's last day; with ``did``, those that did one of these.

    One did it when it is the ``organisation`` of a person's event, or of an event of its own in
    ``organisation_events``. A practice's is not the practice the person is registered with.
    """

    kind: str = "practice"
    did: Did | None = None


@dataclass(frozen=True)
class Doings:
    """Events of organisations themselves in the period (rows of ``organisation_events``), counted where they happened
    and above; with ``total``, their values added up: one without a value adds nothing.

    What nobody's record may hold is counted so: answers that belong to a practice and to no person.
    """

    any_of: tuple[EventOf, ...]
    total: bool = False


@dataclass(frozen=True)
class Staff:
    """Whole-time equivalents in post in a role on the period's last day.

    Posts count at the organisation that holds them and above: a network's worker is in none of its practices.
    """

    role: str


@dataclass(frozen=True)
class Workers:
    """Distinct workers in post in one of these roles on the period's last day; with ``having``, who did all of these.

    ``having`` is looked for among ``staff_events``. A worker with several such posts counts once: where they have the
    most hours, then at the first organisation by code. Hours not known are none; a post without a worker is nobody's.
    """

    roles: tuple[str, ...]
    having: tuple[Did, ...] = ()


@dataclass(frozen=True)
class By:
    """Groups by the detail of one code's events, each named; what has another detail or none is ``other``."""

    name: str
    code: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Largest:
    """The largest of the named groups, found at each organisation after adding up; an empty group is nought."""

    of: "PersonCount"
    by: By


@dataclass(frozen=True)
class Kinds:
    """How many of the named groups are not empty, found at each organisation after adding up."""

    of: "PersonCount"
    by: By


@dataclass(frozen=True)
class Published:
    """Comes from a publication, survey or return through an import; no engine computes it."""


PersonCount: TypeAlias = People | Happenings | Total | Episodes | Open | Pairs | Change | Around
Additive: TypeAlias = PersonCount | Organisations | Doings | Staff | Workers
Count: TypeAlias = Additive | Largest | Kinds | Published

REGISTERED = People(LISTED)
"""People registered and living on the period's last day: the list that rates are set against."""


def registered(*also: Condition) -> People:
    """Those of ``REGISTERED`` of whom these are true."""
    return People(AllOf((LISTED, *also))) if also else REGISTERED


def among_whom(count: PersonCount) -> Condition | None:
    """The condition that holds a count to some people, where it is not about people itself."""
    if isinstance(count, People):
        return None
    return count.of.among if isinstance(count, Change) else count.among
