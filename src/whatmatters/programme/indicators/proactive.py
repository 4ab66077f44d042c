"""The proactive offer: who was invited, and who of them was then referred or said no."""

from dataclasses import replace

from whatmatters.events.codes import SP_DECLINED, SP_INVITED, SP_REFERRED
from whatmatters.measurement.details import NOT_BY_THE_PERSON
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import REGISTERED, AllOf, EventOf, Followed, Indicator, People, did
from whatmatters.programme.indicators.words import LIST

GUIDANCE = "Network Contract DES guidance, B1357"
INVITED = did(SP_INVITED)
SAID_NO = EventOf(SP_DECLINED, but=NOT_BY_THE_PERSON)

_INVITATIONS = Example(
    people=(
        Someone(
            "Amina",
            "invited twice, then referred: one person",
            (
                Happened("2022-10-03", SP_INVITED, detail="letter"),
                Happened("2022-10-20", SP_INVITED, detail="phone"),
                Happened("2022-10-21", SP_REFERRED, episode=1),
            ),
        ),
        Someone(
            "Brian",
            "invited, said no",
            (
                Happened("2022-11-01", SP_INVITED, detail="phone"),
                Happened("2022-11-01", SP_DECLINED, episode=2, detail="person"),
            ),
        ),
        Someone(
            "Carol",
            "referred first and invited later: the invitation did not bring her",
            (Happened("2022-05-03", SP_REFERRED, episode=3), Happened("2022-12-01", SP_INVITED, detail="text")),
        ),
        Someone(
            "Dev",
            "invited, referred by his GP; the service had no room",
            (
                Happened("2023-01-09", SP_INVITED, detail="letter"),
                Happened("2023-01-30", SP_REFERRED, episode=4),
                Happened("2023-02-06", SP_DECLINED, episode=4, detail="service: no capacity"),
            ),
        ),
        Someone(
            "Ewa",
            "invited the day before the period, referred in it",
            (Happened("2022-03-31", SP_INVITED, detail="letter"), Happened("2022-04-05", SP_REFERRED, episode=5)),
        ),
        Someone("Farid", "on the list, never invited"),
    ),
    numerator=4,
    denominator=6,
)

REACHED = Indicator(
    id="sp-invited-per-1000",
    title="People invited in a proactive offer, per 1000 registered",
    component="social_prescribing",
    numerator=People(INVITED),
    denominator=REGISTERED,
    counted="People invited in the period to speak with a link worker who had not asked. Invited twice counts once.",
    out_of=LIST,
    unit="per 1000",
    direction="neither",
    source=f"{GUIDANCE} (DES22-SP2: delivery to the identified cohort begins on 1 October 2022)",
    why="Those who would gain most are often those who never ask.",
    caveats=(
        "An offer goes to people of whom something is recorded: whoever is not coded is not invited.",
        "How many should be invited depends on the offer, so neither higher nor lower is better.",
    ),
    beside="sp-invited-uptake-share",
    example=_INVITATIONS,
)

UPTAKE = replace(
    REACHED,
    id="sp-invited-uptake-share",
    title="People invited in a proactive offer who were then referred",
    numerator=People(AllOf((INVITED, Followed(EventOf(SP_INVITED), EventOf(SP_REFERRED))))),
    denominator=People(INVITED),
    counted="Those who were referred to social prescribing in the period, on or after the day of an invitation.",
    out_of="People invited in a proactive offer in the period.",
    unit="percent",
    direction="higher",
    why="Who takes an offer up, by deprivation and ethnic group, tells whom it was made for.",
    caveats=(
        "A referral that would have come without the invitation counts too.",
        "People invited in March and referred in April are in neither year's numerator.",
        "By group it says as much as is recorded: see how many have an ethnic group and a place on record.",
    ),
    beside="sp-invited-declined-share",
    example=replace(_INVITATIONS, numerator=2, denominator=4),
)

SAYING_NO = replace(
    UPTAKE,
    id="sp-invited-declined-share",
    title="People invited in a proactive offer who said no",
    numerator=People(AllOf((INVITED, Followed(EventOf(SP_INVITED), SAID_NO)))),
    counted="Those for whom it was recorded in the period, on or after the day of an invitation, that they said no.",
    direction="neither",
    why="A no is an answer; silence is not. Both are respected, and neither is asked a third time.",
    caveats=("What the service declined is not counted; a decline without a reason is taken to be the person's.",),
    beside="sp-invited-uptake-share",
    example=replace(_INVITATIONS, numerator=1, denominator=4),
)

INDICATORS = (REACHED, UPTAKE, SAYING_NO)
