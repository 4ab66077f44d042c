"""Consultations, emergencies and readmissions: of everyone, and of those referred before and after it."""

import numpy as np

from whatmatters.events import codes
from whatmatters.measurement.details import CARE_COORDINATOR, COACH, GP, LINK_WORKER
from whatmatters.measurement.synthesis.arrays import NONE, YEAR, Days, Index, Numbers
from whatmatters.measurement.synthesis.told import HOSPITAL, PRACTICE, Told

STAFF = {GP: 0.7, "nurse": 0.24, LINK_WORKER: 0.02, COACH: 0.01, CARE_COORDINATOR: 0.03}


def use(told: Told, many: Index) -> None:
    """About one encounter in fifteen of real life: enough to count, few enough for every laptop."""
    crowd = told.crowd
    rate = (0.5 + 0.5 * many) * crowd.illness
    who = _times(told, 1.9 * rate)
    told.add(codes.CONSULTED, who, told.day(len(who)), detail=told.drawn(STAFF, len(who)))
    rate *= np.exp(0.06 * (5.5 - crowd.deprivation))
    hospital = told.country.places.hospitals
    who = _times(told, 0.38 * rate)
    on = told.day(len(who))
    told.add(codes.EMERGENCY, who, on, organisation=hospital[told.stays.practice(who, on)], source=HOSPITAL)
    admitted = told.lots.random(len(who)) < 0.3
    who, on = who[admitted], on[admitted]
    told.add(codes.ADMITTED, who, on, organisation=hospital[told.stays.practice(who, on)], source=HOSPITAL)
    again = told.lots.random(len(who)) < 0.13
    told.add(codes.READMITTED, who[again], on[again] + told.within(4, 30, int(again.sum())), source=HOSPITAL)


def _times(told: Told, rate: Numbers) -> Index:
    """Each person as often as it happens to them."""
    return np.repeat(np.arange(len(rate)), told.lots.poisson(rate))


def around(told: Told, who: Index, on: Days) -> None:
    """A year before and after a referral: one consultation in seven and one emergency in eight fewer after it."""
    for code, often, less, source in ((codes.CONSULTED, 3.2, 0.86, PRACTICE), (codes.EMERGENCY, 0.4, 0.88, HOSPITAL)):
        for since, factor in ((-YEAR, 1.0), (0.0, less)):
            rate = often * factor * np.minimum(told.crowd.illness[who], 3)
            each = np.repeat(np.arange(len(who)), told.lots.poisson(rate))
            day = on[each] + since + told.lots.random(len(each)) * YEAR
            detail = told.drawn(STAFF, len(each)) if code == codes.CONSULTED else NONE
            told.add(code, who[each], day, detail=detail, source=source)


def needs_assessments(told: Told, many: Index) -> None:
    """Holistic needs assessments, of about two in a hundred people with conditions: those of cancer services."""
    who = told.chosen(np.where(told.crowd.age > 30, 0.02 * many, 0))
    told.add(codes.HOLISTIC_NEEDS, who, told.day(len(who)), source=HOSPITAL)
