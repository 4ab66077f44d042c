"""SDM-Q-9: how far a decision was shared, as scores only: nine statements, each 0 (completely disagree) to 5.

The sum, 0 to 45, is stretched to 0 to 100 (x 20/9; the factor is recalled, the arithmetic fits the two ranges). It is
meant for decisions that turn on what the person prefers (patient-als-partner.de). The terms of its wording were not
seen, so none is shipped. All nine are needed: nothing is filled in.
"""

from fractions import Fraction

from whatmatters.instruments.instrument import Answers, Entry, Instrument, Scale

LEAST, BEST, ITEMS = 0, 5, 9
STRETCH = Fraction(100, ITEMS * BEST)  # 20/9


def settle(answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    """The answers and, where all nine were given, ``raw`` (0-45) and ``score`` (0-100, two decimals)."""
    given = INSTRUMENT.checked(answers)
    known = [int(score) for score in given.values() if score is not None]
    raw = sum(known) if len(known) == ITEMS else None
    score = None if raw is None else round(float(raw * STRETCH), 2)
    return {**given, "raw": raw, "score": score}, ITEMS - len(known)


INSTRUMENT = Instrument(
    name="sdm-q9",
    title="SDM-Q-9",
    about="how far the decision was made together",
    entries=tuple(Entry(f"q{n}", f"Question {n}", LEAST, BEST) for n in range(1, ITEMS + 1)),
    scales=(Scale("score", "How shared it was (SDM-Q-9)", 0, 100, much=20),),
    settle=settle,
    licence="Use SDM-Q-9 under its makers’ terms (patient-als-partner.de).",
    licensed=True,
    items=ITEMS,
    ends=("not true at all", "wholly true"),
)
