"""Social prescribing: who is referred, by which practices, and what becomes of it."""

from whatmatters.events.codes import SP_CONTACT, SP_DECLINED, SP_REFERRED
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import (
    Episodes,
    EventOf,
    Indicator,
    Organisations,
    did,
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


PRACTICES_REFERRING = Indicator(
    id="sp-practices-referring",
    title="Practices that refer to a link worker",
    component="social_prescribing",
    numerator=Organisations(did=did(SP_REFERRED)),
    denominator=Organisations(),
    counted="Those practices that made at least one referral to social prescribing in the period.",
    out_of="Practices open on the last day of the period.",
    unit="percent",
    direction="higher",
    source="Social prescribing standard model, quality indicator SP-Q1; NHS England board paper (link-worker-access)",
    why="Every practice should be able to refer; one that never does leaves its people out.",
    caveats=(
        "The practice is the one the referral says made it. A referral by the person or another agency has none.",
        "Shows that practices do refer, not that those without a referral could not.",
    ),
    example=Example(
        practices=("Bridge Street", "Hill Top", "Quayside"),
        people=(
            Someone(
                "Amina",
                "registered at Bridge Street, referred by Hill Top: Hill Top refers",
                (Happened("2022-05-03", SP_REFERRED, episode=1, organisation="Hill Top"),),
            ),
            Someone(
                "Brian",
                "referred himself: no practice did",
                (Happened("2022-06-01", SP_REFERRED, episode=2, detail="self"),),
            ),
            Someone(
                "Carol",
                "referred by Quayside before the period",
                (Happened("2022-03-31", SP_REFERRED, episode=3, organisation="Quayside"),),
            ),
        ),
        numerator=1,
        denominator=3,
    ),
)

INDICATORS = (DECLINED, TAKEN_UP, PRACTICES_REFERRING)
