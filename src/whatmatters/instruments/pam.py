"""PAM: the patient activation measure, as a score only: 0 to 100 and the level (1 to 4) it falls in.

The thirteen statements and the way from answers to score are licensed (Insignia Health) and not shipped: the score
comes from the licensed tool, with the number of the licence it was taken under. Level 4 begins at 67.1 or at 72.5
depending on the version: the cut-offs are data beside this file, each with its source.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from whatmatters.events.codes import ACTIVATION_SCORE
from whatmatters.instruments.instrument import Answers, Entry, Instrument, NotAScore, Scale

VERSIONS = {"later": "Later cut-offs: level 4 from 72.5", "2005": "Cut-offs of 2005: level 4 from 67.1"}
SCORE = Entry(
    "score", "Score", 0, 100, False, "From 0 to 100 with at most one decimal, as the tool gave it", needed=True
)
LEVEL = Entry("level", "Level, if the tool gave it", 1, 4, hint="1 to 4: it is checked against the score")


@dataclass(frozen=True)
class Cut:
    """Scores from ``low`` to ``high``, both in it, are of ``level`` in that version."""

    version: str
    level: int
    low: float
    high: float
    source: str


@cache
def cuts() -> tuple[Cut, ...]:
    """``pam_levels.csv``."""
    lines = files(__package__).joinpath("pam_levels.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Cut(row["version"], int(row["level"]), float(row["low"]), float(row["high"]), row["source"])
        for row in csv.DictReader(lines)
    )


def level(score: float, version: str) -> int:
    """The level of a score with at most one decimal. Raises ValueError for a version or a score there is none of."""
    for cut in cuts():
        if cut.version == version and cut.low <= score <= cut.high:
            return cut.level
    raise ValueError("an activation score is 0 to 100 with at most one decimal, in a version that is known")


def settle(answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    """The score and its level. An item left out is the licensed tool's to deal with; how many is kept."""
    given = INSTRUMENT.checked(answers)
    score = given["score"]
    if score is None:
        raise NotAScore("Enter the score that the licensed tool gave")
    if round(score, 1) != score:
        raise NotAScore("Score: enter at most one decimal, as the tool gives it")
    found = level(score, version)
    if given["level"] not in (None, found):
        raise NotAScore(f"A score of {score:g} is level {found} by these cut-offs, not {given['level']:g}: check both")
    return {"score": score, "level": found}, missing


INSTRUMENT = Instrument(
    name="pam",
    title="PAM",
    about="how ready someone is to look after their own health",
    entries=(SCORE, LEVEL),
    scales=(
        Scale(
            "score",
            "Activation (PAM)",
            0,
            100,
            much=15,
            code=ACTIVATION_SCORE,
            mine="How ready you feel to look after your own health (PAM)",
        ),
    ),
    settle=settle,
    versions=VERSIONS,
    licence="PAM is licensed person by person: enter the licence number the score was taken under.",
    licensed=True,
    items=13,
)
