"""ONS4: the four personal well-being questions of the Office for National Statistics.

Wording: Office for National Statistics, personal well-being user guidance and harmonised standard. Crown copyright,
used under the Open Government Licence v3.0. Each answer is a whole number from 0 to 10. There is no total: the four are
never added up, and a missing answer is never filled in.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from whatmatters.events.codes import ONS4_ANXIOUS, ONS4_HAPPY, ONS4_SATISFIED, ONS4_WORTHWHILE
from whatmatters.instruments import instrument
from whatmatters.instruments.instrument import Entry, Instrument, NotAScore, Scale

NAME = "ons4"
LOWEST, HIGHEST = 0, 10
SCALE = "0 is “not at all” and 10 is “completely”"


@dataclass(frozen=True)
class Question:
    """``short`` heads a column; ``scale`` is read out with the wording; ``code`` is the event one answer becomes."""

    name: str
    short: str
    wording: str
    scale: str
    code: str
    higher_is_better: bool = True


QUESTIONS = (
    Question(
        "life_satisfaction",
        "Satisfied with life",
        "Overall, how satisfied are you with your life nowadays?",
        SCALE,
        ONS4_SATISFIED,
    ),
    Question(
        "worthwhile",
        "Things are worthwhile",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        SCALE,
        ONS4_WORTHWHILE,
    ),
    Question("happiness", "Happy yesterday", "Overall, how happy did you feel yesterday?", SCALE, ONS4_HAPPY),
    Question(
        "anxiety",
        "Anxious yesterday",
        "On a scale where 0 is “not at all anxious” and 10 is “completely anxious”, "
        "overall, how anxious did you feel yesterday?",
        "",
        ONS4_ANXIOUS,
        higher_is_better=False,
    ),
)

MINE = {
    "life_satisfaction": "How satisfied you are with your life",
    "worthwhile": "How worthwhile the things you do are",
    "happiness": "How happy you felt the day before",
    "anxiety": "How anxious you felt the day before",
}

Answers = Mapping[str, int | None]


def problem_with(answers: Answers) -> str | None:
    """A sentence for whoever typed it, or None. ``answers``: question name to 0-10, or None where none was given."""
    if set(answers) - {question.name for question in QUESTIONS}:
        return "ONS4 has four questions: life satisfaction, worthwhile, happiness and anxiety"
    if not scored(answers):
        return "Enter at least one answer: a sitting with none says nothing"
    if any(type(score) is not int or not LOWEST <= score <= HIGHEST for _, score in scored(answers)):
        return "Each answer is a whole number from 0 to 10; leave a question blank if it was not answered"
    return None


def scored(answers: Answers) -> list[tuple[Question, int]]:
    """The questions that were answered, in their order."""
    pairs = ((question, answers.get(question.name)) for question in QUESTIONS)
    return [(question, score) for question, score in pairs if score is not None]


@dataclass(frozen=True)
class Band:
    """``status`` says how far the cut-off can be trusted: RECALLED means no published source has been checked."""

    question: str
    name: str
    low: int
    high: int
    version: str
    status: str


@cache
def bands() -> tuple[Band, ...]:
    """The cut-offs, as data: ``ons4_bands.csv`` beside this file."""
    lines = files(__package__).joinpath("ons4_bands.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Band(row["question"], row["band"], int(row["low"]), int(row["high"]), row["version"], row["status"])
        for row in csv.DictReader(lines)
    )


def band(question: str, score: int) -> Band:
    """The band a score falls in. Raises ValueError where there is none."""
    for row in bands():
        if row.question == question and row.low <= score <= row.high:
            return row
    raise ValueError("ONS4 answers are whole numbers from 0 to 10")


def settle(answers: instrument.Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    """All four by name, and how many were not answered."""
    if problem := problem_with(answers):  # type: ignore[arg-type]  # it says itself what is not a whole number
        raise NotAScore(problem)
    whole = {question.name: answers.get(question.name) for question in QUESTIONS}
    return whole, sum(score is None for score in whole.values())


INSTRUMENT = Instrument(
    name=NAME,
    title="ONS4",
    about="the four personal well-being questions",
    entries=tuple(Entry(one.name, one.wording, LOWEST, HIGHEST, hint=one.scale) for one in QUESTIONS),
    scales=tuple(
        Scale(one.name, one.short, LOWEST, HIGHEST, 3, one.code, one.higher_is_better, MINE[one.name])
        for one in QUESTIONS
    ),
    settle=settle,
)
