"""Network Contract DES indicators of people under social prescribing and their consultations.

Consultations are those of the period: from its first day (QSSD) to its last (RPED).
"""

from dataclasses import replace

from whatmatters.events.codes import CONSULTED, SP_CLOSED, SP_CONTACT, SP_REFERRED
from whatmatters.measurement.details import GP, LINK_WORKER
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import (
    LISTED,
    REGISTERED,
    AllOf,
    Did,
    EventOf,
    Happenings,
    Indicator,
    Standing,
    registered,
)
from whatmatters.programme.indicators.words import LIST, NETWORK_FROM, TO_2023_24, TO_2024_25

UNDER = Standing((EventOf(SP_REFERRED),), (EventOf(SP_CLOSED),))
_UNDER_WORDS = (
    "People on the list at the end who were ever referred to social prescribing, less those whose case was closed on a "
    "later day and who were not referred again."
)
_UNDER_CAVEATS = (
    "The SNOMED code for a closed case is not public, so an import never holds it: where it is not recorded the number "
    "is not known.",
    "Only a closed case ends it by the contract's words; one declined or passed on without that still counts, and one "
    "reopened without a new referral does not. The caseload is in sp-caseload.",
)
BY_LINK_WORKER = (EventOf(CONSULTED, (LINK_WORKER,)), EventOf(SP_CONTACT))
BY_GP = (EventOf(CONSULTED, (GP,)),)
BY_ANYONE = (EventOf(CONSULTED), EventOf(SP_CONTACT))
_TWICE = "A contact recorded both here and in the practice's system counts twice: take it from one of them."

_CASES = Example(
    people=(
        Someone(
            "Amina",
            "under it since 2021: two contacts with the link worker in the period and one GP consultation",
            (
                Happened("2021-06-01", SP_REFERRED),
                Happened("2022-03-31", CONSULTED, detail=LINK_WORKER),
                Happened("2022-04-01", CONSULTED, detail=LINK_WORKER),
                Happened("2022-05-16", SP_CONTACT, episode=1),
                Happened("2022-11-02", CONSULTED, detail=GP),
            ),
        ),
        Someone(
            "Brian",
            "spoken with once; closed in September: not under it at the end",
            (
                Happened("2022-05-03", SP_REFERRED),
                Happened("2022-06-07", CONSULTED, detail=LINK_WORKER),
                Happened("2022-09-20", SP_CLOSED),
            ),
        ),
        Someone(
            "Carol",
            "closed, then referred again: under it; saw a GP and a nurse",
            (
                Happened("2022-05-03", SP_REFERRED),
                Happened("2022-09-20", SP_CLOSED),
                Happened("2022-12-01", CONSULTED, detail=GP),
                Happened("2022-12-15", CONSULTED, detail="nurse"),
                Happened("2023-02-01", SP_REFERRED),
            ),
        ),
        Someone(
            "Dev",
            "never referred; saw a GP twice on one day",
            (Happened("2022-07-07", CONSULTED, detail=GP), Happened("2022-07-07", CONSULTED, detail=GP)),
        ),
        Someone("Ewa", "referred on the last day: under it, no consultation", (Happened("2023-03-31", SP_REFERRED),)),
    ),
    numerator=2,
    denominator=3,
)


LINK_WORKER_CONSULTATIONS = Indicator(
    id="pc02-link-worker-consultations",
    title="Link worker consultations per person under social prescribing (contract)",
    component="social_prescribing",
    numerator=Happenings(BY_LINK_WORKER, AllOf((LISTED, UNDER))),
    denominator=registered(UNDER),
    counted="Their consultations with a social prescribing link worker in the period.",
    out_of=_UNDER_WORDS,
    unit="mean",
    direction="neither",
    source="Network Contract DES indicators: PC02 (2024-25), NCDMI105 (2022-23, 2023-24)",
    why="Whether people who are with the service are in fact seen by it.",
    caveats=(*_UNDER_CAVEATS, _TWICE),
    needs=(SP_CLOSED,),
    valid_from=NETWORK_FROM,
    valid_to=TO_2024_25,
    example=_CASES,
)

