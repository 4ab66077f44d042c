"""The parts of a plan beside the person's words and the goals: a list of each section, and one page for any entry."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from whatmatters.access.gate import View
from whatmatters.components.care_planning import actions, standard
from whatmatters.components.care_planning.actions.items import once
from whatmatters.components.care_planning.completeness import completeness
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.forms_items import EntryForm, KindsForm
from whatmatters.components.care_planning.kinds import kinds, ordered
from whatmatters.components.care_planning.models import Item, Version
from whatmatters.components.care_planning.said import entries
from whatmatters.components.care_planning.standard import Field
from whatmatters.components.care_planning.views.doors import address, around, newest, own, status_of, went_on, whole
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import CONFLICT, attempt, small_page
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound

ELSEWHERE = frozenset({"goal", "action"})  # written on pages of their own


def written_by(request: HttpRequest, version: Version) -> dict[str, Field]:
    """The sections that the reader may write entries of, by name."""
    return {
        name: field for name, field in standard.sections(version.standard).items()
        if field.rows not in ELSEWHERE and not (field.staff and own(request))
    }  # fmt: skip


def _parts(request: HttpRequest, person: Person) -> HttpResponse:
    """All the sections, with how much each holds."""
    version = newest(person)
    if not version.is_draft:
        return redirect(address(request, person))
    contents = contents_of(version)
    sections = ordered(written_by(request, version), version.kinds)
    rows = [(prompt, field, len(contents.items.get(field.section, []))) for prompt, field in sections]
    complete = None if own(request) else completeness(contents)
    context = {**around(request, person), "rows": rows, "version": version, "complete": complete, "kinds": kinds()}
    return render(request, "care_planning/parts.jinja", context)


def _kinds(request: HttpRequest, person: Person) -> HttpResponse:
    version = newest(person)
    form = bound(KindsForm, request, initial={"revision": version.revision, "kinds": version.kinds})

    def act(*, revision: int | None, **facts: Any) -> Any:
        return actions.set_kinds(version=version, revision=revision or 0, **facts)

    words = {"title": "What kind of plan is it?", "button": "Save", "done": "Saved"}
    return small_page(request, person, form, act, back=address(request, person, "parts"), **words)


def _section(request: HttpRequest, person: Person, section: str) -> HttpResponse:
    version = newest(person)
    if not version.is_draft:
        return redirect(address(request, person))
    field = _listed(request, version, section)
    if once(field):
        item = version.items.filter(section=section).first()
        return _page(request, person, version, field, item)
    context = {
        **around(request, person), "field": field, "entries": entries(contents_of(version), section),
    }  # fmt: skip
    return render(request, "care_planning/section.jinja", context)


def _add(request: HttpRequest, person: Person, section: str) -> HttpResponse:
    version = newest(person)
    return _page(request, person, version, _listed(request, version, section), None)


def _change(request: HttpRequest, person: Person, item: UUID) -> HttpResponse:
    found = get_object_or_404(
        Item.objects.select_related("version__plan__person"), version__plan__person=person, uuid=item
    )
    return _page(request, person, found.version, _listed(request, found.version, found.section), found)


@require_POST
def _remove(request: HttpRequest, person: Person, item: UUID) -> HttpResponse:
    found = get_object_or_404(Item.objects.select_related("version__plan"), version__plan__person=person, uuid=item)
    field = _listed(request, found.version, found.section)
    try:
        with transaction.atomic():
            actions.remove_item(item=found, by=acting(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(address(request, person))
    messages.success(request, "Taken out of the draft")
    return redirect(_back(request, person, field))


def _page(request: HttpRequest, person: Person, version: Version, field: Field, item: Item | None) -> HttpResponse:
    """One entry: a new one, or one that stands."""
    facts = {"field": field, "own": own(request)}
    initial = {"revision": item.revision, "condition": item.condition} if item else {}
    form = bound(EntryForm, request, values=item.values if item else {}, initial=initial, **facts)
    context = {**around(request, person), "field": field, "item": item, "back": _back(request, person, field)}
    if not form.asks_for_more and form.is_valid():
        try:
            if attempt(form, _save, request=request, version=version, field=field, item=item, form=form):
                messages.success(request, "Saved")
                return went_on(request, redirect(context["back"]))
        except Stale:
            context |= _both(form, get_object_or_404(Item, pk=item and item.pk), field)
            return render(request, "care_planning/item.jinja", context, status=CONFLICT)
    status = status_of(request, more=form.asks_for_more, amiss=form.is_bound and bool(form.errors))
    return render(request, "care_planning/item.jinja", {**context, "form": form}, status=status)


def _save(*, request: HttpRequest, version: Version, field: Field, item: Item | None, form: EntryForm) -> Item:
    given: dict[str, Any] = {"values": form.facts, "by": acting(request)}
    condition, key = form.cleaned_data.get("condition") or "", form.cleaned_data["key"]
    if item is None:
        return actions.add_item(version=version, section=field.section, condition=condition, uuid=key, **given)
    return actions.change_item(item=item, revision=form.cleaned_data["revision"] or 0, condition=condition, **given)


def _both(form: EntryForm, item: Item, field: Field) -> dict[str, Any]:
    """What was typed stays in the form, which now stands on what someone else saved meanwhile; it is shown above."""
    item.refresh_from_db()
    form.data = {**form.data.dict(), "revision": str(item.revision)}  # type: ignore[attr-defined]  # a QueryDict
    theirs = entries(contents_of(item.version), field.section)
    return {"form": form, "theirs": [entry for entry in theirs if entry.item == item.uuid], "stale": True}


def _listed(request: HttpRequest, version: Version, section: str) -> Field:
    found = written_by(request, version).get(section)
    if found is None:
        raise Http404("A plan has no such section for you to write")
    return found


def _back(request: HttpRequest, person: Person, field: Field) -> str:
    return address(request, person, "parts") if once(field) else address(request, person, "section", field.section)


CHANGE, MINE, SCOPE = "write a plan", "change my plan", "may_change_plan"
PAGES: dict[str, tuple[str, View]] = {
    "kinds": ("opened the parts of the plan for writing", _kinds),
    "parts": ("opened the parts of the plan for writing", _parts),
    "section": ("opened a part of the plan for writing", _section),
    "add": ("opened a part of the plan for writing", _add),
    "change": ("opened an entry of the plan for writing", _change),
    "remove": ("opened an entry of the plan for writing", _remove),
}
STAFF = {name: about_person(CHANGE, act)(page) for name, (act, page) in PAGES.items()}
OWN = {name: about_me(MINE, act, scope=SCOPE)(whole(page)) for name, (act, page) in PAGES.items()}
