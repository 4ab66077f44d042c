"""A person's details, and the small pages that change them. Each is at the person's own address, under their banner."""

from copy import copy
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from whatmatters.access import accounts, invitations
from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.organisations.models import Organisation
from whatmatters.people import actions, actions_ties
from whatmatters.people.forms import (
    AccountForm,
    CarerForm,
    DetailsForm,
    EndCarerForm,
    MoveForm,
    OnForm,
    RepresentativeForm,
)
from whatmatters.people.gate import about_person, acting
from whatmatters.people.mending import Act, attempt, both_versions, small_page
from whatmatters.people.models import Carer, Person, Representative
from whatmatters.people.revisions import Stale
from whatmatters.people.wishes import says
from whatmatters.people.written import address_fails, write
from whatmatters.web.forms import bound, page_with

KEEP = "register a person"


@about_person("see a person", "saw the person's details")
def details(request: HttpRequest, person: Person) -> HttpResponse:
    context = {
        "person": person,
        "email_fails": address_fails(person),
        "registrations": person.registrations.select_related("practice").order_by("-start"),
        "wishes": says(person),
        "carers": person.carers.order_by("end", "start"),
        "representatives": person.representatives.select_related("account").order_by("end", "start"),
    }
    return render(request, "people/details.jinja", context)


@about_person(KEEP, "opened the person's details for change")
def change_details(request: HttpRequest, person: Person) -> HttpResponse:
    form = bound(DetailsForm, request, instance=copy(person))
    context = {"person": person}
    if form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        facts = {**form.details(), "person": copy(person), "revision": revision}
        try:
            if attempt(form, actions.change_details, by=acting(request), **facts):
                messages.success(request, "The details are saved")
                return redirect("person-details", person=person.uuid)
        except Stale:
            saved = {"revision": person.revision, **{name: getattr(person, name) for name in form.Meta.fields}}
            return both_versions(request, "people/change.jinja", form, saved, context)
    return page_with(request, "people/change.jinja", form, context)


def short(request: HttpRequest, person: Person, form: BaseForm, act: Act, **words: str) -> HttpResponse:
    return small_page(request, person, form, act, back=reverse("person-details", args=(person.uuid,)), **words)


@about_person(KEEP, "opened the registration for change")
def move(request: HttpRequest, person: Person) -> HttpResponse:
    def act(*, practice: Organisation, start: date) -> Any:
        return actions.move_registration(person=person, practice=practice, on=start, by=acting(request))

    form = bound(MoveForm, request)
    if form.is_valid() and attempt(form, act, **form.cleaned_data):
        # The new practice may be another team's: the person's page may not be ours to see any more.
        messages.success(request, "The registration is moved")
        return redirect("find-person")
    words = {"title": "Move to another practice", "button": "Move the registration"}
    back = reverse("person-details", args=(person.uuid,))
    return page_with(request, "people/small.jinja", form, {"person": person, "back": back, **words})


@about_person(KEEP, "opened the record of death")
def death(request: HttpRequest, person: Person) -> HttpResponse:
    def act(*, revision: int | None, **facts: Any) -> Any:
        return actions.record_death(person=person, revision=revision or 0, **facts)

    form = bound(OnForm, request, initial={"revision": person.revision})
    words = {"title": "Record a death", "button": "Record the death", "done": "The death is recorded"}
    return short(request, person, form, act, **words)


@about_person(KEEP, "opened the carers for change")
def add_carer(request: HttpRequest, person: Person) -> HttpResponse:
    act = partial(actions_ties.add_carer, person=person)
    words = {"title": "Add a carer", "button": "Add the carer", "done": "The carer is added"}
    return short(request, person, bound(CarerForm, request), act, **words)


@about_person(KEEP, "opened the carers for change")
def end_carer(request: HttpRequest, person: Person, carer: Any) -> HttpResponse:
    found = get_object_or_404(Carer, person=person, uuid=carer)
    act = partial(actions_ties.end_carer, carer=found)
    form = bound(EndCarerForm, request)
    form.fields["on"].help_text = f"From this day {found.name} no longer cares for {person.called}"
    words = {"title": f"{found.name} is no longer a carer", "button": "Save", "done": "Saved"}
    return short(request, person, form, act, **words)


def invited(request: HttpRequest, person: Person, *, email: str, name: str) -> User:
    """The account with this address; the link to set its first password goes out once all is saved. Should it not
    arrive, it is on the list of whoever looks after the person."""
    account = accounts.open_account(email=email, name=name, by=acting(request))
    if not account.has_usable_password():
        link = request.build_absolute_uri(invitations.path_for(account))
        text = invitations.WORDS.format(link=link)
        sender = acting(request).user
        write(email, invitations.SUBJECT, text, person=person, what="An invitation to an account", sender=sender)
    return account


@about_person(KEEP, "opened the representatives for change")
def add_representative(request: HttpRequest, person: Person) -> HttpResponse:
    def act(*, email: str, name: str, **facts: Any) -> Any:
        account = invited(request, person, email=email, name=name)
        return actions_ties.add_representative(person=person, account=account, **facts)

    form = bound(RepresentativeForm, request, initial={"may_see_plan": True})
    words = {
        "title": "Add someone who may act for the person", "button": "Give the right",
        "done": "The right is given. If they have no password yet, a link to set one is on its way",
    }  # fmt: skip
    return short(request, person, form, act, **words)


@about_person(KEEP, "opened the representatives for change")
def end_representative(request: HttpRequest, person: Person, representative: Any) -> HttpResponse:
    found = get_object_or_404(Representative.objects.select_related("account"), person=person, uuid=representative)

    def act(*, on: date, by: Actor, **_: Any) -> Any:  # the form has a revision too
        return actions_ties.end_representative(representative=found, on=on, by=by)

    form = bound(OnForm, request)
    form.fields["on"].help_text = f"From this day {found.account.name} may not act for {person.called}"
    words = {"title": "End a right to act", "button": "End the right", "done": "The right is ended"}
    return short(request, person, form, act, **words)


@about_person(KEEP, "opened the person's account for change")
def give_account(request: HttpRequest, person: Person) -> HttpResponse:
    def act(*, email: str, by: Actor) -> Any:
        account = invited(request, person, email=email, name=person.full_name)
        return actions_ties.give_account(person=person, account=account, by=by)

    form = bound(AccountForm, request, initial={"email": person.email})
    words = {
        "title": "Give the person an account", "button": "Give the account",
        "done": "The account is ready. If it has no password yet, a link to set one is on its way",
    }  # fmt: skip
    return short(request, person, form, act, **words)
