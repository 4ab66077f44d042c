"""A case: its story so far, what to do next, and each thing done on a short page of its own."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.acts import ACTS, now
from whatmatters.components.social_prescribing.asked import groups_of_case
from whatmatters.components.social_prescribing.caseload import WEIGHTS
from whatmatters.components.social_prescribing.forms_desk import PlanForm
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.models import Referral, Stage, Status, Visit
from whatmatters.components.social_prescribing.offer import covering
from whatmatters.components.social_prescribing.outcomes import of_case
from whatmatters.components.social_prescribing.story import sender, story
from whatmatters.people.gate import acting
from whatmatters.people.mending import CONFLICT, attempt
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with


@about_case("saw a social prescribing case")
def case(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    row = get_object_or_404(Referral.objects.select_related("case", "owner", "taken_by"), person=person, uuid=referral)
    if row.case and row.status == Status.JOINED:
        return redirect("case", person.uuid, row.case.uuid)
    context = {
        "person": person,
        "row": row,
        "sender": sender(row),
        "story": story(row),
        "outcomes": of_case(row),
        "acts": now(row.status),
        "may_link": row.status in LINKING,
        **groups_of_case(row),
        "listed": covering(person, date.today()),
        **desk_side(row, acting(request)),
    }
    answer = render(request, "social_prescribing/case.jinja", context)
    if context["handed"]:
        actions.opened(handovers=row.handovers.filter(to=acting(request).worker))
    actions.answers_read(referral=row, by=acting(request))
    return answer


def desk_side(row: Referral, by: Actor) -> dict[str, Any]:
    """Of the worker's own day: what was handed to them with it, their questions, visits still out, the next step."""
    handed = row.handovers.filter(to=by.worker, seen=None).select_related("was") if row.owner_id == by.worker else []
    return {
        "handed": list(handed)[-1:],
        "questions": list(row.questions.select_related("worker")[:20]),
        "visits": list(row.visits.filter(ended=None).select_related("worker")),
        "planning": PlanForm(row=row, initial={"revision": row.revision, **case_step(row)}) if row.open else None,
        "weight": WEIGHTS.get(row.complexity),
    }


@about_case("opened a page of a social prescribing case")
def act(request: HttpRequest, person: Person, referral: UUID, name: str) -> HttpResponse:
    row = get_object_or_404(Referral, person=person, uuid=referral)
    return act_page(request, row, name, back=redirect("case", person.uuid, row.uuid))


def act_page(request: HttpRequest, row: Referral, name: str, *, back: HttpResponse) -> HttpResponse:
    """One act of ``ACTS``; ``back`` is where its doing leads."""
    chosen = ACTS.get(name)
    if chosen is None:
        raise Http404("No such act")
    first = {"revision": row.revision, "stage": lambda: stage_due(row, name), **case_step(row)}
    form = bound(chosen.form, request, row=row, by=acting(request), initial=first)
    context = {"person": row.person, "row": row, "act": chosen, "closed_to_it": row.status not in chosen.during}
    try:
        if form.is_valid() and (done := attempt(form, chosen.do, referral=row, by=acting(request), **form.facts())):
            messages.success(request, chosen.done)
            return went_on(request, visit_page(done) if isinstance(done, Visit) else back)
    except Stale:
        return both(request, chosen.template, form, row, context)
    return page_with(request, chosen.template, form, context)


def case_step(row: Referral) -> dict[str, Any]:
    return {"next_on": row.next_on, "next_what": row.next_what, "complexity": row.complexity}


def visit_page(visit: Visit) -> HttpResponse:
    row = visit.referral
    return redirect("visit", row.person.uuid, row.uuid, visit.uuid)  # type: ignore[union-attr]  # a case has a person


def went_on(request: HttpRequest, to: HttpResponse) -> HttpResponse:
    """The redirect after something was saved; or, to the page's own script, where it leads."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"saved": True, "to": to["Location"]})
    return to


def stage_due(row: Referral, instrument: str) -> Stage:
    """The first scores are those before support."""
    return Stage.AFTER if row.sittings.filter(instrument=instrument).exists() else Stage.BEFORE


LINKING = (Status.ACCEPTED, Status.ACTIVE)


def both(request: HttpRequest, template: str, form: Any, row: Referral, context: dict[str, Any]) -> HttpResponse:
    """The page again with what was typed, and above it what someone else did meanwhile; nothing is saved yet."""
    row.refresh_from_db()
    form.data = {**form.data.dict(), "revision": str(row.revision)}
    meanwhile = {"row": row, "meanwhile": story(row)[:5], "stale": True}
    return render(request, template, {**context, **meanwhile, "form": form}, status=CONFLICT)
