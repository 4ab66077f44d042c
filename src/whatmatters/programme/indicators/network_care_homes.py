"""Network Contract DES indicators of people who live in care homes, as its dictionaries word them."""

from dataclasses import replace

from whatmatters.events.codes import (
    CARE_HOME,
    CARE_HOME_PRACTICE_DECLINED,
    LIVES_ELSEWHERE,
    PLAN_AGREED,
    PLAN_DECLINED,
    PLAN_REVIEWED,
)
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import (
    Aged,
    AllOf,
    AnyOf,
    Indicator,
    Not,
    Published,
    did,
    registered,
)
from whatmatters.programme.indicators.words import NETWORK_FROM, TO_2024_25

RESIDENT = AllOf((COHORTS["care-home-resident"].rule, Aged(18)))
PERMANENT = AllOf((COHORTS["care-home-permanent"].rule, Aged(18)))
DECLINED_PRACTICE = did(CARE_HOME_PRACTICE_DECLINED, when="ever")

RESIDENTS = "People registered, living, 18 or over and resident in a care home, for good or a while, on the last day."
UNLESS_COUNTED = (
    "An adjustment (PCA) takes people out of the denominator only where they are not in the numerator: the usual "
    "reading, not confirmed."
)
MOVES = COHORTS["care-home-resident"].caveats


def lives(kind: str = "permanent") -> Happened:
    return Happened("2021-02-01", CARE_HOME, detail=kind)


_PLANS = Example(
    people=(
        Someone("Amina", "a plan agreed in 2021: counts", (lives(), Happened("2021-03-01", PLAN_AGREED, episode=1))),
        Someone(
            "Brian",
            "there for a while; declined a plan, later had his old one reviewed: counts",
            (
                lives("temporary"),
                Happened("2022-08-01", PLAN_DECLINED),
                Happened("2023-03-31", PLAN_REVIEWED, episode=2),
            ),
        ),
        Someone("Carol", "no plan", (lives(),)),
        Someone(
            "Dev", "declined a plan in the last 12 months: left out", (lives(), Happened("2022-04-01", PLAN_DECLINED))
        ),
        Someone("Ewa", "declined a plan longer ago: stays", (lives(), Happened("2022-03-31", PLAN_DECLINED))),
        Someone("Farid", "moved home in February: no resident", (lives(), Happened("2023-02-01", LIVES_ELSEWHERE))),
        Someone("Gita", "17 on the last day", (lives(),), born="2005-04-01"),
        Someone(
            "Hugh",
            "declined the practice aligned to the home: left out",
            (lives(), Happened("2021-02-20", CARE_HOME_PRACTICE_DECLINED)),
        ),
    ),
    numerator=2,
    denominator=4,
)

_PLANNED = did(PLAN_AGREED, PLAN_REVIEWED, when="ever")
_REFUSED = AnyOf((DECLINED_PRACTICE, did(PLAN_DECLINED, months=12)))

PLAN = Indicator(
    id="ehch02-plan",
    title="Care home residents with a care and support plan agreed or reviewed (contract)",
    component="care_planning",
    numerator=registered(RESIDENT, _PLANNED),
    denominator=registered(RESIDENT, AnyOf((_PLANNED, Not(_REFUSED)))),
    counted="Those who by the end of the period had a personalised care and support plan agreed or reviewed.",
    out_of=f"{RESIDENTS} Left out, unless they have a plan: people who declined one in the 12 months to then (PCSPDEC) "
    "or declined the practice aligned to the home (CARHOMDEC1).",
    unit="percent",
    direction="higher",
    source="Network Contract DES indicators: EHCH02 (2024-25), NCD018 (2022-23, 2023-24)",
    why="People in care homes are among those the contract names first for a plan.",
    caveats=(
        "By the end of the period, as the dictionary words it, with no first day: a plan of any earlier year counts.",
        "The exclusion HOMETMP_18 is printed with an and; we read it as everyone who is not a resident of 18 or over.",
        UNLESS_COUNTED,
        *MOVES,
    ),
    valid_from=NETWORK_FROM,
    valid_to=TO_2024_25,
    example=_PLANS,
)

IN_HOMES = Indicator(
    id="ehch01-residents",
    title="People who live in care homes (contract)",
    component="care_planning",
    numerator=registered(RESIDENT),
    denominator=None,
    counted=RESIDENTS,
    out_of="",
    unit="count",
    direction="neither",
    source="Network Contract DES indicators: EHCH01 (2024-25), NCD012 (2022-23, 2023-24), the numerator",
    why="Whoever is not coded as a resident is missed by everything the contract does for residents.",
    caveats=("Its denominator is a return: see ehch01-residents-per-bed.", *MOVES),
    valid_from=NETWORK_FROM,
    valid_to=TO_2024_25,
    beside="ehch01-residents-per-bed",
    example=replace(_PLANS, numerator=6, denominator=None),
)

PER_BED = replace(
    IN_HOMES,
    id="ehch01-residents-per-bed",
    title="People recorded in care homes, as a share of eligible beds (contract)",
    numerator=Published(),
    denominator=Published(),
    counted="People of 18 or over recorded as living in a care home, as returned.",
    out_of="Care home beds eligible for the enhanced service, as networks return them through CQRS.",
    unit="percent",
    source="Network Contract DES indicators: EHCH01 (2024-25), NCD012 (2022-23, 2023-24)",
    why="Far fewer residents coded than beds means that many residents are not known as such.",
    caveats=(
        "Comes from a return and is entered or imported, never computed: beds are not among our facts.",
        "Beds stand empty at times, so that a hundred percent is not to be expected.",
    ),
    beside="ehch01-residents",
    example=None,
)

INDICATORS = (PLAN, IN_HOMES, PER_BED)
