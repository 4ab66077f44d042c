"""The oracle: plain Python over rows, one person at a time. Slow, obvious, and sharing no rule with the SQL engine."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from whatmatters.measurement.engines import COLUMNS, Plan
from whatmatters.measurement.engines.reference_counts import Life, Row, amount_of, any_matches, millionths
from whatmatters.measurement.engines.reference_places import Places, covers
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.indicators import Count, Indicator, Practices, Staff
from whatmatters.periods import Period, age, age_band

Tables = dict[str, list[Row]]
World = tuple[Tables, list[Life]]
ETHNIC_GROUPS = {"ABC": "White", "DEFG": "Mixed", "HJKL": "Asian", "MNP": "Black", "RS": "Other"}


def run(facts: Facts, plan: Plan) -> pa.Table:
    tables = {name: facts.table(name).to_pylist() for name in facts.tables}
    tables["events"] = [e for e in tables["events"] if e["on"] is not None and e["on"] <= plan.as_at]
    lives = _lives(tables)
    rows = [row for period in plan.periods for row in _rows(tables, lives, plan, period)]
    return pa.Table.from_pylist(rows, schema=COLUMNS)


def _rows(tables: Tables, lives: list[Life], plan: Plan, period: Period) -> Iterator[Row]:
    places = Places(tables, plan.membership_day(period))
    shares = _coverage(tables, period, places)
    for indicator in plan.indicators:
        for key, (numerator, denominator) in _sums((tables, lives), period, plan.as_at, places, indicator).items():
            level, organisation, breakdown, group = key
            asked = level in plan.levels and level in indicator.levels and breakdown in plan.breakdowns
            if asked and (numerator or denominator):
                yield {
                    "indicator": indicator.id,
                    "period": period.label,
                    "organisation": organisation,
                    "level": level,
                    "breakdown": breakdown,
                    "group": group,
                    "numerator": numerator / 1_000_000,
                    "denominator": None if indicator.denominator is None else denominator / 1_000_000,
                    "coverage": shares.get((level, organisation)),
                }


def _lives(tables: Tables) -> list[Life]:
    lives = {row["person"]: Life(row) for row in tables["people"] if row["person"] is not None}
    for row in tables["registrations"]:
        if row["person"] in lives and row["practice"] is not None and covers(row, None):
            lives[row["person"]].registrations.append(row)
    for row in tables["events"]:
        if row["person"] in lives and row["code"] is not None and row["on"] is not None:
            lives[row["person"]].events.append(row)
    return list(lives.values())


def _sums(
    world: World, period: Period, as_at: date, places: Places, indicator: Indicator
) -> dict[tuple[str, str, str, str], list[int]]:
    """Numerator and denominator in millionths by (level, organisation, breakdown, group)."""
    tables, lives = world
    sums: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for side, count in enumerate(indicator.counts):
        for organisation, amount in _organisation_amounts(tables, count, period):
            for level, above in places.above(organisation).items():
                sums[level, above, "all", "all"][side] += amount
        for life in lives:
            practice, listed = _home(life, period)
            if practice is None:
                continue
            if amount := amount_of(count, life, listed, period, as_at):
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


def _organisation_amounts(tables: Tables, count: Count, period: Period) -> Iterator[tuple[str, int]]:
    day = period.last_day
    if isinstance(count, Staff):
        for post in tables["staff"]:
            in_post = post["start"] is not None and covers(post, day) and post["role"] == count.role
            if in_post and post["organisation"] is not None and post["wte"] is not None and math.isfinite(post["wte"]):
                yield post["organisation"], millionths(post["wte"])
    if isinstance(count, Practices):
        did = {
            e["organisation"] for e in _usable(tables["events"]) if e["on"] in period and any_matches(e, count.any_of)
        }
        for practice in _open_practices(tables, day):
            if not count.any_of or practice in did:
                yield practice, 1_000_000


def _usable(events: list[Row]) -> Iterator[Row]:
    return (e for e in events if e["person"] is not None and e["code"] is not None and e["on"] is not None)


def _open_practices(tables: Tables, day: date) -> list[str]:
    return [
        row["code"]
        for row in tables["organisations"]
        if row["kind"] == "practice"
        and (row["opened"] is None or row["opened"] <= day)
        and (row["closed"] is None or row["closed"] > day)
    ]


def _coverage(tables: Tables, period: Period, places: Places) -> dict[tuple[str, str], float]:
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
