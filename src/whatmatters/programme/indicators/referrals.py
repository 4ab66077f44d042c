"""Referrals to social prescribing: offered, made, by which code, and by whom."""

from dataclasses import replace

from whatmatters.events.codes import SP_OFFERED, SP_REFERRED, SP_REFERRED_OTHERWISE, SP_SIGNPOSTED
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import REGISTERED, By, Episodes, EventOf, Indicator, People, did
from whatmatters.programme.indicators.words import LIST

REFERRAL, OTHERWISE = EventOf(SP_REFERRED), EventOf(SP_REFERRED_OTHERWISE)

MADE_BY = By(
    "referred_by", SP_REFERRED, ("clinician", "care_coordinator", "coach", "link_worker", "agency", "carer", "self")
)

REFERRED = Indicator(
    id="sp-referred-per-1000",
    title="People referred to social prescribing, per 1000 registered",
    component="social_prescribing",
    numerator=People(did(SP_REFERRED)),
    denominator=REGISTERED,
    counted="People referred to a social prescribing link worker in the period. Someone referred twice counts once.",
    out_of=LIST,
    unit="per 1000",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (DRAFT20-6, DRAFT21-4, DRAFT23-2, metric M5)",
    why="The programme asked networks for at least 4 people in every 1000 in 2020-21, rising to 16-22 in 2023-24.",
    caveats=(
        "A referral counts whoever made it: a practice, another agency or the person.",
        "People told about a group without a referral are not counted.",
        "People referred who later died or left count; the list they are set against is that of the last day.",
        "Only the one code that counts for the contract; by any code, see sp-referred-all-per-1000.",
        "By who made it, someone referred by two is in both groups, so the groups can add up to more than all.",
    ),
    by=MADE_BY,
    beside="sp-referred-all-per-1000",
    example=Example(
        people=(
            Someone(
                "Amina",
                "referred twice, counts once",
                (Happened("2022-04-01", SP_REFERRED, episode=1), Happened("2022-11-20", SP_REFERRED, episode=2)),
            ),
            Someone("Brian", "referred on the last day: counts", (Happened("2023-03-31", SP_REFERRED, episode=3),)),
            Someone(
                "Carol",
                "referred the day after the period: does not count, but is on the list",
                (Happened("2023-04-01", SP_REFERRED, episode=4),),
            ),
            Someone(
                "Dev",
                "referred, then died: counts as referred, not on the list",
                (Happened("2022-06-10", SP_REFERRED, episode=5),),
                died="2022-09-02",
            ),
            Someone("Ewa", "on the list, never referred"),
        ),
        numerator=3,
        denominator=4,
    ),
)

_CODES = Example(
    people=(
        Someone("Amina", "by the contract's code", (Happened("2022-05-03", SP_REFERRED, episode=1),)),
        Someone("Brian", "by another code", (Happened("2022-06-14", SP_REFERRED_OTHERWISE),)),
        Someone(
            "Carol",
            "by both codes, in one case: one person, one referral",
            (Happened("2022-08-01", SP_REFERRED, episode=2), Happened("2022-08-01", SP_REFERRED_OTHERWISE, episode=2)),
        ),
        Someone(
            "Dev",
            "twice, months apart: one person, two referrals",
            (Happened("2022-04-20", SP_REFERRED), Happened("2023-02-07", SP_REFERRED)),
        ),
        Someone("Ewa", "told about a walking group, not referred", (Happened("2022-09-09", SP_SIGNPOSTED),)),
        Someone(
            "Farid", "by another code, the day before the period", (Happened("2022-03-31", SP_REFERRED_OTHERWISE),)
        ),
    ),
    numerator=4,
    denominator=6,
)

ALL_REFERRED = replace(
    REFERRED,
    id="sp-referred-all-per-1000",
    title="People referred to social prescribing by any code, per 1000 registered",
    numerator=People(did(SP_REFERRED, SP_REFERRED_OTHERWISE)),
    counted="People referred to social prescribing in the period, by the code that counts for the contract or another.",
    source="All activity beside the contract's count (metric M5, NCD001): Network Contract DES counts one code only",
    why="Beside the contract's count it shows how much is done that one code does not catch.",
    caveats=("Not the contract's number: that is sp-referred-per-1000.", "An offer or a signposting is no referral."),
    by=None,
    beside="sp-referred-per-1000",
    example=_CODES,
)

