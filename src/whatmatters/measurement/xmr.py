"""The XmR chart: is a change more than the everyday variation of the process? Standard library only.

Rules of NHS England's "Making Data Count"; limits for individual values from moving ranges (Shewhart; Wheeler 1993),
outlying ranges screened out as Nelson says (1982, Journal of Quality Technology 14:172). Our readings of what these
leave open: a missing value gives no moving range and breaks runs, trends and threes; two of three need not have the
third on their side of the mean, and beyond a limit is beyond two thirds of the way; where screening would leave no
variation at all it is not done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isfinite, isnan
from operator import index

from whatmatters.measurement.special_causes import HIGH, signals

SCREEN, WIDTH, ENOUGH = 3.267, 2.66, 12
BETTER = {"increase": 1, "decrease": -1, "neutral": 0}


@dataclass(frozen=True)
class Point:
    """``kind``: common, improvement, concern, high or low; None for a missing value.

    ``why`` names the rule behind a flag: limit, trend, two of three, run; empty otherwise.
    """

    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    kind: str | None
    why: str


@dataclass(frozen=True)
class Phase:
    """From position ``start`` on. ``fixed_by`` is how many values the mean and limits are taken from."""

    start: int
    mean: float | None
    lower: float | None
    upper: float | None
    fixed_by: int

    @property
    def temporary(self) -> bool:
        """Whether the limits rest on fewer than 12 values."""
        return self.fixed_by < ENOUGH


@dataclass(frozen=True)
class Chart:
    """``variation`` is the kind of the last value that is there, None without one.

    ``assurance``: consistently met, consistently missed or hit and miss; None without a target, a direction or limits.
    """

    points: tuple[Point, ...]
    phases: tuple[Phase, ...]
    variation: str | None
    assurance: str | None

    @property
    def temporary(self) -> bool:
        """Of the last phase, which is the one judged."""
        return bool(self.phases) and self.phases[-1].temporary


def xmr(  # noqa: PLR0917 - the interface asked for
    values: Iterable[float | None],
    improvement: str = "neutral",
    target: float | None = None,
    rebase: Iterable[int] = (),
    fix_after: int | None = None,
    screen: bool = True,
) -> Chart:
    """The chart of values in date order, None or nan for a missing period.

    ``improvement``: increase, decrease or neutral, the way that is better. ``rebase``: positions at which a phase
    with limits of its own starts. ``fix_after``: how many values at the start of a phase fix its limits (all of them,
    unless given). ``screen``: whether moving ranges of 3.267 times their mean or more are left out, once. Raises
    ValueError for an infinite value, a position that is not there, or a direction not known.
    """
    given = [_value(value) for value in values]
    if improvement not in BETTER:
        raise ValueError(f"improvement is not one of {', '.join(BETTER)}: {improvement!r}")
    if target is not None and not isfinite(target):
        raise ValueError("target is not a number")
    if fix_after is not None and _whole("fix_after", fix_after) < 2:
        raise ValueError("fix_after is below 2: two values at least make a moving range")
    starts = _starts(rebase, len(given))
    phases: list[Phase] = []
    points: list[Point] = []
    for start, stop in pairwise([*starts, len(given)]):
        phase = _phase(start, given[start:stop], fix_after, screen)
        phases.append(phase)
        points += _points(phase, given[start:stop], BETTER[improvement])
    kinds = [point.kind for point in points if point.kind]
    assurance = _assurance(phases[-1], target, BETTER[improvement]) if phases else None
    return Chart(tuple(points), tuple(phases), kinds[-1] if kinds else None, assurance)


def _value(value: float | None) -> float | None:
    try:
        number = None if value is None or isnan(value) else float(value)
    except TypeError:
        raise ValueError("values has something that is not a number") from None
    if number is not None and not isfinite(number):
        raise ValueError("values has one that is infinite")
    return number


def _starts(rebase: Iterable[int], length: int) -> list[int]:
    positions = {_whole("rebase", position) for position in rebase}
    if any(not 0 <= position < length for position in positions):
        raise ValueError(f"rebase has a position that is not there: they go from 0 to {length - 1}")
    return sorted(positions | {0}) if length else []


def _whole(name: str, number: int) -> int:
    try:
        return index(number)
    except TypeError:
        raise ValueError(f"{name} is not a whole number: {number!r}") from None


def _phase(start: int, values: Sequence[float | None], fix_after: int | None, screen: bool) -> Phase:
    places = [at for at, value in enumerate(values) if value is not None][:fix_after]
    fixing = values[: places[-1] + 1] if places else ()
    known = [value for value in fixing if value is not None]
    if not known:
        return Phase(start, None, None, None, 0)
    ranges = [abs(b - a) for a, b in pairwise(fixing) if a is not None and b is not None]
    mean, width = fsum(known) / len(known), _width(ranges, _near(known), screen)
    if width is None:
        return Phase(start, mean, None, None, len(known))
    return Phase(start, mean, mean - width, mean + width, len(known))


def _width(ranges: Sequence[float], near: float, screen: bool) -> float | None:
    """From the mean to a limit; None for a constant series."""
    if not ranges or max(ranges) <= near:
        return None
    average = fsum(ranges) / len(ranges)
    kept = [one for one in ranges if one < SCREEN * average - near] if screen else ranges
    kept = kept if kept and max(kept) > near else ranges
    return WIDTH * fsum(kept) / len(kept)


def _near(values: Iterable[float]) -> float:
    """The rounding errors of binary fractions: 0.1 + 0.2 is not above 0.3."""
    return 1e-12 * max(map(abs, values), default=0)


def _points(phase: Phase, values: Sequence[float | None], better: int) -> Iterable[Point]:
    flagged = {}
    if phase.mean is not None:
        width = None if phase.upper is None else phase.upper - phase.mean
        flagged = signals(values, phase.mean, width, _near(value for value in values if value is not None))
    for at, value in enumerate(values):
        side, why = flagged.get(at, (0, ""))
        kind = None if value is None else _kind(side, better)
        yield Point(value, phase.mean, phase.lower, phase.upper, kind, why)


def _kind(side: int, better: int) -> str:
    if not side:
        return "common"
    if not better:
        return "high" if side == HIGH else "low"
    return "improvement" if side == better else "concern"


def _assurance(phase: Phase, target: float | None, better: int) -> str | None:
    if target is None or not better or phase.lower is None or phase.upper is None:
        return None
    if phase.lower <= target <= phase.upper:
        return "hit and miss"
    above = target < phase.lower
    return "consistently met" if above == (better > 0) else "consistently missed"
