"""Personal health budgets from offer to end, and packages of continuing healthcare at home."""

import numpy as np

from whatmatters.events import codes
from whatmatters.measurement.details import BUDGET_COHORTS, MANAGEMENTS
from whatmatters.measurement.synthesis.arrays import YEAR, Flags
from whatmatters.measurement.synthesis.told import CHC, Cases, Told, repeated

BUDGETS = (4, 5, 7, 9, 12)
# By cohort: more than half of budgets are for wheelchairs, and one in seven is for continuing healthcare.
SHARES = dict(zip(BUDGET_COHORTS, (0.12, 0.03, 0.06, 0.52, 0.07, 0.07, 0.02, 0.05, 0.06), strict=True))
MANAGED = dict(zip(MANAGEMENTS, (0.78, 0.06, 0.16), strict=True))
ENDED = {"died": 0.3, "no longer eligible": 0.4, "chose not to go on": 0.3}
AT_HOME = "adult-chc"


def budgets(told: Told) -> None:
    crowd, lots = told.crowd, told.lots
    chance = np.where(crowd.age > 5, 0.006 * crowd.illness * told.pull("budgets", -0.04, 0.75), 0)
    offers = told.cases(chance, BUDGETS)
    count = len(offers.who)
    offered_for = told.drawn(SHARES, count)
    told.tell(codes.BUDGET_OFFERED, offers, detail=offered_for, source=CHC)
    agreed = lots.random(count) < 0.85
    held, cohort = offers.on_day(offers.on + told.within(7, 60, count)).of(agreed), offered_for[agreed]
    icb = told.country.places.icbs[told.stays.practice(held.who, held.on)]
    told.tell(codes.BUDGET_OPENED, held, detail=cohort, organisation=icb, role="budget_officer", source=CHC)
    told.tell(codes.BUDGET_MANAGED, held, detail=told.drawn(MANAGED, len(held.who)), source=CHC)
    later = held.on_day(held.on + told.within(90, 500, len(held.who)))
    changed = later.of(lots.random(len(held.who)) < 0.05)
    told.tell(codes.BUDGET_MANAGED, changed, detail=MANAGEMENTS[2], source=CHC)
    _running(told, held, np.isin(cohort, [told.word("wheelchair"), told.word("maternity")]))
    _packages(told, held.of(cohort == told.word(AT_HOME)))


def _running(told: Told, held: Cases, once: Flags) -> None:
    """Reviewed after three months and then every year by most; paid from each month or, for a wheelchair, once."""
    lots, until = told.lots, told.country.years.until
    lasts = np.where(once, 460, 60 + lots.exponential(2.5 * YEAR, len(once))).astype(np.int32)
    for after in (90, 455, 820, 1185, 1550):
        some = held.of((lasts > after) & (lots.random(len(once)) < 0.8))
        day = some.on + after + told.within(-15, 30, len(some.who))
        told.tell(codes.BUDGET_REVIEWED, some.on_day(day), role="budget_officer", source=CHC)
    ended = held.on_day(held.on + lasts).of(held.on + lasts <= until)
    told.tell(codes.BUDGET_CLOSED, ended, detail=told.drawn(ENDED, len(ended.who)), source=CHC)
    months = np.clip(np.minimum(lasts, until - held.on) // 30, 0, 60)
    each, nth = repeated(np.where(once, 1, months))
    pence = np.where(once, 65_000, np.exp(lots.normal(11, 0.9, len(once))))[each] * lots.uniform(0.8, 1.2, len(each))
    told.tell(codes.BUDGET_SPENT, held.of(each).on_day(held.on[each] + 14 + 30 * nth), value=np.rint(pence), source=CHC)


def _packages(told: Told, held: Cases) -> None:
    """Packages at home: those of people with a budget for them, and a third as many without one."""
    others = told.chosen(0.00025 * told.crowd.illness)
    who = np.concatenate([held.who, others])
    began = np.concatenate([held.on - told.within(0, 200, len(held.who)), told.day(len(others))])
    told.add(codes.CHC_AT_HOME, who, began, source=CHC)
    over = told.lots.random(len(who)) < 0.4
    told.add(codes.CHC_AT_HOME_ENDED, who[over], began[over] + told.within(60, 900, int(over.sum())), source=CHC)
