"""The conversation: one page for the coordinator and the person, side by side; each block is saved by itself."""

import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.actions.items import NEEDS
from whatmatters.components.care_planning.blocks import Block, as_saved, block, found, remove, said, save
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.models import Plan, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.views.concerns_seen import told
from whatmatters.components.care_planning.views.doors import address, around, home_of, went_on, whole
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import CONFLICT, attempt, differences
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import UNPROCESSABLE

PAGE = "care_planning/together.jinja"


def _together(request: HttpRequest, person: Person) -> HttpResponse:
    """Before there is a draft: what the person said already, and a button that begins one."""
    version = _draft(person)
    if version is None:
        plan = Plan.objects.filter(person=person).first()
        agreed = plan.versions.filter(state=State.AGREED).first() if plan else None
        context = {**_around(request, person), "headings": HEADINGS}
        return render(request, PAGE, context | {"contents": contents_of(agreed) if agreed else None, "draft": None})
    return _page(request, person, version)


def _around(request: HttpRequest, person: Person) -> dict[str, Any]:
    return {**around(request, person), **told(person), "home": home_of(request, person)}


def _block(request: HttpRequest, person: Person, kind: str, of: UUID | None = None) -> HttpResponse:
    """One block is saved, or taken out; or comes back on the page with what is to be mended."""
    version = _draft(person)
    if version is None:
        if request.method == "POST":
            messages.warning(request, "The plan was agreed meanwhile: begin a new version to change it")
        return redirect(address(request, person, "together"))
    try:
        row = found(version, kind, of)
    except (ObjectDoesNotExist, KeyError):
        raise Http404("No such part of the draft") from None
    if request.method != "POST":
        return redirect(address(request, person, "together"))
    one = block(version, kind, row, request.POST)
    if request.POST.get("do") == "remove" and row and kind != "add-action":
        return _removed(request, person, one)
    status = _tried(version, one, acting(request))
    return _page(request, person, version, one, status) if status else _saved(request, person, one)


def _tried(version: Version, one: Block, by: Actor) -> int:
    """Nought when it is saved; else what is to be said of it."""
    if not one.form.is_valid():
        return UNPROCESSABLE
    try:
        return 0 if attempt(one.form, save, version=version, one=one, by=by) is not None else UNPROCESSABLE
    except Stale:
        _beside(version, one)
        return CONFLICT if one.differ else 0


def _draft(person: Person) -> Version | None:
    drafts = Version.objects.filter(plan__person=person, state=State.DRAFT)
    return drafts.select_related("plan__person", "plan__episode").first()


def _beside(version: Version, one: Block) -> None:
    """What someone else saved, beside what was typed; the form then stands at theirs, and to save it once more is a
    choice made knowingly. Nothing differs where it was this very form that was saved, and its answer was lost."""
    version.refresh_from_db()
    version.plan = Plan.objects.select_related("person", "episode").get(pk=version.plan_id)
    if one.of:
        one.of.refresh_from_db()
    held, one.seen = as_saved(version, one.kind, one.of)
    one.differ = differences(one.form, {**dict.fromkeys(one.form.cleaned_data), **held})


def _saved(request: HttpRequest, person: Person, one: Block) -> HttpResponse:
    """Back to the block. The moment in the address makes it another page each time, so that it is asked for anew."""
    there = f"{address(request, person, 'together')}?saved={one.name}&at={time.time_ns()}#{one.name}"
    return went_on(request, redirect(there))


def _removed(request: HttpRequest, person: Person, one: Block) -> HttpResponse:
    try:
        with transaction.atomic():
            remove(one, acting(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(address(request, person, "together"))


def _page(
    request: HttpRequest, person: Person, version: Version, answered: Block | None = None, status: int = 200
) -> HttpResponse:
    contents = contents_of(version)

    def shown(kind: str, row: Any = None) -> Block:
        same = answered and (answered.kind, answered.of) == (kind, row)
        return answered if same and answered else block(version, kind, row)

    goals = [
        (
            goal,
            shown("goal", goal),
            [(action, shown("action", action)) for action in contents.actions.get(goal.pk, [])],
            shown("add-action", goal),
        )
        for goal in contents.goals
    ]
    context = {
        **_around(request, person),
        "draft": version,
        "contents": contents,
        "headings": HEADINGS,
        "matters": shown("matters"),
        "talk": shown("talk"),
        "needs": [(item, said(item), shown("need", item)) for item in contents.items.get(NEEDS, [])],
        "add_need": shown("add-need"),
        "goals": goals,
        "add_goal": shown("add-goal"),
        "answered": answered,
        "just_saved": request.GET.get("saved", ""),
    }
    return render(request, PAGE, context, status=status)


CHANGE, MINE, SCOPE = "write a plan", "change my plan", "may_change_plan"
together = about_person(CHANGE, "opened the conversation")(_together)
saved_block = about_person(CHANGE, "wrote in the conversation")(_block)
my_together = about_me(MINE, "opened the conversation", scope=SCOPE)(whole(_together))
my_saved_block = about_me(MINE, "wrote in the conversation", scope=SCOPE)(whole(_block))
