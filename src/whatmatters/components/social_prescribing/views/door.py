"""Other ways in: a one-time link, and what comes by phone or on paper and is written down for someone else."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from whatmatters.access import audit
from whatmatters.access.gate import allows, area_of, granted, places_of, public, public_actor
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.one_time import good
from whatmatters.components.social_prescribing.forms_door import ByLinkForm, SendLinkForm, TakeDownForm
from whatmatters.components.social_prescribing.models import OneTimeLink, Source
from whatmatters.components.social_prescribing.offer import practices_served
from whatmatters.components.social_prescribing.views.asking import GONE
from whatmatters.letters import address
from whatmatters.letters.private import digest
from whatmatters.organisations.choosing import said
from whatmatters.organisations.models import Kind
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.web.forms import bound, page_with

LATEST = 50
NOT_KNOWN = 404


@public
@cache_control(no_store=True)
def one_time(request: HttpRequest, word: str) -> HttpResponse:
    """The form behind a one-time link. Opening it uses nothing up: a mail scanner may open it too."""
    link = OneTimeLink.objects.filter(key=digest(word)).select_related("practice").first()
    if link is None:
        return render(request, "social_prescribing/link_gone.jinja", {"about": "unknown"}, status=NOT_KNOWN)
    if request.method != "POST" and good(word) is None:
        about = "used" if link.used else "expired"
        return render(request, "social_prescribing/link_gone.jinja", {"about": about}, status=GONE)
    form = bound(ByLinkForm, request, source=link.source, organisation=link.organisation)
    if form.is_valid():
        made = attempt(form, actions.receive_by_link, word=word, by=public_actor(request), **form.facts())
        if made:
            return redirect("track-referral", made[1])
    context = {"practice": link.practice, "own": link.source == Source.SELF}
    return page_with(request, "social_prescribing/one_time.jinja", form, context)


@allows("work referrals")
def links(request: HttpRequest) -> HttpResponse:
    """Make a link, and see what became of the earlier ones. A new link is shown once, on the page that made it."""
    area, new = area_of(granted(request)), ""
    practices = practices_served(date.today()).filter(pk__in=area)
    form = bound(SendLinkForm, request, practices=practices)
    if form.is_valid() and (made := attempt(form, actions.send_link, by=acting(request), **form.cleaned_data)):
        new = address.of("one-time-referral", made[1])
        if made[0].address:
            messages.success(request, "The link is on its way")
        form = SendLinkForm(practices=practices)
    with transaction.atomic():
        audit.record("looked at one-time links", by=acting(request))
        rows = list(
            OneTimeLink.objects.filter(practice__in=area).select_related("practice", "made_by", "letter")[:LATEST]
        )
    context = {"rows": rows, "new": new, "now": timezone.now()}
    return page_with(request, "social_prescribing/links.jinja", form, context)


@allows("work referrals")
@require_POST
def withdraw(request: HttpRequest, link: UUID) -> HttpResponse:
    row = get_object_or_404(OneTimeLink, uuid=link, practice__in=area_of(granted(request)))
    try:
        actions.withdraw_link(link=row, by=acting(request))
        messages.success(request, "Withdrawn: the link no longer works")
    except actions.NotAllowed as problem:
        messages.warning(request, problem.messages[0])
    return redirect("one-time-links")


@allows("take down a referral")
def take_down(request: HttpRequest) -> HttpResponse:
    """For whoever rings, writes or stands at the counter. It goes to the desk like any other, to be matched there."""
    practices = places_of(granted(request), Kind.PRACTICE)
    only = practices.first() if practices.count() == 1 else None
    initial = {"on": date.today(), "practice": said(only) if only else None}
    form = bound(TakeDownForm, request, practices=practices, initial=initial)
    if form.is_valid() and (made := attempt(form, actions.take_down, by=acting(request), **form.facts())):
        covered = practices_served(date.today()).filter(pk=made[0].practice_id).exists()
        if covered:
            messages.success(request, "Taken down. It is on the link workers’ desk")
        else:
            messages.warning(request, "Taken down. No link worker covers this practice: its manager is told")
        return redirect("track-referral", made[1])
    served = practices_served(date.today())
    uncovered = practices.exclude(pk__in=served.values("pk"))[:10]
    return page_with(request, "social_prescribing/take_down.jinja", form, {"uncovered": list(uncovered)})
