"""Situations in which deciding together is the usual way, against the milestone of the year.

What is declared is the network's or board's own word; what its staff recorded is told only to those who work there.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access.gate import allows
from whatmatters.components.shared_decision_making.embedding import Situated, situated
from whatmatters.components.shared_decision_making.library import aim
from whatmatters.dashboard.reading import asked_span, reading
from whatmatters.organisations.models import Organisation
from whatmatters.periods import Period, financial_year
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.judgement import Judgement, grows, judge
from whatmatters.programme.targets import Target, targets
from whatmatters.programme.trajectories import trajectories

INDICATOR, BACK = "sdm-situations", 3


@dataclass(frozen=True)
class Stood:
    """How the declared number stands against one target of the year."""

    target: Target
    judgement: Judgement


@allows("see exact numbers")
def situations(request: HttpRequest, code: str) -> HttpResponse:
    about = reading(request, code)
    when = asked_span(request)
    told = situated(Organisation.objects.get(pk=about.place.pk), when.year)
    context = {
        "about": about,
        "span": when,
        "years": _years(when.year),
        "told": told,
        "bare": [one for one in told if not one.seen],
        "stood": [Stood(t, judged(t, told, when.year)) for t in targets(INDICATOR, when.year.label, about.codes)],
        "milestones": _milestones(),
        "aim": aim(),
        "crumbs": list(reversed(about.above)),
        "indicator": INDICATORS[INDICATOR],
    }
    return render(request, "dashboard/situations.jinja", context)


def judged(target: Target, told: list[Situated], year: Period) -> Judgement:
    """By the same rule as the indicator that counts the situations in which decisions were recorded."""
    as_at, indicator = date.today(), INDICATORS[INDICATOR]
    return judge(
        len(told), bound=target.bound or 0, direction=indicator.direction, over=year, as_at=as_at, coverage=None,
        grows=grows(indicator),
    )  # fmt: skip


def _years(chosen: Period) -> list[Period]:
    """The chosen year and the last few, for the reader to go back in."""
    this = financial_year(date.today())
    first = min(this.start.year - BACK, chosen.start.year)
    return [financial_year(date(year, 4, 1)) for year in range(first, max(this.start.year, chosen.start.year) + 1)]


def _milestones() -> list[tuple[str, str, str, float | None, float | None]]:
    """(system, its name, year, lower, upper) of every trajectory of embedded situations."""
    return [
        (one.organisation, one.name, milestone.year, milestone.lower, milestone.upper)
        for one in trajectories()
        for milestone in one.milestones
        if milestone.indicator == INDICATOR
    ]
