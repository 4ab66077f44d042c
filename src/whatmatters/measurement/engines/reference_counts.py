"""What one person adds to each count, from their own rows: the oracle's way."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from whatmatters.measurement.indicators import (
    Change,
    Count,
    Episodes,
    EventOf,
    Followed,
    Overdue,
    Pairs,
    People,
    Registered,
)
from whatmatters.periods import Period

Row = dict[str, Any]


@dataclass
class Life:
    """All that the facts say of one person."""

    about: Row
    registrations: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)


def _matches(event: Row, wanted: EventOf) -> bool:
    if event["code"] != wanted.code or (wanted.details and event["detail"] not in wanted.details):
        return False
    value = _value(event)
    if wanted.least is not None and (value is None or value < wanted.least):
        return False
    return wanted.most is None or (value is not None and value <= wanted.most)


def _value(event: Row) -> float | None:
    return event["value"] if event["value"] is not None and math.isfinite(event["value"]) else None


def any_matches(event: Row, wanted: Sequence[EventOf]) -> bool:
    return any(_matches(event, one) for one in wanted)


def amount_of(count: Count, life: Life, listed: bool, period: Period, as_at: date) -> int:
    """What this person adds to a count, in millionths."""
    if isinstance(count, Change):
        return sum(millionths(last) - millionths(first) for first, last in _pairs(life, count.reading, period))
    number = 0
    match count:
        case People(any_of):
            number = any(_did(life, one, period) for one in any_of)
        case Registered(ever):
            number = listed and (not ever or _ever(life, ever, period))
        case Overdue(ever, set_by, done_by):
            number = listed and _ever(life, ever, period) and _overdue(life, set_by, done_by, period, as_at)
        case Episodes():
            number = _episodes(count, life, period)
        case Pairs(reading):
            number = len(list(_pairs(life, reading, period)))
    return 1_000_000 * number


def _did(life: Life, wanted: EventOf | Followed, period: Period) -> bool:
    if isinstance(wanted, EventOf):
        return any(event["on"] in period and _matches(event, wanted) for event in life.events)
    firsts = [event["on"] for event in life.events if _matches(event, wanted.first)]
    thens = [event["on"] for event in life.events if event["on"] in period and _matches(event, wanted.then)]
    return any(first <= then for first in firsts for then in thens)


def _ever(life: Life, wanted: Sequence[EventOf], period: Period) -> bool:
    return any(event["on"] < period.end and any_matches(event, wanted) for event in life.events)


def _overdue(life: Life, set_by: EventOf, done_by: EventOf, period: Period, as_at: date) -> bool:
    past = [event for event in life.events if event["on"] < period.end]
    dates = [(event["on"], _value(event)) for event in past if _matches(event, set_by) and _value(event) is not None]
    if not dates:
        return False
    last_set = max(on for on, _ in dates)
    soonest = min(days for on, days in dates if on == last_set and days is not None)
    kept = any(event["on"] > last_set and _matches(event, done_by) for event in past)
    return soonest < (min(period.last_day, as_at) - last_set).days and not kept


def _episodes(count: Episodes, life: Life, period: Period) -> int:
    episodes: dict[Any, list[Row]] = defaultdict(list)
    for event in life.events:
        number = event["episode"]
        if number is not None:
            episodes[number].append(event)
        elif not count.numbered and not count.then:
            episodes[event["code"], event["on"]].append(event)
    return sum(_episode_counts(count, events, period) for events in episodes.values())


def _episode_counts(count: Episodes, events: list[Row], period: Period) -> bool:
    starts = [event["on"] for event in events if any_matches(event, count.any_of)]
    if not any(on in period for on in starts):
        return False
    thens = [event["on"] for event in events if any_matches(event, count.then)]
    return not count.then or any(on >= min(starts) for on in thens)


def _pairs(life: Life, reading: EventOf, period: Period) -> Iterator[tuple[float, float]]:
    episodes: dict[int, dict[date, float]] = defaultdict(dict)
    for event in life.events:
        value = _value(event)
        if event["episode"] is not None and value is not None and event["on"] < period.end and _matches(event, reading):
            days = episodes[event["episode"]]
            days[event["on"]] = min(value, days.get(event["on"], value))
    for days in episodes.values():
        first, last = min(days), max(days)
        if first < last and last in period:
            yield days[first], days[last]


def millionths(number: float) -> int:
    """Half away from zero, as SQL rounds."""
    return int(math.copysign(math.floor(abs(number * 1_000_000) + 0.5), number))
