"""The numbers of one part of the model as a page orders them: some first, the rest in a table, the empty last; and
of all parts those that are judged, what is late first."""

from collections.abc import Iterable
from typing import NamedTuple

from whatmatters.dashboard.numbers import Number, provenance
from whatmatters.programme.judgement import Judgement
from whatmatters.programme.parts import BESIDE, PARTS, SIX

FIRST = 3  # a part leads with these
LATE = (Judgement.MISSED, Judgement.BEHIND)


class Section(NamedTuple):
    """``large`` are the first that have a figure and all that are judged; ``rest`` has one too, ``empty`` has none."""

    title: str
    large: list[Number]
    rest: list[Number]
    empty: list[Number]

    @property
    def first(self) -> list[Number]:
        return self.large[:FIRST]

    @property
    def full(self) -> int:
        return len(self.large) + len(self.rest)

    @property
    def rest_told(self) -> str:
        return provenance(number.figure for number in self.rest if number.figure)


def sections(numbers: Iterable[Number]) -> list[Section]:
    """The whole model, its six components, the people behind the work."""
    found = list(numbers)
    parts = (("all", PARTS["all"]), *SIX.items(), ("workforce", BESIDE["workforce"]))
    return [_section(title, [one for one in found if one.indicator.component == name]) for name, title in parts]


def judged(parts: Iterable[Section]) -> tuple[list[Number], list[Number]]:
    """Those with a figure and a target: missed or behind, the missed first; and all others. By their nearest target."""
    found = [one for part in parts for one in part.large if one.judged]
    late = [one for stands in LATE for one in found if one.judged[0][1] == stands]
    return late, [one for one in found if one not in late]


def _section(title: str, numbers: list[Number]) -> Section:
    full = [one for one in numbers if one.figure]
    large = [one for place, one in enumerate(full) if place < FIRST or one.judged]
    rest = [one for one in full if one not in large]
    return Section(title, large, rest, [one for one in numbers if not one.figure])
