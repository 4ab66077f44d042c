"""For those outside the team to whom a plan was shared: the plan and nothing else of the person."""

from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from whatmatters.access import audit
from whatmatters.access.gate import View, actor, allows, area_of, granted, grants_of
from whatmatters.components.care_planning.actions.giving import in_force
from whatmatters.components.care_planning.models import Access, Share, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.parts import FIRST
from whatmatters.components.care_planning.shown import shown
from whatmatters.components.care_planning.standing import standing
from whatmatters.components.care_planning.views.papers import CopyForm, paper
from whatmatters.people.forms import NHSNumberField
from whatmatters.people.gate import acting, audited
from whatmatters.people.models import Person
from whatmatters.people.nhs_number import problem_with
from whatmatters.people.search import has_namesake
from whatmatters.web.forms import DayField, bound, page_with

Kind = Share.Kind
ASKED_FOR = (Kind.OUT_OF_HOURS, Kind.HOSPITAL)  # never listed: whoever is before them is found by number and birthday
MOST = 200


class WhoForm(forms.Form):
    """Both, or nobody is found: there is nothing here to browse."""

    nhs_number = NHSNumberField(
        label="NHS number", help_text="10 digits, for example 999 123 4560",
        error_messages={"required": "Enter the NHS number"},
    )  # fmt: skip
    born = DayField(
        label="Date of birth", help_text="For example, 27 3 1948",
        error_messages={"required": "Enter the date of birth"},
    )  # fmt: skip

    def clean_nhs_number(self) -> str:
        number: str = self.cleaned_data["nhs_number"]
        if problem := problem_with(number):
            raise forms.ValidationError(problem)
        return number


def theirs(request: HttpRequest) -> Any:
    """Access that the reader's organisations have today, to plans that are agreed."""
    rows = in_force().filter(organisation__in=area_of(granted(request)), plan__versions__state=State.AGREED)
    return rows.select_related("plan__person", "share", "organisation")


def of_person(request: HttpRequest, person: Person) -> Access | None:
    """Theirs to this person's plan: the one given last."""
    found: Access | None = theirs(request).filter(plan__person=person).last()
    return found


@allows("see shared plans")
def plans(request: HttpRequest) -> HttpResponse:
    """The residents and the people of a team are listed; those of a night are asked for one by one."""
    form = bound(WhoForm, request)
    if form.is_valid():
        given = form.cleaned_data
        found = theirs(request).filter(plan__person__nhs_number=given["nhs_number"], plan__person__born=given["born"])
        if access := found.last():
            return redirect("shared-plan", access.uuid)
        form.add_error(None, "No plan of someone with this number and date of birth is shared with you")
    listed = theirs(request).exclude(share__kind__in=ASKED_FOR).order_by(
        "plan__person__family_name", "plan__person__given_name", "pk"
    )[:MOST]  # fmt: skip
    with transaction.atomic():
        seen = [access.plan.person_id for access in listed]
        audit.record("listed the plans that are shared", by=acting(request), detail={"shown": seen})
    rows = [(access, standing(version_of(access))) for access in listed]
    may_open = bool(grants_of(request.user, "open in an emergency"))
    return page_with(request, "care_planning/shared_plans.jinja", form, {"rows": rows, "may_open": may_open})


def version_of(access: Access) -> Version:
    """The plan in force: a later one than was shared, where there is one."""
    version: Version = access.plan.versions.select_related("plan__person").get(state=State.AGREED)
    return version


def about_shared(act: str) -> Callable[[View], View]:
    """For staff of an organisation that has access today. The route has ``<uuid:access>``; the look is audited."""

    def wrap(view: View) -> View:
        @allows("see shared plans")
        @wraps(view)
        def guarded(request: HttpRequest, access: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            found = theirs(request).filter(uuid=access).first()
            if found is None:
                raise Http404("No such plan among those that are shared with you")
            grant = next(one for one in granted(request) if found.organisation_id in area_of([one]))
            request.actor = actor(request.user, grant)  # type: ignore[attr-defined,arg-type]  # signed in
            return audited(request, act, found.plan.person, partial(view, request, found, *args, **kwargs))

        return guarded

    return wrap


@about_shared("saw the plan that was shared")
def plan(request: HttpRequest, access: Access) -> HttpResponse:
    version, kind = version_of(access), access.share.kind
    told = shown(version, kind, parts=access.parts, first=FIRST.get(kind, ()))
    context = {
        "person": access.plan.person, "namesake": has_namesake(access.plan.person), "access": access, "shown": told,
        "at_night": kind in ASKED_FOR,
        "newer": version.pk != access.share.version_id, "today": date.today(),
        "form": CopyForm(initial={"seen": version.number}),
    }  # fmt: skip
    return render(request, "care_planning/shared_plan.jinja", context)


@about_shared("printed the plan that was shared")
@require_POST
def printed(request: HttpRequest, access: Access) -> HttpResponse:
    """As they may read it, and no more."""
    form = bound(CopyForm, request)
    kind = access.share.kind
    made = paper(request, form, version_of(access), kind, parts=access.parts, first=FIRST.get(kind, ()))
    return made or redirect("shared-plan", access.uuid)
