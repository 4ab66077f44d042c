"""A case's community groups: found, asked, told of, and what came of it. Each is a short page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.fitting import warnings
from whatmatters.components.social_prescribing.forms_case import LinkForm
from whatmatters.components.social_prescribing.forms_groups import AskForm, UnmetForm, WorkersOutcomeForm
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.keeping import reply_due
from whatmatters.components.social_prescribing.models import Connection, Helped, Referral, Went
from whatmatters.components.social_prescribing.nearby import OFFERED, offered
from whatmatters.components.social_prescribing.views.case import both
from whatmatters.directory.asked_where import moved, remembered
from whatmatters.directory.distance import nearest, spot
from whatmatters.directory.forms import SearchForm
from whatmatters.directory.models import Group
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with

OPENED = "opened a page of a social prescribing case"


@about_case("looked for a community group for the person")
def link(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    """Search, choose a group, and ask it; or say that the person was introduced or told."""
    row = get_object_or_404(Referral, person=person, uuid=referral)
    if elsewhere := moved(request):
        return elsewhere
    looking = "words" in request.POST  # the search on the page was sent, and must be mended
    asked = SearchForm(remembered(request) if looking or "words" in request.GET else {"kind": row.need})
    home = spot(person.postcode)
    if home:
        asked.fields["near"].help_text = f"A town or a postcode. Left empty: {home.said}, where {person.called} lives"
    found = offered(asked.cleaned_data, home) if asked.is_valid() else []
    first = {"revision": row.revision}
    form = LinkForm(initial=first) if looking else bound(LinkForm, request, initial=first)
    rows = [(group, warnings(group, person), nearest(group, home)) for group in found]
    context = {"person": person, "row": row, "asked": asked, "found": rows, "home": home, "full": len(rows) == OFFERED}
    try:
        if form.is_valid():
            facts = form.facts()
            group, how = get_object_or_404(Group, uuid=facts.pop("group")), facts.pop("how")
            if how == "ask":
                return redirect("case-ask", person.uuid, row.uuid, group.uuid)
            do = actions.signpost if how == "signpost" else actions.connect
            if attempt(form, do, referral=row, group=group, by=acting(request), **facts):
                messages.success(request, "Saved")
                return redirect("case", person.uuid, row.uuid)
    except Stale:
        return both(request, "social_prescribing/link.jinja", form, row, context)
    return page_with(request, "social_prescribing/link.jinja", form, context)


@about_case(OPENED)
def ask(request: HttpRequest, person: Person, referral: UUID, group: UUID) -> HttpResponse:
    """What speaks against it is said before anything is sent."""
    row = get_object_or_404(Referral.objects.select_related("service"), person=person, uuid=referral)
    chosen = get_object_or_404(Group, uuid=group)
    first = {"revision": row.revision, "tells": "nothing", "reach": person.phone, "reply_by": reply_due(row)}
    form = bound(AskForm, request, initial=first)
    context = {"person": person, "row": row, "group": chosen, "warnings": warnings(chosen, person)}
    try:
        if form.is_valid() and (
            made := attempt(form, actions.enquire, referral=row, group=chosen, by=acting(request), **form.facts())
        ):
            sent = "Asked: a letter is on its way" if made.letter else "Noted. Ring the group: it has no e-mail address"
            messages.success(request, sent)
            return redirect("case", person.uuid, row.uuid)
    except Stale:
        return both(request, "social_prescribing/ask_group.jinja", form, row, context)
    return page_with(request, "social_prescribing/ask_group.jinja", form, context)


@about_case(OPENED)
def went(request: HttpRequest, person: Person, referral: UUID, connection: UUID) -> HttpResponse:
    """Did they go, and did it help?"""
    of_person = Connection.objects.select_related("referral", "group")
    link = get_object_or_404(of_person, referral__person=person, referral__uuid=referral, uuid=connection)
    known = link.went == Went.WENT
    if known and link.helped != Helped.NOT_KNOWN:
        raise Http404("Nothing is left to ask of this group")
    form = bound(WorkersOutcomeForm, request, who="worker", went=known, initial={"revision": link.referral.revision})
    context = {"person": person, "row": link.referral, "link": link}
    try:
        if form.is_valid() and attempt(form, outcome, connection=link, by=acting(request), **form.facts()):
            messages.success(request, "Saved")
            return redirect("case", person.uuid, link.referral.uuid)
    except Stale:
        return both(request, "social_prescribing/went.jinja", form, link.referral, context)
    return page_with(request, "social_prescribing/went.jinja", form, context)


def outcome(
    *,
    connection: Connection,
    by: Actor,
    went: str,
    why_not_gone: str,
    helped: str,
    why_not_helped: str,
    words: str,
    **when: Any,
) -> Connection:
    """What an OutcomeForm says, as one or two actions. ``when``: ``on`` and ``revision``, where the page has them."""
    if went == "no":
        return actions.did_not_go(connection=connection, by=by, reason=why_not_gone, why=words, **when)
    if connection.went != Went.WENT:
        connection = actions.taken_up(connection=connection, by=by, **when)
        when.pop("revision", None)  # it has moved on by this very act
    if helped == "yes":
        return actions.got_help(connection=connection, by=by, **when)
    if helped == "no":
        return actions.not_helped(connection=connection, by=by, reason=why_not_helped, why=words, **when)
    return connection


@about_case(OPENED)
def unmet(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    """Nothing was found: what for, and why."""
    row = get_object_or_404(Referral, person=person, uuid=referral)
    form = bound(UnmetForm, request, initial={"revision": row.revision, "need": request.GET.get("need") or row.need})
    context = {"person": person, "row": row}
    try:
        if form.is_valid() and attempt(form, actions.unmet, referral=row, by=acting(request), **form.facts()):
            messages.success(request, "Recorded: commissioners see it as a number, never by name")
            return redirect("case", person.uuid, row.uuid)
    except Stale:
        return both(request, "social_prescribing/unmet.jinja", form, row, context)
    return page_with(request, "social_prescribing/unmet.jinja", form, context)
