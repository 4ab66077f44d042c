"""A proactive offer as it is planned and judged: no names here, only groups (see ``views/inviting``)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from whatmatters.access.gate import allows, area_of, granted, grants_of, places_of
from whatmatters.access.models import Grant
from whatmatters.components.social_prescribing.actions import planning
from whatmatters.components.social_prescribing.forms_offer import (
    AgreeForm,
    ChangeForm,
    PartnerForm,
    PlanForm,
    ReviewForm,
    whom,
)
from whatmatters.components.social_prescribing.models import Invitation, Offer, Side, Standing
from whatmatters.components.social_prescribing.reaching import rule, said
from whatmatters.components.social_prescribing.uptake import uptake
from whatmatters.measurement.disclosure.tables import month_end
from whatmatters.organisations.models import Kind
from whatmatters.organisations.tree import levels_up
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt, attempt_as_seen
from whatmatters.web.forms import bound, short_form

CHANGED = ("title", "need", "why", "what", "starts", "revision")


def offers_for(grants: list[Grant], today: date) -> QuerySet[Offer]:
    """Of the services in the area of the grants, and of the networks that they are in."""
    above = set().union(*levels_up([grant.organisation_id for grant in grants], today))
    near = Q(service__in=area_of(grants, today)) | Q(service__in=above, service__kind=Kind.PCN)
    return Offer.objects.filter(near).select_related("service")


@allows("see offers")
def offers(request: HttpRequest) -> HttpResponse:
    rows = [(row, said(row.reach)) for row in offers_for(granted(request), date.today())]
    context = {
        "rows": rows,
        "may_plan": _may(request, "plan offers"),
        "may_meet": _may(request, "keep practice meetings"),
        "may_scheme": _may(request, "keep the scheme"),
    }
    return render(request, "social_prescribing/offers.jinja", context)


@allows("plan offers")
def plan(request: HttpRequest) -> HttpResponse:
    form = bound(PlanForm, request, services=places_of(granted(request), Kind.PCN))
    if form.is_valid():
        facts = form.facts()
        del facts["revision"]
        if made := attempt(form, planning.plan_offer, by=acting(request), **facts):
            messages.success(request, "Planned: now record who has a say in it")
            return redirect("offer", made.uuid)
    words = {"title": "Plan a proactive offer", "button": "Save the plan"}
    return short_form(request, form, back=reverse("offers"), small=True, **words)


@allows("see offers")
def offer(request: HttpRequest, offer: UUID) -> HttpResponse:
    row, until = _of(request, offer), month_end(date.today())
    context = {
        "row": row,
        "until": until,
        "whom": said(row.reach),
        "caveats": rule(row.reach).caveats,
        "reaches": [(reach.since, said(reach)) for reach in row.reaches.all()],
        "partners": row.partners.all(),
        "missing": planning.missing(row) if row.standing == Standing.DRAFT else [],
        "reviews": row.reviews.all(),
        "first": Invitation.objects.filter(listed__offer=row).order_by("on").values_list("on", flat=True).first(),
        "tables": uptake(row, until) if row.agreed_on and row.agreed_on <= until else [],
        "shown_from": (until + timedelta(days=32)).replace(day=1),  # the month after this one
        "may_plan": _may(request, "plan offers"),
        "may_invite": _may(request, "invite people"),
    }  # fmt: skip
    return render(request, "social_prescribing/offer.jinja", context)


@allows("plan offers")
def change(request: HttpRequest, offer: UUID) -> HttpResponse:
    row = _of(request, offer)
    initial = {name: getattr(row, name) for name in CHANGED} | whom(row.reach)
    return _form_page(
        request, row, ChangeForm, planning.change_offer, initial, title="Change the plan", button="Save the plan"
    )


@allows("plan offers")
def partner(request: HttpRequest, offer: UUID) -> HttpResponse:
    row = _of(request, offer)
    lacking = {str(side.label): side for side in Side}
    first = next((lacking[words] for words in planning.missing(row)), None)
    initial = {"side": first}
    return _form_page(request, row, PartnerForm, planning.add_partner, initial, title="Who had a say?", button="Save")


@allows("plan offers")
def agree(request: HttpRequest, offer: UUID) -> HttpResponse:
    row = _of(request, offer)
    return _form_page(request, row, AgreeForm, planning.agree, {}, title="Agree the plan", button="It is agreed")


@allows("plan offers")
def review(request: HttpRequest, offer: UUID) -> HttpResponse:
    row = _of(request, offer)
    title = "Review the offer and whom it is for"
    return _form_page(request, row, ReviewForm, planning.review, whom(row.reach), title=title, button="Save it")


def _of(request: HttpRequest, offer: UUID) -> Offer:
    return get_object_or_404(offers_for(granted(request), date.today()), uuid=offer)


def _may(request: HttpRequest, capability: str) -> bool:
    return bool(grants_of(request.user, capability))


def _form_page(
    request: HttpRequest, row: Offer, form_of: Any, action: Any, initial: dict[str, Any], *, title: str, button: str
) -> HttpResponse:
    """One short form about an offer, and back to it."""
    form = bound(form_of, request, initial={"revision": row.revision, **initial})
    if form.is_valid() and attempt_as_seen(form, action, offer=row, by=acting(request), **form.facts()):
        messages.success(request, "Saved")
        return redirect("offer", row.uuid)
    said, back = f"{row.title}, {row.service.name}", reverse("offer", args=[row.uuid])
    return short_form(request, form, title=title, button=button, said=[said], back=back, small=True)
