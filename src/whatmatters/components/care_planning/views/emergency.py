"""A clinician opens the emergency part of a plan that was not shared; the privacy officer looks into it."""

from functools import partial
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted
from whatmatters.components.care_planning.actions.emergency import Slower, late, look, look_into
from whatmatters.components.care_planning.models import Emergency, LookedInto, Share, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.parts import EMERGENCY
from whatmatters.components.care_planning.shown import shown
from whatmatters.components.care_planning.views.shared import WhoForm
from whatmatters.people.boxes import long
from whatmatters.people.gate import about_person, acting, grant_for, people_of
from whatmatters.people.mending import small_page
from whatmatters.people.models import Person
from whatmatters.people.search import has_namesake
from whatmatters.web.forms import bound, page_with

Kind = Share.Kind
TOO_MANY = 429
MOST = 200


class EmergencyForm(WhoForm):
    reason = forms.ChoiceField(
        label="Why do you need to see the plan?", choices=Emergency.Reason.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need to see it"},
    )  # fmt: skip
    words = long(
        "In a few words", 300, hint="What is happening, and where. The privacy officer and the person will read it.",
        required="Write in a few words what is happening",
    )  # fmt: skip


@allows("open in an emergency")
def emergency(request: HttpRequest) -> HttpResponse:
    """The answer comes on the page that was posted: it has no address to keep, share or come back to."""
    form = bound(EmergencyForm, request)
    if form.is_valid():
        try:
            row = look(by=acting(request), **form.cleaned_data)
        except Slower as slower:
            form.add_error(None, slower)
            return render(request, "care_planning/emergency.jinja", {"form": form}, status=TOO_MANY)
        if row.person:
            return _plan(request, row, row.person)
        form.add_error(None, "Nobody with this NHS number and date of birth is known here: check each digit of both")
    return page_with(request, "care_planning/emergency.jinja", form, {})


def _plan(request: HttpRequest, row: Emergency, person: Person) -> HttpResponse:
    """What the person keeps from either kind of reader of a night is kept here too."""
    agreed = Version.objects.filter(plan__person=person, state=State.AGREED).select_related("plan__person").first()
    told = shown(agreed, Kind.OUT_OF_HOURS, Kind.HOSPITAL, first=EMERGENCY) if agreed else None
    context = {
        "person": person,
        "namesake": has_namesake(person),
        "opened": row,
        "shown": told,
        "own_list": grant_for(request.user, person, "see a plan"),
    }
    return render(request, "care_planning/emergency_plan.jinja", context)


@allows("see the audit")
@transaction.atomic
def emergencies(request: HttpRequest) -> HttpResponse:
    """Of the people they answer for: those that wait first, the oldest of them at the top."""
    rows = Emergency.objects.filter(person__in=people_of(granted(request)))
    rows = rows.select_related("person", "organisation", "looked_into", "reminded")
    audit.record("listed emergency openings", by=acting(request))
    context = {
        "late": set(late().values_list("pk", flat=True)),
        "waiting": list(rows.filter(looked_into__isnull=True).order_by("at")[:MOST]),
        "done": list(rows.filter(looked_into__isnull=False).order_by("-at")[:MOST]),
    }
    return render(request, "care_planning/emergencies.jinja", context)


class LookIntoForm(forms.Form):
    finding = forms.ChoiceField(
        label="What did you find?", choices=LookedInto.Finding.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what you found"},
    )  # fmt: skip
    words = long("In a few words", 300, hint="Whom you asked, and what follows from it")


@about_person("see the audit", "opened an emergency opening to look into it")
def looked_into(request: HttpRequest, person: Person, opening: UUID) -> HttpResponse:
    found = get_object_or_404(Emergency.objects.select_related("person"), person=person, uuid=opening)
    act = partial(look_into, emergency=found)
    words = {"title": "Look into an emergency opening", "button": "Save", "done": "Marked as looked into"}
    return small_page(request, person, bound(LookIntoForm, request), act, back=reverse("emergencies"), **words)
