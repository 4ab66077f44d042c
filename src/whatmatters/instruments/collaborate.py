"""CollaboRATE: how shared a conversation felt, as scores only: three questions, each 0 to 9.

Its wording is licensed CC BY-NC-ND and not shipped: a deployment loads it, or the answers are entered by the questions'
numbers. A case with a question left out has no score. Its makers count the share of encounters with all three at 9
(the top score), report the mean beside it, and ask for no report under 25 encounters (glynelwyn.com).
"""

from whatmatters.events.codes import COLLABORATE
from whatmatters.instruments.instrument import Answers, Entry, Instrument, Scale

LEAST, BEST, ITEMS = 0, 9, 3


def settle(answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    """The answers and, where all three were given, their mean to two decimals; ``missing`` is found here."""
    given = INSTRUMENT.checked(answers)
    known = [score for score in given.values() if score is not None]
    mean = round(sum(known) / ITEMS, 2) if len(known) == ITEMS else None
    return {**given, "score": mean}, ITEMS - len(known)


INSTRUMENT = Instrument(
    name="collaborate",
    title="CollaboRATE",
    about="how shared the conversation felt",
    entries=tuple(Entry(f"q{n}", f"Question {n}", LEAST, BEST) for n in range(1, ITEMS + 1)),
    scales=(Scale("score", "How shared it felt (CollaboRATE)", LEAST, BEST, much=3, code=COLLABORATE),),
    settle=settle,
    licence="CollaboRATE is CC BY-NC-ND: hand out its own form, unchanged, and not for profit.",
    licensed=True,
    items=ITEMS,
    ends=("not at all", "as much as there could be"),
)
