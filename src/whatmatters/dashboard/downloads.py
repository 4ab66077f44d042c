"""Every table as CSV, through the same gate as its page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from whatmatters.access.gate import public
from whatmatters.dashboard.below import below
from whatmatters.dashboard.reading import asked_span, indicator_named, reading
from whatmatters.programme import tables
from whatmatters.programme.figures import Figure
from whatmatters.programme.indicators import HEADLINES

COUNTS = ("numerator", "denominator", "value")


@public
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """Every number of the organisation in every period."""
    about = reading(request, code)
    return _answer(f"{code}.csv", about.figures(breakdowns=["all"]), about.exact)


@public
def indicator(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One number of the organisation in every period and group."""
    about = reading(request, code)
    return _answer(f"{code}-{indicator_named(name).id}.csv", about.figures(indicators=[name]), about.exact)


@public
def under(request: HttpRequest, code: str, name: str = "") -> HttpResponse:
    """The organisations below in one period: the headline numbers, or the one named."""
    about = reading(request, code)
    named = [indicator_named(name).id] if name else HEADLINES
    found = below(about.place, asked_span(request), named, exact=about.exact)
    names = {place.code: place.name for place in found.places}
    rows = sorted(found.figures.values(), key=lambda one: (names[one.organisation], one.indicator))
    return _answer(f"{code}-below.csv", rows, about.exact and not found.beyond)


def _answer(name: str, figures: Iterable[Figure], exact: bool) -> HttpResponse:
    counts = COUNTS if exact else tuple(f"shown_{column}" for column in COUNTS)
    columns = (*Figure._fields[:7], *counts, *Figure._fields[10:])
    return attachment(name, columns, list(figures))


def attachment(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    content = tables.text(columns, rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
