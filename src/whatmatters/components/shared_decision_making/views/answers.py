"""What the answers come to, by practice and network; and sheets of paper typed in."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access.gate import allows, area_of, granted, grants_of
from whatmatters.components.shared_decision_making.actions import answering
from whatmatters.components.shared_decision_making.actions.packing import mean, share
from whatmatters.components.shared_decision_making.forms_experience import PaperForm, WhichPaperForm
from whatmatters.components.shared_decision_making.models import How
from whatmatters.components.shared_decision_making.results import of_places
from whatmatters.components.shared_decision_making.views.kiosk import practices_of
from whatmatters.instruments import EXPERIENCE
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import with_descendants
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.periods import Period, financial_year, latest_years, year_named
from whatmatters.web.forms import bound, page_with

MOST = 12  # networks on a page


@allows("see exact numbers")
def answers(request: HttpRequest) -> HttpResponse:
    """``?year`` and ``?questionnaire``; what cannot be understood is this year and CollaboRATE."""
    today = date.today()
    year = year_named(request.GET.get("year", "")) or financial_year(today)
    name = request.GET.get("questionnaire", "")
    asked = EXPERIENCE.get(name) or EXPERIENCE["collaborate"]
    area = area_of(granted(request), today)
    networks = Organisation.objects.filter(pk__in=area, kind=Kind.PCN, closed=None).order_by("name")
    tables: list[tuple[Organisation | None, Any]] = [
        (one, _places(one, asked.name, year, today)) for one in networks[:MOST]
    ]
    if not tables:
        own = list(Organisation.objects.filter(pk__in=area, kind=Kind.PRACTICE).order_by("name")[:MOST])
        tables = [(None, of_places(None, own, asked.name, year, today))] if own else []
    context = {
        "tables": tables, "year": year.label, "asked": asked, "questionnaires": EXPERIENCE.values(), "share": share,
        "mean": mean, "years": [one.label for one in latest_years(today, 3)],
        "may_type": bool(grants_of(request.user, "ask about decisions")),
        "more": max(0, networks.count() - MOST),
    }  # fmt: skip
    return render(request, "decisions_felt/answers.jinja", context)


def _places(network: Organisation, name: str, year: Period, today: date) -> Any:
    below = with_descendants([network.pk], today)
    practices = list(Organisation.objects.filter(pk__in=below, kind=Kind.PRACTICE).order_by("name"))
    return of_places(network, practices, name, year, today)


@allows("ask about decisions")
def type_in(request: HttpRequest) -> HttpResponse:
    """Two steps: which sheet it is, then its answers."""
    practices = practices_of(request)
    if request.POST.get("instrument") and "once" in request.POST:
        return _sheet(request)
    form = bound(WhichPaperForm, request, practices=practices)
    if form.is_valid():
        given = form.cleaned_data
        row = answering.good(given["code"]) if given["code"] else None
        if row and row.practice_id not in area_of(granted(request)):
            row = None
        if given["code"] and row is None:
            form.add_error("code", "No open question has this code: check each letter, or leave it empty")
        else:
            where = row.practice if row else given["practice"]
            kept = {
                "code": given["code"], "practice": where.code,
                "instrument": row.instrument if row else given["instrument"],
                "situation": row.situation if row else given["situation"],
            }  # fmt: skip
            sheet = PaperForm(instrument=kept["instrument"], initial=kept)
            return render(request, "decisions_felt/paper.jinja", {"form": sheet, "where": where})
    return page_with(request, "decisions_felt/which_paper.jinja", form, {})


def _sheet(request: HttpRequest) -> HttpResponse:
    name = request.POST["instrument"] if request.POST["instrument"] in EXPERIENCE else "collaborate"
    form = PaperForm(request.POST, instrument=name)
    area = area_of(granted(request))
    where = get_object_or_404(Organisation, code=request.POST.get("practice", ""), kind=Kind.PRACTICE, pk__in=area)
    if form.is_valid():
        given, facts = form.cleaned_data, {**form.facts(), "by": acting(request), "on": form.cleaned_data["on"]}
        if given["code"]:
            done = attempt(form, answering.answer_by_link, word=given["code"], how=How.PAPER, **facts)
        else:
            also = {"practice": where, "instrument": name, "situation": given["situation"], "once": given["once"]}
            done = attempt(form, answering.type_in, **also, **facts)
        if done:
            messages.success(request, "Saved. Put the sheet with the confidential waste, and take the next")
            return redirect("type-in-answer")
    return page_with(request, "decisions_felt/paper.jinja", form, {"where": where})
