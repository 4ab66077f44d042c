"""Where the marks of a small chart go. The pages draw them as SVG: no script, no inline style."""

from collections.abc import Sequence
from itertools import groupby

WIDTH, HEIGHT, EDGE = 320, 96, 8  # of a trend, in the units of its viewBox


def share(value: float | None, most: float) -> str:
    """The length of a bar as a percentage of the longest: ``share(3, 12) == "25.0%"``."""
    return f"{100 * max(value or 0, 0) / most:.1f}%" if most > 0 else "0%"


def top(*values: float | None) -> float:
    """The greatest of those known, or 0."""
    return max((value for value in values if value is not None), default=0)


def place(position: int, value: float, count: int, most: float) -> tuple[float, float]:
    """x and y of one of ``count`` values that stand at equal distances; 0 lies at the bottom."""
    across = EDGE + (WIDTH - 2 * EDGE) * (position / (count - 1) if count > 1 else 0.5)
    return round(across, 1), height(value, most)


def height(value: float, most: float) -> float:
    return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value / most if most > 0 else 0), 1)


def lines(values: Sequence[float | None], most: float) -> list[list[tuple[float, float]]]:
    """The points of a trend, broken where a value is not known."""
    indexed = list(enumerate(values))
    runs = [list(run) for known, run in groupby(indexed, lambda pair: pair[1] is not None) if known]
    return [[place(at, value or 0, len(values), most) for at, value in run] for run in runs]
