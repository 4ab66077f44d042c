"""Consultations, emergencies and readmissions: of everyone, and of those referred before and after it."""

import numpy as np

from whatmatters.events import codes
from whatmatters.measurement.details import CARE_COORDINATOR, COACH, GP, LINK_WORKER
from whatmatters.measurement.synthesis.arrays import YEAR, Days, Index, Numbers
from whatmatters.measurement.synthesis.told import HOSPITAL, Told

STAFF = {GP: 0.7, "nurse": 0.24, LINK_WORKER: 0.02, COACH: 0.01, CARE_COORDINATOR: 0.03}

FAR = 1 << 30  # a day that never comes


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


def fewer(told: Told, who: Index, on: Days) -> None:
    """In the year after a first referral one consultation in seven and one emergency in eight did not happen.

    Those referred are no heavier users than others as ill as they are: who is chosen at their worst gets better by
    themselves, and no comparison on records could tell that from help.
    """
    first = np.full(len(told.crowd.age), FAR, np.int64)
    np.minimum.at(first, who, on)
    for code, share in ((codes.CONSULTED, 0.14), (codes.EMERGENCY, 0.12)):
        told.drop(code, lambda persons, days: (days > first[persons]) & (days <= first[persons] + YEAR), share)


def needs_assessments(told: Told, many: Index) -> None:
    """Holistic needs assessments, of about two in a hundred people with conditions: those of cancer services."""
    who = told.chosen(np.where(told.crowd.age > 30, 0.02 * many, 0))
    told.add(codes.HOLISTIC_NEEDS, who, told.day(len(who)), source=HOSPITAL)
