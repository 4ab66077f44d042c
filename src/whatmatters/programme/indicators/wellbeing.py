"""How people referred to social prescribing feel, before and after: the four ONS wellbeing questions."""

from whatmatters.events.codes import ONS4_ANXIOUS, ONS4_HAPPY, ONS4_SATISFIED, ONS4_WORTHWHILE
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import Change, EventOf, Indicator, Pairs


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
            "Not attributable: people often seek help when they feel worst, and would feel better later anyway.",
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

INDICATORS = ONS4_CHANGE
