"""Where the marks of a larger chart go, one with scales on both sides: a control chart, a funnel. SVG, no script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor, log10
from typing import Any

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 16, 36  # room for the words at the edges
STEPS = (1, 2, 2.5, 5, 10)

Spot = tuple[float, float]


@dataclass(frozen=True)
class Plot:
    """From values to places: ``x`` and ``y`` of the frame's corners, in the values' own units."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        span = self.right - self.left
        return round(LEFT + (WIDTH - LEFT - RIGHT) * ((value - self.left) / span if span else 0.5), 1)

    def y(self, value: float) -> float:
        span = self.high - self.low
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * ((value - self.low) / span if span else 0.5), 1)

    def path(self, spots: Iterable[Spot]) -> str:
        """The points of an SVG polyline."""
        return " ".join(f"{self.x(x)},{self.y(y)}" for x, y in spots)

    @property
    def ticks(self) -> list[float]:
        return ticks(self.low, self.high)

    @property
    def across(self) -> list[float]:
        return ticks(self.left, self.right)


def plot(across: Sequence[float], up: Iterable[float | None]) -> Plot:
    """A frame that holds all of these; it starts at 0 unless something is below."""
    values = [value for value in up if value is not None]
    steps = ticks(min([0, *values]), max([0, *values]))
    return Plot(min(across, default=0), max(across, default=1), min([steps[0], *values]), max([steps[-1], *values]))


def ticks(low: float, high: float) -> list[float]:
    """Round numbers at even steps, three to seven of them, that reach over ``low`` to ``high``."""
    if high <= low:
        return [low, low + 1]
    rough = (high - low) / 5
    tenth = 10 ** floor(log10(rough))
    step = tenth * next(one for one in STEPS if one >= rough / tenth * (1 - 1e-9))
    first = floor(low / step)
    found = [first * step]
    while found[-1] < high - step * 1e-9:
        found.append((first + len(found)) * step)
    return found


def places(values: Sequence[float]) -> int:
    """How many decimals these steps need."""
    step = values[1] - values[0] if len(values) > 1 else 1
    return next(some for some in range(12) if abs(round(step, some) - step) < abs(step) * 1e-6)


def runs(rows: Iterable[Any]) -> list[list[Spot]]:
    """(position, value) of rows, broken where a value is not known."""
    known = groupby(enumerate(rows), lambda pair: pair[1].value is not None)
    return [[(at, row.value) for at, row in run] for there, run in known if there]
