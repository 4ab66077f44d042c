"""The library: what there is, what has expired, who changed what and when; and changing it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.access.gate import allows, grants_of
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.forms_library import SituationForm, ToolForm
from whatmatters.components.shared_decision_making.library import Entry, Kept, aim, library
from whatmatters.components.shared_decision_making.models import Situation, Tool
from whatmatters.components.shared_decision_making.models.words import Leader
from whatmatters.people.gate import acting
from whatmatters.people.mending import CONFLICT, attempt
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with

KEEP = "keep the decision library"
PAGE = "shared_decision_making/library_form.jinja"


@allows("see the decision library")
def shelves(request: HttpRequest) -> HttpResponse:
    today, areas = date.today(), dict[str, list[Entry]]()
    entries = library().values()
    for entry in entries:
        areas.setdefault("Taken off the list" if entry.retired else entry.area or "Other", []).append(entry)
    context = {
        "areas": dict(sorted(areas.items(), key=lambda pair: (pair[0] == "Taken off the list", pair[0]))),
        "listed": sum(not entry.retired for entry in entries),
        "aim": aim(),
        "leaders": dict(Leader.choices),
        "expired": [(e, tool) for e in entries for tool in e.tools if tool.expired(today) and not tool.withdrawn],
        "today": today,
        "may_keep": bool(grants_of(request.user, KEEP)),
    }
    return render(request, "shared_decision_making/library.jinja", context)


@allows("see the decision library")
def situation(request: HttpRequest, situation: str) -> HttpResponse:
    entry = _entry(situation)
    names = {tool.name for tool in entry.tools}
    editions: list[Any] = [*Situation.objects.filter(name=situation), *Tool.objects.filter(name__in=names)]
    context = {
        "entry": entry,
        "today": date.today(),
        "leaders": dict(Leader.choices),
        "editions": sorted(editions, key=lambda edition: edition.at, reverse=True),
        "may_keep": bool(grants_of(request.user, KEEP)),
    }
    return render(request, "shared_decision_making/situation.jinja", context)


@allows(KEEP)
def add_situation(request: HttpRequest) -> HttpResponse:
    return _keep_situation(request, None)


@allows(KEEP)
def change_situation(request: HttpRequest, situation: str) -> HttpResponse:
    return _keep_situation(request, _entry(situation))


def _keep_situation(request: HttpRequest, entry: Entry | None) -> HttpResponse:
    form = bound(SituationForm, request, entry=entry)
    title = f"Change: {entry.title}" if entry else "Add a situation"
    context = {"title": title, "entry": entry, "groups": form.groups()}
    if form.is_valid():
        facts = {**form.facts(), "name": entry.name if entry else "", "seen": form.cleaned_data["seen"] or 0}
        try:
            if made := attempt(form, actions.keep_situation, by=acting(request), **facts):
                messages.success(request, "The library is changed")
                return redirect("library-situation", made.name)
        except Stale:
            return _stale(request, form, _entry(entry.name) if entry else None, context)
    return page_with(request, PAGE, form, context)


@allows(KEEP)
def add_tool(request: HttpRequest, situation: str) -> HttpResponse:
    return _keep_tool(request, _entry(situation), None)


@allows(KEEP)
def change_tool(request: HttpRequest, situation: str, tool: str) -> HttpResponse:
    entry = _entry(situation)
    found = next((one for one in entry.tools if one.name == tool), None)
    if found is None:
        raise Http404("No such tool")
    return _keep_tool(request, entry, found)


def _keep_tool(request: HttpRequest, entry: Entry, tool: Kept | None) -> HttpResponse:
    begin = {**vars(tool), "seen": tool.edition} if tool else {"seen": -1}
    form = bound(ToolForm, request, initial=begin)
    context = {"title": f"Change: {tool.title}" if tool else f"Add a tool for {entry.title}", "entry": entry}
    if form.is_valid():
        given = form.cleaned_data
        facts = {**given, "situation": entry.name, "name": tool.name if tool else "", "seen": given["seen"] or 0}
        try:
            if attempt(form, actions.keep_tool, by=acting(request), **facts):
                messages.success(request, "The library is changed")
                return redirect("library-situation", entry.name)
        except Stale:
            return _stale(request, form, next(t for t in _entry(entry.name).tools if t.name == facts["name"]), context)
    return page_with(request, PAGE, form, context)


def _stale(request: HttpRequest, form: Any, fresh: Entry | Kept | None, context: dict[str, Any]) -> HttpResponse:
    """What was typed stays; the form now stands on the newest edition, whose words are beside it."""
    on_file = SituationForm(entry=fresh).initial if isinstance(fresh, Entry) else vars(fresh)
    form.data = {**form.data.dict(), "seen": str(fresh.edition if fresh else -1)}
    differ = [
        {"label": form[name].label, "theirs": str(on_file.get(name) or "–"), "yours": str(typed or "–")}
        for name, typed in form.cleaned_data.items()
        if name not in ("seen", "why") and (on_file.get(name) or None) != (typed or None)
    ]
    return render(request, PAGE, {**context, "form": form, "differ": differ}, status=CONFLICT)


def _entry(name: str) -> Entry:
    entry = library().get(name)
    if entry is None:
        raise Http404("The library has no such situation")
    return entry
