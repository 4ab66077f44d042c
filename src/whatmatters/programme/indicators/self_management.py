"""Supported self-management: who is supported, how, and after an activation score that says they need it."""

from dataclasses import replace

from whatmatters.events.codes import ACTIVATION_SCORE, CONDITION, CONDITION_RESOLVED, SELF_MANAGEMENT_SUPPORT
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.details import SUPPORT_KINDS
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import (
    REGISTERED,
    AllOf,
    By,
    EventOf,
    Followed,
    Indicator,
    People,
    did,
    some_time,
)
from whatmatters.programme.indicators.of_cohorts import share
from whatmatters.programme.indicators.words import LIST

LEVEL_2_ENDS = 55.1
"""The highest score of activation level 2, in both published sets of cut-offs (they differ from level 3 up)."""

LOW_SCORE = EventOf(ACTIVATION_SCORE, most=LEVEL_2_ENDS)
WITH_CONDITION = some_time(COHORTS["long-term-condition"].rule)
DRAFT = "Summary of the draft PCN specification 2020-21"

_COPD = Happened("2015-02-01", CONDITION, detail="copd")
_COACHED = Happened("2022-09-01", SELF_MANAGEMENT_SUPPORT, detail="health-coaching")

_LOW = (
    Someone(
        "Amina",
        "COPD, a score of 47.0 the year before, coached in the period: counts",
        (_COPD, Happened("2022-01-20", ACTIVATION_SCORE, 47.0), _COACHED),
    ),
    Someone(
        "Brian",
        "COPD, scored 55.1 and supported on one day: the highest score of level 2, counts",
        (_COPD, Happened("2022-09-01", ACTIVATION_SCORE, 55.1), _COACHED),
    ),
    Someone(
        "Carol",
        "COPD, scored 55.2: level 3, does not count",
        (_COPD, Happened("2022-06-01", ACTIVATION_SCORE, 55.2), _COACHED),
    ),
    Someone(
        "Dev",
        "COPD, a low score and no support",
        (_COPD, Happened("2022-06-01", ACTIVATION_SCORE, 38.6)),
    ),
    Someone(
        "Ewa",
        "a low score and coached, but no long-term condition on record",
        (Happened("2022-06-01", ACTIVATION_SCORE, 38.6), _COACHED),
    ),
    Someone(
        "Farid",
        "coached, but scored only afterwards: does not count",
        (_COPD, _COACHED, Happened("2022-10-01", ACTIVATION_SCORE, 38.6)),
    ),
)

SUPPORTED = Indicator(
    id="activation-supported",
    title="People with a long-term condition and a low activation score who were supported",
    component="self_management",
    numerator=People(AllOf((WITH_CONDITION, Followed(LOW_SCORE, EventOf(SELF_MANAGEMENT_SUPPORT))))),
    denominator=None,
    counted="People with a long-term condition at some time in the period who had support for self-management in it, "
    "on or after a day on which they scored at level 1 or 2 (up to 55.1).",
    out_of="",
    unit="count",
    direction="higher",
    source="Five-year ambition, Humber, Coast and Vale (ltp-pam: one million people by 2023-24)",
    why="People with little knowledge, skill and confidence gain most from support, and are offered it least.",
    caveats=(
        "Level 2 ends at 55.1 in both published sets of cut-offs, so the version of the questionnaire does not matter.",
        "The score may be from an earlier period and may since have risen; the support decides the period.",
        "Adding years together counts people supported in several of them several times.",
        *COHORTS["long-term-condition"].caveats,
    ),
    example=Example(people=_LOW, numerator=2, denominator=None),
    beside="activation-supported-per-1000",
)

SUPPORTED_PER_1000 = replace(
    SUPPORTED,
    id="activation-supported-per-1000",
    title="People with a long-term condition and a low activation score who were supported, per 1000 registered",
    denominator=REGISTERED,
    out_of=LIST,
    unit="per 1000",
    source="Five-year ambition, Humber, Coast and Vale (ltp-pam and its trajectory: 15 to 22 per 1000 by 2023-24)",
    needs=(SELF_MANAGEMENT_SUPPORT,),
    example=Example(people=_LOW, numerator=2, denominator=6),
    beside="activation-supported",
)

SUPPORT = Indicator(
    id="self-management-supported",
    title="People supported in managing their own health",
    component="self_management",
    numerator=People(did(SELF_MANAGEMENT_SUPPORT)),
    denominator=None,
    counted="People with health coaching, self-management education, peer support or other such support in the period.",
    out_of="",
    unit="count",
    direction="higher",
    source=f"{DRAFT} (DRAFT21-3: supported self-management for defined cohorts)",
    why="Most of what keeps a long illness in check is done by the person, between appointments.",
    caveats=("Support given, whether or not an activation score came before it.",),
    by=By("kind_of_support", SELF_MANAGEMENT_SUPPORT, SUPPORT_KINDS),
    example=Example(
        people=(
            Someone("Amina", "coached three times: one person", (_COACHED, _COACHED, _COACHED)),
            Someone(
                "Brian",
                "a course and a peer group: one person, in both kinds",
                (
                    Happened("2022-05-01", SELF_MANAGEMENT_SUPPORT, detail="self-management-education"),
                    Happened("2022-06-01", SELF_MANAGEMENT_SUPPORT, detail="peer-support"),
                ),
            ),
            Someone("Carol", "support coded without its kind", (Happened("2022-07-01", SELF_MANAGEMENT_SUPPORT),)),
            Someone("Dev", "the day before the period", (Happened("2022-03-31", SELF_MANAGEMENT_SUPPORT),)),
        ),
        numerator=3,
        denominator=None,
    ),
)

OF_CONDITION = share(
    "long-term-condition",
    did(SELF_MANAGEMENT_SUPPORT),
    id="self-management-support-long-term-condition-share",
    title="People with a long-term condition who were supported in managing it",
    component="self_management",
    counted="Those with health coaching, self-management education, peer support or other such support in the period.",
    source=f"{DRAFT} (DRAFT21-3: supported self-management for defined cohorts)",
    why="Most of what keeps a long illness in check is done by the person, between appointments.",
    caveats=("The draft does not say which cohorts; people with any long-term condition is our reading.",),
    needs=(SELF_MANAGEMENT_SUPPORT,),
    example=Example(
        people=(
            Someone("Amina", "COPD, coached: counts", (_COPD, _COACHED)),
            Someone("Brian", "COPD, never supported", (_COPD,)),
            Someone(
                "Carol",
                "supported in May, condition resolved in June: had it at some time in the period, counts",
                (
                    _COPD,
                    Happened("2022-05-01", SELF_MANAGEMENT_SUPPORT),
                    Happened("2022-06-01", CONDITION_RESOLVED, detail="copd"),
                ),
            ),
            Someone(
                "Dev",
                "COPD, supported the day after the period",
                (_COPD, Happened("2023-04-01", SELF_MANAGEMENT_SUPPORT)),
            ),
            Someone("Ewa", "coached, no long-term condition: on neither side", (_COACHED,)),
        ),
        numerator=2,
        denominator=4,
    ),
)

INDICATORS = (SUPPORTED, SUPPORTED_PER_1000, SUPPORT, OF_CONDITION)
