"""The numbers of one part of the model as a page orders them: some large, the rest in a table, the empty last."""

from collections.abc import Iterable
from typing import NamedTuple

from whatmatters.dashboard.numbers import Number, provenance
from whatmatters.programme.parts import BESIDE, PARTS, SIX

FIRST = 3  # a part leads with these


class Section(NamedTuple):
    """``large`` are the first that have a figure and all that are judged; ``rest`` has one too, ``empty`` has none."""

    title: str
    large: list[Number]
    rest: list[Number]
    empty: list[Number]

    @property
    def rest_told(self) -> str:
        return provenance(number.figure for number in self.rest if number.figure)


def sections(numbers: Iterable[Number]) -> list[Section]:
    """The whole model, its six components, the people behind the work."""
    found = list(numbers)
    parts = (("all", PARTS["all"]), *SIX.items(), ("workforce", BESIDE["workforce"]))
    return [_section(title, [one for one in found if one.indicator.component == name]) for name, title in parts]


def _section(title: str, numbers: list[Number]) -> Section:
    full = [one for one in numbers if one.figure]
    large = [one for place, one in enumerate(full) if place < FIRST or one.judged]
    rest = [one for one in full if one not in large]
    return Section(title, large, rest, [one for one in numbers if not one.figure])
