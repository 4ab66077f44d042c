"""The oracle: plain Python over rows, one person at a time. Slow, obvious, and sharing no rule with the SQL engine."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from whatmatters.measurement.engines import COLUMNS
from whatmatters.measurement.engines.reference_places import Places, covers
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.indicators import (
    Change,
    Count,
    Episodes,
    EventOf,
    Followed,
    Indicator,
    Overdue,
    Pairs,
    People,
    Practices,
    Published,
    Registered,
    Staff,
)
from whatmatters.periods import Period, age, age_band

Row = dict[str, Any]
ETHNIC_GROUPS = {"ABC": "White", "DEFG": "Mixed", "HJKL": "Asian", "MNP": "Black", "RS": "Other"}


@dataclass
class Life:
    """All that the facts say of one person."""

    about: Row
    registrations: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)


def run(
    facts: Facts,
    periods: Sequence[Period],
    indicators: Sequence[Indicator],
    levels: Sequence[str],
    breakdowns: Sequence[str],
    organisations: str,
    as_at: date,
) -> pa.Table:
    tables = {name: facts.table(name).to_pylist() for name in facts.tables}
    lives = _lives(tables)
    rows: list[Row] = []
    for period in periods:
        day = period.last_day if organisations == "then" else as_at
        places = Places(tables, day)
        expected = _coverage(tables, period, places)
        for indicator in indicators:
            for key, (numerator, denominator) in _sums(tables, lives, period, as_at, places, indicator).items():
                level, organisation, breakdown, group = key
                if level in levels and level in indicator.levels and breakdown in breakdowns:
                    if numerator or denominator:
                        rows.append(
                            {
                                "indicator": indicator.id,
                                "period": period.label,
                                "organisation": organisation,
                                "level": level,
                                "breakdown": breakdown,
                                "group": group,
                                "numerator": numerator / 1_000_000,
                                "denominator": None if indicator.denominator is None else denominator / 1_000_000,
                                "coverage": expected.get((level, organisation)),
                            }
                        )
    return pa.Table.from_pylist(rows, schema=COLUMNS)


def _lives(tables: dict[str, list[Row]]) -> list[Life]:
    lives = {row["person"]: Life(row) for row in tables["people"] if row["person"] is not None}
    for row in tables["registrations"]:
        if row["person"] in lives and row["practice"] is not None and covers(row, None):
            lives[row["person"]].registrations.append(row)
    for row in tables["events"]:
        if row["person"] in lives and row["code"] is not None and row["on"] is not None:
            lives[row["person"]].events.append(row)
    return list(lives.values())


def _sums(
    tables: dict[str, list[Row]],
    lives: list[Life],
    period: Period,
    as_at: date,
    places: Places,
    indicator: Indicator,
) -> dict[tuple[str, str, str, str], list[int]]:
    """Numerator and denominator in millionths by (level, organisation, breakdown, group)."""
    sums: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for side, count in enumerate(indicator.counts):
        for organisation, amount in _organisation_amounts(tables, count, period):
            for level, above in places.above(organisation).items():
                sums[level, above, "all", "all"][side] += amount
        for life in lives:
            practice, listed = _home(life, period)
            if practice is None:
                continue
            if amount := _amount(count, life, listed, period, as_at):
                groups = _groups(life.about, period.last_day) if indicator.splits else {"all": "all"}
                for level, above in places.above(practice).items():
                    for breakdown, group in groups.items():
                        sums[level, above, breakdown, group][side] += amount
    return sums


def _home(life: Life, period: Period) -> tuple[str | None, bool]:
    """The last practice in the period (last to end, then last to start, then by code); on its list on the last day?"""
    in_period = [r for r in life.registrations if r["start"] < period.end and (r["end"] or date.max) > period.start]
    if not in_period:
        return None, False
    in_period.sort(key=lambda r: r["practice"])
    last = max(in_period, key=lambda r: (min(r["end"] or date.max, period.end), r["start"]))
    died = life.about["died"]
    return last["practice"], covers(last, period.last_day) and (died is None or died > period.last_day)


def _groups(about: Row, day: date) -> dict[str, str]:
    years = age(about["born"], day) if about["born"] else -1
    known = about["sex"] in ("F", "M") and years >= 0
    letter, decile = about["ethnicity"], about["deprivation"]
    ethnic = [group for letters, group in ETHNIC_GROUPS.items() if letter and len(letter) == 1 and letter in letters]
    return {
        "all": "all",
        "age_sex": f"{about['sex']} {age_band(years)}" if known else "unknown",
        "ethnicity": ethnic[0] if ethnic else "unknown",
        "deprivation": str((decile + 1) // 2) if decile in range(1, 11) else "unknown",
    }


def _matches(event: Row, wanted: EventOf) -> bool:
    if event["code"] != wanted.code or (wanted.details and event["detail"] not in wanted.details):
        return False
    value = _value(event)
    if wanted.least is not None and (value is None or value < wanted.least):
        return False
    return wanted.most is None or (value is not None and value <= wanted.most)


def _value(event: Row) -> float | None:
    return event["value"] if event["value"] is not None and math.isfinite(event["value"]) else None


def _any(event: Row, wanted: Sequence[EventOf]) -> bool:
    return any(_matches(event, one) for one in wanted)


def _amount(count: Count, life: Life, listed: bool, period: Period, as_at: date) -> int:
    """What this person adds to a count, in millionths."""
    match count:
        case People(any_of):
            return 1_000_000 * any(_did(life, one, period) for one in any_of)
        case Registered(ever):
            return 1_000_000 * (listed and (not ever or _ever(life, ever, period)))
        case Overdue(ever, set_by, done_by):
            return 1_000_000 * (listed and _ever(life, ever, period) and _overdue(life, set_by, done_by, period))
        case Episodes():
            return 1_000_000 * _episodes(count, life, period, as_at)
        case Pairs(reading):
            return 1_000_000 * len(list(_pairs(life, reading, period)))
        case Change(reading):
            return sum(_millionths(last) - _millionths(first) for first, last in _pairs(life, reading, period))
    return 0


def _did(life: Life, wanted: EventOf | Followed, period: Period) -> bool:
    if isinstance(wanted, EventOf):
        return any(event["on"] in period and _matches(event, wanted) for event in life.events)
    firsts = [event["on"] for event in life.events if _matches(event, wanted.first)]
    thens = [event["on"] for event in life.events if event["on"] in period and _matches(event, wanted.then)]
    return any(first <= then for first in firsts for then in thens)


def _ever(life: Life, wanted: Sequence[EventOf], period: Period) -> bool:
    return any(event["on"] < period.end and _any(event, wanted) for event in life.events)


def _overdue(life: Life, set_by: EventOf, done_by: EventOf, period: Period) -> bool:
    past = [event for event in life.events if event["on"] < period.end]
    dates = [(event["on"], _value(event)) for event in past if _matches(event, set_by) and _value(event) is not None]
    if not dates:
        return False
    last_set = max(on for on, _ in dates)
    soonest = min(days for on, days in dates if on == last_set and days is not None)
    kept = any(event["on"] > last_set and _matches(event, done_by) for event in past)
    return soonest < (period.last_day - last_set).days and not kept


def _episodes(count: Episodes, life: Life, period: Period, as_at: date) -> int:
    episodes: dict[Any, list[Row]] = defaultdict(list)
    for event in life.events:
        number = event["episode"]
        if number is not None:
            episodes[number].append(event)
        elif not count.numbered and not count.then:
            episodes[event["code"], event["on"]].append(event)
    return sum(_episode_counts(count, events, period, as_at) for events in episodes.values())


def _episode_counts(count: Episodes, events: list[Row], period: Period, as_at: date) -> bool:
    starts = [event["on"] for event in events if _any(event, count.any_of)]
    if not any(on in period for on in starts):
        return False
    thens = [event["on"] for event in events if _any(event, count.then) and event["on"] <= as_at]
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


def _organisation_amounts(tables: dict[str, list[Row]], count: Count, period: Period) -> Iterator[tuple[str, int]]:
    day = period.last_day
    if isinstance(count, Staff):
        for post in tables["staff"]:
            in_post = post["start"] is not None and covers(post, day) and post["role"] == count.role
            if in_post and post["organisation"] is not None and post["wte"] is not None and math.isfinite(post["wte"]):
                yield post["organisation"], _millionths(post["wte"])
    if isinstance(count, Practices):
        did = {e["organisation"] for e in _usable(tables["events"]) if e["on"] in period and _any(e, count.any_of)}
        for practice in _open_practices(tables, day):
            if not count.any_of or practice in did:
                yield practice, 1_000_000
    if isinstance(count, Published):
        raise ValueError("a published count is not computed")


def _usable(events: list[Row]) -> Iterator[Row]:
    return (e for e in events if e["person"] is not None and e["code"] is not None and e["on"] is not None)


def _open_practices(tables: dict[str, list[Row]], day: date) -> list[str]:
    return [
        row["code"]
        for row in tables["organisations"]
        if row["kind"] == "practice"
        and (row["opened"] is None or row["opened"] <= day)
        and (row["closed"] is None or row["closed"] > day)
    ]


def _coverage(tables: dict[str, list[Row]], period: Period, places: Places) -> dict[tuple[str, str], float]:
    """The share of the practices open on the last day that anyone was registered with in the period."""
    reported = {
        row["practice"]
        for row in tables["registrations"]
        if row["person"] is not None
        and covers(row, None)
        and row["start"] < period.end
        and (row["end"] or date.max) > period.start
    }
    seen: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for practice in _open_practices(tables, period.last_day):
        for level, above in places.above(practice).items():
            seen[level, above].append(practice in reported)
    return {place: sum(practices) / len(practices) for place, practices in seen.items()}


def _millionths(number: float) -> int:
    """Half away from zero, as SQL rounds."""
    return int(math.copysign(math.floor(abs(number * 1_000_000) + 0.5), number))


