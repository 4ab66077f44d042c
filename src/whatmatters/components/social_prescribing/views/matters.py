"""What matters to the person, asked first: it is written into their own plan, and nowhere a second time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions as planning
from whatmatters.components.care_planning.about_me import HEADINGS, MOST_IMPORTANT
from whatmatters.components.care_planning.actions.writing import last_words
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.models import Version, Words
from whatmatters.components.social_prescribing.forms_conversation import MattersForm
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.components.social_prescribing.sections import OPEN_SECTIONS
from whatmatters.components.social_prescribing.views.case import went_on
from whatmatters.components.social_prescribing.views.conversation import case_of
from whatmatters.people.gate import acting
from whatmatters.people.mending import CONFLICT, attempt
from whatmatters.people.models import Person
from whatmatters.people.text import tidied
from whatmatters.web.forms import bound, page_with


@about_case("opened a page of the conversation")
def matters(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    row = case_of(person, referral)
    version = Version.objects.filter(plan__person=person).order_by("-number").first()
    contents = contents_of(version) if version else None
    said = contents.words if contents else {}
    saved = {
        "seen": last_words(version) if version else 0,
        "version": version.pk if version else None,
        "text": said[MOST_IMPORTANT].text if MOST_IMPORTANT in said else "",
    }
    form = bound(MattersForm, request, initial=saved)
    others = [(heading.title, said[heading.name]) for heading in HEADINGS[1:] if heading.name in said]
    context: dict[str, Any] = {"person": person, "row": row, "words": said.get(MOST_IMPORTANT), "others": others}
    if form.is_valid():
        given = form.cleaned_data
        if tidied(given["text"]) == saved["text"]:
            return went_on(request, _on(person, row))
        try:
            if attempt(form, _write, person=person, by=acting(request), **given) is not None:
                messages.success(request, "Saved in the plan")
                return went_on(request, _on(person, row))
        except planning.WordsChanged as other:
            theirs = other.merge.clashes[MOST_IMPORTANT]
            typed = form.data.dict()  # type: ignore[attr-defined]  # a QueryDict, on a POST
            form.data = {**typed, "seen": str(saved["seen"]), "version": str(saved["version"])}
            differ = [{"label": HEADINGS[0].title, "theirs": theirs or "–", "yours": given["text"] or "–"}]
            page = {**context, "form": form, "differ": differ}
            return render(request, "social_prescribing/conversation_matters.jinja", page, status=CONFLICT)
    return page_with(request, "social_prescribing/conversation_matters.jinja", form, context)


def _write(*, person: Person, by: Actor, text: str, seen: int | None, version: int | None) -> list[Words]:
    draft = planning.start(person=person, by=by)
    if _copied(draft, version):
        seen = last_words(draft)
    return planning.save_about_me(version=draft, words={MOST_IMPORTANT: text}, seen=seen or 0, by=by)


def _copied(draft: Version, version: int | None) -> bool:
    """Whether the draft is a copy of the version on the page, and says what that said: then it has been seen."""
    earlier = Version.objects.filter(pk=version or 0).exclude(pk=draft.pk).first()
    return earlier is not None and _says(earlier) == _says(draft)


def _says(version: Version) -> str:
    words = contents_of(version).words.get(MOST_IMPORTANT)
    return words.text if words else ""


def _on(person: Person, row: Referral) -> HttpResponse:
    return redirect("conversation-section", person.uuid, row.uuid, OPEN_SECTIONS[0])
