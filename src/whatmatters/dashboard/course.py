"""One number over its quarters, on an XmR chart: is a change more than it usually varies by?"""

from collections.abc import Iterable
from dataclasses import dataclass

from whatmatters.dashboard.numbers import shown, unfinished
from whatmatters.dashboard.spans import said
from whatmatters.measurement.indicators import UNITS, Indicator
from whatmatters.measurement.xmr import Chart, xmr
from whatmatters.periods import Period, period
from whatmatters.programme.figures import Figure
from whatmatters.programme.targets import Target
from whatmatters.web.plots import Plot, plot

ENOUGH = 6  # with fewer values there is nothing to tell a signal from
BETTER = {"higher": "increase", "lower": "decrease", "neither": "neutral"}
RULES = {
    "limit": "outside the limits",
    "trend": "one of 7 or more that all rise or all fall",
    "two of three": "one of 2 in 3 near the same limit",
    "run": "one of 7 or more on one side of the mean",
}
VARIATION = {
    "common": "No change beyond the usual variation from quarter to quarter.",
    "improvement": "A change for the better, beyond the usual variation.",
    "concern": "A change for the worse, beyond the usual variation.",
    "high": "Higher than the usual variation explains.",
    "low": "Lower than the usual variation explains.",
}
ASSURANCE = {
    "consistently met": "The target will be met, as long as nothing changes.",
    "consistently missed": "The target will be missed, as long as nothing changes.",
    "hit and miss": "The target will be met in some quarters and missed in others, by chance alone.",
}


@dataclass(frozen=True)
class Row:
    label: str
    value: float | None
    shown: str
    kind: str | None
    says: str


@dataclass(frozen=True)
class Course:
    """``levels`` are (first row, last row, mean, lower, upper) of each phase; ``target``, None where none is judged."""

    rows: list[Row]
    chart: Chart
    plot: Plot
    levels: list[tuple[int, int, float | None, float | None, float | None]]
    target: float | None
    unit: str

    @property
    def verdict(self) -> str:
        return VARIATION[self.chart.variation] if self.chart.variation else ""

    @property
    def outlook(self) -> str:
        return ASSURANCE[self.chart.assurance] if self.chart.assurance else ""


def course(indicator: Indicator, figures: Iterable[Figure], until: Period, target: Target | None) -> Course | None:
    """The finished quarters up to the end of ``until``; None where too few of them can be shown."""
    spans = sorted(
        ((period(figure.period), figure) for figure in figures if not unfinished(figure)), key=lambda pair: pair[0]
    )
    found = [(of, figure) for of, figure in spans if of.kind == "quarter" and of.end <= until.end]
    values = [None if figure.hidden else figure.value for _, figure in found]
    if sum(value is not None for value in values) < ENOUGH:
        return None
    bound = _bound(indicator, target)
    chart = xmr(values, BETTER[indicator.direction], bound)
    rows = [
        Row(said(of), value, shown(indicator, figure), point.kind, _says(point.kind, point.why))
        for (of, figure), value, point in zip(found, values, chart.points, strict=True)
    ]
    starts = [phase.start for phase in chart.phases]
    levels = [
        (phase.start, stop - 1, phase.mean, _possible(indicator, phase.lower), _possible(indicator, phase.upper))
        for phase, stop in zip(chart.phases, [*starts[1:], len(rows)], strict=True)
    ]
    drawn = [bound, *values, *(limit for _, _, *limits in levels for limit in limits)]
    unit = "%" if indicator.unit == "percent" else ""
    return Course(rows, chart, plot((-0.5, len(rows) - 0.5), drawn), levels, bound, unit)


def _bound(indicator: Indicator, target: Target | None) -> float | None:
    """A year's target is a quarter's too only where it is a share: a count grows through the year."""
    if target is None or target.bound is None or indicator.unit not in ("percent", "mean"):
        return None
    return target.bound * UNITS[indicator.unit] / (target.per or 1)


def _possible(indicator: Indicator, limit: float | None) -> float | None:
    """The limit as it is drawn: no count falls under nought, no share goes over the whole."""
    if limit is None or indicator.unit == "mean":
        return limit
    return min(max(limit, 0), 100) if indicator.unit == "percent" else max(limit, 0)


def _says(kind: str | None, why: str) -> str:
    if kind is None:
        return "not known, or hidden"
    return "usual variation" if kind == "common" else f"{kind}: {RULES[why]}"
