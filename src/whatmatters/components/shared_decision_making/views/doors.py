"""Finding a person's decision, and going on from page to page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from whatmatters.access.roles import PERSON, REPRESENTATIVE
from whatmatters.components.shared_decision_making.models import Decision
from whatmatters.components.shared_decision_making.validity import lacks
from whatmatters.people.gate import acting
from whatmatters.people.models import Person

TALKS = (("team", "Team talk"), ("options", "Option talk"), ("decide", "Decision talk"))


def decision_of(person: Person, decision: UUID) -> Decision:
    row = get_object_or_404(Decision.objects.select_related("episode", "follows"), person=person, uuid=decision)
    row.person = person
    return row


def own(request: HttpRequest) -> bool:
    """Whether it is the person or their representative who reads."""
    return acting(request).role in (PERSON, REPRESENTATIVE)


def talk(row: Decision, name: str) -> dict[str, Any]:
    """What every page of a talk asks: where one is, and what is still missing."""
    return {"person": row.person, "row": row, "here": name, "talks": TALKS}


def address(page: str, row: Decision) -> str:
    return reverse(f"decision-{page}" if page else "decision", args=(row.person.uuid, row.uuid))


def went_on(request: HttpRequest, to: str) -> HttpResponse:
    """The redirect after something was saved; or, to the page's own script, where it leads."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"saved": True, "to": to})
    return redirect(to)


def missing(row: Decision) -> list[tuple[str, str]]:
    """(what it lacks in words, where it is mended) for a decision in progress."""
    if not row.in_progress:
        return []
    pages = {"team": "team", "options": "options", "decision": "decide"}
    return [(lack.words, address(pages[lack.talk], row)) for lack in lacks(row, list(row.options.all()))]
