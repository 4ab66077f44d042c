"""What came of a service's cases: paired change, loss to follow-up, and goals."""

from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access import audit
from whatmatters.access.gate import allows, area_of, granted, grants_of
from whatmatters.components.social_prescribing import outcomes
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.components.social_prescribing.outcomes_seen import seen
from whatmatters.people.gate import acting
from whatmatters.periods import Period, financial_year, period

YEARS = 3


@allows("see exact numbers")
@transaction.atomic
def service_outcomes(request: HttpRequest) -> HttpResponse:
    """Exact for whoever works on the referrals there; for everyone beyond the care team small numbers are hidden."""
    by, today = acting(request), date.today()
    team = grants_of(request.user, "work referrals")
    places = area_of(team or granted(request), today)
    rows = Referral.objects.filter(practice__in=places, person__isnull=False)
    mine = bool(team) and request.GET.get("whose") == "mine"
    if mine:
        rows = rows.filter(owner=by.worker)
    years = _years(today)
    year = _asked(request, years)
    cases = outcomes.cases_of(rows, year)
    audit.record("saw the outcomes of a service", by=by, detail={"cases": len(cases)})
    exact = bool(team)
    context: dict[str, Any] = {
        "year": year,
        "years": years,
        "mine": mine,
        "exact": exact,
        "spoken": outcomes.told(len(cases), exact),
        "scales": seen(outcomes.service(cases), len(cases), exact=exact),
        "goals": outcomes.drawn(outcomes.goals(cases), exact),
    }
    return render(request, "social_prescribing/outcomes.jinja", context)


def _years(today: date) -> list[Period]:
    """This financial year and those before it."""
    now = financial_year(today)
    return [financial_year(date(now.start.year - back, 4, 1)) for back in range(YEARS)]


def _asked(request: HttpRequest, years: list[Period]) -> Period:
    label = request.GET.get("year") or years[0].label
    try:
        found = period(label)
    except ValueError as error:
        raise Http404("There is no such year") from error
    if found not in years:
        raise Http404("There is no such year")
    return found
