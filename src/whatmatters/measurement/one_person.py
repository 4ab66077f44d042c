"""Whether a condition is true of one person, from their own rows: the oracle's way. Loads nothing heavy."""

import math
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from whatmatters.measurement.conditions import (
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
)
from whatmatters.periods import Period, age

Row = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """A person as one period sees them: who they are, all that is known to have happened, whether on a list."""

    about: Row
    events: list[Row]
    listed: bool
    period: Period
    as_at: date

    @property
    def past(self) -> list[Row]:
        """What had happened by the period's end."""
        return [event for event in self.events if event["on"] < self.period.end]


def matches(event: Row, wanted: EventOf) -> bool:
    if event["code"] != wanted.code or event["detail"] in wanted.but:
        return False
    if wanted.details and event["detail"] not in wanted.details:
        return False
    value = value_of(event)
    if wanted.least is not None and (value is None or value < wanted.least):
        return False
    return wanted.most is None or (value is not None and value <= wanted.most)


def any_matches(event: Row, wanted: Sequence[EventOf]) -> bool:
    return any(matches(event, one) for one in wanted)


def value_of(event: Row) -> float | None:
    return event["value"] if event["value"] is not None and math.isfinite(event["value"]) else None


def days_of(events: Sequence[Row], *wanted: EventOf) -> list[date]:
    return [event["on"] for event in events if any_matches(event, wanted)]


def holds(condition: Condition, person: Seen) -> bool:
    true = False
    match condition:
        case AllOf(of):
            true = all(holds(one, person) for one in of)
        case AnyOf(of):
            true = any(holds(one, person) for one in of)
        case AtLeast(number, of):
            true = sum(holds(one, person) for one in of) >= number
        case Not(of):
            true = not holds(of, person)
        case Did():
            true = did(condition, person.events, person.period)
        case Followed(first, then, within):
            thens = [day for day in days_of(person.events, then) if day in person.period]
            waits = [(day - start).days for start in days_of(person.events, first) for day in thens]
            true = any(wait >= 0 and (within is None or wait <= within) for wait in waits)
        case Standing():
            true = _standing(condition, person)
        case Overdue(set_by, done_by):
            true = _overdue(set_by, done_by, person)
        case Listed():
            true = person.listed
        case Aged(least, most):
            born = person.about["born"]
            true = born is not None and least <= age(born, person.period.last_day) <= most
    return true


def did(wanted: Did, events: Sequence[Row], period: Period) -> bool:
    days = days_of(events, *wanted.any_of)
    if wanted.when == "ever":
        return any(day < period.end for day in days)
    if wanted.when == "before":
        return any(day < period.start for day in days)
    start = months_before(period.end, wanted.months) if wanted.months else period.start
    return any(start <= day < period.end for day in days)


def months_before(day: date, months: int) -> date:
    """The day of the same number so many calendar months earlier, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _standing(state: Standing, person: Seen) -> bool:
    ons, offs = days_of(person.events, *state.on), days_of(person.events, *state.off)

    def stands_before(end: date) -> bool:
        began = [day for day in ons if day < end]
        return bool(began) and not any(max(began) < day < end for day in offs)

    if state.when == "last_day":
        return stands_before(person.period.end)
    return stands_before(person.period.start) or any(day in person.period for day in ons)


def _overdue(set_by: EventOf, done_by: EventOf, person: Seen) -> bool:
    past = person.past
    dates = [(event["on"], value_of(event)) for event in past if matches(event, set_by) and value_of(event) is not None]
    if not dates:
        return False
    last_set = max(on for on, _ in dates)
    soonest = min(days for on, days in dates if on == last_set and days is not None)
    kept = any(day > last_set for day in days_of(past, done_by))
    return soonest < (min(person.period.last_day, person.as_at) - last_set).days and not kept