REFERRALS = Indicator(
    id="sp-referrals",
    title="Referrals to social prescribing",
    component="social_prescribing",
    numerator=Episodes((REFERRAL,)),
    denominator=None,
    counted="Referrals made in the period by the code that counts for the contract. A case counts once.",
    out_of="",
    unit="count",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (metric M5: number of social prescribing referrals made)",
    why="The number the programme asks every network to report.",
    caveats=(
        "Referrals, not people: see sp-people-referred.",
        "Referrals coded in general practice without a case number count once a day each.",
    ),
    beside="sp-referrals-all",
    example=replace(_CODES, denominator=None),
)

ALL_REFERRALS = replace(
    REFERRALS,
    id="sp-referrals-all",
    title="Referrals to social prescribing by any code",
    numerator=Episodes((REFERRAL, OTHERWISE)),
    counted="Referrals made in the period, by the code that counts for the contract or another. A case counts once.",
    source="All activity beside the contract's count (metric M5)",
    why="Beside the contract's count it shows how much is done that one code does not catch.",
    caveats=(
        "Not the contract's number: that is sp-referrals.",
        "One referral coded both ways counts once only where both codes carry its case number.",
    ),
    beside="sp-referrals",
    example=replace(_CODES, numerator=5, denominator=None),
)

PEOPLE_REFERRED = replace(
    REFERRALS,
    id="sp-people-referred",
    title="People referred to social prescribing",
    numerator=People(did(SP_REFERRED)),
    counted="People referred to a social prescribing link worker in the period, each once.",
    source="Five-year ambition, Humber, Coast and Vale, and NHS England board paper (ltp-sp-referrals: 900,000 people)",
    why="At least 900,000 people were to be referred by 2023-24.",
    caveats=(
        "The promise is printed as people referred and as people able to be referred; this counts the first.",
        "It counts one period. Adding years counts people referred in several of them several times.",
    ),
    by=MADE_BY,
    beside="",
    example=replace(_CODES, numerator=3, denominator=None),
)

CODED = Indicator(
    id="sp-referral-coded-share",
    title="Referrals recorded with the contract's SNOMED CT code",
    component="social_prescribing",
    numerator=Episodes((REFERRAL,)),
    denominator=Episodes((REFERRAL, OTHERWISE)),
    counted="Those referrals that carry the one code that counts for the contract.",
    out_of="Referrals made in the period, by any code. A case counts once.",
    unit="percent",
    direction="higher",
    source="Network Contract DES guidance 2022-23 (DES22-SP4: referrals are recorded with SNOMED CT codes)",
    why="A referral under another code helps the person and is missing from every national count.",
    caveats=("Referrals written only as free text are in no code, and so on neither side.",),
    example=replace(_CODES, denominator=5),
)

OFFERED = Indicator(
    id="sp-offered-per-1000",
    title="People offered social prescribing, per 1000 registered",
    component="social_prescribing",
    numerator=People(did(SP_OFFERED)),
    denominator=REGISTERED,
    counted="People with an offer of social prescribing recorded in the period, each once.",
    out_of=LIST,
    unit="per 1000",
    direction="higher",
    source="Network Contract DES guidance 2022-23 (DES22-SP2: the proactive offer begins)",
    why="The contract asks for a proactive offer to people with unmet need, not only for an open door.",
    caveats=(
        "An offer is no referral and counts for no payment.",
        "Many who are referred were never recorded as offered.",
    ),
    example=Example(
        people=(
            Someone("Amina", "offered on the first day", (Happened("2022-04-01", SP_OFFERED),)),
            Someone(
                "Brian",
                "offered twice: once",
                (Happened("2022-05-02", SP_OFFERED), Happened("2022-10-03", SP_OFFERED)),
            ),
            Someone("Carol", "referred, no offer recorded", (Happened("2022-07-11", SP_REFERRED, episode=1),)),
            Someone("Dev", "offered before the period", (Happened("2022-03-31", SP_OFFERED),)),
        ),
        numerator=2,
        denominator=4,
    ),
)

INDICATORS = (REFERRED, ALL_REFERRED, REFERRALS, ALL_REFERRALS, PEOPLE_REFERRED, CODED, OFFERED)
