"""SURE: is the person sure of the decision? Four questions, yes (1) or no (0), as scores only.

A score of 3 or less shows decisional conflict (Canadian Family Physician 2010). The terms of its wording were not seen,
so none is shipped. All four are needed: nothing is filled in.
"""

from whatmatters.instruments.instrument import Answers, Entry, Instrument, Scale

ITEMS = 4


def settle(answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    """The answers and, where all four were given, ``score``: how many were yes."""
    given = INSTRUMENT.checked(answers)
    known = [score for score in given.values() if score is not None]
    return {**given, "score": sum(known) if len(known) == ITEMS else None}, ITEMS - len(known)


def conflict(score: float) -> bool:
    """Whether the person is torn over the decision."""
    return score < ITEMS


INSTRUMENT = Instrument(
    name="sure",
    title="SURE",
    about="how sure the person is of the decision",
    entries=tuple(Entry(f"q{n}", f"Question {n}", 0, 1) for n in range(1, ITEMS + 1)),
    scales=(Scale("score", "Sure of the decision (SURE)", 0, ITEMS, much=2),),
    settle=settle,
    licence="Use SURE under its makers’ terms (Ottawa Hospital Research Institute).",
    licensed=True,
    items=ITEMS,
)
