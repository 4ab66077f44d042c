"""What one person adds to each count, from their own rows: the oracle's way."""

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from whatmatters.measurement.conditions import EventOf
from whatmatters.measurement.counts import (
    Around,
    Change,
    Episodes,
    Happenings,
    Open,
    Pairs,
    People,
    PersonCount,
    Total,
    among_whom,
)
from whatmatters.measurement.one_person import (
    Row,
    Seen,
    any_matches,
    days_of,
    holds,
    matches,
    value_of,
)

ONE = 1_000_000


def amount_of(count: PersonCount, person: Seen) -> int:
    """What this person adds to a count, in millionths."""
    among = among_whom(count)
    if among is not None and not holds(among, person):
        return 0
    if isinstance(count, Total):
        return sum(millionths(value_of(event) or 0) for event in _in_period(count.any_of, person))
    if isinstance(count, Change):
        return sum(last - first for first, last in _pairs(count.of, person))
    number = 0
    match count:
        case People(where):
            number = holds(where, person)
        case Happenings(any_of):
            number = len(_in_period(any_of, person))
        case Episodes():
            number = sum(_episode_counts(count, events, person) for events in _episodes(count, person))
        case Open():
            found = [_is_open(count, events, person) for events in _numbered(person.past).values()]
            number = sum(found) if count.each == "episode" else any(found)
        case Pairs():
            number = len(_pairs(count, person))
        case Around():
            number = _around(count, person)
    return ONE * number


def _in_period(any_of: Sequence[EventOf], person: Seen) -> list[Row]:
    return [event for event in person.events if event["on"] in person.period and any_matches(event, any_of)]


def _numbered(events: Sequence[Row]) -> dict[int, list[Row]]:
    episodes: dict[int, list[Row]] = defaultdict(list)
    for event in events:
        if event["episode"] is not None:
            episodes[event["episode"]].append(event)
    return episodes


def _episodes(count: Episodes, person: Seen) -> list[list[Row]]:
    alone: dict[Any, list[Row]] = defaultdict(list)
    if not (count.numbered or count.then or count.having):
        for event in person.events:
            if event["episode"] is None:
                alone[event["code"], event["on"]].append(event)
    return [*_numbered(person.events).values(), *alone.values()]


def _episode_counts(count: Episodes, events: list[Row], person: Seen) -> bool:
    starts = days_of(events, *count.any_of)
    if not any(day in person.period for day in starts) or not _has(events, count.having):
        return False
    waits = [(day - min(starts)).days for day in days_of(events, *count.then)]
    within = math.inf if count.within is None else count.within
    return not count.then or any(0 <= days <= within for days in waits)


def _has(events: list[Row], having: Sequence[EventOf]) -> bool:
    """Whether the latest event of each one's code matches it; of several on that day, any."""
    for wanted in having:
        same = [event for event in events if event["code"] == wanted.code]
        if not any(event["on"] == max(one["on"] for one in same) and matches(event, wanted) for event in same):
            return False
    return True


def _is_open(count: Open, events: list[Row], person: Seen) -> bool:
    starts, ends = days_of(events, *count.started), days_of(events, *count.ended)

    def open_before(day: date) -> bool:
        started = [start for start in starts if start < day]
        return bool(started) and not any(max(started) <= end < day for end in ends)

    if not _has(events, count.having):
        return False
    if count.when == "last_day":
        return open_before(person.period.end)
    return open_before(person.period.start) or any(day in person.period for day in starts)


def _pairs(count: Pairs, person: Seen) -> list[tuple[int, int]]:
    """First and last of each run of readings that counts, in millionths."""
    runs: dict[int, dict[date, int]] = defaultdict(dict)
    for event in person.past:
        value = value_of(event)
        if matches(event, count.reading) and value is not None and (count.together or event["episode"] is not None):
            days = runs[0 if count.together else event["episode"]]
            days[event["on"]] = min(millionths(value), days.get(event["on"], millionths(value)))
    found = []
    for days in runs.values():
        first, last = days[min(days)], days[max(days)]
        low = count.first_most is None or first <= millionths(count.first_most)
        rose = count.rise is None or last - first >= millionths(count.rise)
        if min(days) < max(days) and max(days) in person.period and low and rose:
            found.append((first, last))
    return found


def _around(count: Around, person: Seen) -> int:
    anchors, died = days_of(person.events, count.anchor), person.about["died"]
    if not anchors:
        return 0
    anchor = min(anchors)
    in_period = (person.period.start - anchor).days <= count.days < (person.period.end - anchor).days
    known = count.days <= (person.as_at - anchor).days
    if not in_period or not known or (died is not None and (died - anchor).days <= count.days):
        return 0
    since = [(day - anchor).days for day in days_of(person.events, count.of)]
    before = sum(-count.days <= days < 0 for days in since)
    after = sum(0 < days <= count.days for days in since)
    return {"people": 1, "before": before, "after": after, "change": after - before}[count.side]


def millionths(number: float) -> int:
    """Half away from zero, as SQL rounds."""
    return int(math.copysign(math.floor(abs(number * 1_000_000) + 0.5), number))
