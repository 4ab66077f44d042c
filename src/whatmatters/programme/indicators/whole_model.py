"""The whole model: everyone reached by any of its six components, and the list they are reached from."""

from dataclasses import replace

from whatmatters.events.codes import (
    ACTIVATION_SCORE,
    BUDGET_OPENED,
    CHOICE_OFFERED,
    PLAN_AGREED,
    PLAN_MET_CRITERIA,
    SELF_MANAGEMENT_SUPPORT,
    SHARED_DECISION,
    SP_ACCEPTED,
    SP_REFERRED,
)
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import REGISTERED, AnyOf, EventOf, Followed, Indicator, People, Published, did
from whatmatters.programme.indicators.words import LIST

REACHED_BY = People(
    AnyOf(
        (
            did(SHARED_DECISION, PLAN_MET_CRITERIA, CHOICE_OFFERED, SP_ACCEPTED, BUDGET_OPENED),
            Followed(EventOf(ACTIVATION_SCORE), EventOf(SELF_MANAGEMENT_SUPPORT)),
        )
    )
)

_EXAMPLE = Example(
    people=(
        Someone(
            "Amina",
            "a referral accepted and a plan that meets the criteria: reached, once",
            (Happened("2022-05-03", SP_ACCEPTED, episode=1), Happened("2022-09-01", PLAN_MET_CRITERIA, episode=2)),
        ),
        Someone(
            "Brian",
            "scored the year before, supported in the period: reached",
            (Happened("2022-02-01", ACTIVATION_SCORE, 44.1), Happened("2022-04-20", SELF_MANAGEMENT_SUPPORT)),
        ),
        Someone(
            "Carol",
            "supported before any score: not reached",
            (Happened("2022-04-20", SELF_MANAGEMENT_SUPPORT), Happened("2022-06-01", ACTIVATION_SCORE, 44.1)),
        ),
        Someone(
            "Dev",
            "referred but not accepted, and a plan that does not meet the criteria: not reached",
            (Happened("2022-05-03", SP_REFERRED, episode=3), Happened("2022-05-03", PLAN_AGREED, episode=4)),
        ),
        Someone(
            "Ewa",
            "a shared decision, then moved away: reached, no longer on the list",
            (Happened("2022-12-05", SHARED_DECISION),),
            registered=(("Bridge Street", "2015-04-01", "2023-01-01"),),
        ),
    ),
    numerator=3,
    denominator=4,
)

REACHED = Indicator(
    id="reached",
    title="People reached by personalised care, per 1000 registered",
    component="all",
    numerator=REACHED_BY,
    denominator=REGISTERED,
    counted="People who in the period had at least one of: a shared decision, a plan that meets the five criteria, a "
    "legal choice of provider, a social prescribing referral accepted by the link worker, support for self-management "
    "after an activation score, a personal health budget agreed. Each person counts once.",
    out_of=LIST,
    unit="per 1000",
    direction="higher",
    source="NHS England board paper on the Comprehensive Model (ltp-reach: 2.5 million people by 2023-24)",
    why="The programme promised to reach 2.5 million people by 2023-24 and 5 million within the decade.",
    caveats=(
        "What counts as reached is our reading: no published definition was found.",
        "The activation score may be from an earlier period; the support decides the period.",
        "A personal health budget counts in the period it was agreed in, not in every year it runs.",
        "Adding years together counts people reached in several of them several times.",
    ),
    example=_EXAMPLE,
)

REACHED_PEOPLE = replace(
    REACHED,
    id="reached-people",
    title="People reached by personalised care",
    denominator=None,
    out_of="",
    unit="count",
    source="NHS England board paper on the Comprehensive Model (ltp-reach: 2.5 million people by 2023-24; "
    "ltp-reach-decade: 5 million by 2028-29)",
    example=replace(_EXAMPLE, denominator=None),
    beside="reached",
)

REGISTERED_PATIENTS = Indicator(
    id="registered-patients",
    title="People registered with a general practice",
    component="all",
    numerator=Published(),
    denominator=None,
    counted="People registered on the day, as published by NHS England (Patients Registered at a GP Practice).",
    out_of="",
    unit="count",
    direction="neither",
    source="NHS England, Patients Registered at a GP Practice; imported, never computed",
    why="The list is what every rate is set against, and the check that our organisations add up.",
    caveats=("More people are registered than live in England: some have moved or died and are still on a list.",),
    example=None,
)

INDICATORS = (REACHED, REACHED_PEOPLE, REGISTERED_PATIENTS)
