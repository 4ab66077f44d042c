"""The organisations below another against what chance alone would do: a funnel (Spiegelhalter 2005)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whatmatters.dashboard.numbers import shown
from whatmatters.dashboard.places import Place
from whatmatters.measurement import funnel as statistics
from whatmatters.measurement.indicators import UNITS, Indicator
from whatmatters.programme.figures import Figure
from whatmatters.web.plots import Plot, Spot, plot

ENOUGH = 5
NEAR, FAR = 0.95, 0.998
STEPS = 60
BETTER = {
    ("higher", 1): "improvement",
    ("higher", -1): "concern",
    ("lower", 1): "concern",
    ("lower", -1): "improvement",
}


@dataclass(frozen=True)
class Row:
    """``kind`` is common within the 99.8% limits; outside, by the direction that is better, or high or low."""

    place: Place
    size: float
    value: float
    shown: str
    kind: str
    says: str


@dataclass(frozen=True)
class Funnel:
    """``curves`` are the two near limits, then the two far ones. ``varies``: how much more than by chance, or None."""

    rows: list[Row]
    plot: Plot
    curves: list[list[Spot]]
    average: float
    unit: str
    varies: float | None

    @property
    def outside(self) -> list[Row]:
        return [row for row in self.rows if row.says != WITHIN]


WITHIN = "within the limits"


def funnel(indicator: Indicator, pairs: Iterable[tuple[Place, Figure | None]]) -> Funnel | None:
    """None where the number is no share of people, or too few organisations have a figure that may be seen."""
    if indicator.unit not in ("percent", "per 1000", "per 10,000") or not indicator.splits:
        return None
    known = [(place, figure) for place, figure in pairs if figure and not figure.hidden and figure.denominator]
    numerators = [figure.numerator or 0.0 for _, figure in known]
    sizes = [figure.denominator or 0.0 for _, figure in known]
    if len(known) < ENOUGH or any(top > size for top, size in zip(numerators, sizes, strict=True)):
        return None
    average, per = sum(numerators) / sum(sizes), UNITS[indicator.unit]
    rows = [
        _row(indicator, place, figure, average, top / size)
        for (place, figure), top, size in zip(known, numerators, sizes, strict=True)
    ]
    curves = _curves(average, max(sizes), per)
    heights = [row.value for row in rows] + [value for curve in curves for _, value in curve[STEPS // 4 :]]
    frame = plot((0, max(sizes)), heights)
    inside = [[(x, min(max(y, frame.low), frame.high)) for x, y in curve] for curve in curves]
    varies = statistics.overdispersion(numerators, sizes)
    more = varies if varies is not None and statistics.beyond_chance(varies, len(rows)) else None
    return Funnel(rows, frame, inside, average * per, "%" if indicator.unit == "percent" else "", more)


def _row(indicator: Indicator, place: Place, figure: Figure, average: float, share: float) -> Row:
    size = figure.denominator or 0.0
    far, near = (statistics.limits(average, size, confidence) or (0.0, 1.0) for confidence in (FAR, NEAR))
    side = (share > far[1]) - (share < far[0])
    kind = (BETTER.get((indicator.direction, side)) or ("high" if side > 0 else "low")) if side else "common"
    beyond = "99.8%" if side else "95%"
    out = side or (share > near[1]) - (share < near[0])
    says = f"{'above' if out > 0 else 'below'} the {beyond} limit" if out else WITHIN
    return Row(place, size, share * UNITS[indicator.unit], shown(indicator, figure), kind, says)


def _curves(average: float, largest: float, per: int) -> list[list[Spot]]:
    sizes: Sequence[float] = [largest * step / STEPS for step in range(1, STEPS + 1)]
    limits = [
        [statistics.limits(average, size, confidence) or (0.0, 1.0) for size in sizes] for confidence in (NEAR, FAR)
    ]
    return [
        [(size, limit[side] * per) for size, limit in zip(sizes, both, strict=True)]
        for both in limits
        for side in (0, 1)
    ]
