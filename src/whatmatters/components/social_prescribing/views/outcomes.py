"""What came of a service's cases: paired change, loss to follow-up, and goals."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access import audit
from whatmatters.access.gate import allows, area_of, granted, grants_of
from whatmatters.components.care_planning.models import Progress
from whatmatters.components.social_prescribing import outcomes
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.components.social_prescribing.outcomes_seen import Look, by_others, exactly
from whatmatters.measurement.disclosure.tables import month_end, month_ends
from whatmatters.people.gate import acting
from whatmatters.periods import Period, latest_years

YEARS = 3


@allows("see exact numbers")
@transaction.atomic
def service_outcomes(request: HttpRequest) -> HttpResponse:
    """Exact for whoever works on the referrals there; for everyone beyond the care team as at the end of the last whole
    month, with small numbers hidden."""
    by, today = acting(request), date.today()
    team = grants_of(request.user, "work referrals")
    places = area_of(team or granted(request), today)
    rows = Referral.objects.filter(practice__in=places, person__isnull=False)
    mine = bool(team) and request.GET.get("whose") == "mine"
    if mine:
        rows = rows.filter(owner=by.worker)
    years = latest_years(today, YEARS)
    year = _asked(request, years)
    cases = outcomes.cases_of(rows, year)
    audit.record("saw the outcomes of a service", by=by, detail={"cases": len(cases)})
    steps = outcomes.steps_of(cases)
    context: dict[str, Any] = {"year": year, "years": years, "mine": mine, "exact": bool(team), "until": today}
    if team:
        found = exactly(Look(len(cases), outcomes.service(cases), outcomes.goals(steps, cases)))
    else:
        context["until"] = until = month_end(today)
        prefetch_related_objects(cases, "changes")
        found = by_others([_as_at(day, cases, steps) for day in month_ends(min(year.start, until), until)])
    context |= {"spoken": found.spoken, "scales": found.scales, "goals": found.goals}
    return render(request, "social_prescribing/outcomes.jinja", context)


def _as_at(day: date, cases: Sequence[Referral], steps: Sequence[Progress]) -> Look:
    there = [row for row in cases if row.first <= day]  # type: ignore[attr-defined]  # from cases_of
    return Look(len(there), outcomes.service(there, day), outcomes.goals(steps, there, day))


def _asked(request: HttpRequest, years: list[Period]) -> Period:
    label = request.GET.get("year") or years[0].label
    for year in years:
        if year.label == label:
            return year
    raise Http404("There is no such year")
