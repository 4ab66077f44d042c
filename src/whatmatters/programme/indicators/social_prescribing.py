"""What becomes of a referral to social prescribing."""

from dataclasses import replace

from whatmatters.events.codes import (
    ONS4_SATISFIED,
    SP_ATTENDED,
    SP_CONNECTED,
    SP_CONTACT,
    SP_DECLINED,
    SP_REFERRED,
    SWEMWBS,
)
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import (
    Episodes,
    EventOf,
    Indicator,
)

REFERRAL, DECLINE, CONTACT = EventOf(SP_REFERRED), EventOf(SP_DECLINED), EventOf(SP_CONTACT)

DECLINED = Indicator(
    id="sp-declined-share",
    title="Offers of social prescribing that were declined",
    component="social_prescribing",
    numerator=Episodes((DECLINE,)),
    denominator=Episodes((REFERRAL, DECLINE)),
    counted="Offers declined in the period, by the person or by the service.",
    out_of="Offers made: cases with a referral or a decline in the period, each once.",
    unit="percent",
    direction="neither",
    source="The 20% declined that was published for 2020-21 is declined / (referred + declined)",
    why="A high share can mean people were referred without being asked; a share of none can mean nobody records it.",
    caveats=(
        "Where general practice records either a referral or a decline, this is declined / (referred + declined), the "
        "reading behind the 20% published for 2020-21. Where one case holds both, the case is one offer, not two.",
        "A referral of March declined in April is an offer of both years and declined in the second.",
        "A request declined before anyone knew of which person it spoke is on neither side: the page of what waits too "
        "long counts those.",
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "one case, referred and then declined: one offer, declined",
                (Happened("2022-05-03", SP_REFERRED, episode=1), Happened("2022-05-20", SP_DECLINED, episode=1)),
            ),
            Someone(
                "Brian",
                "declined when offered, coded without a case: one offer, declined",
                (Happened("2022-07-01", SP_DECLINED),),
            ),
            Someone(
                "Carol",
                "referred, coded twice on one day without a case: one offer",
                (Happened("2022-07-04", SP_REFERRED), Happened("2022-07-04", SP_REFERRED)),
            ),
            Someone(
                "Dev",
                "two cases: two offers",
                (Happened("2022-08-01", SP_REFERRED, episode=2), Happened("2023-01-09", SP_REFERRED, episode=3)),
            ),
            Someone(
                "Ewa", "referred before the period: no offer in it", (Happened("2022-03-31", SP_REFERRED, episode=4),)
            ),
        ),
        numerator=2,
        denominator=5,
    ),
)

TAKEN_UP = Indicator(
    id="sp-taken-up-share",
    title="Referrals taken up",
    component="social_prescribing",
    numerator=Episodes((REFERRAL,), then=(CONTACT,)),
    denominator=Episodes((REFERRAL,), numbered=True),
    counted="Those referrals after which the person spoke with the link worker at least once, up to the as-at date.",
    out_of="Cases referred in the period.",
    unit="percent",
    direction="higher",
    source="Social prescribing standard model, quality indicator SP-Q3: at least 80% take up their social prescription",
    why="A referral helps only if the person is met. The programme expects eight in ten to be.",
    caveats=(
        "Taken up means spoken with at least once. Going to a community group is another number.",
        "Referrals are followed as far as the facts go, not to the end of the period: one made on 30 March can be "
        "taken up in April. So the share of the latest period still rises; compare it with its as-at date in mind.",
        "All referrals count, those declined, redirected or cancelled too.",
        "Referrals without a case number (coded in general practice) cannot be followed and are left out.",
    ),
    beside="sp-attended-group-share",
    example=Example(
        people=(
            Someone(
                "Amina",
                "spoken with the week after: taken up",
                (Happened("2022-05-03", SP_REFERRED, episode=1), Happened("2022-05-10", SP_CONTACT, episode=1)),
            ),
            Someone(
                "Brian",
                "referred in March, spoken with in April: taken up",
                (Happened("2023-03-30", SP_REFERRED, episode=2), Happened("2023-04-12", SP_CONTACT, episode=2)),
            ),
            Someone(
                "Carol",
                "spoken with after the as-at date: not yet taken up",
                (Happened("2023-03-30", SP_REFERRED, episode=3), Happened("2023-07-01", SP_CONTACT, episode=3)),
            ),
            Someone(
                "Dev",
                "the contact belongs to another case: not taken up",
                (Happened("2022-09-01", SP_REFERRED, episode=4), Happened("2022-09-08", SP_CONTACT, episode=5)),
            ),
            Someone("Ewa", "no case number: left out", (Happened("2022-09-01", SP_REFERRED),)),
        ),
        numerator=2,
        denominator=4,
    ),
)

