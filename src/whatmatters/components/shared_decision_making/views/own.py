"""The person's side: what was decided, to take away; and getting ready for a talk, by account or by private link."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control

from whatmatters.access.gate import public
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.actions.preparing import good, waiting
from whatmatters.components.shared_decision_making.forms import AskForm, PrepareForm
from whatmatters.components.shared_decision_making.library import library
from whatmatters.components.shared_decision_making.models import Decision, Status
from whatmatters.components.shared_decision_making.standing import standing
from whatmatters.components.shared_decision_making.views.doors import address, decision_of, own
from whatmatters.components.shared_decision_making.views.reading import said
from whatmatters.letters import address as links
from whatmatters.people.gate import about_me, about_person, acting, scopes_of
from whatmatters.people.mending import CONFLICT, attempt
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.people.wishes import may_be_emailed
from whatmatters.web.forms import bound, page_with
from whatmatters.web.pdf import CannotMakePdf, pdf

GONE = 410


def _take_away(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    """In plain words or easy read (``?easy=yes``). What was kept from the person is on no such page."""
    row = _shown(request, person, decision)
    mine, easy = own(request), request.GET.get("easy") == "yes"
    back = reverse("my-decisions", args=(person.uuid,)) if mine else address("", row)
    file = reverse("my-decision-pdf" if mine else "decision-pdf", args=(person.uuid, row.uuid))
    context = {
        **_told(row),
        "person": person,
        "back": back,
        "easy": easy,
        "file": f"{file}{'?easy=yes' if easy else ''}",
    }
    return render(request, "shared_decision_making/take_away.jinja", context)


def _file(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    """The same as a file; its name says nothing of whose it is."""
    row = _shown(request, person, decision)
    context = {**_told(row), "person": person, "easy": request.GET.get("easy") == "yes"}
    page = render_to_string("shared_decision_making/paper.jinja", context)
    try:
        made = pdf(page, title=f"{row.title}: what we decided together")
    except CannotMakePdf as why:
        messages.error(request, str(why))
        return redirect(
            address("take-away", row) if not own(request) else reverse("my-decision", args=(person.uuid, row.uuid))
        )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="what-we-decided.pdf"'
    return answer


def _shown(request: HttpRequest, person: Person, decision: UUID) -> Decision:
    row = decision_of(person, decision)
    if own(request) and row.status == Status.CANCELLED:
        raise Http404("No such decision")
    return row


def _told(row: Decision) -> dict[str, Any]:
    return {**said(row), "asks": _asks(row.situation), "later": row.followed_by.filter(status=Status.VALID).first()}


@about_me("see my record", "saw the shared decisions", scope="may_see_plan")
def my_decisions(request: HttpRequest, person: Person) -> HttpResponse:
    may_prepare = "may_change_plan" in scopes_of(request.user, person)
    context = {
        "person": person, "standing": standing(person), "preparation": waiting(person), "may_prepare": may_prepare,
    }  # fmt: skip
    return render(request, "shared_decision_making/my_decisions.jinja", context)


@about_me("change my plan", "prepared for a talk", scope="may_change_plan")
def my_prepare(request: HttpRequest, person: Person) -> HttpResponse:
    """For the talk that was asked about, or for whichever comes next."""
    row = waiting(person)
    words = {name: getattr(row, name) for name in ("revision", "agenda", "matters", "questions")} if row else {}
    form = bound(PrepareForm, request, initial=words)
    context: dict[str, Any] = {"person": person, "row": row, "asks": _asks(row.situation if row else "")}
    if form.is_valid():
        try:
            facts = {"situation": row.situation if row else "", "by": acting(request), **form.cleaned_data}
            if attempt(form, actions.prepare, person=person, **facts):
                messages.success(request, "Saved. Your team sees it before you talk")
                return redirect("my-decisions", person=person.uuid)
        except Stale:
            fresh = waiting(person)
            form.data = {**form.data.dict(), "revision": str(fresh.revision if fresh else 0)}  # type: ignore[attr-defined]  # a QueryDict
            differ = [
                {
                    "label": form[name].label,
                    "theirs": getattr(fresh, name, "") or "–",
                    "yours": form.cleaned_data[name] or "–",
                }
                for name in ("agenda", "matters", "questions")
                if getattr(fresh, name, "") != form.cleaned_data[name]
            ]
            page = {**context, "form": form, "differ": differ}
            return render(request, "shared_decision_making/my_prepare.jinja", page, status=CONFLICT)
    return page_with(request, "shared_decision_making/my_prepare.jinja", form, context)


def _asks(situation: str) -> tuple[str, ...]:
    entry = library().get(situation)
    return entry.asks if entry else ()


@about_person("share decisions", "asked the person to prepare for a talk")
def ask(request: HttpRequest, person: Person) -> HttpResponse:
    """A private link, sent where there is an e-mail address; it is shown once, to print or to hand over."""
    situations = [(e.name, e.title) for e in library().values() if not e.retired]
    form = bound(AskForm, request, situations=situations)
    if form.is_valid() and (
        made := attempt(form, actions.ask_to_prepare, person=person, by=acting(request), **form.cleaned_data)
    ):
        row, word = made
        context = {"person": person, "row": row, "link": links.of("prepare-by-link", word)}
        context["posted"] = may_be_emailed(person)
        return render(request, "shared_decision_making/asked.jinja", context)
    return page_with(request, "shared_decision_making/ask.jinja", form, {"person": person})


@public
@cache_control(no_store=True)
@transaction.atomic
def by_link(request: HttpRequest, word: str) -> HttpResponse:
    """No account, no name: three boxes. A used, expired or guessed link says what to do, and no more."""
    row = good(word)
    if row is None:
        return render(request, "shared_decision_making/link_gone.jinja", status=GONE)
    form = bound(PrepareForm, request)
    if form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        if attempt(form, actions.prepared_by_link, word=word, **facts):
            return render(request, "shared_decision_making/link_thanks.jinja")
    context = {"title": row.title, "asks": _asks(row.situation)}
    return page_with(request, "shared_decision_making/by_link.jinja", form, context)


take_away = about_person("share decisions", "printed a shared decision to take away")(_take_away)
my_decision = about_me("see my record", "saw a shared decision", scope="may_see_plan")(_take_away)
file = about_person("share decisions", "printed a shared decision to take away")(_file)
my_file = about_me("see my record", "printed a shared decision to take away", scope="may_see_plan")(_file)
