"""That nothing waits unseen: the list for managers and link workers, and what a service promises."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from whatmatters.access import audit
from whatmatters.access.gate import allows, area_of, granted, grants_of
from whatmatters.access.models import Grant, User
from whatmatters.access.roles import roles_with
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.desk import in_scope
from whatmatters.components.social_prescribing.forms_door import PriorityGroupForm, TimersForm
from whatmatters.components.social_prescribing.models import (
    Cause,
    Check,
    Escalation,
    PriorityGroup,
    Referral,
    Status,
    Timers,
    Told,
)
from whatmatters.components.social_prescribing.waiting import Waiting, answers, open_everywhere, waiting, within
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import in_force, levels_up
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt, attempt_as_seen
from whatmatters.web.forms import bound, page_with

A_YEAR = timedelta(days=365)


@allows("watch referrals")
@transaction.atomic
def waiting_list(request: HttpRequest) -> HttpResponse:
    """By cause, the longest first. Names are for those who may open the case; others see where, and how long."""
    today, area = date.today(), area_of(granted(request))
    rows = [*waiting(open_everywhere(today).filter(within(area, today)), today)]
    rows += answers(today, within(area, today, "referral__"))
    audit.record("looked at what waits too long", by=acting(request), detail={"referrals": len(rows)})
    context = {
        "causes": by_cause(rows, today),
        "mine": names_for(request.user, rows, today),
        "told": {each.referral_id: each for each in escalations(rows)},
        "check": Check.objects.order_by("-on").first(),
        "services": services(area),
        "unmatched_ends": ended_unmatched(area, today),
        "can_set": bool(grants_of(request.user, "set up a service")),
    }
    return render(request, "social_prescribing/waiting.jinja", context)


def by_cause(rows: Iterable[Waiting], today: date) -> list[tuple[Cause, list[tuple[Waiting, int]]]]:
    """Each cause that there is, with its rows and how many days each has been so."""
    found = [(wait, wait.days(today)) for wait in rows]
    lists = [
        (cause, sorted((one for one in found if one[0].cause == cause), key=lambda one: -one[1])) for cause in Cause
    ]
    return [(cause, held) for cause, held in lists if held]


def names_for(user: Any, rows: list[Waiting], today: date) -> set[int]:
    """Those among the referrals that are on a desk of the reader's."""
    held = grants_of(user, "work referrals", today)
    if not held:
        return set()
    wanted = [wait.row.pk for wait in rows]
    return set(Referral.objects.filter(in_scope(held, today), pk__in=wanted).values_list("pk", flat=True))


def escalations(rows: list[Waiting]) -> Iterable[Escalation]:
    wanted = [wait.row.pk for wait in rows]
    return Escalation.objects.filter(referral__in=wanted).select_related("to").order_by("at")


def services(area: set[int]) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=area, kind=Kind.PCN, closed__isnull=True))


def ended_unmatched(area: set[int], today: date) -> list[tuple[str, int]]:
    """Ended in the last year before anyone was matched: no person, no event, so no indicator can count them."""
    ends = Referral.objects.filter(person=None, practice__in=area, ended_on__gt=today - A_YEAR)
    counted = ends.values_list("status").annotate(Count("pk")).order_by("status")
    return [(str(Status(status).label), number) for status, number in counted]


@allows("work referrals")
@require_POST
def told(request: HttpRequest, referral: UUID) -> HttpResponse:
    """An answer that nobody had read was given by phone, by letter or face to face."""
    today = date.today()
    held = in_scope(granted(request), today) | within(area_of(granted(request)), today)
    row = get_object_or_404(Referral.objects.filter(held), uuid=referral)
    to = Told.PERSON if request.POST.get("to") == Told.PERSON else Told.SENDER
    if actions.told_by_voice(referral=row, to=to, by=acting(request)):
        messages.success(request, "Noted: they know")
    return redirect("waiting-referrals")


@allows("set up a service")
def service(request: HttpRequest, code: str) -> HttpResponse:
    """How long a referral may wait, who is told then, and the priority groups."""
    place = _place(request, code)
    row = Timers.objects.filter(service=place).first() or Timers(service=place)
    asked = {**{name: getattr(row, name) for name in Timers.PLAIN}, "tell": row.tell_id}
    form = bound(TimersForm, request, readers=readers(place), initial=asked)
    context = {"service": place, "groups": list(place.priority_groups.annotate(used=Count("falls")))}
    if form.is_valid() and attempt_as_seen(
        form, actions.set_timers, service=place, by=acting(request), **form.cleaned_data
    ):
        messages.success(request, "Saved")
        return redirect("service", code)
    return page_with(request, "social_prescribing/service.jinja", form, context)


def readers(place: Organisation) -> Any:
    """Who may be told: those who may see the list of what waits."""
    today = date.today()
    above = set().union(*levels_up({place.pk}, today))
    held = Grant.objects.filter(in_force(today), role__in=roles_with("watch referrals"), organisation__in=above)
    return User.objects.filter(active=True, grants__in=held).distinct().order_by("name")


@allows("set up a service")
def add_group(request: HttpRequest, code: str) -> HttpResponse:
    place = _place(request, code)
    form = bound(PriorityGroupForm, request)
    del form.fields["ended"]
    if form.is_valid() and attempt(
        form, actions.add_priority_group, service=place, by=acting(request), **form.cleaned_data
    ):
        messages.success(request, "Added")
        return redirect("service", code)
    return page_with(request, "social_prescribing/priority_group.jinja", form, {"service": place, "group": None})


@allows("set up a service")
def change_group(request: HttpRequest, code: str, priority: UUID) -> HttpResponse:
    place = _place(request, code)
    group = get_object_or_404(PriorityGroup, service=place, uuid=priority)
    asked = {"name": group.name, "definition": group.definition, "ended": group.end is not None}
    form = bound(PriorityGroupForm, request, initial=asked)
    if form.is_valid() and attempt(
        form, actions.change_priority_group, group=group, by=acting(request), **form.cleaned_data
    ):
        messages.success(request, "Saved")
        return redirect("service", code)
    return page_with(request, "social_prescribing/priority_group.jinja", form, {"service": place, "group": group})


def _place(request: HttpRequest, code: str) -> Organisation:
    """A network, or a practice that is in none."""
    place = get_object_or_404(Organisation, code=code, kind__in=(Kind.PCN, Kind.PRACTICE))
    if place.pk not in area_of(granted(request)):
        raise Http404("No service of that code among yours")
    return place
