"""Legal choice of provider: referrals that allow it, and offers to people who have waited too long."""

from whatmatters.events.codes import ALTERNATIVE_OFFERED, ELECTIVE_REFERRAL, WAITED_18_WEEKS, WAITED_26_WEEKS
from whatmatters.measurement.details import AT_18_WEEKS, AT_26_WEEKS, E_RS
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import Episodes, EventOf, Indicator

REFERRAL = EventOf(ELECTIVE_REFERRAL)

THROUGH_E_RS = Indicator(
    id="choice-e-rs-share",
    title="Elective referrals made through the NHS e-Referral Service",
    component="choice",
    numerator=Episodes((EventOf(ELECTIVE_REFERRAL, (E_RS,)),)),
    denominator=Episodes((REFERRAL,)),
    counted="Those made through the e-Referral Service.",
    out_of="Referrals for a first outpatient appointment made in the period. A referral sent back and made again under "
    "the same number is one.",
    unit="percent",
    direction="higher",
    source="Quality indicator CH-Q2: 100% of elective referrals through e-RS",
    why="In the e-Referral Service the person sees the providers and the waits, and chooses.",
    caveats=(
        "Urgent and emergency referrals carry no right to choose and are not elective referrals.",
        "A referral made by letter first and then through the service under the same number counts as made through it.",
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "through the service: counts",
                (Happened("2022-05-03", ELECTIVE_REFERRAL, episode=1, detail=E_RS),),
            ),
            Someone(
                "Brian",
                "sent back and made again under its number: one referral",
                (
                    Happened("2022-06-01", ELECTIVE_REFERRAL, episode=2, detail=E_RS),
                    Happened("2022-06-09", ELECTIVE_REFERRAL, episode=2, detail=E_RS),
                ),
            ),
            Someone(
                "Carol",
                "one by letter, one through the service: two referrals, one of them counts",
                (
                    Happened("2022-07-01", ELECTIVE_REFERRAL, episode=3, detail="letter"),
                    Happened("2023-01-20", ELECTIVE_REFERRAL, episode=4, detail=E_RS),
                ),
            ),
            Someone(
                "Dev",
                "coded without saying how: a referral that does not count",
                (Happened("2022-09-01", ELECTIVE_REFERRAL),),
            ),
            Someone(
                "Ewa",
                "referred the day after the period",
                (Happened("2023-04-01", ELECTIVE_REFERRAL, episode=5, detail=E_RS),),
            ),
        ),
        numerator=3,
        denominator=5,
    ),
)


def _alternative(weeks: int, waited: str, at: str) -> Indicator:
    return Indicator(
        id=f"choice-alternative-at-{at}-share",
        title=f"People waiting over {weeks} weeks who were offered another provider",
        component="choice",
        numerator=Episodes((EventOf(waited),), then=(EventOf(ALTERNATIVE_OFFERED, (at,)),)),
        denominator=Episodes((EventOf(waited),), numbered=True),
        counted=f"Those in which another provider was offered because of the {weeks} weeks, on or after the day they "
        "were over, by the day the facts go up to.",
        out_of=f"Waits for elective care that passed {weeks} weeks in the period. A person waiting for two things has "
        "two waits.",
        unit="percent",
        direction="higher",
        source=f"Quality indicator CH-Q4: alternative provider offers made at 18 and at 26 weeks; here at {weeks}",
        why="Whoever has waited too long has a right to hear who could see them sooner.",
        caveats=(
            f"A wait is over {weeks} weeks on its day {7 * weeks + 1}; day {7 * weeks} is within.",
            "An offer made before that day, because the wait was going to be too long, is not seen here.",
            "Offered, whether or not it was taken up. The share of the latest period still rises.",
        ),
        example=Example(
            people=(
                Someone(
                    "Amina",
                    "offered another provider the week after: counts",
                    (
                        Happened("2022-05-03", waited, episode=1),
                        Happened("2022-05-10", ALTERNATIVE_OFFERED, None, 1, None, at),
                    ),
                ),
                Someone(
                    "Brian",
                    "over in March, offered in April: counts",
                    (
                        Happened("2023-03-30", waited, episode=2),
                        Happened("2023-04-04", ALTERNATIVE_OFFERED, None, 2, None, at),
                    ),
                ),
                Someone("Carol", "never offered", (Happened("2022-06-01", waited, episode=3),)),
                Someone(
                    "Dev",
                    "two waits; the offer belongs to one of them",
                    (
                        Happened("2022-06-01", waited, episode=4),
                        Happened("2022-08-01", waited, episode=5),
                        Happened("2022-08-02", ALTERNATIVE_OFFERED, None, 5, None, at),
                    ),
                ),
                Someone(
                    "Ewa",
                    "over before the period",
                    (
                        Happened("2022-03-31", waited, episode=6),
                        Happened("2022-04-05", ALTERNATIVE_OFFERED, None, 6, None, at),
                    ),
                ),
            ),
            numerator=3,
            denominator=5,
        ),
    )


AT_18 = _alternative(18, WAITED_18_WEEKS, AT_18_WEEKS)
AT_26 = _alternative(26, WAITED_26_WEEKS, AT_26_WEEKS)

INDICATORS = (THROUGH_E_RS, AT_18, AT_26)
