"""Every event that is spoken of is of exactly one *kind*: a code, one of the details asked for or another, a value
between two of the limits asked for. What an event means to any condition or count follows from its kind and day alone,
so that the passes look it up in small tables and hold no expression an indicator could lengthen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from whatmatters.measurement.conditions import EventOf
from whatmatters.measurement.engines.sql import table


@dataclass(frozen=True)
class Code:
    """One code's kinds: ``first`` and those after it, details by limits.

    ``cuts`` are limits in order: (x, False) divides what is under x from x, (x, True) x from what is over it.
    Detail 0 is every other and none; value 0 is none.
    """

    name: str
    first: int
    details: tuple[str, ...]
    cuts: tuple[tuple[float, bool], ...]

    @property
    def values(self) -> int:
        return len(self.cuts) + 2 if self.cuts else 1

    @property
    def kinds(self) -> range:
        return range(self.first, self.first + (len(self.details) + 1) * self.values)

    def matches(self, kind: int, wanted: EventOf) -> bool:
        detail, value = divmod(kind - self.first, self.values)
        name = self.details[detail - 1] if detail else None
        if name in wanted.but or (wanted.details and name not in wanted.details):
            return False
        if wanted.least is not None and value <= self.cuts.index((float(wanted.least), False)) + 1:
            return False
        return wanted.most is None or 0 < value <= self.cuts.index((float(wanted.most), True)) + 1


class Kinds:
    """The kinds of all these events, numbered from 0."""

    def __init__(self, wanted: Iterable[EventOf]) -> None:
        by_code: dict[str, list[EventOf]] = {}
        for one in wanted:
            by_code.setdefault(one.code, []).append(one)
        self.codes: dict[str, Code] = {}
        first = 0
        for name in sorted(by_code):
            details = sorted({detail for one in by_code[name] for detail in one.details + one.but})
            cuts = {(float(one.least), False) for one in by_code[name] if one.least is not None}
            cuts |= {(float(one.most), True) for one in by_code[name] if one.most is not None}
            self.codes[name] = Code(name, first, tuple(details), tuple(sorted(cuts)))
            first = self.codes[name].kinds.stop

    def of(self, any_of: Iterable[EventOf]) -> list[int]:
        """The kinds that match one of these, in order."""
        found = {
            kind for one in any_of for code in (self.codes[one.code],) for kind in code.kinds if code.matches(kind, one)
        }
        return sorted(found)

    def same_code(self, wanted: EventOf) -> list[int]:
        """The kinds of its code."""
        return list(self.codes[wanted.code].kinds)

    @cached_property
    def spoken(self) -> str:
        """(code, base): the codes that are read, and no other."""
        return table("code base", [(code.name, code.first) for code in self.codes.values()] or [("", -1)])

    @cached_property
    def details(self) -> str:
        """(base, detail, further): how far on a detail's kinds lie."""
        rows = [
            (code.first, detail, (place + 1) * code.values)
            for code in self.codes.values()
            for place, detail in enumerate(code.details)
        ]
        return table("base detail further", rows or [(-1, "", 0)])

    @cached_property
    def value(self) -> str:
        """How far on an event's value lies, over ``base`` and ``value``."""
        cases = "".join(
            f" WHEN {code.first} THEN CASE WHEN value IS NULL THEN 0 ELSE 1{_steps(code.cuts)} END"
            for code in self.codes.values()
            if code.cuts
        )
        return f"CASE base{cases} ELSE 0 END" if cases else "0"


def _steps(cuts: Iterable[tuple[float, bool]]) -> str:
    return "".join(f" + CAST(value {'>' if over else '>='} {limit!r}::DOUBLE AS INTEGER)" for limit, over in cuts)
