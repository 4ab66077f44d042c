"""Plans from agreeing to their reviews, and activation scores with the support that follows them."""

import numpy as np

from whatmatters.events import codes
from whatmatters.measurement.details import SUPPORT_KINDS
from whatmatters.measurement.synthesis.arrays import Flags, Index
from whatmatters.measurement.synthesis.told import RECORD, Cases, Told

PLANS = (3, 7, 11, 15, 20)  # per 1000 and year: below and into the ranges of the draft specification
SHARED = {"person": 0.5, "practice": 0.3, "community health": 0.1, "carer": 0.1}
OTHERWISE = {"asthma": 0.3, "diabetes": 0.3, "mental health": 0.2, "advance care": 0.2}
ACTIVATION = (1, 3, 5, 8, 11)
LEVEL_3 = 55.2  # lowest score of level 3
VERSIONS = {"PAM-13": 0.9, "PAM-10": 0.1}


def planning(told: Told, many: Index, *cohorts: tuple[Index | Flags, float]) -> None:
    """``cohorts`` are people, by place or flag, with how many times likelier a plan is for them."""
    chance = 0.045 * (0.4 + many) * told.pull("care_planning", -0.03, 0.85)
    for people, more in cohorts:
        chance[people] *= more
    _plans(told, told.cases(np.minimum(chance, 0.75), PLANS))
    others = told.chosen(0.01 * (0.3 + many))
    told.add(
        codes.PLAN_OTHERWISE, others, told.day(len(others)), detail=told.drawn(OTHERWISE, len(others)), role="clinician"
    )
    refuses = told.chosen(0.0025 * (0.3 + many))
    days = told.day(len(refuses))
    told.add(codes.PLAN_OFFERED, refuses, days, role="care_coordinator")
    told.add(codes.PLAN_DECLINED, refuses, days, role="care_coordinator")


def _plans(told: Told, plans: Cases) -> None:
    """Three in four meet the criteria, mostly at once, and are shared then; some are agreed again when changed."""
    lots, count = told.lots, len(plans.who)
    told.tell(codes.PLAN_OFFERED, plans, role="care_coordinator", source=RECORD)
    told.tell(codes.PLAN_AGREED, plans, source=RECORD, **told.by("care_coordinator", plans.who, plans.on))
    good = lots.random(count) < 0.75 - 0.02 * (5.5 - told.crowd.deprivation[plans.who])
    whole = plans.on_day(plans.on + np.where(lots.random(count) < 0.8, 0, told.within(1, 60, count))).of(good)
    told.tell(codes.PLAN_MET_CRITERIA, whole, source=RECORD)
    told.tell(codes.PLAN_SHARED, whole, detail=told.drawn(SHARED, len(whole.who)), source=RECORD)
    changed = plans.on_day(plans.on + told.within(30, 300, count)).of(lots.random(count) < 0.15)
    told.tell(codes.PLAN_AGREED, changed, role="care_coordinator", source=RECORD)
    _reviews(told, plans.of(lots.random(count) < 0.85))


def _reviews(told: Told, plans: Cases) -> None:
    """A date is set, kept by two in three, and set again: as often as fits the years."""
    while count := len(plans.who):
        due = np.array([90, 180, 365, 365])[told.lots.integers(0, 4, count)]
        told.tell(codes.PLAN_REVIEW_SET, plans, value=due.astype(float), source=RECORD)
        on = plans.on + due + told.within(-20, 40, count)
        kept = (told.lots.random(count) < 0.68) & (on <= told.country.years.until)
        plans = plans.on_day(on).of(kept)
        told.tell(codes.PLAN_REVIEWED, plans, role="care_coordinator", source=RECORD)


def activation(told: Told, many: Index) -> None:
    """A score, support for most, and for half of those a second score: higher for those who began low."""
    lots = told.lots
    chance = np.where(told.crowd.age > 17, 0.055 * (0.3 + many) * told.pull("self_management", -0.02, 0.85), 0)
    cases = told.cases(np.minimum(chance, 0.5), ACTIVATION)
    count = len(cases.who)
    version, score = told.drawn(VERSIONS, count), np.clip(lots.normal(55, 13, count), 0, 100)
    low = score < LEVEL_3
    told.tell(codes.ACTIVATION_SCORE, cases, value=np.round(score, 1), detail=version, role="coach", source=RECORD)
    supported = np.flatnonzero(lots.random(count) < np.where(low, 0.8, 0.5))
    for share, wait in ((1.0, 10), (0.5, 60), (0.4, 120)):
        part = cases.of(supported[lots.random(len(supported)) < share])
        part = part.on_day(part.on + wait + told.within(0, 40, len(part.who)))
        kind = told.drawn(dict.fromkeys(SUPPORT_KINDS, 1), len(part.who))
        by = told.by("coach", part.who, part.on)
        told.tell(codes.SELF_MANAGEMENT_SUPPORT, part, detail=kind, source=RECORD, **by)
    again = supported[lots.random(len(supported)) < 0.6]
    second = np.clip(score[again] + lots.normal(np.where(low[again], 13, 4), 9), 0, 100)
    later = cases.of(again).on_day(cases.on[again] + told.within(120, 360, len(again)))
    told.tell(
        codes.ACTIVATION_SCORE, later, value=np.round(second, 1), detail=version[again], role="coach", source=RECORD
    )
