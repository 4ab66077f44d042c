"""Find a person, or put a new one on a practice's list."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from whatmatters.access import audit
from whatmatters.access.gate import allows, places_of
from whatmatters.organisations.models import Kind
from whatmatters.people.actions import register_person
from whatmatters.people.forms import FindForm, RegisterForm
from whatmatters.people.gate import acting, people_of
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.people.search import MOST, find
from whatmatters.web.forms import bound, page_with


@allows("find people")
@transaction.atomic
def find_person(request: HttpRequest) -> HttpResponse:
    """The answer comes on the page that was posted: an address with a name in it would be kept by the browser."""
    form = bound(FindForm, request)
    found: list[Person] | None = None
    if form.is_valid():
        found = find(people_of(request.grants), **form.cleaned_data)  # type: ignore[attr-defined]  # set by the gate
        shown = [person.pk for person in found[:MOST]]
        audit.record("searched for a person", by=acting(request), detail={"shown": shown})
    context = {"people": (found or [])[:MOST], "searched": found is not None, "more": len(found or []) > MOST}
    return page_with(request, "people/find.jinja", form, context)


@allows("register a person")
def register(request: HttpRequest) -> HttpResponse:
    form = bound(RegisterForm, request, instance=Person(), practices=places_of(request.grants, Kind.PRACTICE))  # type: ignore[attr-defined]  # set by the gate
    if form.is_valid():
        facts = {**form.details(), "practice": form.cleaned_data["practice"], "start": form.cleaned_data["start"]}
        if person := attempt(form, register_person, by=acting(request), **facts):
            messages.success(request, "The person is registered")
            return redirect("person", person=person.uuid)
    return page_with(request, "people/register.jinja", form, {})
