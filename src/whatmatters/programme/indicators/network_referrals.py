"""Network Contract DES indicators of referral to social prescribing, as its dictionaries word them.

QSSD, the quality service start date, is the period's first day; RPED, the reporting period's end, its last.
"""

from dataclasses import replace
from datetime import date

from whatmatters.events.codes import SP_DECLINED, SP_REFERRED
from whatmatters.measurement.details import NOT_BY_THE_PERSON
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import REGISTERED, AnyOf, Did, EventOf, Indicator, Not, did, registered
from whatmatters.programme.indicators.words import LIST, NETWORK_FROM, TO_2024_25

SAID_NO = Did((EventOf(SP_DECLINED, but=NOT_BY_THE_PERSON),), "ever")

_OFFERS = Example(
    people=(
        Someone("Amina", "referred on the first day", (Happened("2022-04-01", SP_REFERRED, episode=1),)),
        Someone(
            "Brian",
            "declined once, referred later: stays, and counts",
            (Happened("2021-05-03", SP_DECLINED), Happened("2022-08-01", SP_REFERRED, episode=2)),
        ),
        Someone("Carol", "declined years ago: left out", (Happened("2019-10-01", SP_DECLINED),)),
        Someone(
            "Dev",
            "the service had no room: stays",
            (Happened("2022-10-03", SP_DECLINED, episode=3, detail="service: no capacity"),),
        ),
        Someone(
            "Ewa",
            "referred, then moved away: in neither",
            (Happened("2022-06-01", SP_REFERRED, episode=4),),
            registered=(("Bridge Street", "2015-04-01", "2023-03-31"),),
        ),
        Someone("Farid", "referred the day before the period", (Happened("2022-03-31", SP_REFERRED, episode=5),)),
    ),
    numerator=2,
    denominator=4,
)

REFERRED = Indicator(
    id="pc01-referred",
    title="Registered people referred to social prescribing (contract)",
    component="social_prescribing",
    numerator=registered(did(SP_REFERRED)),
    denominator=registered(AnyOf((did(SP_REFERRED), Not(SAID_NO)))),
    counted="Those referred to a social prescribing service in the period.",
    out_of=f"{LIST} Left out: people who had declined (SOCPRESDEC), unless they were referred in it.",
    unit="percent",
    direction="higher",
    source="Network Contract DES indicators: PC01 (2024-25), NCD001 (2022-23, 2023-24)",
    why="The contract's own count of referrals: paid by points in 2022-23, for information later.",
    caveats=(
        "People registered at the end only: who was referred and then left or died is in neither side. "
        "sp-referred-per-1000 keeps them.",
        "A decline at any time counts as one, as the dictionary words it, and only one that was the person's: one by "
        "the service for lack of room leaves them in.",
        "That an adjustment (PCA) removes only people who are not in the numerator is the usual reading, unconfirmed.",
    ),
    valid_from=NETWORK_FROM,
    valid_to=TO_2024_25,
    beside="sp-referred-per-1000",
    example=_OFFERS,
)

DECLINED = replace(
    REFERRED,
    id="ncdmi004-declined",
    title="Registered people who declined social prescribing (contract)",
    numerator=registered(SAID_NO),
    denominator=REGISTERED,
    counted="Those who by the end of the period chose not to accept a referral.",
    out_of=LIST,
    direction="neither",
    source="Network Contract DES indicators: NCDMI004 (2022-23)",
    why="A decline is a choice; a share of none often means that nobody records it.",
    caveats=(
        "Only its title is published, without a time: at any time up to the end is our reading, as in SOCPRESDEC.",
        "sp-declined-share is of offers in the period, and counts declines by the service too.",
    ),
    valid_to=date(2023, 3, 31),
    beside="sp-declined-share",
    example=replace(_OFFERS, numerator=2, denominator=5),
)

INDICATORS = (REFERRED, DECLINED)
