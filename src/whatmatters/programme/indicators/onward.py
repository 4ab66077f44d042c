"""Referred onward: whether community groups answer and accept, whether it helps, and what need is left unmet."""

from dataclasses import replace

from whatmatters.events.codes import (
    SP_CONNECTED,
    SP_GOT_HELP,
    SP_GROUP_ACCEPTED,
    SP_GROUP_ASKED,
    SP_GROUP_DECLINED,
    SP_NOT_HELPED,
    SP_SIGNPOSTED,
    SP_UNMET,
    SP_UNMET_KIND,
)
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import By, Episodes, EventOf, Happenings, Indicator

ASKED, ACCEPTED, DECLINED = EventOf(SP_GROUP_ASKED), EventOf(SP_GROUP_ACCEPTED), EventOf(SP_GROUP_DECLINED)

WHY = By(
    "unmet_because",
    SP_UNMET,
    (
        "no service", "full", "too far", "cost", "language", "access", "time", "not for them", "needs more",
        "not welcome", "declined",
    ),
)  # fmt: skip
NEED = By(
    "need",
    SP_UNMET_KIND,
    (
        "company", "activity", "mood", "money", "home", "food", "work", "caring", "loss", "condition", "travel",
    ),
)  # fmt: skip

_ANSWERS = Example(
    people=(
        Someone(
            "Amina",
            "a group said yes on the fourth day",
            (
                Happened("2022-05-03", SP_GROUP_ASKED, episode=1, detail="company"),
                Happened("2022-05-07", SP_GROUP_ACCEPTED, episode=1, detail="company"),
                Happened("2022-05-07", SP_CONNECTED, episode=1, detail="company"),
            ),
        ),
        Someone(
            "Brian",
            "a group was full, and said so on the last day of a week; the next said yes, later",
            (
                Happened("2022-06-01", SP_GROUP_ASKED, episode=2, detail="activity"),
                Happened("2022-06-08", SP_GROUP_DECLINED, episode=2, detail="full"),
                Happened("2022-06-08", SP_GROUP_ASKED, episode=2, detail="activity"),
                Happened("2022-06-27", SP_GROUP_ACCEPTED, episode=2, detail="activity"),
            ),
        ),
        Someone(
            "Carol",
            "a group answered after three weeks",
            (
                Happened("2022-09-01", SP_GROUP_ASKED, episode=3, detail="money"),
                Happened("2022-09-22", SP_GROUP_DECLINED, episode=3, detail="not for them"),
            ),
        ),
        Someone("Dev", "a group never answered", (Happened("2022-11-14", SP_GROUP_ASKED, episode=4, detail="loss"),)),
        Someone("Ewa", "told about a group, which was not asked", (Happened("2022-11-14", SP_SIGNPOSTED, episode=5),)),
    ),
    numerator=2,
    denominator=4,
)

ANSWERED = Indicator(
    id="sp-group-answered-share",
    title="Community groups that answer within a week",
    component="social_prescribing",
    numerator=Episodes((ASKED,), then=(ACCEPTED, DECLINED), within=7),
    denominator=Episodes((ASKED,), numbered=True),
    counted="Those in which a group answered, yes or no, within seven days of the first asking.",
    out_of="Cases in which a community group was asked in the period.",
    unit="percent",
    direction="higher",
    source="Beside the social prescribing standard model: how soon community groups reply, from real use",
    why="A person who waits for weeks to hear whether they are welcome may not want to go any more.",
    caveats=(
        "Counted by case: where several groups were asked, from the first asking to the first answer of any of them.",
        "An answer by phone counts on the day the link worker says it was given.",
        "A group that does not answer has not refused: it may have no one to read its letters.",
    ),
    beside="sp-group-accepted-share",
    example=_ANSWERS,
)

ACCEPTED_SHARE = replace(
    ANSWERED,
    id="sp-group-accepted-share",
    title="Community groups asked that accept",
    numerator=Happenings((ACCEPTED,)),
    denominator=Happenings((ASKED,)),
    counted="Times a community group said in the period that it would take the person.",
    out_of="Times a community group was asked in the period.",
    source="Beside the social prescribing standard model: how often community groups accept, from real use",
    why="A low share means that groups are full, or are asked to take people whom they are not for.",
    caveats=(
        "One asked in March who accepts in April counts in two periods; over a short period the share can pass 100%.",
        "Introductions that a link worker makes themself, without asking, are on neither side.",
        "Few yeses can mean few groups as well as unwilling ones: read it with the reasons of unmet needs.",
    ),
    beside="sp-group-answered-share",
    example=replace(_ANSWERS, numerator=2, denominator=5),
)

