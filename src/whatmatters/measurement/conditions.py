"""What can be said of a person at a period: the closed vocabulary of conditions, as data that every engine can run.

``period`` below is the one being measured; its end is the day after its last. An event after the as-at date is not
known yet and meets no condition. A date set against another on the same day is settled by a rule stated here, so that
no engine's order of rows decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeAlias, TypeVar

from whatmatters.events.codes import CONCEPTS

Frozen = TypeVar("Frozen")


@dataclass(frozen=True)
class EventOf:
    """An event of this code; when given, with one of these details, none of ``but``, and a value in [least, most].

    An event without a detail is none of ``but``; one without a value is in no range.
    """

    code: str
    details: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    but: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.code not in CONCEPTS:
            raise ValueError(f"{self.code!r} is not a concept: see events/codes.py")


@dataclass(frozen=True)
class Did:
    """At least one of these events: in the ``period``, ``ever`` by its end, or ``before`` its start.

    With ``months`` (and ``when`` left alone), in so many calendar months up to the period's end: from the day of the
    same number, or the month's last where it is shorter.
    """

    any_of: tuple[EventOf, ...]
    when: str = "period"
    months: int = 0

    def __post_init__(self) -> None:
        if self.when not in ("period", "ever", "before") or (self.months and self.when != "period"):
            raise ValueError(f"{self.when!r}: an event is looked for in the period, ever, before, or in some months")


@dataclass(frozen=True)
class Followed:
    """``then`` in the period, on or after a ``first`` of any day: the year of the support is the one counted.

    With ``within``, at most so many days after one (0: on the same day), whatever other there was before it.
    """

    first: EventOf
    then: EventOf
    within: int | None = None

    def __post_init__(self) -> None:
        if self.within is not None and self.within < 0:
            raise ValueError("within is how soon then must come, in days: 0 or more")


@dataclass(frozen=True)
class Standing:
    """An ``on`` event with no ``off`` event on a later day: a state that lasts until something ends it.

    On one day both were recorded, the state stands. ``last_day``: by the period's end. ``period``: at some time in it,
    which is standing when it began or an ``on`` event in it.
    """

    on: tuple[EventOf, ...]
    off: tuple[EventOf, ...] = ()
    when: str = "last_day"

    def __post_init__(self) -> None:
        if self.when not in ("last_day", "period"):
            raise ValueError(f"{self.when!r}: a state stands on the last_day or at some time in the period")


@dataclass(frozen=True)
class Overdue:
    """The date last set (before the period's end) was before the period's last day, and is not yet kept.

    While the period runs the as-at date stands for its last day: what is due tomorrow is not overdue today.
    The value of ``set_by`` is days from its own day to the date. Of two set on one day the sooner counts. It is kept
    by ``done_by`` on a later day than it was set (on that day, the doing belongs to the date before).
    """

    set_by: EventOf
    done_by: EventOf


@dataclass(frozen=True)
class Listed:
    """Registered at their last practice of the period, and living, on its last day."""


@dataclass(frozen=True)
class Aged:
    """``least`` to ``most`` whole years old (both in) on the period's last day; never someone without a birth date."""

    least: int = 0
    most: int = 999


@dataclass(frozen=True)
class AllOf:
    of: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    of: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AtLeast:
    """``number`` of these or more."""

    number: int
    of: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Not:
    of: "Condition"


Leaf: TypeAlias = Did | Followed | Standing | Overdue | Listed | Aged
Condition: TypeAlias = Leaf | AllOf | AnyOf | AtLeast | Not

LISTED = Listed()


def did(*codes: str, when: str = "period", months: int = 0) -> Did:
    """Any event of these codes."""
    return Did(tuple(EventOf(code) for code in codes), when, months)


def some_time(condition: Frozen) -> Frozen:
    """The same with every state read as standing at some time in the period, not on its last day alone.

    Two states asked for together need not have stood on the same day.
    """
    held: Frozen = _changed(
        condition, lambda part: replace(part, when="period") if isinstance(part, Standing) else part
    )
    return held


def narrowed(part: Frozen, code: str, *, to: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> Frozen:
    """The same condition or count with events of ``code`` held to these details, or to none of ``but``."""

    def narrow(one: Any) -> Any:
        if isinstance(one, EventOf) and one.code == code:
            if one.details:
                raise ValueError(f"{code} is already held to {one.details}: it cannot be split by detail as well")
            return replace(one, details=to, but=one.but + but)
        return one

    held: Frozen = _changed(part, narrow)
    return held


def events_of(part: object) -> Iterator[EventOf]:
    """Every event that a condition or count speaks of, in order, as often as it does."""
    if isinstance(part, EventOf):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from events_of(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from events_of(getattr(part, field.name))


def _changed(part: Any, change: Any) -> Any:
    """A frozen value rebuilt from its parts upwards."""
    if isinstance(part, tuple):
        return tuple(_changed(one, change) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        inner = {field.name: _changed(getattr(part, field.name), change) for field in fields(part) if field.init}
        return change(replace(part, **inner))
    return part
