"""Network Contract DES indicators of encounters with the personalised care roles, and of anticipatory care."""

from dataclasses import replace

from whatmatters.events.codes import (
    ANTICIPATORY_CARE,
    ANTICIPATORY_CARE_DECLINED,
    ANTICIPATORY_CARE_ENDED,
    CONSULTED,
    SP_CONTACT,
)
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.details import CARE_COORDINATOR, COACH, LINK_WORKER
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import LISTED, REGISTERED, Did, EventOf, Happenings, Indicator, did, registered
from whatmatters.programme.indicators.words import LIST, NETWORK_FROM, TO_2023_24


def _encounters(role: str, title: str, ids: tuple[str, str], also: tuple[EventOf, ...] = ()) -> tuple[Indicator, ...]:
    """How many each, and how many had any. ``also`` are encounters recorded by a code of the role's own."""
    events = (EventOf(CONSULTED, (role,)), *also)
    number, people = ids
    example = Example(
        people=(
            Someone(
                "Amina",
                "three in the period, and one before it",
                (
                    Happened("2022-03-31", CONSULTED, detail=role),
                    Happened("2022-04-01", CONSULTED, detail=role),
                    Happened("2022-10-12", CONSULTED, detail=role),
                    Happened("2023-03-31", CONSULTED, detail=role),
                ),
            ),
            Someone("Brian", "saw a nurse", (Happened("2022-06-01", CONSULTED, detail="nurse"),)),
            Someone("Carol", "seen the day after the period", (Happened("2023-04-01", CONSULTED, detail=role),)),
            Someone(
                "Dev",
                "seen, then died: on neither side",
                (Happened("2022-06-01", CONSULTED, detail=role),),
                died="2022-08-01",
            ),
        ),
        numerator=3,
        denominator=3,
    )
    each = Indicator(
        id=f"{number.lower()}-{role.replace('_', '-')}-encounters",
        title=f"Encounters with a {title} per registered person (contract)",
        component="workforce",
        numerator=Happenings(events, LISTED),
        denominator=REGISTERED,
        counted=f"Encounters in the period with a {title}, of people on the list at its end.",
        out_of=LIST,
        unit="mean",
        direction="neither",
        source=f"Network Contract DES indicators: {number} (2022-23, 2023-24)",
        why="Whether the people whom the contract paid to recruit are there for patients.",
        caveats=(
            "The dictionary says by the end of the period and gives no first day; we count the period's encounters.",
            "An encounter recorded both here and in the practice's system counts twice: take it from one of them.",
        ),
        valid_from=NETWORK_FROM,
        valid_to=TO_2023_24,
        example=example,
    )
    anyone = replace(
        each,
        id=f"{people.lower()}-seen-by-{role.replace('_', '-')}",
        title=f"Registered people with an encounter with a {title} (contract)",
        numerator=registered(Did(events)),
        counted=f"Those with at least one encounter in the period with a {title}.",
        unit="percent",
        source=f"Network Contract DES indicators: {people} (2022-23, 2023-24)",
        caveats=each.caveats[:1],
        example=replace(example, numerator=1),
    )
    return each, anyone


_ANTICIPATORY = Example(
    people=(
        Someone("Amina", "under the service", (Happened("2021-05-01", ANTICIPATORY_CARE),)),
        Someone(
            "Brian",
            "under it, then discharged",
            (Happened("2021-05-01", ANTICIPATORY_CARE), Happened("2022-11-01", ANTICIPATORY_CARE_ENDED)),
        ),
        Someone("Carol", "declined the offer", (Happened("2022-04-01", ANTICIPATORY_CARE_DECLINED),)),
        Someone(
            "Dev",
            "declined once, under it since: both",
            (Happened("2020-04-01", ANTICIPATORY_CARE_DECLINED), Happened("2022-08-01", ANTICIPATORY_CARE)),
        ),
        Someone("Ewa", "taken on the day after the period", (Happened("2023-04-01", ANTICIPATORY_CARE),)),
    ),
    numerator=2,
    denominator=5,
)
_SERVICE = COHORTS["anticipatory-care"]

ANTICIPATORY = Indicator(
    id="ncdmi125-anticipatory-care",
    title="Registered people under the anticipatory care service (contract)",
    component="care_planning",
    numerator=registered(_SERVICE.rule),
    denominator=REGISTERED,
    counted="Those under the care of the anticipatory care service on the last day.",
    out_of=LIST,
    unit="percent",
    direction="neither",
    source="Network Contract DES indicators: NCDMI125 (2022-23, 2023-24)",
    why="Everyone under it is to have a plan.",
    caveats=_SERVICE.caveats,
    valid_from=NETWORK_FROM,
    valid_to=TO_2023_24,
    example=_ANTICIPATORY,
)
_EVER = "The dictionary gives no days; we read it as at any time up to the end of the period."

ANTICIPATORY_DECLINED = replace(
    ANTICIPATORY,
    id="ncdmi126-anticipatory-care-declined",
    title="Registered people who declined anticipatory care (contract)",
    numerator=registered(did(ANTICIPATORY_CARE_DECLINED, when="ever")),
    counted="Those who declined an offer of anticipatory care.",
    source="Network Contract DES indicators: NCDMI126 (2022-23, 2023-24)",
    why="A decline is a choice, and says how the offer is made.",
    caveats=(_EVER, "Someone who declined and later accepted counts here too."),
)

ANTICIPATORY_ENDED = replace(
    ANTICIPATORY,
    id="ncdmi127-anticipatory-care-ended",
    title="Registered people discharged from anticipatory care (contract)",
    numerator=registered(did(ANTICIPATORY_CARE_ENDED, when="ever")),
    counted="Those who were discharged from the anticipatory care service.",
    source="Network Contract DES indicators: NCDMI127 (2022-23, 2023-24)",
    why="How many leave it alive.",
    caveats=(_EVER, "Someone discharged and taken on again counts here too."),
    example=replace(_ANTICIPATORY, numerator=1),
)

INDICATORS = (
    *_encounters(LINK_WORKER, "social prescribing link worker", ("NCDMI152", "NCDMI153"), also=(EventOf(SP_CONTACT),)),
    *_encounters(COACH, "health and wellbeing coach", ("NCDMI154", "NCDMI155")),
    *_encounters(CARE_COORDINATOR, "care coordinator", ("NCDMI156", "NCDMI157")),
    ANTICIPATORY,
    ANTICIPATORY_DECLINED,
    ANTICIPATORY_ENDED,
)
