"""Change is told for one person from two readings of theirs, or not at all: never from the averages of two crowds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from whatmatters.instruments import INSTRUMENTS
from whatmatters.instruments.instrument import Answers, Instrument, Scale


@dataclass(frozen=True)
class Reading:
    on: date
    score: float


@dataclass(frozen=True)
class Readings:
    """The first reading of a scale in a case, and the last on a later day: None where they were not asked again."""

    instrument: Instrument
    scale: Scale
    first: Reading
    last: Reading | None

    @property
    def gain(self) -> float | None:
        """How much better it is now: positive is better, whichever way the scale runs."""
        return self.scale.gain(self.first.score, self.last.score) if self.last else None

    @property
    def way(self) -> str:
        """``better``, ``same``, ``worse``, or empty where there is no pair."""
        gain = self.gain
        return "" if gain is None else "better" if gain > 0 else "worse" if gain < 0 else "same"


def readings(sittings: Iterable[tuple[str, date, Answers]]) -> list[Readings]:
    """Of one case: (instrument, day, answers) in any order. A scale that was never answered is not in it."""
    found: dict[tuple[str, str], list[Reading]] = {}
    for name, on, answers in sorted(sittings, key=lambda sitting: sitting[1]):
        for scale, score in INSTRUMENTS[name].read(answers):
            found.setdefault((name, scale.name), []).append(Reading(on, score))
    return [
        Readings(asked, scale, some[0], some[-1] if some[-1].on > some[0].on else None)
        for asked in INSTRUMENTS.values()
        for scale in asked.scales
        if (some := found.get((asked.name, scale.name)))
    ]
