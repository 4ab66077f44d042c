"""What an audit leads to: options, the decision, what was made of it, and the signature under it all."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from whatmatters.access.gate import allows, granted
from whatmatters.components.shared_decision_making.actions import improving as actions
from whatmatters.components.shared_decision_making.actions import packing
from whatmatters.components.shared_decision_making.forms_audit import ConsiderForm, DecideForm, MadeForm, SignForm
from whatmatters.components.shared_decision_making.models import Improvement
from whatmatters.components.shared_decision_making.views.auditing import act, audits_for, form_of, found
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt_as_seen
from whatmatters.web.forms import bound


@allows("audit decisions")
def consider(request: HttpRequest, audit: UUID) -> HttpResponse:
    text = "Write down each thing that could be done; what is done is decided afterwards."
    return act(
        request, audit, ConsiderForm, actions.consider, title="Consider an improvement", button="Add it", text=text,
        done="Added",
    )  # fmt: skip


@allows("audit decisions")
def decide(request: HttpRequest, audit: UUID) -> HttpResponse:
    text = "Choose what is done, who does it and by when. What is not chosen stays on file as considered."
    return act(
        request, audit, DecideForm, actions.decide, title="Decide on improvements", button="Save the decision",
        text=text, done="Decided", facts=lambda form: form.facts(), of=found(request, audit),
    )  # fmt: skip


@allows("audit decisions")
def made(request: HttpRequest, improvement: UUID) -> HttpResponse:
    near = audits_for(granted(request), date.today())
    row = get_object_or_404(Improvement.objects.select_related("audit"), uuid=improvement, audit__in=near)
    form = bound(MadeForm, request)
    if form.is_valid() and attempt_as_seen(
        form, actions.made, improvement=row, by=acting(request), **form.cleaned_data
    ):
        messages.success(request, "Saved")
        return redirect("audit-of-decisions", row.audit.uuid)
    return form_of(request, row.audit, form, title="An improvement is made", button="Save", text=row.what)


@allows("audit decisions")
def sign(request: HttpRequest, audit: UUID) -> HttpResponse:
    text = (
        "The evidence pack is put together as everything stands, and kept so. With it the network attests to the "
        "commissioner that it audited how decisions feel and acted on it."
    )
    return act(
        request, audit, SignForm, packing.sign, title="Sign the evidence pack", button="Sign it", text=text,
        done="Signed, and attested to the commissioner",
    )  # fmt: skip
