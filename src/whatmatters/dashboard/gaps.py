"""The gap between groups of people, said in sentences: how far apart, how surely, and how much of it is recorded."""

from collections.abc import Iterable

from whatmatters.dashboard.breakdowns import ETHNIC, QUINTILES
from whatmatters.measurement.indicators import Indicator
from whatmatters.measurement.inequality import Gap, gap
from whatmatters.measurement.intervals import Estimate
from whatmatters.programme.figures import Figure
from whatmatters.web.words import number

WHO = {"deprivation": QUINTILES, "ethnicity": ETHNIC}
POORLY = 0.8  # with less of it recorded a gap may be one of recording


def gaps(indicator: Indicator, figures: Iterable[Figure]) -> list[str]:
    """A sentence for each gap that can be shown; empty where none can."""
    rows = [figure._asdict() for figure in figures]
    found = [one for breakdown in WHO for one in gap(rows, {indicator.id: indicator}, breakdown)]
    return [_said(indicator, one) for one in found if one.difference.value is not None]


def _said(indicator: Indicator, one: Gap) -> str:
    if one.breakdown == "deprivation":
        whom = "The most deprived fifth of places against the least deprived"
    else:
        whom = f"{ETHNIC[one.group]} people against {ETHNIC[one.against]} people"
    unit = {"percent": " percentage points", "mean": ""}.get(indicator.unit, f" {indicator.unit}")
    told = f"{whom}: {one.difference.value:+.1f}{unit}{_limits(one.difference)}"
    if one.ratio.value:  # "0 times as many" says no more than the difference does
        told += f"; {number(one.ratio.value, 2)} times as many{_limits(one.ratio, 2)}"
    if one.recorded is not None and one.recorded < POORLY:
        told += f". It is recorded for only {100 * one.recorded:.0f}% of people, so the gap may be one of recording"
    return f"{told}."


def _limits(of: Estimate, places: int = 1) -> str:
    if of.lower is None or of.upper is None:
        return ""
    return f" (95% confidence interval {number(of.lower, places)} to {number(of.upper, places)})"
