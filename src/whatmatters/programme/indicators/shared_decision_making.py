"""Shared decisions: how many conversations, with whom, in which situations, with which tools, and how they felt."""

from whatmatters.events.codes import CONDITION, DECISION_TOOL_USED, PAIN, SHARED_DECISION
from whatmatters.measurement.details import SITUATIONS
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import (
    AllOf,
    By,
    EventOf,
    Happenings,
    Indicator,
    Kinds,
    People,
    did,
)
from whatmatters.programme.indicators.of_cohorts import share

DECISION, TOOL = EventOf(SHARED_DECISION), EventOf(DECISION_TOOL_USED)
BY_SITUATION = By("situation", SHARED_DECISION, SITUATIONS)
BY_TOOL_SITUATION = By("situation", DECISION_TOOL_USED, SITUATIONS)
DRAFT = "Summary of the draft PCN specification 2020-21"

_TALKS = (
    Someone(
        "Amina",
        "her hip, with a decision support tool: one conversation",
        (
            Happened("2022-05-03", DECISION_TOOL_USED, detail="hip-osteoarthritis"),
            Happened("2022-05-03", SHARED_DECISION, detail="hip-osteoarthritis"),
        ),
    ),
    Someone(
        "Brian",
        "his knee in May and gallstones in March: two conversations, about two situations",
        (
            Happened("2022-05-20", SHARED_DECISION, detail="knee-osteoarthritis"),
            Happened("2023-03-31", SHARED_DECISION, detail="gallstones"),
        ),
    ),
    Someone(
        "Carol",
        "coded by her practice without a situation: a conversation, about no known situation",
        (Happened("2022-07-01", SHARED_DECISION),),
    ),
    Someone(
        "Dev",
        "looked at the tool for cataracts, and has not decided yet: no conversation completed",
        (Happened("2023-03-20", DECISION_TOOL_USED, detail="cataracts"),),
    ),
    Someone(
        "Ewa",
        "her hip too, the day before the period",
        (Happened("2022-03-31", SHARED_DECISION, detail="hip-osteoarthritis"),),
    ),
)

CONVERSATIONS = Indicator(
    id="sdm-conversations",
    title="Shared decision making conversations completed",
    component="shared_decision_making",
    numerator=Happenings((DECISION,)),
    denominator=None,
    counted="Conversations in the period in which a decision was made together. Someone with two counts twice.",
    out_of="",
    unit="count",
    direction="higher",
    source=f"{DRAFT} (metric M2: number of conversations completed; DRAFT20-4: record by situation)",
    why="A decision is shared when the person knows the options, and the clinician what matters to the person.",
    caveats=(
        "General practice codes the conversation without its situation: there it is among the other ones.",
        "A conversation coded twice on one day counts twice.",
        "Who led the conversation is recorded, and is not told apart here.",
    ),
    by=BY_SITUATION,
    example=Example(people=_TALKS, numerator=4, denominator=None),
)

SITUATIONS_REACHED = Indicator(
    id="sdm-situations",
    title="Clinical situations in which decisions are shared",
    component="shared_decision_making",
    numerator=Kinds(Happenings((DECISION,)), BY_SITUATION),
    denominator=None,
    counted="Of the situations that have a national decision support tool, and of back, hip, knee and shoulder pain, "
    "those in which at least one shared decision was recorded in the period.",
    out_of="",
    unit="count",
    direction="higher",
    source="Five-year ambition, Humber, Coast and Vale (sdm-situations: 30 by 2023-24)",
    why="Sharing decisions is to become the usual way in one situation after another.",
    caveats=(
        f"No list of the 30 situations was found. {len(SITUATIONS)} are known, and no more than these can be counted: "
        "the women's health tools were not seen, and what a place added to its own library is not told apart.",
        "Where deciding together is declared the usual way is counted on a page of its own, from those declarations.",
        "One conversation is enough to count: the number says how far it has spread, not how deep it goes.",
        "Found at each organisation from its own conversations: those below it do not add up to it.",
    ),
    example=Example(people=_TALKS, numerator=3, denominator=None),
)