GP_CONSULTATIONS = replace(
    LINK_WORKER_CONSULTATIONS,
    id="pc03-gp-consultations",
    title="GP consultations per person under social prescribing (contract)",
    numerator=Happenings(BY_GP, AllOf((LISTED, UNDER))),
    counted="Their consultations with a general practitioner in the period.",
    source="Network Contract DES indicators: PC03 (2024-25), NCDMI106 (2022-23, 2023-24)",
    why="Set beside GP consultations of everyone, how much those with the service need a doctor.",
    caveats=_UNDER_CAVEATS,
    beside="ncdmi108-gp-consultations",
)

ALL_CONSULTATIONS = replace(
    LINK_WORKER_CONSULTATIONS,
    id="pc20-consultations",
    title="Consultations with anyone per person under social prescribing (contract)",
    numerator=Happenings(BY_ANYONE, AllOf((LISTED, UNDER))),
    counted="Their consultations in the period, whoever they were with.",
    source="Network Contract DES indicators: PC20 (2024-25), NCDMI109 (2022-23, 2023-24)",
    why="Set beside consultations of everyone, how much those with the service need the practice.",
    beside="ncdmi110-consultations",
    example=replace(_CASES, numerator=5),
)

SEEN = replace(
    LINK_WORKER_CONSULTATIONS,
    id="ncdmi107-seen-by-link-worker",
    title="People under social prescribing who saw the link worker (contract)",
    numerator=registered(UNDER, Did(BY_LINK_WORKER)),
    counted="Those with at least one consultation with a social prescribing link worker in the period.",
    unit="percent",
    direction="higher",
    source="Network Contract DES indicators: NCDMI107 (2022-23, 2023-24)",
    caveats=_UNDER_CAVEATS,
    valid_to=TO_2023_24,
    example=replace(_CASES, numerator=1),
)

UNDER_SHARE = replace(
    SEEN,
    id="ncdmi063-under-social-prescribing",
    title="Registered people under social prescribing (contract)",
    numerator=registered(UNDER),
    denominator=REGISTERED,
    counted=_UNDER_WORDS,
    out_of=LIST,
    direction="neither",
    source="Network Contract DES indicators: NCDMI063 (2022-23, 2023-24)",
    why="How much of the list the service is working with.",
    caveats=(
        *_UNDER_CAVEATS,
        "This row alone does not say that a new referral brings a person back in; we read it as its sister rows.",
    ),
    example=replace(_CASES, numerator=3, denominator=5),
)

GP_OF_ALL = replace(
    GP_CONSULTATIONS,
    id="ncdmi108-gp-consultations",
    title="GP consultations per registered person (contract)",
    numerator=Happenings(BY_GP, LISTED),
    denominator=REGISTERED,
    counted="Consultations with a general practitioner in the period of people on the list at its end.",
    out_of=LIST,
    source="Network Contract DES indicators: NCDMI108 (2022-23, 2023-24)",
    why="What PC03 is read against.",
    caveats=("Not like for like: people who are referred are iller and older than the list they are set against.",),
    needs=(),
    valid_to=TO_2023_24,
    beside="pc03-gp-consultations",
    example=replace(_CASES, numerator=4, denominator=5),
)

ALL_OF_ALL = replace(
    GP_OF_ALL,
    id="ncdmi110-consultations",
    title="Consultations with anyone per registered person (contract)",
    numerator=Happenings(BY_ANYONE, LISTED),
    counted="Consultations in the period, whoever they were with, of people on the list at its end.",
    source="Network Contract DES indicators: NCDMI110 (2022-23, 2023-24)",
    why="What PC20 is read against.",
    caveats=(*GP_OF_ALL.caveats, _TWICE),
    beside="pc20-consultations",
    example=replace(_CASES, numerator=8, denominator=5),
)

INDICATORS = (
    LINK_WORKER_CONSULTATIONS,
    GP_CONSULTATIONS,
    ALL_CONSULTATIONS,
    SEEN,
    UNDER_SHARE,
    GP_OF_ALL,
    ALL_OF_ALL,
)
