"""MYCaW: Measure Yourself Concerns and Wellbeing, as scores only: two concerns of the person's own and their wellbeing.

Each is 0 (best) to 6; the range of the wellbeing item is recalled, not checked. The name is a trademark and the form is
licensed (meaningfulmeasures.co.uk): no wording is shipped. What the person is concerned about stays with the plan. Each
score is compared with its own earlier one; the mean of the three is told only where all three were given, because a
mean of two and a mean of three are not the same thing.
"""

from whatmatters.events.codes import MYCAW
from whatmatters.instruments.instrument import Answers, Entry, Instrument, NotAScore, Scale

_HINT = "A whole number from 0 to 6; 0 is best"
PARTS = {"concern_1": "First concern", "concern_2": "Second concern, if there is one", "wellbeing": "Wellbeing"}


def settle(answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    """The three scores and, with all of them, their mean to two decimals."""
    given = INSTRUMENT.checked(answers)
    scores = [given[name] for name in PARTS]
    known = [score for score in scores if score is not None]
    if not known:
        raise NotAScore("Enter at least one of the three scores")
    mean = round(sum(known) / len(PARTS), 2) if len(known) == len(PARTS) else None
    return {**given, "mean": mean}, len(PARTS) - len(known)


INSTRUMENT = Instrument(
    name="mycaw",
    title="MYCaW",
    about="the person’s own concerns and wellbeing",
    entries=tuple(Entry(name, label, 0, 6, hint=_HINT) for name, label in PARTS.items()),
    scales=(
        Scale("concern_1", "First concern (MYCaW)", 0, 6, much=2, higher_is_better=False, mine="Your first concern"),
        Scale("concern_2", "Second concern (MYCaW)", 0, 6, much=2, higher_is_better=False, mine="Your second concern"),
        Scale("wellbeing", "Wellbeing (MYCaW)", 0, 6, much=2, higher_is_better=False, mine="Your wellbeing (MYCaW)"),
        Scale(
            "mean",
            "Mean of the three (MYCaW)",
            0,
            6,
            much=2,
            code=MYCAW,
            higher_is_better=False,
            mine="The mean of these three",
        ),
    ),
    settle=settle,
    licence="MYCaW is licensed: use the form under your organisation’s own agreement with Meaningful Measures.",
)
