"""Delivery of plans by cohort: how many of those who should be offered a plan have one. As the indicators count it.

The cohorts are those the draft specification required and those it allowed (standards.md 3.2; DRAFT20-2, DRAFT20-2b).
Counts are of the year so far, from events alone, so that ``pcsp-<cohort>-share`` of the same places and days has the
same numbers (a test recounts).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from whatmatters.events.codes import PLAN_AGREED, PLAN_DECLINED, PLAN_MET_CRITERIA, PLAN_OFFERED, PLAN_REVIEWED
from whatmatters.events.models import Event
from whatmatters.measurement import disclosure
from whatmatters.measurement.cohorts import COHORTS, Cohort
from whatmatters.measurement.conditions import AllOf, Condition, Not, did, events_of
from whatmatters.measurement.indicators import some_time
from whatmatters.measurement.one_person import Row, Seen, holds
from whatmatters.people.models import Registration
from whatmatters.periods import Period, financial_year

REQUIRED = ("last-year-of-life", "anticipatory-care", "care-home-resident")
OPTIONAL = ("several-conditions", "severe-frailty", "cancer", "pregnant")
PLANNED = AllOf((did(PLAN_MET_CRITERIA, when="ever"), did(PLAN_AGREED, PLAN_REVIEWED, months=12)))
"""As programme/indicators/plans_of_cohorts.py says it; rooms beside one another do not look into each other."""
COLUMNS: dict[str, Condition] = {
    "offered": did(PLAN_OFFERED, PLAN_AGREED, PLAN_DECLINED, when="ever"),
    "declined": AllOf((did(PLAN_DECLINED, months=12), Not(PLANNED))),
    "planned": PLANNED,
    "reviewed": did(PLAN_REVIEWED, months=12),
}
HIDDEN = "hidden"


@dataclass(frozen=True)
class Line:
    """``cells`` as they may be shown: how many are in the cohort, then COLUMNS; ``share`` have a plan that counts."""

    cohort: Cohort
    required: bool
    cells: tuple[str, ...]
    share: str


def lines(practices: Collection[int], on: date) -> list[Line]:
    """For a page: small numbers hidden and the others rounded, whoever looks."""
    counts = counted(practices, on)
    rows = [
        {
            "indicator": f"{name}-{column}", "definition": 1, "period": financial_year(on).label, "organisation": "it",
            "level": "pcn", "breakdown": "all", "group": "all", "source": "computed", "numerator": counts[name][column],
            "denominator": None if column == "members" else counts[name]["members"],
        }
        for name in (*REQUIRED, *OPTIONAL)
        for column in ("members", *COLUMNS)
    ]  # fmt: skip
    shown = {row["indicator"]: row for row in disclosure.publish(rows, solver=False)}
    return [_line(name, shown) for name in (*REQUIRED, *OPTIONAL)]


def _line(name: str, shown: dict[str, Row]) -> Line:
    found = [shown[f"{name}-{column}"]["shown_numerator"] for column in ("members", *COLUMNS)]
    share = shown[f"{name}-planned"]["shown_value"]
    cells = tuple(HIDDEN if count is None else f"{count:,.0f}" for count in found)
    return Line(COHORTS[name], name in REQUIRED, cells, "–" if share is None else f"{100 * share:.0f}%")


def counted(practices: Collection[int], on: date) -> dict[str, Counter[str]]:
    """Exact counts by cohort and column, of whoever was last registered with these practices in the year so far. Not
    for a page."""
    period = financial_year(on)
    found: dict[str, Counter[str]] = {name: Counter() for name in (*REQUIRED, *OPTIONAL)}
    for seen in _seen(_last_here(practices, period), period, on):
        for name, counter in found.items():
            if holds(some_time(COHORTS[name].rule), seen):
                counter.update(["members", *(column for column, rule in COLUMNS.items() if holds(rule, seen))])
    return found


def cohorts_of(people: Collection[int], on: date) -> dict[int, list[str]]:
    """The cohorts each of these people is in today, by the person's id."""
    period = financial_year(on)
    return {
        seen.about["person"]: [name for name in (*REQUIRED, *OPTIONAL) if holds(COHORTS[name].rule, seen)]
        for seen in _seen(people, period, on)
    }


def _last_here(practices: Collection[int], period: Period) -> list[int]:
    """Who was last registered with one of the practices in the period: last to end, then to start, then by code."""
    here = Registration.objects.filter(practice__in=practices, start__lt=period.end).exclude(end__lte=period.start)
    rows = Registration.objects.filter(person__in=here.values("person"), start__lt=period.end)
    last: dict[int, tuple[Any, ...]] = {}
    for person, start, end, code, practice in rows.exclude(end__lte=period.start).values_list(
        "person", "start", "end", "practice__code", "practice"
    ):
        key = (min(end or date.max, period.end), start)
        known = last.get(person)
        if known is None or key > known[0] or (key == known[0] and code < known[1]):
            last[person] = (key, code, practice)
    wanted = set(practices)
    return [person for person, (_, _, practice) in last.items() if practice in wanted]


def _seen(people: Collection[int], period: Period, on: date) -> Iterable[Seen]:
    """Those of them with an event that a cohort speaks of, with all the events that matter here."""
    some = {event.code for name in (*REQUIRED, *OPTIONAL) for event in events_of(COHORTS[name].rule)}
    asked = some | {event.code for rule in COLUMNS.values() for event in events_of(rule)}
    wanted = set(people)
    told: dict[int, list[Row]] = defaultdict(list)
    rows = Event.objects.filter(code__in=asked, on__lte=on).order_by("pk")
    if len(wanted) < FEW:
        rows = rows.filter(person__in=wanted)
    for row in rows.values("person", "code", "on", "value", "detail"):
        if row["person"] in wanted:
            told[row["person"]].append({**row})
    for person, events in told.items():  # no cohort here asks for an age
        yield Seen({"person": person, "born": None}, events, True, period, on)


FEW = 500  # more ids than this in one question, and a database refuses or slows down
