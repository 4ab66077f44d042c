"""Pages of stored figures. Every one is public; who works there sees exact numbers on it (see ``reading``)."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access.gate import public
from whatmatters.dashboard import places
from whatmatters.dashboard.below import below
from whatmatters.dashboard.breakdowns import cut
from whatmatters.dashboard.course import course
from whatmatters.dashboard.funnel import funnel
from whatmatters.dashboard.gaps import gaps
from whatmatters.dashboard.numbers import chosen, drawn, numbers, one, provenance, shown
from whatmatters.dashboard.reading import Reading, asked_span, indicator_named, reading
from whatmatters.dashboard.sections import judged, sections
from whatmatters.dashboard.spans import Span, said
from whatmatters.programme import published
from whatmatters.programme.figures import Figure
from whatmatters.programme.indicators import HEADLINES, INDICATORS
from whatmatters.programme.indicators.questions import QUESTIONS
from whatmatters.programme.models import Publication, Source
from whatmatters.programme.targets import targets


@public
def index(request: HttpRequest) -> HttpResponse:
    """The highest organisation and those below it, or what was searched for."""
    words = request.GET.get("q", "").strip()[:100]
    top = places.top()
    context = {"words": words, "top": top, "found": places.find(words) if words else [], "most": places.AT_ONCE}
    return render(request, "dashboard/index.jinja", context)


@public
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """The six components, and what is below."""
    about = reading(request, code)
    figures = about.figures(breakdowns=["all"])
    when = asked_span(request, (figure.period for figure in figures))
    found = numbers(figures, when, about.codes, about.place.kind, about.compared())
    under = below(about.place, when, HEADLINES, exact=about.exact)
    headlines = [INDICATORS[name] for name in HEADLINES]
    parts = sections(found)
    late, well = judged(parts)
    context = {
        "parts": parts,
        "late": late,
        "well": well,
        "measured": bool(figures),
        "below": under,
        "headlines": headlines,
        "shown": shown,
        "below_told": provenance(under.figures.values()),
    }
    return render(request, "dashboard/organisation.jinja", _about(about, when) | context)


@public
def indicator(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One number of one organisation: its targets, its course, by group of people, and below."""
    about, of = reading(request, code), indicator_named(name)
    other = INDICATORS.get(of.beside)
    read = about.figures(indicators=[of.id, other.id] if other else [of.id])
    figures = [figure for figure in read if figure.indicator == of.id]
    whole = [figure for figure in figures if figure.breakdown == "all"]
    others = [figure for figure in read if figure.indicator != of.id and figure.breakdown == "all"]
    when = asked_span(request, (figure.period for figure in whole))
    number = one(of, whole, when, about.codes, about.compared([of.id]) if of.id in QUESTIONS else ())
    if where := _publication(number.figure):
        number = replace(number, effective_base=where.effective_base)
    label = number.figure.period if number.figure else when.chosen.label
    in_period = [figure for figure in figures if figure.period == label]
    under = below(about.place, when, [of.id], exact=about.exact)
    rows = [(place.name, under.figures.get((place.code, of.id))) for place in under.places]
    asked = targets(of.id, when.year.label, about.codes)
    context = {
        "number": number,
        "published_in": where.name if where else "",
        "beside": other and one(other, others, when, about.codes),
        "course": course(of, whole, when.year, asked[0] if asked else None),
        "funnel": funnel(of, [(place, under.figures.get((place.code, of.id))) for place in under.places]),
        "cut": cut(of, in_period),
        "gaps": gaps(of, in_period),
        "years": drawn(of, [(year.label, chosen(of, whole, Span(year, (), ()))) for year in when.years]),
        "below_told": provenance(under.figures.values()),
        "rows": list(zip(under.places, drawn(of, rows), strict=True)),
    }
    return render(request, "dashboard/number.jinja", _about(about, when) | context)


def _publication(figure: Figure | None) -> Publication | None:
    if figure is None or figure.source != Source.PUBLISHED:
        return None
    return published.publication(figure.indicator, figure.period, figure.organisation)


def _about(about: Reading, when: Span) -> dict[str, Any]:
    return {"about": about, "span": when, "said": said, "crumbs": list(reversed(about.above[1:]))}