HELPED = Indicator(
    id="sp-got-help-share",
    title="Cases introduced to a community group in which it helped",
    component="social_prescribing",
    numerator=Episodes((EventOf(SP_CONNECTED),), then=(EventOf(SP_GOT_HELP),)),
    denominator=Episodes((EventOf(SP_CONNECTED),), numbered=True),
    counted="Those in which the person, the group or the link worker says that a group helped, up to the as-at date.",
    out_of="Cases in which the person was introduced to a community group in the period.",
    unit="percent",
    direction="higher",
    source="Catalogue epics C37E14 and C37E15 (feedback on services), carried on to whether it helped",
    why="That a letter was sent, or that someone went once, is not yet help.",
    caveats=(
        "Where nobody told what came of it, it does not count; so a low share can be one of not asking.",
        "The person’s own word is taken before the group’s where both were given; if the group’s was first, a yes of "
        "its own still counts here.",
        "Followed as far as the facts go, so the share of the latest period still rises.",
    ),
    beside="sp-attended-group-share",
    example=Example(
        people=(
            Someone(
                "Amina",
                "introduced in May, helped in June",
                (Happened("2022-05-03", SP_CONNECTED, episode=1), Happened("2022-06-14", SP_GOT_HELP, episode=1)),
            ),
            Someone(
                "Brian",
                "introduced, went, and it did not help",
                (
                    Happened("2022-06-01", SP_CONNECTED, episode=2),
                    Happened("2022-07-01", SP_NOT_HELPED, episode=2, detail="not welcome"),
                ),
            ),
            Someone(
                "Carol",
                "introduced, and nobody told what came of it",
                (Happened("2022-09-01", SP_CONNECTED, episode=3),),
            ),
            Someone(
                "Dev",
                "introduced to two groups, of which the second helped: one case, helped",
                (
                    Happened("2022-09-01", SP_CONNECTED, episode=4),
                    Happened("2022-10-01", SP_NOT_HELPED, episode=4, detail="too far"),
                    Happened("2022-10-04", SP_CONNECTED, episode=4),
                    Happened("2022-11-15", SP_GOT_HELP, episode=4),
                ),
            ),
            Someone("Ewa", "only told about a group", (Happened("2022-09-01", SP_SIGNPOSTED, episode=5),)),
        ),
        numerator=2,
        denominator=4,
    ),
)

_UNMET = Example(
    people=(
        Someone(
            "Amina",
            "the group was full: one unmet need, written down once by reason and once by kind",
            (
                Happened("2022-05-03", SP_UNMET, episode=1, detail="full"),
                Happened("2022-05-03", SP_UNMET_KIND, episode=1, detail="company"),
            ),
        ),
        Someone(
            "Brian",
            "no group in reach for two needs",
            (
                Happened("2022-06-01", SP_UNMET, episode=2, detail="too far"),
                Happened("2022-06-01", SP_UNMET_KIND, episode=2, detail="travel"),
                Happened("2022-08-01", SP_UNMET, episode=2, detail="no service"),
                Happened("2022-08-01", SP_UNMET_KIND, episode=2, detail="loss"),
            ),
        ),
        Someone("Carol", "introduced to a group", (Happened("2022-09-01", SP_CONNECTED, episode=3),)),
        Someone(
            "Dev",
            "the day after the period",
            (
                Happened("2023-04-01", SP_UNMET, episode=4, detail="cost"),
                Happened("2023-04-01", SP_UNMET_KIND, episode=4, detail="activity"),
            ),
        ),
    ),
    numerator=3,
    denominator=None,
)

UNMET = Indicator(
    id="sp-unmet-needs",
    title="Needs for which no help was found, by reason",
    component="social_prescribing",
    numerator=Happenings((EventOf(SP_UNMET),)),
    denominator=None,
    counted="Times in the period that a search, an offer or a visit failed, and why.",
    out_of="",
    unit="count",
    direction="neither",
    source="NHS England board paper on the Comprehensive Model (commissioning the voluntary sector: unmet need)",
    why="What is missing can be commissioned only where someone writes down that it was missing.",
    caveats=(
        "Not people: someone for whom two groups were full counts twice.",
        "A need that was unmet in May may have been met in June.",
        "More written down is not more need: a network that writes nothing down shows none.",
        "That a group declined, was full or did not help is written down by itself; a search that found nothing, only "
        "where the link worker presses the button.",
    ),
    by=WHY,
    beside="sp-unmet-needs-by-kind",
    example=_UNMET,
)

UNMET_KIND = replace(
    UNMET,
    id="sp-unmet-needs-by-kind",
    title="Needs for which no help was found, by kind of need",
    numerator=Happenings((EventOf(SP_UNMET_KIND),)),
    counted="Times in the period that a search, an offer or a visit failed, by what the help was wanted with.",
    by=NEED,
    beside="sp-unmet-needs",
)

INDICATORS = (ANSWERED, ACCEPTED_SHARE, HELPED, UNMET, UNMET_KIND)
