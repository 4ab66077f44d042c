"""Care homes: which there are, the round of one on a single page, and who moves in and out."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from whatmatters.access import audit
from whatmatters.access.gate import allows, grants_of
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.forms_homes import MoveInForm, MoveOutForm, NewResidentForm, RoundForm
from whatmatters.components.care_planning.models import SeenOnRound
from whatmatters.components.care_planning.residents import (
    ASKED,
    CHANGED,
    LATE,
    NONE,
    OVERDUE,
    Resident,
    homes,
    residents,
    rules,
)
from whatmatters.components.care_planning.views.doors import went_on
from whatmatters.organisations.models import Organisation
from whatmatters.people.gate import about_person, acting, people_of
from whatmatters.people.mending import attempt, small_page
from whatmatters.people.models import Person
from whatmatters.web.forms import bound, page_with

PRESSING = ((LATE, NONE), (OVERDUE, ASKED), (CHANGED,))
NOBODY = "Nobody you look after has this number. Check each digit; their practice must be one of yours"


@allows("write a plan")
@transaction.atomic
def care_homes(request: HttpRequest) -> HttpResponse:
    """Each home with how many live there, and of how many something must be done."""
    grants, today = request.grants, date.today()  # type: ignore[attr-defined]  # set by the gate
    places = homes(grants, today)
    living = residents(places, grants, today)
    rows = []
    for home in places:
        mine = [one for one in living if one.residence.home_id == home.pk]
        seen = max((one.seen for one in mine if one.seen), default=None)
        rows.append((home, len(mine), [sum(one.stands in some for one in mine) for some in PRESSING], seen))
    _shown(request, living)
    return render(request, "care_planning/care_homes.jinja", {"rows": rows})


def _shown(request: HttpRequest, living: list[Resident]) -> None:
    audit.record("listed care home residents", by=acting(request), detail={"shown": [one.person.pk for one in living]})


@allows("write a plan")
@transaction.atomic
def care_home(request: HttpRequest, code: str) -> HttpResponse:
    """The worklist is the round's form: tick whom you saw and talked of, and save once."""
    home, living = _home(request, code)
    form = bound(RoundForm, request, residents=living, initial={"on": date.today()})
    if form.is_valid():
        facts = {"home": home, "on": form.cleaned_data["on"], "done": form.done()}
        new = attempt(form, actions.record_round, by=acting(request), **facts)
        if new is not None:
            messages.success(request, _saved(new) if new else "This round was saved before")
            return went_on(request, redirect("care-home", home.code))
    _shown(request, living)
    return page_with(request, "care_planning/care_home.jinja", form, {"home": home, "rules": rules()})


def _saved(new: list[SeenOnRound]) -> str:
    """The round is saved: 3 seen, 1 talked of, 2 notes."""
    talked, notes = sum(row.meeting for row in new), sum(bool(row.note) for row in new)
    also = [f"{talked} talked of"] * bool(talked) + [f"{notes} {'note' if notes == 1 else 'notes'}"] * bool(notes)
    return ", ".join([f"The round is saved: {sum(row.seen for row in new)} seen", *also])


@allows("write a plan")
def new_resident(request: HttpRequest, code: str) -> HttpResponse:
    """Someone whom one of the asker's practices has on its list moves in here."""
    home, _ = _home(request, code)
    form = bound(NewResidentForm, request)
    if form.is_valid():
        number = form.cleaned_data.pop("nhs_number")
        person = people_of(request.grants).filter(nhs_number=number).first()  # type: ignore[attr-defined]  # set by the gate
        if person is None:
            form.add_error("nhs_number", NOBODY)
        elif attempt(form, actions.move_in, person=person, home=home, by=acting(request), **form.cleaned_data):
            messages.success(request, f"{person.full_name} lives at {home.name}")
            return redirect("care-home", home.code)
    return page_with(request, "care_planning/new_resident.jinja", form, {"home": home})


def _home(request: HttpRequest, code: str) -> tuple[Organisation, list[Resident]]:
    grants, today = request.grants, date.today()  # type: ignore[attr-defined]  # set by the gate
    home = next((one for one in homes(grants, today) if one.code == code), None)
    if home is None:
        raise Http404("No such care home among those you look after")
    return home, residents([home], grants, today)


@about_person("write a plan", "opened where the person lives")
def lives(request: HttpRequest, person: Person) -> HttpResponse:
    """Into a care home, or out of the one they live in."""
    now = person.residences.filter(end__isnull=True).select_related("home").first()
    back = reverse("person", args=[person.uuid])
    if now and "out" in request.GET:
        leave = partial(actions.move_out, residence=now)
        words = {"title": f"{person.called} leaves {now.home.name}", "button": "Save", "done": "Saved"}
        return small_page(request, person, bound(MoveOutForm, request), leave, back=back, **words)
    move = partial(actions.move_in, person=person)
    near = homes(grants_of(request.user, "write a plan"), date.today())
    form = bound(MoveInForm, request, homes=Organisation.objects.filter(pk__in=[one.pk for one in near]))
    words = {"title": f"{person.called} moves into a care home", "button": "Save", "done": "Saved"}
    return small_page(request, person, form, move, back=back, **words)
