"""A referral is made, by staff or by anyone, and its sender follows what becomes of it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.gate import allows, granted, public, public_actor
from whatmatters.components.social_prescribing import actions, door
from whatmatters.components.social_prescribing.desk import registered_in
from whatmatters.components.social_prescribing.forms import PublicForm, ReferForm
from whatmatters.components.social_prescribing.hiding import audience_of_role, hidden, kept_from_anyone
from whatmatters.components.social_prescribing.models import MOVES, Referral, Status, Told
from whatmatters.components.social_prescribing.offer import covering, practices_served
from whatmatters.components.social_prescribing.tracking import came_of, follows, gone, told, why
from whatmatters.letters.private import digest
from whatmatters.organisations.tree import in_force
from whatmatters.people.gate import about_person, acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.web.forms import bound, page_with

GROUPS = ("connections__group", "case__connections__group")
LATEST = 100  # of one's own referrals on one page
GONE = 410


@about_person("refer", "opened the referral page")
def refer(request: HttpRequest, person: Person) -> HttpResponse:
    """One choice and one button: "they know and agree", or "they said no"."""
    form = bound(ReferForm, request)
    if form.is_valid():
        said_no = request.POST.get("answer") == "no"
        action = actions.offer_declined if said_no else actions.refer
        if attempt(form, action, person=person, by=acting(request), **form.cleaned_data):
            messages.success(request, "Recorded: not this time" if said_no else "Referred to social prescribing")
            return redirect("my-referrals")
    return page_with(
        request, "social_prescribing/refer.jinja", form, {"person": person, "uncovered": uncovered(person)}
    )


def uncovered(person: Person) -> str:
    """The name of the person's practice, where no link worker covers it."""
    today = date.today()
    registration = person.registrations.filter(in_force(today)).select_related("practice").first()
    return registration.practice.name if registration and not covering(person, today) else ""


@allows("refer")
@transaction.atomic
def my_referrals(request: HttpRequest) -> HttpResponse:
    """What I sent, of the people I may still see, and what became of it."""
    audit.record("looked at own referrals", by=acting(request))
    scope = registered_in(granted(request), date.today())
    mine = Referral.objects.filter(scope, made_by=request.user.pk, person__isnull=False)
    rows = list(
        mine.select_related("person", "case", "owner").prefetch_related(*GROUPS).order_by("-made_on", "-pk")[:LATEST]
    )
    news = set(mine.filter(notices__to=Told.SENDER, notices__read=None).values_list("pk", flat=True))
    actions.seen(referrals=Q(pk__in=[row.pk for row in rows]), to=Told.SENDER)
    without = hidden([follows(row) for row in rows], audience_of_role(acting(request).role))
    told_of = [(row, " ".join([told(row), *came_of(row, without=without)])) for row in rows]
    parts: dict[str, list[Any]] = {"New to you": [], "Going on": [], "Ended": []}
    for row, words in told_of:
        name = "New to you" if row.pk in news else "Going on" if follows(row).open else "Ended"
        parts[name].append((row, words, row.pk in news, may_cancel(row)))
    context = {"parts": parts, "whole": len(rows), "latest": LATEST}
    return render(request, "social_prescribing/sent.jinja", context)


@about_person("refer", "asked to cancel a referral")
@require_POST
def cancel_mine(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    row = get_object_or_404(Referral, person=person, uuid=referral)
    if row.made_by_id == request.user.pk:
        _cancel(request, row, by=acting(request))
    else:
        messages.warning(request, "Only whoever made a referral can cancel it")
    return redirect("my-referrals")


@public
def self_refer(request: HttpRequest) -> HttpResponse:
    """The same answer to everyone: thank you, and a private link."""
    form = bound(PublicForm, request, practices=practices_served(date.today()))
    if form.is_valid():
        if again := door.again_at(request):
            return too_many(request, "social_prescribing/ask.jinja", form, timezone.localtime(again).strftime("%H:%M"))
        if made := attempt(form, actions.receive, by=public_actor(request), **form.facts()):
            door.came(request)
            return redirect("track-referral", made[1])
    return page_with(request, "social_prescribing/ask.jinja", form, {})


def too_many(request: HttpRequest, template: str, form: Any, again: str) -> HttpResponse:
    """What was typed stands in the form, to be sent later."""
    form.add_error(
        None,
        f"Many requests came from where you are in the last hour. Nothing you typed is lost: keep this page open and "
        f"send it again after {again}. If it cannot wait, ring the GP practice",
    )
    return render(request, template, {"form": form}, status=door.TOO_MANY)


@public
@cache_control(no_store=True)
@transaction.atomic
def track(request: HttpRequest, word: str) -> HttpResponse:
    """For whoever holds the private link: where it stands in one sentence, and nobody's name."""
    row = Referral.objects.filter(key=digest(word)).select_related("case").first()
    if row is None:
        raise Http404("No referral has this link")
    if gone(row, date.today()):
        return render(request, "social_prescribing/link_gone.jinja", {"about": "followed"}, status=GONE)
    if request.method == "POST":
        _cancel(request, row, by=public_actor(request))
        return redirect("track-referral", word)
    audit.record("followed a referral by its private link", by=public_actor(request), detail={"referral": row.pk})
    if request.method == "GET":  # not HEAD: whoever only asks whether the page is there has read nothing
        actions.seen(referrals=Q(pk=row.pk), to=Told.SENDER)
    context = {
        "status": " ".join([told(row), *came_of(row, named=False, without=kept_from_anyone([follows(row)]))]),
        "why": why(row),
        "made_on": row.made_on,
        "may_cancel": may_cancel(row),
    }
    return render(request, "social_prescribing/track.jinja", context)


def may_cancel(row: Referral) -> bool:
    return Status.CANCELLED in MOVES[row.status]


def _cancel(request: HttpRequest, row: Referral, *, by: Actor) -> None:
    try:
        actions.cancel(referral=row, by=by)
    except actions.NotAllowed:
        messages.warning(request, "It can no longer be cancelled: a link worker is already in touch")
    else:
        messages.success(request, "Cancelled")
