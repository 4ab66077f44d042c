"""The oracle: plain Python over rows, one person at a time. Slow, obvious, and sharing no rule with another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from whatmatters.measurement.counts import Count, Kinds, Largest, PersonCount, Published
from whatmatters.measurement.engines import COLUMNS, Plan
from whatmatters.measurement.engines.reference_counts import ONE, amount_of
from whatmatters.measurement.engines.reference_organisations import Tables, amounts, coverage, reporting
from whatmatters.measurement.engines.reference_places import Places, covers
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.indicators import OTHER, Indicator, narrow
from whatmatters.measurement.one_person import Row, Seen
from whatmatters.periods import Period, age, age_band

ETHNIC_GROUPS = {"ABC": "White", "DEFG": "Mixed", "HJKL": "Asian", "MNP": "Black", "RS": "Other"}
Key = tuple[str, str, str, str]
Cells = dict[tuple[str, str, str], int]


@dataclass
class Life:
    """All that the facts say of one person."""

    about: Row
    registrations: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)


@dataclass
class Moment:
    """The facts at one period: who is seen where, and each count's cells once they have been asked for."""

    tables: Tables
    period: Period
    people: list[tuple[str, dict[str, str], Seen]]
    places: Places
    counted: dict[Count, Cells] = field(default_factory=dict)


def run(facts: Facts, plan: Plan) -> pa.Table:
    tables = {name: facts.table(name).to_pylist() for name in facts.tables}
    for name in ("events", "staff_events", "organisation_events"):
        known = [event for event in tables[name] if event["on"] is not None and event["on"] <= plan.as_at]
        tables[name] = [event for event in known if event["code"] is not None]
    lives = _lives(tables)
    rows = [row for period in plan.periods for row in _rows(_moment(tables, lives, plan, period), plan)]
    return pa.Table.from_pylist(rows, schema=COLUMNS)


def _lives(tables: Tables) -> list[Life]:
    lives = {row["person"]: Life(row) for row in tables["people"] if row["person"] is not None}
    for row in tables["registrations"]:
        if row["person"] in lives and row["practice"] is not None and covers(row, None):
            lives[row["person"]].registrations.append(row)
    for row in tables["events"]:
        if row["person"] in lives:
            lives[row["person"]].events.append(row)
    return list(lives.values())


def _moment(tables: Tables, lives: list[Life], plan: Plan, period: Period) -> Moment:
    people = []
    for life in lives:
        practice, listed = _home(life, period)
        if practice is not None:
            seen = Seen(life.about, life.events, listed, period, plan.as_at)
            people.append((practice, _groups(life.about, period.last_day), seen))
    return Moment(tables, period, people, Places(tables, plan.membership_day(period)))


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


def _rows(moment: Moment, plan: Plan) -> Iterator[Row]:
    for indicator in plan.indicators:
        known = _known(moment, indicator)
        shares = coverage(moment.tables, reporting(moment.tables, moment.period) & known, moment.period, moment.places)
        for key, (numerator, denominator) in _sums(moment, indicator, known, plan.breakdowns).items():
            level, organisation, breakdown, group = key
            if level in plan.levels and level in indicator.levels and (numerator or denominator):
                yield {
                    "indicator": indicator.id,
                    "period": moment.period.label,
                    "organisation": organisation,
                    "level": level,
                    "breakdown": breakdown,
                    "group": group,
                    "numerator": numerator / ONE,
                    "denominator": None if indicator.denominator is None else denominator / ONE,
                    "coverage": shares.get((level, organisation)),
                }


def _known(moment: Moment, indicator: Indicator) -> set[str]:
    """The practices where one of the people has had an event of every code that is needed."""
    known = {row["code"] for row in moment.tables["organisations"]} | {practice for practice, _, _ in moment.people}
    known |= {row["organisation"] for row in moment.tables["staff"]}
    for code in indicator.needs:
        record = {home for home, _, seen in moment.people if any(event["code"] == code for event in seen.past)}
        known = {one for one in known if one in record or not moment.places.is_practice(one)}
    return known


def _sums(moment: Moment, indicator: Indicator, known: set[str], breakdowns: Sequence[str]) -> dict[Key, list[int]]:
    """Numerator and denominator in millionths by (level, organisation, breakdown, group)."""
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for side, count in enumerate(indicator.counts):
        for (level, place, breakdown, group), amount in _rolled(moment, count, known).items():
            if breakdown in breakdowns and (breakdown == "all" or indicator.splits):
                sums[level, place, breakdown, group][side] += amount
    if indicator.by and "detail" in breakdowns:
        for group in (*indicator.by.details, OTHER):
            for side, count in enumerate(narrow(indicator.counts, indicator.by, group)):
                for (level, place, breakdown, _), amount in _rolled(moment, count, known).items():
                    if breakdown == "all":
                        sums[level, place, indicator.by.name, group][side] += amount
    return sums


def _rolled(moment: Moment, count: Count, known: set[str]) -> dict[Key, int]:
    """A count at every organisation, of the known practices and all else below it."""
    if isinstance(count, Largest | Kinds):
        return _of_groups(moment, count, known)
    rolled: dict[Key, int] = defaultdict(int)
    for (organisation, breakdown, group), amount in _cells(moment, count).items():
        if organisation in known:
            for level, above in moment.places.above(organisation).items():
                rolled[level, above, breakdown, group] += amount
    return rolled


def _of_groups(moment: Moment, count: Largest | Kinds, known: set[str]) -> dict[Key, int]:
    found: dict[Key, list[int]] = defaultdict(list)
    for group in count.by.details:
        [one] = narrow((count.of,), count.by, group)
        for key, amount in _rolled(moment, one, known).items():
            if key[2] == "all" and amount:
                found[key].append(amount)
    if isinstance(count, Kinds):
        return {key: ONE * len(groups) for key, groups in found.items()}
    # A group of which there is nothing is 0, and so larger than one that fell.
    return {key: max(groups if len(groups) == len(count.by.details) else [*groups, 0]) for key, groups in found.items()}


def _cells(moment: Moment, count: Count) -> Cells:
    """What is counted at each organisation itself, by breakdown and group."""
    if count not in moment.counted:
        cells: Cells = defaultdict(int)
        if isinstance(count, PersonCount):
            for practice, groups, seen in moment.people:
                amount = amount_of(count, seen)
                for breakdown, group in groups.items():
                    cells[practice, breakdown, group] += amount
        elif not isinstance(count, Published | Largest | Kinds):
            for organisation, amount in amounts(moment.tables, count, moment.period):
                cells[organisation, "all", "all"] += amount
        moment.counted[count] = cells
    return moment.counted[count]