ATTENDED = replace(
    TAKEN_UP,
    id="sp-attended-group-share",
    title="Referrals after which the person went to a community group",
    numerator=Episodes((REFERRAL,), then=(EventOf(SP_ATTENDED),)),
    counted="Those referrals after which the person is known to have gone to a group at least once, up to the as-at "
    "date.",
    direction="neither",
    source="Social prescribing standard model, quality indicator SP-Q3: the second number beside taken up",
    why="Being spoken with is the start. Going somewhere is what many referrals are for.",
    caveats=(
        "Not every good case ends at a group: advice, debt or housing help may be all that was wanted.",
        "Whether someone went is often never told to the link worker; then it is not counted.",
        "Referrals are followed as far as the facts go, so the share of the latest period still rises.",
        "Referrals without a case number (coded in general practice) cannot be followed and are left out.",
    ),
    beside="sp-taken-up-share",
    example=Example(
        people=(
            Someone(
                "Amina",
                "spoken with, introduced, and went: counts",
                (
                    Happened("2022-05-03", SP_REFERRED, episode=1),
                    Happened("2022-05-10", SP_CONTACT, episode=1),
                    Happened("2022-05-24", SP_CONNECTED, episode=1, detail="walking"),
                    Happened("2022-06-02", SP_ATTENDED, episode=1, detail="walking"),
                ),
            ),
            Someone(
                "Brian",
                "referred in March, went in May, before the as-at date: counts",
                (Happened("2023-03-28", SP_REFERRED, episode=2), Happened("2023-05-04", SP_ATTENDED, episode=2)),
            ),
            Someone(
                "Carol",
                "introduced, not known to have gone",
                (Happened("2022-07-01", SP_REFERRED, episode=3), Happened("2022-07-20", SP_CONNECTED, episode=3)),
            ),
            Someone(
                "Dev",
                "went, in another case",
                (Happened("2022-09-01", SP_REFERRED, episode=4), Happened("2022-09-08", SP_ATTENDED, episode=5)),
            ),
            Someone("Ewa", "no case number: left out", (Happened("2022-09-01", SP_REFERRED),)),
        ),
        numerator=2,
        denominator=4,
    ),
)

OUTCOME_RECORDED = replace(
    TAKEN_UP,
    id="sp-wellbeing-asked-share",
    title="Referrals after which the person was asked about their wellbeing",
    numerator=Episodes((REFERRAL,), then=(EventOf(ONS4_SATISFIED), EventOf(SWEMWBS))),
    counted="Those referrals with an ONS4 or SWEMWBS answer in the same case on or after the day of referral, up to "
    "the as-at date.",
    source="Network Contract DES guidance 2022-23 (DES22-SP5): the minimum dataset, of which outcomes are a part",
    why="A change in wellbeing can be told only for people who were asked at all.",
    caveats=(
        "Of ONS4 the question on life satisfaction stands for all four.",
        "Asked once is enough to count here; the change needs two answers.",
        "Of the rest of the minimum dataset, the share without ethnicity or deprivation is the group unknown of every "
        "indicator.",
    ),
    beside="",
    example=Example(
        people=(
            Someone(
                "Amina",
                "asked by ONS4 on the day: counts",
                (Happened("2022-05-03", SP_REFERRED, episode=1), Happened("2022-05-03", ONS4_SATISFIED, 4, 1)),
            ),
            Someone(
                "Brian",
                "asked by SWEMWBS a month later: counts",
                (Happened("2022-06-01", SP_REFERRED, episode=2), Happened("2022-07-01", SWEMWBS, 19.25, 2)),
            ),
            Someone(
                "Carol",
                "asked before she was referred: does not count",
                (Happened("2022-07-30", ONS4_SATISFIED, 6, 3), Happened("2022-08-02", SP_REFERRED, episode=3)),
            ),
            Someone("Dev", "never asked", (Happened("2022-11-14", SP_REFERRED, episode=4),)),
        ),
        numerator=2,
        denominator=4,
    ),
)

INDICATORS = (DECLINED, TAKEN_UP, ATTENDED, OUTCOME_RECORDED)
