"""Delivery of plans by cohort: numbers for whoever manages, names for the care team alone."""

from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access import audit
from whatmatters.access.gate import allows, area_of, grants_of
from whatmatters.components.care_planning.delivery import OPTIONAL, REQUIRED, cohorts_of, lines
from whatmatters.components.care_planning.due import MOST
from whatmatters.components.care_planning.models import Plan, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.people.gate import acting, people_of
from whatmatters.periods import financial_year


@allows("see plan delivery")
def delivery(request: HttpRequest) -> HttpResponse:
    """How many in each cohort were offered a plan, said no, have one that counts, and had it reviewed."""
    today = date.today()
    found = lines(area_of(request.grants, today), today)  # type: ignore[attr-defined]  # set by the gate
    names = bool(grants_of(request.user, "write a plan"))
    context = {"lines": found, "names": names, "period": financial_year(today), "today": today}
    return render(request, "care_planning/delivery.jinja", context)


@allows("write a plan")
@transaction.atomic
def cohort(request: HttpRequest, cohort: str) -> HttpResponse:
    """Who is in the cohort today and how it stands with their plan: those without one first."""
    if cohort not in (*REQUIRED, *OPTIONAL):
        raise Http404("No such cohort")
    here = people_of(request.grants).filter(died=None)  # type: ignore[attr-defined]  # set by the gate
    ids = [
        pk
        for pk, cohorts in cohorts_of(set(here.values_list("pk", flat=True)), date.today()).items()
        if cohort in cohorts
    ]
    people = {
        person.pk: person
        for start in range(0, len(ids), 500)
        for person in here.filter(pk__in=ids[start : start + 500])
    }
    plans = {plan.person_id: plan for plan in Plan.objects.filter(person__in=here) if plan.person_id in people}
    versions: dict[int, Version] = {}
    for one in Version.objects.filter(plan__person__in=here).exclude(state=State.SUPERSEDED).order_by("-state"):
        versions[one.plan_id] = one  # drafts first, so that what is agreed holds
    rows = []
    for person in people.values():
        plan = plans.get(person.pk)
        rows.append((person, *_stands(plan, versions.get(plan.pk) if plan else None)))
    rows.sort(key=lambda row: (row[1], row[0].family_name, row[0].pk))
    audit.record("listed a cohort", by=acting(request), detail={"shown": [row[0].pk for row in rows[:MOST]]})
    context = {"rows": rows[:MOST], "count": len(rows), "most": MOST, "cohort": COHORTS[cohort]}
    return render(request, "care_planning/cohort.jinja", context)


def _stands(plan: Plan | None, version: Version | None) -> tuple[int, str]:
    if version and version.state == State.AGREED:
        return (3, "Has a plan that counts") if version.met_on else (1, "Has a plan that does not count yet")
    if plan and plan.declined_on:
        return 4, "Said no"
    if version:
        return 1, "A plan is being written"
    return (2, "Offered, not begun") if plan and plan.offered_on else (0, "Not offered yet")
