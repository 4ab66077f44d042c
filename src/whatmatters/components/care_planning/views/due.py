"""The list of plans that wait to be looked at again."""

from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access import audit
from whatmatters.access.gate import allows
from whatmatters.components.care_planning.due import MOST, waiting
from whatmatters.people.gate import acting


@allows("write a plan")
@transaction.atomic
def due(request: HttpRequest) -> HttpResponse:
    rows = waiting(request.grants, date.today())  # type: ignore[attr-defined]  # set by the gate
    audit.record("listed plans to look at again", by=acting(request), detail={"shown": [row.person.pk for row in rows]})
    return render(request, "care_planning/due.jinja", {"rows": rows, "most": MOST})
