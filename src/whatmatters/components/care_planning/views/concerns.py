"""The list of concerns behind its three doors: the person's own pages, a private link, and staff who take it down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.access.gate import public, public_actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.forms_concerns import ConcernsForm, as_saved
from whatmatters.components.care_planning.models import Checklist
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.private import digest
from whatmatters.components.care_planning.views.doors import address, around, went_on, whole
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import attempt, both_versions
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with

PAGE, CHECK, GONE, NOT_KNOWN = "care_planning/concerns_form.jinja", "care_planning/concerns_check.jinja", 410, 404


@dataclass(frozen=True)
class Door:
    """By which way the list is written: ``open`` gives the list to write in, ``here`` is this page's address and
    ``done`` where one goes once it is sent. ``how`` is asked where it is empty."""

    person: Person
    by: Actor
    how: str
    here: str
    done: str
    found: Checklist | None
    open: Callable[[], Checklist]


def _go(request: HttpRequest, door: Door, context: dict[str, Any]) -> HttpResponse:
    """Write, put in order, send: the press says which."""
    context |= {"found": door.found, "here": door.here, "by_link": door.how == Checklist.How.LINK, "how": door.how}
    pressed = request.POST.get("do", "")
    try:
        if pressed.startswith("higher ") and door.found:
            actions.put_higher(checklist=door.found, key=pressed.removeprefix("higher "), by=door.by)
            return redirect(f"{door.here}?check=yes")
        if pressed == "send" and door.found:
            return _send(request, door, context)
    except Stale:
        messages.warning(request, "This list was sent or put away since the page was opened")
        return redirect(door.done)
    if "check" in request.GET and door.found and request.method != "POST":
        return render(request, CHECK, {**context, "rows": door.found.concerns.all()})
    return _write(request, door, context)


def _write(request: HttpRequest, door: Door, context: dict[str, Any]) -> HttpResponse:
    form = bound(ConcernsForm, request, agreed=_has_plan(door.person), initial=as_saved(door.found))
    if form.is_valid():
        row = door.open()
        revision = (form.cleaned_data["revision"] or 0) if door.found else row.revision
        try:
            if attempt(form, actions.save_concerns, checklist=row, revision=revision, by=door.by, **form.facts()):
                if request.POST.get("do") == "later":
                    messages.success(request, "Saved. Come back when you like; nothing is sent yet")
                    return went_on(request, redirect(door.here))
                return went_on(request, redirect(f"{door.here}?check=yes"))
        except Stale:
            row.refresh_from_db()
            saved = {**dict.fromkeys(form.cleaned_data, ""), **as_saved(row)}
            return both_versions(request, PAGE, form, saved, context)
    return page_with(request, PAGE, form, context)


def _send(request: HttpRequest, door: Door, context: dict[str, Any]) -> HttpResponse:
    how = door.how or request.POST.get("how", "")
    form = ConcernsForm({}, agreed=False)
    form.full_clean()
    if how not in Checklist.How:
        form.add_error(None, "Choose how they told you: on paper or by phone")
    elif attempt(form, actions.send_concerns, checklist=door.found, how=how, by=door.by):
        if door.how != Checklist.How.LINK:  # its next page says thank you itself
            messages.success(request, "Sent. Thank you" if door.how else "Taken down")
        return redirect(door.done)
    return page_with(request, CHECK, form, {**context, "rows": door.found.concerns.all() if door.found else []})


def _has_plan(person: Person) -> bool:
    plan = getattr(person, "plan", None)
    return bool(plan and plan.versions.filter(state=State.AGREED).exists())


def _open_of(person: Person) -> Checklist | None:
    return person.checklists.filter(sent=None, withdrawn=None).first()


def _inside(request: HttpRequest, person: Person, how: str, here: str, done: str) -> HttpResponse:
    door = Door(
        person, acting(request), how, here, done, _open_of(person),
        lambda: actions.begin_concerns(person=person, by=acting(request)),
    )  # fmt: skip
    return _go(request, door, around(request, person))


def _mine(request: HttpRequest, person: Person) -> HttpResponse:
    here = address(request, person, "concerns-write")
    return _inside(request, person, Checklist.How.ACCOUNT, here, address(request, person, "concerns"))


def _taken_down(request: HttpRequest, person: Person) -> HttpResponse:
    here = address(request, person, "concerns-write")
    return _inside(request, person, "", here, address(request, person, "concerns"))


@public
def by_link(request: HttpRequest, word: str) -> HttpResponse:
    """Opening it uses nothing up: a mail scanner may open it too. It names nobody."""
    row = Checklist.objects.filter(key=digest(word)).select_related("person").first()
    if row is None:
        return render(request, "care_planning/concerns_gone.jinja", {"about": "unknown"}, status=NOT_KNOWN)
    if row.sent:
        return render(request, "care_planning/concerns_gone.jinja", {"about": "sent"}, status=GONE)
    if row.withdrawn or row.expires is None or row.expires <= timezone.now():
        return render(request, "care_planning/concerns_gone.jinja", {"about": "expired"}, status=GONE)
    here = request.path
    door = Door(row.person, public_actor(request), Checklist.How.LINK, here, here, row, lambda: row)
    return _go(request, door, {})


@public
def by_word(request: HttpRequest) -> HttpResponse:
    """For whoever was given a letter: the short word is typed here, and leads where a link would."""
    word = request.POST.get("word", "").strip()
    known = word and Checklist.objects.filter(key=digest(word)).exists()
    if known:
        return redirect("concerns-by-link", word.lower().replace(" ", ""))
    wrong = request.method == "POST"
    return render(request, "care_planning/concerns_word.jinja", {"wrong": wrong}, status=422 if wrong else 200)


my_concerns_write = about_me("change my plan", "opened the list of concerns", scope="may_change_plan")(whole(_mine))
concerns_write = about_person("write a plan", "opened the list of concerns for writing")(_taken_down)
