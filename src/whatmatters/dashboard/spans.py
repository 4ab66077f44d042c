"""Which period a page is about, and how periods are said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from whatmatters.periods import Period, financial_year, period, quarters
from whatmatters.web.words import day


@dataclass(frozen=True)
class Span:
    """A period chosen for a page, and the ones a reader can choose instead."""

    chosen: Period
    years: tuple[Period, ...]
    quarters: tuple[Period, ...]

    @property
    def year(self) -> Period:
        return financial_year(self.chosen.start)


def span(labels: Iterable[str], asked: str) -> Span:
    """``asked``, or else the newest year with a result, or else this one. Raises ValueError for no year or quarter."""
    known = {one for one in map(period, labels) if one.kind != "day"}
    years = sorted({financial_year(one.start) for one in known})
    newest = years[-1] if years else financial_year(date.today())
    chosen = _asked(asked) if asked else newest
    year = financial_year(chosen.start)
    return Span(chosen, tuple(years), tuple(one for one in quarters(year) if one in known))


def _asked(label: str) -> Period:
    found = period(label)
    if found.kind == "day":
        raise ValueError("a page is about a year or a quarter")
    return found


def said(of: Period) -> str:
    """2025-26, or April to June 2025."""
    if of.kind == "year":
        return f"{of.label}"
    if of.kind == "quarter":
        return f"{of.start:%B} to {of.last_day:%B %Y}"
    return day(of.start)
