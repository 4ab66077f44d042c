"""Digital plans of people who live in care homes, and whether anybody else can read them."""

from whatmatters.events.codes import CARE_HOME, LIVES_ELSEWHERE, PLAN_AGREED, PLAN_MET_CRITERIA, PLAN_SHARED
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import Indicator, did, registered
from whatmatters.programme.indicators.plans_of_cohorts import EVER_MET

_RESIDENT = COHORTS["care-home-resident"]
WITH_PLAN = registered(_RESIDENT.rule, EVER_MET)

_HOME = (Happened("2021-02-01", CARE_HOME, detail="permanent"),)
_HELD = (Happened("2022-05-03", PLAN_AGREED, episode=1), Happened("2022-05-03", PLAN_MET_CRITERIA, episode=1))

_RESIDENTS = (
    Someone(
        "Amina",
        "lives in a care home; her digital plan is shared with the ambulance service",
        (*_HOME, *_HELD, Happened("2022-05-10", PLAN_SHARED, episode=1, detail="ambulance service")),
    ),
    Someone("Brian", "lives in a care home; a digital plan that is shared with nobody", (*_HOME, *_HELD)),
    Someone("Carol", "lives in a care home; no plan", _HOME),
    Someone(
        "Dev",
        "moved in with his son before the last day: on neither side",
        (*_HOME, *_HELD, Happened("2023-03-01", LIVES_ELSEWHERE)),
    ),
    Someone("Ewa", "died before the last day: on neither side", (*_HOME, *_HELD), died="2023-03-30"),
)

DIGITAL = Indicator(
    id="care-home-digital-plan-share",
    title="Care home residents with a digital plan that meets the five criteria",
    component="care_planning",
    numerator=WITH_PLAN,
    denominator=registered(_RESIDENT.rule),
    counted="Those with a plan kept here, or in a system like it, that has met all five criteria.",
    out_of="People registered, living, and resident in a care home on the last day of the period.",
    unit="percent",
    direction="higher",
    source="Network Contract DES guidance, B1357 (DES23-PCSP1, intended for 2023-24)",
    why="A plan on paper stays in the home when its owner goes to hospital.",
    caveats=(
        "That a plan conforms to the information standard is not seen in facts: plans kept by this product do.",
        *_RESIDENT.caveats,
    ),
    needs=(PLAN_MET_CRITERIA,),
    example=Example(people=_RESIDENTS, numerator=2, denominator=3),
)

SHARED = Indicator(
    id="care-home-shared-plan-share",
    title="Digital plans of care home residents that are shared",
    component="care_planning",
    numerator=registered(_RESIDENT.rule, EVER_MET, did(PLAN_SHARED, when="ever")),
    denominator=WITH_PLAN,
    counted="Those whose plan has been shared with another service or person at least once.",
    out_of="Residents of a care home on the last day with a digital plan that has met all five criteria.",
    unit="percent",
    direction="higher",
    source="Network Contract DES guidance, B1357 (DES23-PCSP1: shareable across systems and settings)",
    why="A plan helps at three in the morning only if whoever is called can read it.",
    caveats=("Shared once, with anybody, counts; whether it was read is not seen.", *_RESIDENT.caveats),
    needs=(PLAN_MET_CRITERIA,),
    example=Example(people=_RESIDENTS, numerator=1, denominator=2),
)

INDICATORS = (DIGITAL, SHARED)
