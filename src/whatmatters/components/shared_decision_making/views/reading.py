"""A person's decisions as staff read them; and what is done to one afterwards."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.coded import CODES
from whatmatters.components.shared_decision_making.forms import DeferForm, WhyForm
from whatmatters.components.shared_decision_making.library import Entry, library
from whatmatters.components.shared_decision_making.models import Decision, Status
from whatmatters.components.shared_decision_making.standing import MOST, prepared, standing, waiting
from whatmatters.components.shared_decision_making.views.doors import address, decision_of, missing
from whatmatters.people.gate import about_person, acting
from whatmatters.people.mending import small_page
from whatmatters.people.models import Person
from whatmatters.web.forms import bound

FREQUENT = 6


@about_person("share decisions", "saw the shared decisions")
def decisions(request: HttpRequest, person: Person) -> HttpResponse:
    """What stands, and the situations in which one can begin: first those that are usual here."""
    entries = {name: entry for name, entry in library().items() if not entry.retired}
    context = {
        "person": person,
        "standing": standing(person),
        "prepared": prepared(person),
        "usual": _usual(entries, acting(request).organisation_code),
        "areas": _by_area(entries),
    }
    return render(request, "shared_decision_making/decisions.jinja", context)


def _usual(entries: dict[str, Entry], code: str) -> list[Entry]:
    """The situations that decisions made here were about lately, the newest first."""
    lately = Decision.objects.filter(organisation=code).exclude(situation="").order_by("-pk")
    names = dict.fromkeys(lately.values_list("situation", flat=True)[:50])
    return [entries[name] for name in names if name in entries][:FREQUENT]


def _by_area(entries: dict[str, Entry]) -> dict[str, list[Entry]]:
    areas: dict[str, list[Entry]] = {}
    for entry in entries.values():
        areas.setdefault(entry.area or "Other", []).append(entry)
    return areas


@about_person("share decisions", "saw a shared decision")
def decision(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    row = decision_of(person, decision)
    versions = list(Decision.objects.filter(key=row.key).order_by("number"))
    context = {
        **said(row),
        "person": person,
        "missing": missing(row),
        "versions": versions,
        "later": next((v for v in versions if v.follows_id == row.pk and v.status != Status.CANCELLED), None),
        "carried": getattr(row, "carried", None),
        "code": CODES.get(row.code),
    }
    return render(request, "shared_decision_making/decision.jinja", context)


def said(row: Decision) -> dict[str, Any]:
    """The decision and its parts."""
    return {
        "row": row, "options": list(row.options.all()), "tools": list(row.tools.all()),
        "involved": list(row.involved.all()),
    }  # fmt: skip


@about_person("share decisions", "put a shared decision off")
def defer(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    row = decision_of(person, decision)
    act = partial(actions.defer, decision=row)
    words = {"title": "Put the decision off", "button": "Put it off", "done": "It is put off, and on the list"}
    return small_page(request, person, bound(DeferForm, request), act, back=address("", row), **words)


@about_person("share decisions", "cancelled a shared decision")
def cancel(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    row = decision_of(person, decision)
    act = partial(actions.cancel, decision=row)
    words = {"title": "Cancel the decision", "button": "Cancel the decision", "done": "The decision is cancelled"}
    return small_page(request, person, bound(WhyForm, request), act, back=address("", row), **words)


@about_person("share decisions", "took a shared decision up again")
@require_POST
def again(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    row = decision_of(person, decision)
    return _then(request, row, lambda: address("team", actions.take_up_again(decision=row, by=acting(request))))


@about_person("write a plan", "carried a decision into the plan")
@require_POST
def carry(request: HttpRequest, person: Person, decision: UUID) -> HttpResponse:
    row = decision_of(person, decision)

    def done() -> str:
        actions.carry(decision=row, by=acting(request))
        messages.success(request, "It is in the draft of the plan now")
        return address("", row)

    return _then(request, row, done)


def _then(request: HttpRequest, row: Decision, act: Callable[[], str]) -> HttpResponse:
    """Where the act leads; or back to the decision, with the reason why not."""
    try:
        with transaction.atomic():
            return redirect(act())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(address("", row))


@allows("share decisions")
@transaction.atomic
def due(request: HttpRequest) -> HttpResponse:
    """What wants something of one, among the people one cares for."""
    found = waiting(granted(request), date.today())
    rows: list[Any] = [*found.due, *found.deferred, *found.begun, *found.cancelled, *found.prepared]
    shown = sorted({row.person_id for row in rows})
    audit.record("listed shared decisions to come back to", by=acting(request), detail={"shown": shown})
    return render(request, "shared_decision_making/due.jinja", {"waiting": found, "most": MOST})
