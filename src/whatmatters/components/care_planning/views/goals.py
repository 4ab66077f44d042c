"""Goals and actions: a list, and a short page for each thing that is done to one."""

from collections.abc import Callable
from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from whatmatters.access.gate import View
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.forms import ActionForm, GoalForm, ProgressForm
from whatmatters.components.care_planning.models import Action, Goal
from whatmatters.components.care_planning.views.doors import address, around, newest, whole
from whatmatters.components.care_planning.views.reading import read
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import attempt, both_versions, small_page
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with

OF_PLANS = Goal.objects.select_related("version__plan__person")
Made = type[GoalForm] | type[ActionForm]


def _goals(request: HttpRequest, person: Person) -> HttpResponse:
    version = newest(person)
    if not version.is_draft:
        return redirect(address(request, person))
    return render(request, "care_planning/goals.jinja", {**around(request, person), **read(version)})


def _add_goal(request: HttpRequest, person: Person) -> HttpResponse:
    def act(facts: dict[str, Any]) -> Any:
        return actions.add_goal(version=newest(person), by=acting(request), **stated(facts))

    form = bound(GoalForm, request, instance=Goal())
    words = {"title": "Add a goal", "button": "Add the goal", "done": "The goal is added"}
    return small_page(request, person, form, act, back=address(request, person, "goals"), **words)


def _goal(request: HttpRequest, person: Person, goal: UUID) -> HttpResponse:
    found = get_object_or_404(OF_PLANS, version__plan__person=person, uuid=goal)
    return _change(request, person, found, GoalForm, "Change a goal")


def _add_action(request: HttpRequest, person: Person, goal: UUID) -> HttpResponse:
    found = get_object_or_404(OF_PLANS, version__plan__person=person, uuid=goal)

    def act(facts: dict[str, Any]) -> Any:
        return actions.add_action(goal=found, by=acting(request), **stated(facts))

    form = bound(ActionForm, request, instance=Action())
    words = {"title": "Add an action", "button": "Add the action", "done": "The action is added"}
    return small_page(request, person, form, act, back=address(request, person, "goals"), **words)


def _action(request: HttpRequest, person: Person, action: UUID) -> HttpResponse:
    rows = Action.objects.select_related("goal__version__plan__person")
    found = get_object_or_404(rows, goal__version__plan__person=person, uuid=action)
    return _change(request, person, found, ActionForm, "Change an action")


def _change(request: HttpRequest, person: Person, found: Goal | Action, made: Made, title: str) -> HttpResponse:
    form = bound(made, request, instance=copy(found), initial={"revision": found.revision})
    back = address(request, person, "goals")
    context = {**around(request, person), "title": title, "button": "Save", "back": back}
    if form.is_valid():
        do: Any = actions.change_goal if isinstance(found, Goal) else actions.change_action
        named = {"goal" if isinstance(found, Goal) else "action": copy(found)}
        revision = form.cleaned_data["revision"] or 0
        try:
            if attempt(form, do, revision=revision, by=acting(request), **named, **stated(form.cleaned_data)):
                messages.success(request, "Saved")
                return redirect(back)
        except Stale:
            saved = {"revision": found.revision, **{name: getattr(found, name) for name in made.Meta.fields}}
            return both_versions(request, "people/small.jinja", form, saved, context)
    return page_with(request, "people/small.jinja", form, context)


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

    def act(facts: dict[str, Any]) -> Any:
        return actions.note_progress(plan=version.plan, of=found, by=acting(request), **facts)

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
