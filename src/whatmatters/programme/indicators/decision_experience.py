"""How shared decisions felt to the people who made them: CollaboRATE, asked after the conversation.

An answer belongs to the practice and to nobody by name; that someone was asked is on their own record.
"""

from dataclasses import replace

from whatmatters.events.codes import COLLABORATE, EXPERIENCE_ASKED, SHARED_DECISION
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import AllOf, Doings, EventOf, Indicator, People, did

ANSWERS = Doings((EventOf(COLLABORATE),))

_CAVEATS = (
    "An answer with a question left out has no score and is not counted.",
    "Its makers ask that it be reported only from 25 answers upwards.",
    "People who answer may differ from those who do not.",
    "Answers carry the month and the practice, and no person: they cannot be split by kinds of people here.",
)


def _said(*answers: tuple[str, float]) -> Example:
    """Answers at three practices, each with why it counts or not."""
    places = ("Bridge Street", "Hill Top", "Quayside")
    events = tuple(
        (place, Happened(on, COLLABORATE, value)) for place, (on, value) in zip(places, answers[:3], strict=True)
    )
    return Example(
        practices=places,
        people=(),
        organisation_events=(*events, *(("Quayside", Happened(on, COLLABORATE, value)) for on, value in answers[3:])),
        because=(
            ("Bridge Street", "three nines, on the first day: a top score"),
            ("Hill Top", "nine, nine and eight: no top score, however close"),
            ("Quayside", "two answers of the period, and one of the next"),
        ),
        numerator=0,
        denominator=4,
    )


_ANSWERS = _said(("2022-04-01", 9), ("2022-06-01", 8.67), ("2022-07-01", 5), ("2023-03-01", 9), ("2023-04-01", 9))

TOP_SCORE = Indicator(
    id="sdm-collaborate-top-score-share",
    title="Conversations that people gave the top score for being shared (CollaboRATE)",
    component="shared_decision_making",
    numerator=Doings((EventOf(COLLABORATE, least=9, most=9),)),
    denominator=ANSWERS,
    counted="Those answers in which all three questions have the best answer, 9.",
    out_of="Answers to the three questions in the period.",
    unit="percent",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (metric M3: quality of the conversations; M4 is printed as "
    "a repeat of it); CollaboRATE's own scoring",
    why="Whether a decision was shared is for the person to say. The top score tells good from merely polite.",
    caveats=_CAVEATS,
    version=2,
    example=replace(_ANSWERS, numerator=2),
)

MEAN_SCORE = Indicator(
    id="sdm-collaborate-mean",
    title="How shared people found their conversations, on average (CollaboRATE, 0 to 9)",
    component="shared_decision_making",
    numerator=Doings((EventOf(COLLABORATE),), total=True),
    denominator=ANSWERS,
    counted="The scores, each the mean of its three questions from 0 to 9, added up.",
    out_of="Answers to the three questions in the period.",
    unit="mean",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (metric M3, of which M4 is printed as a repeat); "
    "CollaboRATE's own scoring",
    why="Beside the top score: it shows how far from it the other conversations were.",
    caveats=(*_CAVEATS, "Most answers are near the top, so an average hardly tells one practice from another."),
    version=2,
    example=replace(_ANSWERS, numerator=31.67),
)

ASKED = Indicator(
    id="sdm-experience-asked-share",
    title="People asked how their shared decision felt",
    component="shared_decision_making",
    numerator=People(AllOf((did(SHARED_DECISION), did(EXPERIENCE_ASKED)))),
    denominator=People(did(SHARED_DECISION)),
    counted="Those who in the period were asked with CollaboRATE, SDM-Q-9 or SURE.",
    out_of="People with a shared decision in the period.",
    unit="percent",
    direction="higher",
    source="Network Contract DES guidance, B1357 (DES22-SDM3: CollaboRATE or SDM-Q-9 routinely used; sample size "
    "considered)",
    why="An average says little until enough of the people concerned were asked.",
    caveats=(
        "Asked, not answered: whether someone answered is on nobody's record.",
        "Whoever answers at the practice's own screen, or on paper without a code, is asked by nobody and not seen.",
        "Answers are best asked within two days; that is not checked.",
    ),
    needs=(EXPERIENCE_ASKED,),
    version=2,
    example=Example(
        people=(
            Someone(
                "Amina",
                "decided, and asked the day after",
                (Happened("2022-05-03", SHARED_DECISION), Happened("2022-05-04", EXPERIENCE_ASKED)),
            ),
            Someone(
                "Brian",
                "asked after each of two decisions: one person",
                (
                    Happened("2022-07-01", SHARED_DECISION),
                    Happened("2022-07-02", EXPERIENCE_ASKED, detail="sdm-q9"),
                    Happened("2023-03-30", SHARED_DECISION),
                    Happened("2023-03-31", EXPERIENCE_ASKED, detail="collaborate"),
                ),
            ),
            Someone("Carol", "a shared decision, and never asked", (Happened("2022-08-01", SHARED_DECISION),)),
            Someone("Dev", "asked without a shared decision on record", (Happened("2022-08-01", EXPERIENCE_ASKED),)),
            Someone(
                "Ewa",
                "decided on the last day, asked the day after: not in this period",
                (Happened("2023-03-31", SHARED_DECISION), Happened("2023-04-01", EXPERIENCE_ASKED)),
            ),
        ),
        numerator=2,
        denominator=4,
    ),
)

INDICATORS = (TOP_SCORE, MEAN_SCORE, ASKED)
