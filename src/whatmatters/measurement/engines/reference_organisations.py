"""What organisations and those who work for them add to each count, and which practices are known: the oracle's way."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from whatmatters.measurement.conditions import Did
from whatmatters.measurement.counts import Doings, Organisations, Staff, Workers
from whatmatters.measurement.engines.reference_counts import millionths
from whatmatters.measurement.engines.reference_places import Places, covers
from whatmatters.measurement.one_person import Row, did
from whatmatters.periods import Period

Tables = dict[str, list[Row]]


def amounts(
    tables: Tables, count: Organisations | Doings | Staff | Workers, period: Period
) -> Iterator[tuple[str, int]]:
    """Each organisation's own, before anything is added up, in millionths."""
    match count:
        case Organisations(kind):
            for code in open_ones(tables, kind, period.last_day):
                if count.did is None or did(count.did, _doings(tables, code), period):
                    yield code, 1_000_000
        case Doings(any_of, total):
            for event in tables["organisation_events"]:
                if event["organisation"] is not None and did(Did(any_of), [event], period):
                    yield event["organisation"], _value(event) if total else 1_000_000
        case Staff(role):
            for post in _posts(tables, (role,), period.last_day):
                yield post["organisation"], _hours(post)
        case Workers(roles):
            for worker, organisation in _workers(tables, roles, period.last_day):
                events = [event for event in tables["staff_events"] if event["worker"] == worker]
                if all(did(one, events, period) for one in count.having):
                    yield organisation, 1_000_000


def _doings(tables: Tables, organisation: str) -> list[Row]:
    people = [event for event in tables["events"] if event["person"] is not None]
    return [event for event in people + tables["organisation_events"] if event["organisation"] == organisation]


def _value(event: Row) -> int:
    return millionths(event["value"]) if event["value"] is not None and math.isfinite(event["value"]) else 0


def _posts(tables: Tables, roles: tuple[str, ...], day: date) -> Iterator[Row]:
    for post in tables["staff"]:
        if post["role"] in roles and post["organisation"] is not None and covers(post, day):
            yield post


def _hours(post: Row) -> int:
    """A post whose hours are not known adds none."""
    return millionths(post["wte"]) if post["wte"] is not None and math.isfinite(post["wte"]) else 0


def _workers(tables: Tables, roles: tuple[str, ...], day: date) -> Iterator[tuple[int, str]]:
    """Each worker once, where they have the most hours, then at the first by code; a post of nobody is no worker."""
    hours: dict[int, Counter[str]] = defaultdict(Counter)
    for post in _posts(tables, roles, day):
        if post["worker"] is not None:
            hours[post["worker"]][post["organisation"]] += _hours(post)
    for worker, at in hours.items():
        yield worker, min(at, key=lambda organisation: (-at[organisation], organisation))


def open_ones(tables: Tables, kind: str, day: date) -> list[str]:
    return [
        row["code"]
        for row in tables["organisations"]
        if row["code"] is not None
        and row["kind"] == kind
        and (row["opened"] is None or row["opened"] <= day)
        and (row["closed"] is None or row["closed"] > day)
    ]


def reporting(tables: Tables, period: Period) -> set[str]:
    """The practices that anyone was registered with in the period."""
    return {
        row["practice"]
        for row in tables["registrations"]
        if row["person"] is not None
        and covers(row, None)
        and row["start"] < period.end
        and (row["end"] or date.max) > period.start
    }


def coverage(tables: Tables, reported: set[str], period: Period, places: Places) -> dict[tuple[str, str], float]:
    """The share of the practices open on the last day that reported, by level and organisation."""
    seen: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for practice in open_ones(tables, "practice", period.last_day):
        for level, above in places.above(practice).items():
            seen[level, above].append(practice in reported)
    return {place: sum(practices) / len(practices) for place, practices in seen.items()}
