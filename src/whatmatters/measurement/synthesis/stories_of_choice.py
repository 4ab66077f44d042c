"""Shared decisions, and elective referrals with the choice offered, the wait and the alternatives."""

import numpy as np

from whatmatters.events import codes
from whatmatters.measurement.details import AT_18_WEEKS, AT_26_WEEKS, E_RS, SITUATIONS
from whatmatters.measurement.synthesis.arrays import NONE, YEAR, Index
from whatmatters.measurement.synthesis.told import HOSPITAL, Told

DECISIONS = (5, 8, 12, 16, 20)
WEEK = 7


def decisions(told: Told, many: Index) -> None:
    """One in three is recorded by general practice, which codes no situation; half of the others used a tool."""
    lots = told.lots
    chance = 0.1 * (0.4 + many) * told.pull("decisions", -0.05, 0.85)
    who, on = told.starts(np.minimum(chance, 0.6), DECISIONS)
    count = len(who)
    situation = told.drawn({name: 1 / (place + 3) for place, name in enumerate(SITUATIONS)}, count)
    coded = lots.random(count) < 0.33
    told.add(codes.SHARED_DECISION, who, on, detail=np.where(coded, NONE, situation), role="clinician")
    tool = np.flatnonzero(~coded & (lots.random(count) < 0.5))
    told.add(codes.DECISION_TOOL_USED, who[tool], on[tool], detail=situation[tool], role="clinician")
    asked = np.flatnonzero(lots.random(count) < 0.3)
    told.add(codes.EXPERIENCE_ASKED, who[asked], on[asked] + 1, detail="collaborate")


def choice(told: Told) -> None:
    """Waits grow over the years; the hospital says when one is over 18 or 26 weeks, and an alternative is offered."""
    lots, crowd = told.lots, told.crowd
    cases = told.cases(0.18 * (0.5 + np.clip(crowd.age, 0, 80) / 60) * np.minimum(crowd.illness, 2))
    who, count = cases.who, len(cases.who)
    practice = told.stays.practice(who, cases.on)
    how = told.drawn({E_RS: 0.93, "letter": 0.07}, count)
    told.tell(codes.ELECTIVE_REFERRAL, cases, detail=how, organisation=practice, role="clinician")
    offered = lots.random(count) < np.minimum(0.5 * told.pull("choice", -0.05, 0.9)[who], 0.97)
    told.tell(codes.CHOICE_OFFERED, cases.of(offered), role="clinician")
    years_on = (cases.on - told.country.years.since) / YEAR
    waits, hospital = lots.lognormal(4.1 + 0.1 * years_on, 0.6), told.country.places.hospitals[practice]
    for code, weeks, when, share in (
        (codes.WAITED_18_WEEKS, 18, AT_18_WEEKS, 0.55),
        (codes.WAITED_26_WEEKS, 26, AT_26_WEEKS, 0.65),
    ):
        over = waits > weeks * WEEK
        late = cases.on_day(cases.on + weeks * WEEK + 1)
        told.tell(code, late.of(over), organisation=hospital[over], source=HOSPITAL)
        helped = over & (lots.random(count) < share)
        offers = late.on_day(late.on + told.within(0, 21, count)).of(helped)
        told.tell(codes.ALTERNATIVE_OFFERED, offers, detail=when, source=HOSPITAL)
