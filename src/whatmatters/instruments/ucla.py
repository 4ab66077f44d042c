"""UCLA-3: the three-item loneliness scale, as a score only: 3 (hardly ever lonely) to 9.

The items are thought free to use with citation (Hughes and others 2004, Research on Aging 26:655); that has not been
checked, so none is shipped. Some count 6 or more as lonely: no published source of that cut has been checked either.
"""

from whatmatters.events.codes import UCLA
from whatmatters.instruments.instrument import Answers, Entry, Instrument, NotAScore, Scale

ITEMS = 3


def settle(answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    """The sum of all three, or none at all."""
    given = INSTRUMENT.checked(answers)
    if missing and given["score"] is not None:
        raise NotAScore("UCLA-3 has a score only when all three were answered: leave the score empty")
    if not missing and given["score"] is None:
        raise NotAScore("Enter the sum of the three answers")
    return given, missing


INSTRUMENT = Instrument(
    name="ucla",
    title="UCLA-3",
    about="the three-item loneliness scale",
    entries=(
        Entry(
            "score",
            "Sum of the three answers",
            3,
            9,
            hint="A whole number from 3 to 9; 9 is the loneliest. Leave it empty where a question was left out",
        ),
    ),
    scales=(
        Scale(
            "score",
            "Loneliness (UCLA-3)",
            3,
            9,
            much=2,
            code=UCLA,
            higher_is_better=False,
            mine="How lonely you have felt (UCLA-3)",
        ),
    ),
    settle=settle,
    licence="Thought free to use with citation: check before you print the questions.",
    items=ITEMS,
)
