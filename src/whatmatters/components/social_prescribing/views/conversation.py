"""The conversation: section by section, each saved as one goes on to the next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from whatmatters.components.care_planning.panel import panel as plan_of
from whatmatters.components.social_prescribing import actions, minimum
from whatmatters.components.social_prescribing.conversation import before, written
from whatmatters.components.social_prescribing.forms_conversation import ItemForm, SectionForm
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.models import Entry, Referral
from whatmatters.components.social_prescribing.sections import OPEN_SECTIONS, SAFEGUARDING, SECTIONS
from whatmatters.components.social_prescribing.views.case import went_on
from whatmatters.people.gate import acting
from whatmatters.people.mending import CONFLICT, attempt
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with


@about_case("saw the conversation of a case")
def conversation(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    """All of it on one page, with what the minimum dataset lacks."""
    row = case_of(person, referral)
    said = written(row)
    context = {
        "person": person,
        "row": row,
        "matters": plan_of(person).get("matters"),
        "written": said,
        "begun": any(part.entries for part in said.values()),
        "connections": row.connections.select_related("group"),
        "minimum": completeness(person, row),
    }
    return render(request, "social_prescribing/conversation.jinja", context)


@about_case("opened a page of the conversation")
def section(request: HttpRequest, person: Person, referral: UUID, section: str) -> HttpResponse:
    if section not in OPEN_SECTIONS:
        raise Http404("The conversation has no such section")
    row = case_of(person, referral)
    after = OPEN_SECTIONS[OPEN_SECTIONS.index(section) + 1 :][:1]
    on = reverse("conversation-section", args=(person.uuid, row.uuid, *after)) if after else _whole(person, row)
    return section_page(request, row, section, on=on)


def section_page(request: HttpRequest, row: Referral, name: str, *, on: str) -> HttpResponse:
    """What stands in the section, and a form for what is new. ``on``: where one goes on to."""
    about = SECTIONS[name]
    form = bound(SectionForm, request, section=about)
    if form.is_valid():
        saved = not form.empty
        if (
            not saved
            or attempt(form, actions.write, referral=row, section=name, by=acting(request), **form.facts()) is not None
        ):
            if saved:
                messages.success(request, "Saved")
            return went_on(request, redirect(request.path if request.POST.get("then") == "more" else on))
    context = {"person": row.person, "row": row, "about": about, "here": written(row, (name,))[name], "on": on}
    return page_with(request, "social_prescribing/conversation_section.jinja", form, context)


@about_case("opened a page of the conversation")
def item(request: HttpRequest, person: Person, referral: UUID, entry: UUID) -> HttpResponse:
    """One item: in other words, or taken out; with what was said before."""
    row = case_of(person, referral)
    found = get_object_or_404(Entry.objects.exclude(section=SAFEGUARDING), referral=row, uuid=entry)
    return item_page(request, row, found, back=_whole(person, row))


def item_page(request: HttpRequest, row: Referral, entry: Entry, *, back: str) -> HttpResponse:
    now = Entry.objects.filter(item=entry.item).last() or entry
    form = bound(ItemForm, request, section=entry.about, initial=_as_it_stands(now))
    context: dict[str, Any] = {"person": row.person, "row": row, "entry": now, "back": back}
    if form.is_valid():
        seen = get_object_or_404(Entry, item=entry.item, uuid=form.cleaned_data["entry"])
        out = request.POST.get("do") == "strike"
        action, facts = (actions.strike, {}) if out else (actions.reword, form.facts())
        try:
            if attempt(form, action, entry=seen, by=acting(request), **facts):
                messages.success(request, "Taken out" if out else "Saved")
                return redirect(back)
        except Stale:
            # What was typed stays in the form, which now stands on the newest wording; what that says is above it.
            form.data = {**form.data.dict(), "entry": str(now.uuid)}  # type: ignore[attr-defined]  # a QueryDict
            context |= {"form": form, "before": before(now), "stale": True}
            return render(request, "social_prescribing/conversation_item.jinja", context, status=CONFLICT)
    return page_with(request, "social_prescribing/conversation_item.jinja", form, {**context, "before": before(now)})


def _as_it_stands(entry: Entry) -> dict[str, Any]:
    names = ("text", "since", "until", "doer", "doer_name", "standing")
    return {"entry": entry.uuid, **{name: getattr(entry, name) for name in names}}


def case_of(person: Person, referral: UUID) -> Referral:
    """The case; of a joined referral, the case it follows."""
    row = get_object_or_404(Referral.objects.select_related("case", "owner"), person=person, uuid=referral)
    row.person = person
    return row


def _whole(person: Person, row: Referral) -> str:
    return reverse("conversation", args=(person.uuid, row.uuid))


def completeness(person: Person, row: Referral) -> dict[str, Any]:
    """``held`` (minimum.Held), and (title, address) of each part that is missing."""
    held = minimum.held(row)
    return {"held": held, "missing": [(part, _filled_at(part, person, row)) for part in held.missing]}


def _filled_at(part: minimum.Part, person: Person, row: Referral) -> str:
    """The page on which it is put right; empty where it came with the referral."""
    if part.fill == minimum.DETAILS:
        return reverse("change-details", args=(person.uuid,))
    if part.fill == minimum.CONVERSATION:
        return reverse("conversation-section", args=(person.uuid, row.uuid, part.name))
    return reverse("case-act", args=(person.uuid, row.uuid, "ons4")) if part.fill == minimum.SCORES else ""
