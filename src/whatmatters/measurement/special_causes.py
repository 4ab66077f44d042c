"""The four signs of special cause variation on an XmR chart (NHS England, "Making Data Count")."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

RUN = 7
HIGH = 1  # and -1 is low, 0 neither

Signal = tuple[int, str]  # high or low, and which rule says so


def signals(values: Sequence[float | None], mean: float, width: float | None, near: float) -> dict[int, Signal]:
    """The flagged positions of a phase. ``width`` is from mean to limit, None where there are no limits.

    Where rules overlap, a point beyond a limit is named for that, then for a trend (by the way it goes, whatever side
    of the mean it is on), then for two of three, then for a run. A missing value breaks every run and trend: what it
    would have been is not known. Differences within ``near`` are rounding errors and count as none.
    """
    sides = [None if value is None else _side(value - mean, near) for value in values]
    found: dict[int, Signal] = {}
    for start, stop in _stretches(sides):
        if stop - start >= RUN and (side := sides[start]):
            found |= dict.fromkeys(range(start, stop), (side, "run"))
    if width is not None:
        beyond = [None if value is None else _side(value - mean, near, width * 2 / 3) for value in values]
        found |= dict(_two_of_three(beyond))
    steps = [_step(*pair, near) for pair in pairwise(values)]
    for start, stop in _stretches(steps):
        if stop - start >= RUN - 1 and (way := steps[start]):
            found |= dict.fromkeys(range(start, stop + 1), (way, "trend"))
    if width is not None:
        outside = [None if value is None else _side(value - mean, near, width) for value in values]
        found |= {at: (side, "limit") for at, side in enumerate(outside) if side}
    return found


def _side(difference: float, near: float, width: float = 0) -> int:
    return (difference > width + near) - (difference < -width - near)


def _step(before: float | None, after: float | None, near: float) -> int | None:
    return None if before is None or after is None else _side(after - before, near)


def _stretches(sides: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Half-open spans of equal neighbours."""
    start = 0
    for at in range(1, len(sides) + 1):
        if at == len(sides) or sides[at] != sides[start]:
            yield start, at
            start = at


def _two_of_three(beyond: Sequence[int | None]) -> Iterator[tuple[int, Signal]]:
    """Those beyond two thirds of the way, on one side; the third of the three is no sign of anything."""
    for at, side in enumerate(beyond):
        if side and side in (*beyond[max(at - 2, 0) : at], *beyond[at + 1 : at + 3]):
            yield at, (side, "two of three")
