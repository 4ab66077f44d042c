"""What was published before: a number is not told by what was shown of it, or hidden with it, the last time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from whatmatters.measurement.disclosure.numbers import PEOPLE, SIDES, Numbers
from whatmatters.measurement.disclosure.rules import NEAREST, rounded, small

Row = Mapping[str, Any]
KEY = ("indicator", "definition", "period", "organisation", "breakdown", "group", "source")


TOLD = ("numerator", "denominator", "shown_numerator", "shown_denominator")


class Past(NamedTuple):
    """Numbers that were hidden and have hardly changed, those of them that were 1 to 7, and those known to everyone."""

    hidden: set[int]
    secret: set[int]
    public: set[int]


def past(rows: Sequence[Row], numbers: Numbers, before: Iterable[Row]) -> Past:
    """Numbers that were hidden are looked at again once they have changed by 5."""
    found = Past(set(), set(), set())
    then = {tuple(row.get(name) for name in KEY): row for row in before}
    for row, pair in zip(rows, numbers.pairs, strict=True) if then else ():
        earlier = then.get(tuple(row.get(name) for name in KEY))
        for side, number in zip(SIDES, pair, strict=True):
            if earlier is None or number is None or earlier[side] is None:
                continue
            was, shown, now = earlier[side], earlier[f"shown_{side}"], numbers.value[number]
            if shown is None and abs(now - was) < NEAREST and numbers.kind[number] == PEOPLE:
                found.hidden.add(number)
                if small(was) or small(now):
                    found.secret.add(number)
            elif shown is not None and shown == rounded(now) and not small(now):
                found.public.add(number)
    found.hidden.difference_update(found.public)
    found.secret.difference_update(found.public)
    return found


def told(row: Row, then: Row | None) -> tuple[float | None, ...]:
    """What to remember of a published row: the values of ``TOLD``.

    A side that stays hidden keeps the exact number it was first hidden with, or many small changes would free it.
    """
    exact = [row[side] for side in SIDES]
    shown = [row[f"shown_{side}"] for side in SIDES]
    for at, side in enumerate(SIDES):
        was = then[side] if then and then[f"shown_{side}"] is None else None
        if was is not None and shown[at] is None and exact[at] is not None and abs(exact[at] - was) < NEAREST:
            exact[at] = was
    return (*exact, *shown)
