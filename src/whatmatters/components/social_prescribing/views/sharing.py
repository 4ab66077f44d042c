"""What of a case is kept from whom, as the person wishes: said by themself, or to their link worker."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.access.roles import PERSON
from whatmatters.components.care_planning.panel import panel as plan_of
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.conversation import written
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.hiding import hidden
from whatmatters.components.social_prescribing.models import Audience, Referral, Status
from whatmatters.components.social_prescribing.sections import OPEN_SECTIONS, RISKS
from whatmatters.components.social_prescribing.views.conversation import case_of
from whatmatters.people.gate import about_me, acting
from whatmatters.people.models import Person

SCOPE = "may_see_referrals"


@about_me("see my record", "saw what was written of the conversations", scope=SCOPE)
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """What was written down, by whom and when; and what is kept from whom."""
    own = acting(request).role == PERSON
    # A risk may be the very one who acts for them: it is for the person's own eyes.
    sections = [name for name in OPEN_SECTIONS if own or name != RISKS]
    cases = [
        {
            "row": row,
            "written": written(row, sections),
            "kept": kept(row),
            "connections": row.connections.select_related("group"),
        }
        for row in _cases(person)
    ]
    context = {
        "person": person,
        "own": own,
        "cases": cases,
        "matters": plan_of(person, acting(request).role).get("matters"),
        "audiences": Audience,
    }
    return render(request, "social_prescribing/my_conversation.jinja", context)


@about_me("decide what is shown", "decided who sees what of the case", scope=SCOPE)
def my_sharing(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    return _sharing(request, case_of(person, referral), back=redirect("my-conversation", person.uuid))


@about_case("opened who sees what of a case")
def sharing(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    row = case_of(person, referral)
    return _sharing(request, row, back=redirect("conversation", person.uuid, row.uuid))


def _sharing(request: HttpRequest, row: Referral, *, back: Any) -> HttpResponse:
    """A tick for each detail and audience. Only what was changed on this page is saved, so that two may at once."""
    if request.method == "POST":
        told = list(_ticks(row))
        shown, ticked = set(request.POST.getlist("shown")), set(request.POST.getlist("keep"))
        for of, audience, _ in told:
            name = f"{of}.{audience}"
            if (name in shown) != (name in ticked):
                actions.hide(referral=row, of=of, audience=audience, hidden=name in ticked, by=acting(request))
        messages.success(request, "Saved")
        return back  # type: ignore[no-any-return]  # a redirect
    context = {
        "person": row.person,
        "row": row,
        "own": acting(request).role == PERSON,
        "whole": row.uuid,
        "written": written(row),
        "groups": [*row.connections.select_related("group"), *row.enquiries.select_related("group")],
        "audiences": Audience,
        "kept": kept(row),
        "back": back.url,
    }
    return render(request, "social_prescribing/sharing.jinja", context)


def _ticks(row: Referral) -> Any:
    now = kept(row)
    return ((of, audience, (of, audience) in now) for of in actions.details(row) for audience in Audience)


def kept(row: Referral) -> set[tuple[UUID, str]]:
    """What is kept from whom now."""
    return {(of, audience) for audience in Audience for of in hidden([row], audience)}


def _cases(person: Person) -> list[Referral]:
    """Those on which something may have been written, the latest first."""
    rows = Referral.objects.filter(person=person, status__in=(Status.RECEIVED, *_WORKED))
    return list(rows.order_by("-made_on", "-pk"))


_WORKED = (Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)