TOOL_SITUATIONS = Indicator(
    id="sdm-tool-situations",
    title="Clinical situations in which a decision support tool is used",
    component="shared_decision_making",
    numerator=Kinds(Happenings((TOOL,)), BY_TOOL_SITUATION),
    denominator=None,
    counted="Of the situations that have a national decision support tool, and of back, hip, knee and shoulder pain, "
    "those in which the use of a tool was recorded at least once in the period.",
    out_of="",
    unit="count",
    direction="higher",
    source="NHS England board paper on the Comprehensive Model (sdm-tools: tools in up to 30 situations)",
    why="A tool is developed once, and does good where it is used.",
    caveats=(
        "The promise is of tools developed; that is not seen in facts. This counts where they are used.",
        f"At most the {len(SITUATIONS)} situations whose tools are known can be counted.",
    ),
    example=Example(people=_TALKS, numerator=2, denominator=None),
)

WITH_TOOL = Indicator(
    id="sdm-with-tool-share",
    title="People who shared a decision with the help of a decision support tool",
    component="shared_decision_making",
    numerator=People(AllOf((did(SHARED_DECISION), did(DECISION_TOOL_USED)))),
    denominator=People(did(SHARED_DECISION)),
    counted="Those who also used a decision support tool in the period.",
    out_of="People with a shared decision in the period.",
    unit="percent",
    direction="higher",
    source=f"{DRAFT} (DRAFT20-4: shared decision making with decision support tools)",
    why="A good tool sets out every option evenly, and the person can take it home.",
    caveats=(
        "A person is matched, not a conversation: a tool used for another decision in the period counts.",
        "A tool used before the period began is not seen.",
        "Whether a trained physiotherapist led the conversation, as the draft asks, is not told apart here.",
    ),
    needs=(DECISION_TOOL_USED,),
    example=Example(people=_TALKS, numerator=1, denominator=3),
)


def _decided(cohort: str, whom: str, source: str, why: str, joined: tuple[Happened, ...]) -> Indicator:
    return share(
        cohort,
        did(SHARED_DECISION),
        id=f"sdm-{cohort}-share",
        title=f"People {whom} who shared a decision about their care",
        component="shared_decision_making",
        counted="Those with at least one shared decision in the period, about whatever situation.",
        source=source,
        why=why,
        caveats=("General practice codes the conversation without its situation, so any of theirs counts.",),
        example=Example(
            people=(
                Someone("Amina", "shared a decision: counts", (*joined, Happened("2022-12-01", SHARED_DECISION))),
                Someone("Brenda", "no shared decision: does not count", joined),
                Someone("Carol", "shared one the year before", (*joined, Happened("2022-03-31", SHARED_DECISION))),
                Someone(
                    "Dee",
                    "shared a decision, then died: counts on both sides",
                    (*joined, Happened("2022-10-03", SHARED_DECISION)),
                    died="2023-02-01",
                ),
                Someone(
                    "Ewa", "shared a decision, but is not of this group", (Happened("2022-12-01", SHARED_DECISION),)
                ),
            ),
            numerator=2,
            denominator=4,
        ),
    )


JOINT_PAIN = _decided(
    "joint-pain",
    "with back, hip, knee or shoulder pain",
    f"{DRAFT} (DRAFT20-4: musculoskeletal first; DRAFT21-2; metric M2: delivery rate for required cohorts)",
    "Most people with painful joints can choose between surgery and other ways: what matters to them decides.",
    (Happened("2022-09-01", PAIN, detail="knee"),),
)
STROKE_RISK = _decided(
    "af-at-risk-of-stroke",
    "with atrial fibrillation, at risk of stroke,",
    f"{DRAFT} (DRAFT21-2; metric M2: delivery rate for required cohorts)",
    "A medicine that prevents strokes and makes bleeding worse is for the person to weigh.",
    (
        Happened("2019-06-01", CONDITION, detail="atrial-fibrillation"),
        Happened("2019-06-01", CONDITION, detail="hypertension"),
    ),
)

INDICATORS = (CONVERSATIONS, JOINT_PAIN, STROKE_RISK, SITUATIONS_REACHED, TOOL_SITUATIONS, WITH_TOOL)
