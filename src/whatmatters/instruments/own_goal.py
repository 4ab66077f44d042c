"""How near the person is to what they themselves want, from 0 to 10 in their own judgement. Ours, and free to use."""

from whatmatters.events.codes import GOAL_PROGRESS
from whatmatters.instruments.instrument import Answers, Entry, Instrument, NotAScore, Scale


def settle(answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    given = INSTRUMENT.checked(answers)
    if given["progress"] is None:
        raise NotAScore("Enter a whole number from 0 to 10")
    return given, 0


INSTRUMENT = Instrument(
    name="goal",
    title="Own goal",
    about="how near the person is to what they want",
    entries=(
        Entry(
            "progress",
            "How near are you to what you want?",
            0,
            10,
            hint="0 is “not at all” and 10 is “I am there”",
            needed=True,
        ),
    ),
    scales=(
        Scale(
            "progress",
            "Near to their own goal",
            0,
            10,
            much=3,
            code=GOAL_PROGRESS,
            mine="How near you are to what you want",
        ),
    ),
    settle=settle,
)
