"""Where deciding together has become the usual way: declared, with evidence, by a network or board."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access.gate import allows, area_of, granted
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.forms import EndForm
from whatmatters.components.shared_decision_making.forms_library import DeclareForm
from whatmatters.components.shared_decision_making.library import library
from whatmatters.components.shared_decision_making.models import Embedded
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.gate import acting
from whatmatters.people.mending import CONFLICT, attempt
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with

DECLARE = "declare embedded situations"
ANSWERABLE = (Kind.PCN, Kind.ICB)


@allows(DECLARE)
def embedded(request: HttpRequest) -> HttpResponse:
    """What is declared where one may declare; and a further one."""
    area = area_of(granted(request), date.today())
    places = {row.code: row for row in Organisation.objects.filter(pk__in=area).order_by("name")}
    answerable = [(code, row.name) for code, row in places.items() if row.kind in ANSWERABLE]
    choices = {
        "service": answerable,
        "situation": [(e.name, e.title) for e in library().values() if not e.retired],
        "at": [(code, row.name) for code, row in places.items()],
    }
    form = bound(DeclareForm, request, choices=choices)
    if form.is_valid():
        facts = {
            **form.cleaned_data,
            "service": places[form.cleaned_data["service"]],
            "at": places[form.cleaned_data["at"]],
        }
        if attempt(form, actions.declare, by=acting(request), **facts):
            messages.success(request, "It is declared")
            return redirect("embedded")
    rows = Embedded.objects.filter(service__in=area).select_related("service", "at").order_by("service__name", "since")
    titles = {entry.name: entry.title for entry in library().values()}
    context = {"rows": rows, "titles": titles, "answerable": answerable}
    return page_with(request, "shared_decision_making/embedded.jinja", form, context)


@allows(DECLARE)
def end_embedded(request: HttpRequest, embedded: UUID) -> HttpResponse:
    area = area_of(granted(request), date.today())
    rows = Embedded.objects.select_related("service", "at")
    row = get_object_or_404(rows, uuid=embedded, service__in=area, ended=None)
    form = bound(EndForm, request, initial={"revision": row.revision})
    entry = library().get(row.situation)
    context = {"row": row, "title": entry.title if entry else row.situation}
    if form.is_valid():
        facts = {**form.cleaned_data, "revision": form.cleaned_data["revision"] or 0}
        try:
            if attempt(form, actions.end, embedded=row, by=acting(request), **facts):
                messages.success(request, "It is ended. It still counts in the years before")
                return redirect("embedded")
        except Stale:
            form.add_error(None, "Someone else has changed this meanwhile: go back and look at it first")
            return render(request, "shared_decision_making/end.jinja", {**context, "form": form}, status=CONFLICT)
    return page_with(request, "shared_decision_making/end.jinja", form, context)
