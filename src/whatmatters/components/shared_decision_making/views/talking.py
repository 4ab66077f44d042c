"""The three talks, each one page; what is saved on the last is the decision."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.forms import DecideForm, TeamForm
from whatmatters.components.shared_decision_making.forms_options import TOLD, OptionsForm, rows
from whatmatters.components.shared_decision_making.library import Kept, library
from whatmatters.components.shared_decision_making.models import Decision
from whatmatters.components.shared_decision_making.standing import about
from whatmatters.components.shared_decision_making.views.doors import address, decision_of, missing, talk, went_on
from whatmatters.people.gate import about_person, acting
from whatmatters.people.mending import CONFLICT, attempt, both_versions
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with
from whatmatters.web.words import day

PAGES = "shared_decision_making/"


@about_person("share decisions", "chose what to share a decision about")
@require_POST
def start(request: HttpRequest, person: Person) -> HttpResponse:
    """Where the same was decided before, that is shown first: nobody makes two unknowingly."""
    situation, problem = request.POST.get("situation", ""), request.POST.get("problem", "")
    before = about(person, situation, problem)
    if before and "anew" not in request.POST:
        context = {"person": person, "before": before, "situation": situation, "problem": problem}
        return render(request, f"{PAGES}decided_before.jinja", context)
    try:
        row = actions.start(person=person, situation=situation, problem=problem, by=acting(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("decisions", person=person.uuid)
    if row.revision > 1:
        messages.info(
            request, f"Begun on {day(row.contact_on)} by {row.by_name}, and not agreed yet: go on with it here"
        )
    return redirect(address("team", row))


@about_person("share decisions", "opened a shared decision for writing")
def team(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    row = decision_of(person, decision)
    if not row.in_progress and request.method != "POST":
        return redirect(address("", row))
    saved = {name: getattr(row, name) for name in TeamForm.base_fields if name != "involved"}
    saved["involved"] = "\n".join(", ".join(filter(None, (w.name, w.relationship))) for w in row.involved.all())
    form = bound(TeamForm, request, initial=saved)
    context = {**talk(row, "team"), "preparation": row.preparations.first()}
    if form.is_valid():
        facts = {**form.facts(), "involved": form.people(), "revision": form.cleaned_data["revision"] or 0}
        try:
            if attempt(form, actions.save_team, decision=row, by=acting(request), **facts):
                return went_on(request, address("options", row))
        except Stale:
            return both_versions(request, f"{PAGES}team.jinja", form, saved, context)
    return page_with(request, f"{PAGES}team.jinja", form, context)


@about_person("share decisions", "opened the options of a shared decision for writing")
def options(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    row = decision_of(person, decision)
    if not row.in_progress and request.method != "POST":
        return redirect(address("", row))
    entry = library().get(row.situation)
    had = [Kept(used.tool, row.situation, used.title) for used in row.tools.exclude(tool="")]
    other = row.tools.filter(tool="").first()
    form = bound(
        OptionsForm, request, begin=rows(row, entry), offered=list(entry.offered(date.today())) if entry else [],
        had=had, initial={"revision": row.revision, "other_tool": other.title if other else ""},
    )  # fmt: skip
    context = {**talk(row, "options"), "entry": entry, "today": date.today()}
    if form.is_valid():
        given = form.cleaned_data
        facts = {"options": form.options(), "tools": given["tools"], "other_tool": given["other_tool"]}
        try:
            if attempt(
                form, actions.save_options, decision=row, revision=given["revision"] or 0, by=acting(request), **facts
            ):
                return went_on(request, address("decide", row))
        except Stale:
            return _both(request, form, row, context)
    return page_with(request, f"{PAGES}options.jinja", form, context)


def _both(request: HttpRequest, form: OptionsForm, row: Decision, context: dict[str, object]) -> HttpResponse:
    """What was typed stays in the form; what someone else saved meanwhile is told above it."""
    row.refresh_from_db()
    theirs = {option.what: option for option in row.options.all()}
    differ = []
    for mine in form.options():
        other = theirs.pop(mine["what"], None)
        for name in TOLD:
            told = getattr(other, name) if other else ""
            if told != mine[name]:
                differ.append({"label": f"{mine['what']}: {name}", "theirs": told or "–", "yours": mine[name] or "–"})
    differ += [{"label": what, "theirs": "talked about", "yours": "–"} for what in theirs]
    form.data = {**form.data.dict(), "revision": str(row.revision)}  # type: ignore[attr-defined]  # a QueryDict
    page = {**context, "form": form, "differ": differ}
    return render(request, f"{PAGES}options.jinja", page, status=CONFLICT)


@about_person("share decisions", "opened what was decided for writing")
def decide(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    row = decision_of(person, decision)
    if not row.in_progress and request.method != "POST":
        return redirect(address("", row))
    told = list(row.options.all())
    form = bound(DecideForm, request, options=[option.what for option in told], decision=row)
    context = {**talk(row, "decide"), "options": told, "missing": [m for m in missing(row) if "/decide/" not in m[1]]}
    if form.is_valid():
        valid = request.POST.get("do") != "provisional"
        facts = {**form.facts(), "valid": valid, "revision": form.cleaned_data["revision"] or 0}
        try:
            if attempt(form, actions.save_decision, decision=row, by=acting(request), **facts):
                messages.success(request, "The decision is agreed" if valid else "Saved. It is not agreed yet")
                return went_on(request, address("", row))
        except Stale:
            fresh = decision_of(person, decision)
            on_file = DecideForm(options=form.options, decision=fresh).initial
            saved = {name: on_file.get(name) for name in form.fields}
            return both_versions(request, f"{PAGES}decide.jinja", form, saved, context)
    return page_with(request, f"{PAGES}decide.jinja", form, context)
