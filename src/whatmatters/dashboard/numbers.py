"""One indicator of one organisation in one period, as a page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whatmatters.dashboard.spans import Span, said
from whatmatters.measurement.indicators import UNITS, Change, Doings, Indicator
from whatmatters.measurement.intervals import one_proportion, one_rate
from whatmatters.periods import period
from whatmatters.programme.comparisons import Compared
from whatmatters.programme.figures import Figure
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.indicators.questions import QUESTIONS
from whatmatters.programme.judgement import Judgement
from whatmatters.programme.targets import Target, standing, standing_compared, targets
from whatmatters.web.words import day, number

HIDDEN = "hidden"
FEW = 100  # under this, one person more or less is a visible change
QUARTERS_SHOWN = 8
Drawn = tuple[str, float | None, str]  # label, value to draw, words


def amount(indicator: Indicator, value: float | None) -> str:
    """The value with its unit: ``12.4 per 1000``, ``80.5%``, ``+1.25``."""
    if value is None:
        return "–"
    if indicator.unit == "percent":
        return f"{number(value, 1)}%"
    if indicator.unit == "mean":
        return f"{value:+.2f}" if isinstance(indicator.numerator, Change) else number(value, 2)
    if indicator.unit == "count":
        return count(value)
    return f"{number(value, 1)} {indicator.unit}"


def count(value: float | None) -> str:
    """A count; a sum or a whole-time equivalent keeps its decimals."""
    return number(value, 0 if value is None or float(value).is_integer() else 2)


def shown(indicator: Indicator, figure: Figure | None) -> str:
    if figure is None:
        return "–"
    return HIDDEN if figure.hidden else amount(indicator, figure.value)


def drawn(indicator: Indicator, figures: Iterable[tuple[str, Figure | None]]) -> list[Drawn]:
    """Rows for a chart and its table."""
    return [(label, figure.value if figure else None, shown(indicator, figure)) for label, figure in figures]


def unfinished(figure: Figure) -> bool:
    """Whether the period went on after the day the figure is as at."""
    return figure.as_at < period(figure.period).last_day


def provenance(figures: Iterable[Figure]) -> str:
    """How much of the practices, and until when: for one figure or for all those of a table."""
    rows = list(figures)
    covered = sorted({f"{100 * row.coverage:.0f}%" for row in rows if row.coverage is not None}, key=_percent)
    days = sorted({row.as_at for row in rows})
    said = f"Coverage: {' to '.join(dict.fromkeys((covered[0], covered[-1])))} of practices. " if covered else ""
    said += f"As at {' to '.join(day(one) for one in dict.fromkeys((days[0], days[-1])))}." if days else ""
    return said + (" The period is not over yet." if any(unfinished(row) for row in rows) else "")


def _percent(text: str) -> int:
    return int(text.rstrip("%"))


@dataclass(frozen=True)
class Number:
    """``judged`` pairs each target of the year with how the figure stands; the first is the nearest.

    Where the programme means a change against people like those supported, ``compared`` is that comparison (None: not
    made) and it alone is judged. ``effective_base`` is that of a published survey (Publication), where it is known.
    """

    indicator: Indicator
    figure: Figure | None
    shown: str
    judged: tuple[tuple[Target, Judgement | None], ...]
    trend: tuple[Drawn, ...]
    compared: Compared | None = None
    effective_base: float | None = None

    @property
    def attribution(self) -> str:
        """What may be put down to the support, in a sentence; empty for a number that asks no such thing."""
        if self.indicator.id not in QUESTIONS:
            return ""
        found = self.compared
        if found is None:
            return "Not attributable: no comparison with people like them has been made for this period."
        if found.refused or found.percent is None:
            return f"Not attributable: {found.refused or 'too few to show'}."
        chance = "" if found.clear else " Chance alone could make such a difference."
        return (
            f"Against people like them: {found.percent:+.1f}% (95% limits {found.percent_lower:+.1f}% to "
            f"{found.percent_upper:+.1f}%).{chance}"
        )

    @property
    def out_of(self) -> str:
        """``62 out of 5,000``, a mean ``267.01 divided by 33``; empty for a plain count and where a side is hidden."""
        figure = self.figure
        if figure is None or figure.hidden or self.indicator.denominator is None:
            return ""
        set_against = "divided by" if self.indicator.unit == "mean" else "out of"
        return f"{count(figure.numerator)} {set_against} {count(figure.denominator)}"

    @property
    def interval(self) -> str:
        """``9.8 to 14.1 per 1000``: 95% limits (Wilson for shares; Byar, or exact Poisson under 10, for rates).

        Of a survey: Wilson with its effective base, for weighted answers are worth fewer than their number.
        """
        figure, of = self.figure, self.indicator
        if figure and figure.value is not None and self.effective_base:
            share = one_proportion(figure.value / 100 * self.effective_base, self.effective_base)
            return f"{number(share.lower * 100, 1)} to {amount(of, share.upper * 100)}"
        of_many = of.splits or isinstance(of.denominator, Doings)
        if figure is None or figure.hidden or figure.numerator is None or not figure.denominator or not of_many:
            return ""
        if of.unit == "percent" and 0 <= figure.numerator <= figure.denominator:
            found = one_proportion(figure.numerator, figure.denominator)
        elif of.unit.startswith("per ") and figure.numerator >= 0:
            found = one_rate(figure.numerator, figure.denominator, 1)
        else:
            return ""
        return f"{number(found.lower * UNITS[of.unit], 1)} to {amount(of, found.upper * UNITS[of.unit])}"

    @property
    def provenance(self) -> str:
        return provenance([self.figure]) if self.figure else ""

    @property
    def value(self) -> float | None:
        return self.figure.value if self.figure else None

    @property
    def few(self) -> bool:
        figure = self.figure
        return figure is not None and figure.denominator is not None and 0 < figure.denominator < FEW

    @property
    def falls_below_zero(self) -> bool:
        return any(value is not None and value < 0 for _, value, _ in self.trend)

    @property
    def when(self) -> str:
        return said(period(self.figure.period)) if self.figure else ""


def numbers(
    figures: Sequence[Figure], span: Span, codes: Sequence[str], level: str, compared: Sequence[Compared] = ()
) -> list[Number]:
    """Every indicator that has a meaning at the level, with its figure if there is one; ``codes`` is the lineage."""
    by_indicator: dict[str, list[Figure]] = {}
    for figure in figures:
        by_indicator.setdefault(figure.indicator, []).append(figure)
    return [
        one(indicator, by_indicator.get(indicator.id, ()), span, codes, compared)
        for indicator in INDICATORS.values()
        if level in indicator.levels
    ]


def one(
    indicator: Indicator,
    figures: Sequence[Figure],
    span: Span,
    codes: Sequence[str],
    compared: Sequence[Compared] = (),
) -> Number:
    figures = [figure for figure in figures if figure.coverage != 0]  # nobody reported: its nought would be a claim
    figure = chosen(indicator, figures, span)
    asked = targets(indicator.id, span.chosen.label, codes)
    trend = _trend(indicator, figures, span)
    if indicator.id in QUESTIONS:
        label = span.chosen.label
        found = next((row for row in compared if (row.indicator, row.period) == (indicator.id, label)), None)
        judged = tuple((target, standing_compared(target, found)) for target in asked)
        return Number(indicator, figure, shown(indicator, figure), judged, trend, found)
    return Number(
        indicator, figure, shown(indicator, figure), tuple((one, _stands(one, figure)) for one in asked), trend
    )


def chosen(indicator: Indicator, figures: Iterable[Figure], span: Span) -> Figure | None:
    """The period's figure, computed before published; of one published for single days, the last of them."""
    if indicator.computed:
        found = [figure for figure in figures if figure.period == span.chosen.label]
        return min(found, key=lambda figure: figure.source, default=None)
    found = [figure for figure in figures if period(figure.period).start <= span.chosen.last_day]
    return max(found, key=lambda figure: figure.period, default=None)


def _stands(target: Target, figure: Figure | None) -> Judgement | None:
    """None where it cannot be told without telling the hidden number."""
    return None if figure is not None and figure.hidden else standing(target, figure)


def _trend(indicator: Indicator, figures: Iterable[Figure], span: Span) -> tuple[Drawn, ...]:
    spans = {figure.period: (period(figure.period), figure) for figure in figures}
    quarters = [(of, figure) for of, figure in spans.values() if of.kind == "quarter" and of.start < span.year.end]
    quarters.sort(key=lambda pair: pair[0])
    shown = quarters[-QUARTERS_SHOWN:]
    return tuple(drawn(indicator, [(said(of) + (" so far" if unfinished(row) else ""), row) for of, row in shown]))
