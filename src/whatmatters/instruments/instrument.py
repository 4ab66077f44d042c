"""What every instrument here is: what may be typed, what is stored of it, and which numbers can change.

Only scores are kept. The wording of a licensed questionnaire is not ours to ship, and a missing answer is never filled
in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Answers = Mapping[str, float | None]
"""Score by name; None where it was not given."""


class NotAScore(ValueError):
    """What was entered cannot be a score of the instrument. The message says what would be."""


@dataclass(frozen=True)
class Entry:
    """One number that is typed, from ``low`` to ``high``, ``whole`` or not; one that is ``needed`` must be there."""

    name: str
    label: str
    low: float
    high: float
    whole: bool = True
    hint: str = ""
    needed: bool = False

    def check(self, given: float | None) -> None:
        """Raises NotAScore naming the entry and its range."""
        if given is None:
            return
        if isinstance(given, bool) or not isinstance(given, int | float) or not self.low <= given <= self.high:
            raise NotAScore(f"{self.label}: enter a number from {self.low:g} to {self.high:g}")
        if self.whole and given != int(given):
            raise NotAScore(f"{self.label}: enter a whole number from {self.low:g} to {self.high:g}")


@dataclass(frozen=True)
class Scale:
    """A number that can be compared with an earlier one of the same person.

    ``code`` is the event it becomes (none: it stays in the record). ``much`` only sets the bands of a chart: it is no
    claim that so great a change matters. ``mine`` is what it is to the person themself.
    """

    name: str
    short: str
    low: float
    high: float
    much: float
    code: str = ""
    higher_is_better: bool = True
    mine: str = ""

    def gain(self, before: float, after: float) -> float:
        """How much better ``after`` is: positive is better, whichever way the scale runs."""
        return round((after - before) * (1 if self.higher_is_better else -1), 4)


@dataclass(frozen=True)
class Instrument:
    """``settle(answers, version, missing)`` returns what is stored and how many items were left out.

    It raises ``NotAScore``. ``items``: how many questions it has, which bounds what can be missing (0: not asked for).
    ``versions``: name to words, the usual one first. ``licence``: what whoever uses it must see to, in a sentence.
    ``ends``: what the lowest and the highest answer mean, in our words, for whoever has no sheet before them.
    """

    name: str
    title: str
    about: str
    entries: tuple[Entry, ...]
    scales: tuple[Scale, ...]
    settle: Callable[[Answers, str, int], tuple[dict[str, float | None], int]]
    versions: Mapping[str, str] = field(default_factory=lambda: {"1": "1"})
    licence: str = ""
    licensed: bool = False
    items: int = 0
    ends: tuple[str, str] = ("", "")

    def read(self, answers: Answers) -> list[tuple[Scale, float]]:
        """The scales that have a score, in their order."""
        pairs = ((scale, answers.get(scale.name)) for scale in self.scales)
        return [(scale, score) for scale, score in pairs if score is not None]

    def checked(self, answers: Answers) -> dict[str, float | None]:
        """Every entry by name, each in its range."""
        if unknown := set(answers) - {entry.name for entry in self.entries}:
            raise NotAScore(f"{self.title} has no score named {', '.join(sorted(unknown))}")
        for entry in self.entries:
            entry.check(answers.get(entry.name))
        return {entry.name: answers.get(entry.name) for entry in self.entries}
