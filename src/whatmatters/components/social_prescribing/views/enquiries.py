"""What groups have been asked: one enquiry of a case, and all that are open, whose turn it is first."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted, grants_of
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.asked import listed
from whatmatters.components.social_prescribing.forms_groups import AnswerForm
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.models import Enquiry
from whatmatters.components.social_prescribing.views.case import both
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import page_with

DONE = {
    "again": "A new letter is on its way",
    "rang": "Noted: you rang them",
    "back": "Taken back, and the group is told",
    "refused": "Taken back, and the group is told. It is recorded that the person did not want it",
}


@about_case("saw what a community group was asked")
def enquiry(request: HttpRequest, person: Person, referral: UUID, enquiry: UUID) -> HttpResponse:
    """How it stands, and what the link worker can do: write the answer down, ask again, take it back."""
    rows = Enquiry.objects.select_related("referral", "group", "letter", "escalated_to", "connection")
    asked = get_object_or_404(rows, referral__person=person, referral__uuid=referral, uuid=enquiry)
    act = request.POST.get("act", "")
    form = AnswerForm(request.POST if act == "answer" else None, initial={"revision": asked.referral.revision})
    context = {"person": person, "row": asked.referral, "asked": asked}
    facts: dict[str, Any] = {"enquiry": asked, "by": acting(request)}
    try:
        done = None
        if act in DONE:
            done = attempt(form, _act(act), **facts)
        elif form.is_valid():
            done = attempt(form, actions.group_answered, **facts, **form.facts())
        if done:
            messages.success(request, DONE.get(act, "Saved"))
            return redirect("case", person.uuid, asked.referral.uuid)
    except Stale:
        return both(request, "social_prescribing/enquiry.jinja", form, asked.referral, context)
    return page_with(request, "social_prescribing/enquiry.jinja", form, context)


def _act(name: str) -> Callable[..., Enquiry]:
    if name == "refused":
        return lambda **facts: actions.take_back(why="declined", **facts)
    return {"again": actions.enquire_again, "rang": actions.rang, "back": actions.take_back}[name]


@allows("watch referrals")
@transaction.atomic
def groups_asked(request: HttpRequest) -> HttpResponse:
    """Of cases where the reader works. Whoever only watches sees whose case it is, and not whom it is about."""
    audit.record("looked at what community groups were asked", by=acting(request))
    names = bool(grants_of(request.user, "work referrals"))
    lists = listed(granted(request), date.today(), worker=acting(request).worker)
    return render(request, "social_prescribing/groups_asked.jinja", {"lists": lists, "names": names})
