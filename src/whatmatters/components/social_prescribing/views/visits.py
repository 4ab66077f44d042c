"""A visit on one page: for the worker who is out, and for whoever looks after them when they are overdue."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.visiting import THEN_ALL
from whatmatters.components.social_prescribing.forms_case import ContactForm
from whatmatters.components.social_prescribing.forms_desk import BackByForm
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.models import How, Visit
from whatmatters.components.social_prescribing.views.case import went_on
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.web.forms import page_with

DONE = {
    "safe": "You are checked in",
    "off": "The visit is called off",
    "longer": "Put off: check in when you are back",
    "found": "Thank you: they are checked in",
}


def sees_where(visit: Visit, by: Actor) -> bool:
    """Where someone is, is seen by themselves; once overdue by whom they named; after half an hour by the team."""
    late = timezone.now() - visit.back_by
    if by.worker == visit.worker_id:
        return True
    return visit.ended is None and late >= (THEN_ALL * 0 if by.worker == visit.colleague_id else THEN_ALL)


@about_case("saw a visit")
def visit(request: HttpRequest, person: Person, referral: UUID, visit: UUID) -> HttpResponse:
    """Check in, call off, ask for longer; or, for a colleague, say that they are safe."""
    rows = Visit.objects.select_related("referral__person", "worker", "colleague")
    row = get_object_or_404(rows, referral__person=person, referral__uuid=referral, uuid=visit)
    by, asked = acting(request), request.POST.get("do", "")
    later = BackByForm(request.POST if asked == "longer" else None, initial={"on": timezone.localdate()})
    form = later if asked == "longer" else Form(request.POST)  # the other presses ask for nothing but words
    if asked in DONE and form.is_valid():
        words = request.POST.get("words", "").strip()
        if attempt(form, _do, visit=row, asked=asked, words=words, form=later, by=by):
            messages.success(request, DONE[asked])
            case = redirect("case", person.uuid, row.referral.uuid)
            return went_on(request, redirect(request.path) if asked == "longer" else case)
    note = ContactForm(row=row.referral, by=by, initial={"how": How.IN_PERSON, "revision": row.referral.revision})
    context = {
        "person": person,
        "visit": row,
        "row": row.referral,
        "own": by.worker == row.worker_id,
        "where": sees_where(row, by),
        "overdue": row.ended is None and row.back_by <= timezone.now(),
        "note": note,
        "later": later,
    }
    return page_with(request, "social_prescribing/visit.jinja", form, context)


def _do(*, visit: Visit, asked: str, words: str, form: BackByForm, by: Actor) -> Any:
    if asked == "longer":
        return actions.stay_longer(visit=visit, back_by=form.moment(), by=by)
    if asked == "found":
        return actions.found_safe(visit=visit, words=words, by=by)
    return (actions.check_in if asked == "safe" else actions.call_off)(visit=visit, by=by)
