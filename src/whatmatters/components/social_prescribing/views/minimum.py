"""How complete the minimum dataset is: of each service, and of each practice."""

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted, grants_of
from whatmatters.components.social_prescribing import minimum
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.organisations.models import Organisation
from whatmatters.people.gate import acting, people_of
from whatmatters.periods import financial_year, latest_years, year_named

YEARS = 3  # to choose from


@allows("see completeness")
@transaction.atomic
def minimum_dataset(request: HttpRequest) -> HttpResponse:
    """Counts of cases made in a financial year, and, for those entitled, the files."""
    during = year_named(request.GET.get("year", "")) or financial_year(date.today())
    people = people_of(granted(request))
    cases = Referral.objects.filter(
        person__in=people.values("pk"), status__in=minimum.CASES, made_on__gte=during.start, made_on__lt=during.end
    )
    audit.record("looked at the completeness of the minimum dataset", by=acting(request))
    context = {
        "year": during.label,
        "years": [year.label for year in latest_years(date.today(), YEARS)],
        "parts": minimum.ALL,
        "tables": (("By service", _named(cases, "service__code")), ("By practice", _named(cases, "practice__code"))),
        "may_export": bool(grants_of(request.user, "export personal data")),
    }
    return render(request, "social_prescribing/minimum.jinja", context)


def _named(cases: Any, by: str) -> list[dict[str, Any]]:
    rows = minimum.counted(cases, by)
    names = dict(Organisation.objects.filter(code__in=[row[by] for row in rows]).values_list("code", "name"))
    return [{**row, "code": row[by], "name": names.get(row[by], row[by])} for row in rows]
