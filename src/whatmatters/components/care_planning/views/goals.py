"""Goals and actions: a list, and a short page for each thing that is done to one."""

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from whatmatters.access.actors import Actor
from whatmatters.access.gate import View
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.forms import ActionForm, GoalForm, ProgressForm
from whatmatters.components.care_planning.forms_items import EntryForm
from whatmatters.components.care_planning.models import Action, Goal
from whatmatters.components.care_planning.said import entries
from whatmatters.components.care_planning.standard import section
from whatmatters.components.care_planning.views.doors import address, around, newest, own, status_of, went_on, whole
from whatmatters.components.care_planning.views.reading import read
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import attempt, both_versions, small_page
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound

OF_PLANS = Goal.objects.select_related("version__plan__person")
TEMPLATE = "care_planning/goal_form.jinja"


def _goals(request: HttpRequest, person: Person) -> HttpResponse:
    version = newest(person)
    if not version.is_draft:
        return redirect(address(request, person))
    return render(request, "care_planning/goals.jinja", {**around(request, person), **read(version)})


def _add_goal(request: HttpRequest, person: Person) -> HttpResponse:
    return _page(request, person, Goal(version=newest(person)), "Add a goal", "Add the goal")


def _goal(request: HttpRequest, person: Person, goal: UUID) -> HttpResponse:
    return _page(request, person, get_object_or_404(OF_PLANS, version__plan__person=person, uuid=goal), "Change a goal")


def _add_action(request: HttpRequest, person: Person, goal: UUID) -> HttpResponse:
    found = get_object_or_404(OF_PLANS, version__plan__person=person, uuid=goal)
    return _page(request, person, Action(goal=found), "Add an action", "Add the action")


def _action(request: HttpRequest, person: Person, action: UUID) -> HttpResponse:
    rows = Action.objects.select_related("goal__version__plan__person")
    found = get_object_or_404(rows, goal__version__plan__person=person, uuid=action)
    return _page(request, person, found, "Change an action")


def _page(request: HttpRequest, person: Person, found: Goal | Action, title: str, button: str = "Save") -> HttpResponse:
    """A goal or an action, new or standing: its columns, and below them what else the standard has of it."""
    form, entry = _forms(request, found)
    back = address(request, person, "goals")
    context = {**around(request, person), "title": title, "back": back, "entry": entry, "button": button}
    if not entry.asks_for_more and form.is_valid() and entry.is_valid():
        try:
            if attempt(form, _save, found=copy(found), form=form, entry=entry, by=acting(request)):
                messages.success(request, "Saved")
                return went_on(request, redirect(back))
        except Stale:
            saved = {"revision": found.revision, **{name: getattr(found, name) for name in form.Meta.fields}}
            return both_versions(request, TEMPLATE, form, saved, context)
    amiss = form.is_bound and bool(form.errors or entry.errors)
    status = status_of(request, more=entry.asks_for_more, amiss=amiss)
    return render(request, TEMPLATE, {**context, "form": form}, status=status)


def _forms(request: HttpRequest, found: Goal | Action) -> tuple[GoalForm | ActionForm, EntryForm]:
    goal = found if isinstance(found, Goal) else found.goal
    name = "goals" if isinstance(found, Goal) else "actions"
    field = section(name, goal.version.standard)
    entry = bound(EntryForm, request, field=field, values=found.more, own=own(request))
    facts: dict[str, Any] = {"instance": copy(found), "initial": {"revision": found.revision}}
    if isinstance(found, Action):
        return bound(ActionForm, request, **facts), entry
    needs = [(one.key, one.title) for one in entries(contents_of(goal.version), "needs")]
    return bound(GoalForm, request, needs=needs, **facts), entry


def _save(*, found: Goal | Action, form: Any, entry: EntryForm, by: Actor) -> Goal | Action:
    facts = {**stated(form.cleaned_data), "more": entry.facts, "by": by}
    standing = {"revision": form.cleaned_data["revision"] or 0, **facts}
    if isinstance(found, Goal):
        if found._state.adding:
            return actions.add_goal(version=found.version, **facts)
        return actions.change_goal(goal=found, **standing)
    if found._state.adding:
        return actions.add_action(goal=found.goal, **facts)
    return actions.change_action(action=found, **standing)


@require_POST
def _remove_goal(request: HttpRequest, person: Person, goal: UUID) -> HttpResponse:
    found = get_object_or_404(newest(person).goals.select_related("version__plan"), uuid=goal)
    return _removed(request, person, lambda: actions.remove_goal(goal=found, by=acting(request)))


@require_POST
def _remove_action(request: HttpRequest, person: Person, action: UUID) -> HttpResponse:
    rows = Action.objects.select_related("goal__version__plan").filter(goal__version=newest(person))
    found = get_object_or_404(rows, uuid=action)
    return _removed(request, person, lambda: actions.remove_action(action=found, by=acting(request)))


def _removed(request: HttpRequest, person: Person, remove: Callable[[], None]) -> HttpResponse:
    """Back to the list; or to the plan, with the reason, when it was agreed since the page was opened."""
    try:
        with transaction.atomic():
            remove()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(address(request, person))
    messages.success(request, "Taken out of the draft")
    return redirect(address(request, person, "goals"))


def _progress(request: HttpRequest, person: Person, kind: str, of: UUID) -> HttpResponse:
    """How it goes may be noted at any time: the agreed words stay as they are."""
    where = {"version__plan__person": person} if kind == "goal" else {"goal__version__plan__person": person}
    found: Any = get_object_or_404({"goal": Goal, "action": Action}[kind], uuid=of, **where)
    version = found.version if kind == "goal" else found.goal.version
    act = partial(actions.note_progress, plan=version.plan, of=found)
    form = bound(ProgressForm, request, of=found)
    words = {"title": "How it goes", "button": "Save", "done": "Noted"}
    return small_page(request, person, form, act, back=address(request, person), **words)


def stated(facts: dict[str, Any]) -> dict[str, Any]:
    """What the action takes: the form's facts without the hidden revision."""
    return {name: value for name, value in facts.items() if name != "revision"}


CHANGE, MINE, SCOPE = "write a plan", "change my plan", "may_change_plan"
PAGES: dict[str, tuple[str, View]] = {
    "goals": ("opened the goals for writing", _goals),
    "add_goal": ("opened the goals for writing", _add_goal),
    "goal": ("opened a goal for writing", _goal),
    "remove_goal": ("opened a goal for writing", _remove_goal),
    "add_action": ("opened the actions for writing", _add_action),
    "action": ("opened an action for writing", _action),
    "remove_action": ("opened an action for writing", _remove_action),
    "progress": ("opened the progress for writing", _progress),
}
STAFF = {name: about_person(CHANGE, act)(page) for name, (act, page) in PAGES.items()}
OWN = {name: about_me(MINE, act, scope=SCOPE)(whole(page)) for name, (act, page) in PAGES.items()}
