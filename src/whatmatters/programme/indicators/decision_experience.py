"""How shared decisions felt to the people who made them: CollaboRATE, asked after the conversation."""

from whatmatters.events.codes import COLLABORATE, SHARED_DECISION
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import AllOf, EventOf, Happenings, Indicator, People, Total, did

ANSWERED = EventOf(COLLABORATE)

_ASKED = (
    Someone(
        "Amina",
        "three nines: a top score",
        (Happened("2022-05-03", SHARED_DECISION), Happened("2022-05-04", COLLABORATE, 9)),
    ),
    Someone(
        "Brian",
        "nine, nine and eight: no top score, however close",
        (Happened("2022-06-01", SHARED_DECISION), Happened("2022-06-02", COLLABORATE, 8.67)),
    ),
    Someone(
        "Carol",
        "asked after each of two conversations: two answers, one of them a top score",
        (
            Happened("2022-07-01", SHARED_DECISION),
            Happened("2022-07-02", COLLABORATE, 5),
            Happened("2023-03-30", SHARED_DECISION),
            Happened("2023-03-31", COLLABORATE, 9),
        ),
    ),
    Someone("Dev", "a shared decision, and never asked", (Happened("2022-08-01", SHARED_DECISION),)),
    Someone(
        "Ewa",
        "decided on the last day, answered the day after: the answer is of the next period",
        (Happened("2023-03-31", SHARED_DECISION), Happened("2023-04-01", COLLABORATE, 9)),
    ),
)
_CAVEATS = (
    "An answer with a question left out has no score and is not counted.",
    "Its makers ask that it be reported only from 25 answers upwards.",
    "People who answer may differ from those who do not.",
)

TOP_SCORE = Indicator(
    id="sdm-collaborate-top-score-share",
    title="Conversations that people gave the top score for being shared (CollaboRATE)",
    component="shared_decision_making",
    numerator=Happenings((EventOf(COLLABORATE, least=9, most=9),)),
    denominator=Happenings((ANSWERED,)),
    counted="Those answers in which all three questions have the best answer, 9.",
    out_of="Answers to the three questions in the period.",
    unit="percent",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (metric M3: quality of the conversations; M4 is printed as "
    "a repeat of it); CollaboRATE's own scoring",
    why="Whether a decision was shared is for the person to say. The top score tells good from merely polite.",
    caveats=_CAVEATS,
    example=Example(people=_ASKED, numerator=2, denominator=4),
)

MEAN_SCORE = Indicator(
    id="sdm-collaborate-mean",
    title="How shared people found their conversations, on average (CollaboRATE, 0 to 9)",
    component="shared_decision_making",
    numerator=Total((ANSWERED,)),
    denominator=Happenings((ANSWERED,)),
    counted="The scores, each the mean of its three questions from 0 to 9, added up.",
    out_of="Answers to the three questions in the period.",
    unit="mean",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (metric M3, of which M4 is printed as a repeat); "
    "CollaboRATE's own scoring",
    why="Beside the top score: it shows how far from it the other conversations were.",
    caveats=(*_CAVEATS, "Most answers are near the top, so an average hardly tells one practice from another."),
    example=Example(
        people=(
            Someone("Amina", "three nines", (Happened("2022-05-04", COLLABORATE, 9),)),
            Someone("Brian", "nine, six and six: 7", (Happened("2022-06-02", COLLABORATE, 7),)),
            Someone(
                "Carol",
                "asked twice: both answers count",
                (Happened("2022-07-02", COLLABORATE, 5), Happened("2023-03-31", COLLABORATE, 8.5)),
            ),
            Someone("Dev", "answered before the period", (Happened("2022-03-31", COLLABORATE, 1),)),
            Someone("Ewa", "never asked"),
        ),
        numerator=29.5,
        denominator=4,
    ),
)

ASKED = Indicator(
    id="sdm-experience-asked-share",
    title="People asked how their shared decision felt",
    component="shared_decision_making",
    numerator=People(AllOf((did(SHARED_DECISION), did(COLLABORATE)))),
    denominator=People(did(SHARED_DECISION)),
    counted="Those with an answer to CollaboRATE in the period.",
    out_of="People with a shared decision in the period.",
    unit="percent",
    direction="higher",
    source="Network Contract DES guidance, B1357 (DES22-SDM3: CollaboRATE or SDM-Q-9 routinely used; sample size "
    "considered)",
    why="An average says little until enough of the people concerned were asked.",
    caveats=(
        "Asked and answered: someone who was asked and did not answer is not seen.",
        "SDM-Q-9 is not among our facts; a place that uses it shows none here.",
        "Answers are best asked within two days; that is not checked.",
    ),
    needs=(COLLABORATE,),
    example=Example(people=_ASKED, numerator=3, denominator=5),
)

INDICATORS = (TOP_SCORE, MEAN_SCORE, ASKED)
