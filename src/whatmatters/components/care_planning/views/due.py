"""The list of plans that wait to be looked at again."""

from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access import audit
from whatmatters.access.gate import allows
from whatmatters.components.care_planning.delivery import OPTIONAL, REQUIRED
from whatmatters.components.care_planning.due import MOST, waiting
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.people.gate import acting

NAMES = {name: COHORTS[name].title for name in (*REQUIRED, *OPTIONAL)}


@allows("write a plan")
@transaction.atomic
def due(request: HttpRequest) -> HttpResponse:
    rows = waiting(request.grants, date.today())  # type: ignore[attr-defined]  # set by the gate
    audit.record("listed plans to look at again", by=acting(request), detail={"shown": [row.person.pk for row in rows]})
    chosen, mine = request.GET.get("cohort", ""), "mine" in request.GET
    name = acting(request).name.casefold()
    shown = [
        row
        for row in rows
        if (not chosen or chosen in row.cohorts) and (not mine or row.responsible.casefold() == name)
    ]
    context = {"rows": shown, "most": MOST, "all": len(rows), "chosen": chosen, "mine": mine}
    return render(request, "care_planning/due.jinja", {**context, "cohorts": NAMES})
