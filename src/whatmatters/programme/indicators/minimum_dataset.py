"""How complete what is written of a case is: the social prescribing minimum dataset, whole and by its sets."""

from dataclasses import replace

from whatmatters.events.codes import SP_CONNECTED, SP_MINIMUM_HELD, SP_NEED, SP_REFERRED, SP_SIGNPOSTED
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import Episodes, EventOf, Indicator

REFERRAL = EventOf(SP_REFERRED)
WHICH = "Network Contract DES guidance 2022-23 (DES22-SP5): the minimum dataset"
FOLLOWED = (
    "Referrals are followed as far as the facts go, so the share of the latest period still rises.",
    "All referrals count, those declined, redirected or cancelled too.",
)

HELD = Indicator(
    id="sp-minimum-dataset-share",
    title="Referrals whose minimum dataset is held in full",
    component="social_prescribing",
    numerator=Episodes((REFERRAL,), then=(EventOf(SP_MINIMUM_HELD),)),
    denominator=Episodes((REFERRAL,), numbered=True),
    counted="Those referrals of which, up to the as-at date, all four sets were held: NHS number, gender, ethnic group "
    "and address; a need or concern; support offered; how the person feels, asked at least once.",
    out_of="Cases referred in the period.",
    unit="percent",
    direction="higher",
    source=f"{WHICH} is collected, demographics included",
    why="What is not written down of a case cannot be learned from, by its next worker or by the programme.",
    caveats=(
        *FOLLOWED,
        "Told on the day the last of them came in; a detail of the person put right later is seen at the next thing "
        "done in the case.",
        "Only the system in which the conversation is written can tell: coded extracts never hold it.",
    ),
    needs=(SP_MINIMUM_HELD,),
    example=Example(
        people=(
            Someone(
                "Amina",
                "all four sets held three weeks later: counts",
                (Happened("2022-05-03", SP_REFERRED, episode=1), Happened("2022-05-24", SP_MINIMUM_HELD, episode=1)),
            ),
            Someone(
                "Brian",
                "referred in March, all held in April: counts",
                (Happened("2023-03-30", SP_REFERRED, episode=2), Happened("2023-04-20", SP_MINIMUM_HELD, episode=2)),
            ),
            Someone(
                "Carol",
                "a need is written down, and nothing else",
                (
                    Happened("2022-07-01", SP_REFERRED, episode=3),
                    Happened("2022-07-08", SP_NEED, episode=3, detail="money"),
                ),
            ),
            Someone(
                "Dev",
                "held in another case of his: not in this one",
                (Happened("2022-09-01", SP_REFERRED, episode=4), Happened("2022-09-08", SP_MINIMUM_HELD, episode=5)),
            ),
            Someone("Ewa", "no case number: left out", (Happened("2022-09-01", SP_REFERRED),)),
        ),
        numerator=2,
        denominator=4,
    ),
)

NEEDS = replace(
    HELD,
    id="sp-needs-written-share",
    title="Referrals of which a need or concern is written down",
    numerator=Episodes((REFERRAL,), then=(EventOf(SP_NEED),)),
    counted="Those referrals with a need or concern written down in the conversation, up to the as-at date.",
    source=f"{WHICH}, of which needs and concerns are the second set",
    why="What the referrer ticked is a guess; what the person said is what the help is for.",
    caveats=(*FOLLOWED, "Only the system in which the conversation is written can tell."),
    needs=(SP_NEED,),
    beside="sp-minimum-dataset-share",
    example=Example(
        people=(
            Someone(
                "Amina",
                "two needs in one case: counts once",
                (
                    Happened("2022-05-03", SP_REFERRED, episode=1),
                    Happened("2022-05-10", SP_NEED, episode=1, detail="money"),
                    Happened("2022-05-10", SP_NEED, episode=1, detail="company"),
                ),
            ),
            Someone("Brian", "referred, nothing written", (Happened("2022-06-01", SP_REFERRED, episode=2),)),
            Someone("Carol", "written down without a case number: left out", (Happened("2022-06-02", SP_NEED),)),
        ),
        numerator=1,
        denominator=2,
    ),
)

SUPPORT = replace(
    HELD,
    id="sp-support-offered-share",
    title="Referrals after which the person was told about or introduced to a group",
    numerator=Episodes((REFERRAL,), then=(EventOf(SP_CONNECTED), EventOf(SP_SIGNPOSTED))),
    counted="Those referrals after which the person was introduced to a community group or told about one, up to the "
    "as-at date.",
    direction="neither",
    source=f"{WHICH}, of which support offered is the third set",
    why="It shows how often the conversation leads to something in the community.",
    caveats=(
        *FOLLOWED,
        "Other support, such as advice or time to talk, is written in the conversation and is not in this number.",
    ),
    needs=(),
    beside="sp-minimum-dataset-share",
    example=Example(
        people=(
            Someone(
                "Amina",
                "introduced to a group: counts",
                (
                    Happened("2022-05-03", SP_REFERRED, episode=1),
                    Happened("2022-05-10", SP_CONNECTED, episode=1, detail="walking"),
                ),
            ),
            Someone(
                "Brian",
                "told about a group: counts",
                (
                    Happened("2022-06-01", SP_REFERRED, episode=2),
                    Happened("2022-06-20", SP_SIGNPOSTED, episode=2, detail="advice"),
                ),
            ),
            Someone("Carol", "neither", (Happened("2022-07-01", SP_REFERRED, episode=3),)),
        ),
        numerator=2,
        denominator=3,
    ),
)

INDICATORS = (HELD, NEEDS, SUPPORT)
