"""How people referred to social prescribing feel, before and after: four ONS questions, and the scores of others."""

from dataclasses import replace

from whatmatters.events.codes import (
    GOAL_PROGRESS,
    MYCAW,
    ONS4_ANXIOUS,
    ONS4_HAPPY,
    ONS4_SATISFIED,
    ONS4_WORTHWHILE,
    SWEMWBS,
    UCLA,
)
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import Change, EventOf, Indicator, Pairs
from whatmatters.programme.indicators.words import NOT_ATTRIBUTABLE


def _change(name: str, code: str, question: str, better: str) -> Indicator:
    reading = EventOf(code)
    return Indicator(
        id=f"sp-ons4-change-{name}",
        title=f"Average change in ONS4: {question}",
        component="social_prescribing",
        numerator=Change(Pairs(reading)),
        denominator=Pairs(reading),
        counted="The last reading less the first, added up over those cases. Readings are 0 to 10.",
        out_of="Cases with two readings or more on different days, the last of them in the period.",
        unit="mean",
        direction=better,
        source="Social prescribing standard model, quality indicator SP-Q6: a change in wellbeing of more than 0",
        why="Whether people feel better can be told only from the same person, asked before and after.",
        caveats=(
            f"On this question a {better} reading is better.",
            "People asked once are not in it, and those who stay to be asked twice may differ from those who do not.",
            "A case still open at the end of one period can count again, with its later reading, in the next.",
            NOT_ATTRIBUTABLE,
        ),
        example=Example(
            people=(
                Someone(
                    "Amina",
                    "3, then 5, then 7 in one case: a change of 4",
                    (
                        Happened("2022-02-10", code, 3, 1),
                        Happened("2022-05-02", code, 5, 1),
                        Happened("2022-09-15", code, 7, 1),
                    ),
                ),
                Someone(
                    "Brian",
                    "8, then 6: a change of -2",
                    (Happened("2022-06-01", code, 8, 2), Happened("2022-12-01", code, 6, 2)),
                ),
                Someone("Carol", "asked once: no pair", (Happened("2022-06-01", code, 2, 3),)),
                Someone(
                    "Dev",
                    "asked twice on one day: no pair",
                    (Happened("2022-06-01", code, 2, 4), Happened("2022-06-01", code, 9, 4)),
                ),
                Someone(
                    "Ewa",
                    "last asked before the period: not in this one",
                    (Happened("2021-11-01", code, 2, 5), Happened("2022-03-31", code, 9, 5)),
                ),
            ),
            numerator=2,
            denominator=2,
        ),
    )


ONS4_CHANGE = (
    _change("satisfied", ONS4_SATISFIED, "satisfied with life", "higher"),
    _change("worthwhile", ONS4_WORTHWHILE, "the things done in life are worthwhile", "higher"),
    _change("happy", ONS4_HAPPY, "happy yesterday", "higher"),
    _change("anxious", ONS4_ANXIOUS, "anxious yesterday", "lower"),
)

SWEMWBS_CHANGE = Indicator(
    id="sp-swemwbs-change",
    title="Average change in SWEMWBS, the short wellbeing scale",
    component="social_prescribing",
    numerator=Change(Pairs(EventOf(SWEMWBS))),
    denominator=Pairs(EventOf(SWEMWBS)),
    counted="The last score less the first, added up over those cases. Scores are 7 to 35 on the metric scale.",
    out_of="Cases with two scores or more on different days, the last of them in the period.",
    unit="mean",
    direction="higher",
    source="Social prescribing standard model, quality indicator SP-Q6: a change in wellbeing of more than 0",
    why="Whether people feel better can be told only from the same person, asked before and after.",
    caveats=(
        "Scores are on the metric scale, not the raw sum of the answers.",
        "People asked once are not in it, and those who stay to be asked twice may differ from those who do not.",
        "A case still open at the end of one period can count again, with its later score, in the next.",
        NOT_ATTRIBUTABLE,
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "18.59 on the day before the period, then 25.03 in it: a change of 6.44",
                (Happened("2022-03-31", SWEMWBS, 18.59, 1), Happened("2022-09-15", SWEMWBS, 25.03, 1)),
            ),
            Someone(
                "Brian",
                "22.35, then 20.73: a change of -1.62",
                (Happened("2022-06-01", SWEMWBS, 22.35, 2), Happened("2023-03-31", SWEMWBS, 20.73, 2)),
            ),
            Someone(
                "Carol",
                "asked in two cases, once in each: no pair",
                (Happened("2022-06-01", SWEMWBS, 17.43, 3), Happened("2022-12-01", SWEMWBS, 24.11, 4)),
            ),
            Someone(
                "Dev",
                "scores without a case number: no pair",
                (Happened("2022-06-01", SWEMWBS, 17.43), Happened("2022-12-01", SWEMWBS, 24.11)),
            ),
        ),
        numerator=4.82,
        denominator=2,
    ),
)


def _score_change(name: str, code: str, words: tuple[str, str, str], readings: tuple[float, ...]) -> Indicator:
    """``words``: title, scale, which way is better. ``readings``: Amina's two, Brian's two, and the one of Carol's."""
    title, scale, better = words
    first, last, before, after, once = readings
    return replace(
        SWEMWBS_CHANGE,
        id=name,
        title=f"Average change in {title}",
        numerator=Change(Pairs(EventOf(code))),
        denominator=Pairs(EventOf(code)),
        counted=f"The last score less the first, added up over those cases. Scores are {scale}.",
        direction=better,
        caveats=(f"On this scale a {better} score is better.", *SWEMWBS_CHANGE.caveats[1:]),
        example=Example(
            people=(
                Someone(
                    "Amina",
                    f"{first:g}, then {last:g}: a change of {last - first:g}",
                    (Happened("2022-05-02", code, first, 1), Happened("2022-09-15", code, last, 1)),
                ),
                Someone(
                    "Brian",
                    f"{before:g}, then {after:g}: a change of {after - before:g}",
                    (Happened("2022-06-01", code, before, 2), Happened("2023-03-31", code, after, 2)),
                ),
                Someone("Carol", "asked once: no pair", (Happened("2022-06-01", code, once, 3),)),
                Someone(
                    "Dev",
                    "last asked after the period: not in this one",
                    (Happened("2022-06-01", code, once, 4), Happened("2023-04-01", code, last, 4)),
                ),
            ),
            numerator=last - first + after - before,
            denominator=2,
        ),
    )


UCLA_CHANGE = _score_change(
    "sp-loneliness-change", UCLA, ("loneliness (UCLA-3)", "3 to 9, 9 the loneliest", "lower"), (8, 5, 6, 7, 4)
)
MYCAW_SCALE = "the mean of two concerns and wellbeing, 0 to 6, where all three were given"
MYCAW_CHANGE = _score_change(
    "sp-mycaw-change", MYCAW, ("MYCaW, the person’s own concerns and wellbeing", MYCAW_SCALE, "lower"),
    (4, 2.5, 3, 3.5, 5),
)  # fmt: skip
GOAL_CHANGE = _score_change(
    "sp-goal-change", GOAL_PROGRESS, ("how near people are to their own goal", "0 to 10 as they see it", "higher"),
    (3, 7, 5, 4, 2),
)  # fmt: skip

INDICATORS = (*ONS4_CHANGE, SWEMWBS_CHANGE, UCLA_CHANGE, MYCAW_CHANGE, GOAL_CHANGE)
