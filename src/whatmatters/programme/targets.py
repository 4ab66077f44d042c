"""Which target an indicator has for an organisation in a year, and how a result stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from whatmatters.measurement.indicators import Indicator
from whatmatters.periods import Period, period
from whatmatters.programme.comparisons import Compared
from whatmatters.programme.contract import Rate, contracts
from whatmatters.programme.expectations import Expectation, expectations
from whatmatters.programme.figures import Figure
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.judgement import Judgement, grows, judge
from whatmatters.programme.parts import PAPERS
from whatmatters.programme.results import Row
from whatmatters.programme.trajectories import Milestone, Trajectory, trajectories


@dataclass(frozen=True)
class Target:
    """``lower`` to ``upper`` for every ``per`` of ``of`` (None: a plain count of them) in the year."""

    indicator: str
    year: Period
    lower: float | None
    upper: float | None
    per: int | None
    of: str
    basis: str
    source: str

    @property
    def bound(self) -> float | None:
        """The bound that is judged: lower where higher is better, upper where lower is better."""
        return self.lower if INDICATORS[self.indicator].direction == "higher" else self.upper


def targets(indicator: str, label: str, lineage: Sequence[str]) -> list[Target]:
    """The targets of a financial year, the nearest first; the first is the one judged.

    ``lineage`` is the organisation's code and then those above it, nearest first. Its own trajectory comes first, then
    the rates of those above it, then the contract's, then what is always expected. A count is a target for the
    organisation that agreed it alone.
    """
    if period(label).kind != "year":
        return []
    place = {code: number for number, code in enumerate(lineage)}
    agreed = sorted((one for one in trajectories() if one.organisation in place), key=lambda t: place[t.organisation])
    found = [
        _milestone(trajectory, milestone)
        for trajectory in agreed
        for milestone in trajectory.milestones
        if milestone.indicator == indicator and milestone.year == label
        if milestone.per or trajectory.organisation == lineage[0]
    ]
    rates = [rate for contract in contracts() if contract.year == label for rate in contract.rates]
    rates = [rate for rate in rates if rate.indicator == indicator and (rate.organisation or lineage[0]) in place]
    found += [_rate(rate, label) for rate in sorted(rates, key=lambda rate: not rate.organisation)]
    found += [_rate(one, label) for one in expectations() if one.indicator == indicator]
    return [target for target in found if target.bound is not None]


def standing(target: Target, result: Row | Figure | None) -> Judgement:
    """How the stored result of the target's year stands against it; not known where there is none."""
    indicator = INDICATORS[target.indicator]
    if result is None or target.bound is None:
        return Judgement.NOT_KNOWN
    return judge(
        _value(target, indicator, result),
        bound=target.bound,
        direction=indicator.direction,
        over=target.year,
        as_at=result.as_at,
        coverage=result.coverage,
        grows=grows(indicator),
    )


def standing_compared(target: Target, found: Compared | None) -> Judgement:
    """How the change against people like those supported stands.

    Not known where it is not attributable, nor where its limits hold both no change at all and what is expected.
    """
    if found is None or found.refused or target.bound is None or found.percent is None:
        return Judgement.NOT_KNOWN
    lower, upper = found.percent_lower or 0.0, found.percent_upper or 0.0
    if lower <= 0 <= upper and target.bound >= lower:
        return Judgement.NOT_KNOWN
    return judge(
        found.percent,
        bound=target.bound,
        direction=INDICATORS[target.indicator].direction,
        over=target.year,
        as_at=found.as_at,
        coverage=None,
        grows=False,
    )


def _value(target: Target, indicator: Indicator, result: Row | Figure) -> Fraction | None:
    """In the target's own unit and exact: 3 in 1000 is 3, not 2.9999."""
    if result.numerator is None:
        return None
    if target.per is None or indicator.denominator is None:
        return Fraction(result.numerator)
    return Fraction(result.numerator) * target.per / Fraction(result.denominator) if result.denominator else None


def _milestone(trajectory: Trajectory, one: Milestone) -> Target:
    basis = f"trajectory agreed by {trajectory.name}"
    source = PAPERS.get(trajectory.source, trajectory.source)
    return Target(one.indicator, period(one.year), one.lower, one.upper, one.per, one.unit, basis, source)


def _rate(rate: Rate | Expectation, year: str) -> Target:
    source = "; ".join(PAPERS[paper] for paper in rate.source.split(";"))
    return Target(rate.indicator, period(year), rate.lower, rate.upper, rate.per, rate.of, rate.basis, source)
