"""A scheme's protocol against what happened: what a network said it would do in a year, and the stored figures.

The statements, plans and targets are the network's own; every figure is read from stored results, exact for whoever
works there and as the disclosure gate left it for others. What is divided here is divided from what is shown.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access.gate import allows
from whatmatters.components.social_prescribing.models import AccessTarget, Item, Scheme
from whatmatters.dashboard.numbers import HIDDEN, chosen, count, one, provenance, shown
from whatmatters.dashboard.reading import Reading, asked_span, reading
from whatmatters.dashboard.spans import Span
from whatmatters.events.codes import ATTESTED
from whatmatters.events.models import OrganisationEvent
from whatmatters.measurement.details import ACCESS_TARGETS_SET, PROACTIVE_PLAN_AGREED, PROACTIVE_REVIEWED
from whatmatters.measurement.indicators import UNITS
from whatmatters.periods import Period
from whatmatters.programme.contract import Requirement, contracts
from whatmatters.programme.figures import Figure
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.judgement import Judgement
from whatmatters.programme.targets import Target, standing
from whatmatters.web.words import number

REFERRALS, WORKFORCE, SUPPORTED = "sp-referrals", "link-worker-wte-per-10000", "sp-supported-share"
OUTCOMES = ("sp-taken-up-share", "sp-contacts-per-person", "sp-invited-uptake-share", "sp-practices-meetings")
EVIDENCE = {"DES22-SP1": PROACTIVE_PLAN_AGREED, "DES22-SP3": PROACTIVE_REVIEWED, "DES22-SP6": ACCESS_TARGETS_SET}


@dataclass(frozen=True)
class Against:
    """``planned`` and ``happened`` in words; the indicator that says what was counted."""

    what: str
    planned: str
    happened: str
    indicator: str


@allows("see exact numbers")
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    about = reading(request, code)
    figures = about.figures(breakdowns=["all"])
    when = asked_span(request, (figure.period for figure in figures))
    row = Scheme.objects.filter(service__code=code, year=when.year.label).first()
    said = {one.item: one for one in row.statements.all()} if row else {}
    context = {
        "about": about,
        "span": when,
        "row": row,
        "said": [(str(item.label), said.get(item)) for item in Item],
        "rows": _against(row, figures, when),
        "outcomes": [one(INDICATORS[name], _of(name, figures), when, about.codes) for name in OUTCOMES],
        "targets": [_target(target, figures, when) for target in (row.targets.all() if row else ())],
        "evidence": _evidence(about, when.year),
        "crumbs": list(reversed(about.above)),
        "told": provenance(_of_year(figures, when)),
        "indicators": INDICATORS,
    }
    return render(request, "dashboard/scheme.jinja", context)


def _of(name: str, figures: list[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.indicator == name]


def _year(name: str, figures: list[Figure], when: Span) -> Figure | None:
    """The figure of the scheme's whole year."""
    return chosen(INDICATORS[name], _of(name, figures), Span(when.year, (), ()))


def _of_year(figures: list[Figure], when: Span) -> list[Figure]:
    return [found for name in (REFERRALS, WORKFORCE, SUPPORTED) if (found := _year(name, figures, when))]


def _against(row: Scheme | None, figures: list[Figure], when: Span) -> list[Against]:
    """Referrals, workforce and costs, as planned and as they came out."""
    made, posts, helped = (_year(name, figures, when) for name in (REFERRALS, WORKFORCE, SUPPORTED))
    planned = "not planned"
    rows = [
        Against("Referrals", count(row.referrals) if row and row.referrals is not None else planned,
                _part(made, "numerator"), REFERRALS),
        Against("Whole-time link workers", f"{float(row.wte):g}" if row and row.wte is not None else planned,
                _part(posts, "numerator"), WORKFORCE),
        Against("People supported", "–", _part(helped, "numerator"), SUPPORTED),
    ]  # fmt: skip
    if row and row.pence is not None:
        rows.append(Against("Costs", _pounds(row.pence), _each(row.pence, helped), SUPPORTED))
    return rows


def _part(figure: Figure | None, side: str) -> str:
    if figure is None:
        return "not known"
    value = getattr(figure, side)
    return HIDDEN if figure.hidden or value is None else count(value)


def _pounds(pence: float) -> str:
    return f"£{number(pence / 100, 2)}"


def _each(pence: int, helped: Figure | None) -> str:
    """Pounds a person, from the number that is shown: nothing hidden can be worked back from it."""
    if helped is None or helped.coverage == 0:
        return "not known"
    if helped.hidden or helped.numerator is None:
        return HIDDEN
    if not helped.numerator:
        return "nobody was supported"
    return f"what is planned comes to {_pounds(pence / helped.numerator)} for each person supported"


def _target(row: AccessTarget, figures: list[Figure], when: Span) -> tuple[str, str, str, Judgement | None, str]:
    """What, at least how much, what came, how that stands (None where it is hidden), and the indicator."""
    indicator = INDICATORS[row.aim]
    figure = _year(indicator.id, figures, when)
    goal = Target(
        indicator.id, when.year, float(row.at_least), None, UNITS[indicator.unit], indicator.out_of,
        "set by the network for the year", "the scheme's own targets",
    )  # fmt: skip
    judged = None if figure is not None and figure.hidden else standing(goal, figure)
    return str(row.get_aim_display()), f"{float(row.at_least):g}", shown(indicator, figure), judged, indicator.id


def _evidence(about: Reading, year: Period) -> list[tuple[Requirement, date | None]]:
    """What the year's contract asks of a proactive offer and its targets, and the first day it was attested in it."""
    asked = [one for each in contracts() if each.year == year.label for one in each.requirements if one.id in EVIDENCE]
    own = OrganisationEvent.objects.filter(
        subject=about.place.pk, code=ATTESTED, on__gte=year.start, on__lt=year.end, detail__in=EVIDENCE.values()
    )
    days: dict[str, date] = {}
    for detail, on in own.order_by("-on").values_list("detail", "on"):
        days[detail] = on
    return [(one, days.get(EVIDENCE[one.id])) for one in asked]
