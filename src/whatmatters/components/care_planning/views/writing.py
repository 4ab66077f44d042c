"""What matters, and the conversation: the two pages on which a draft is written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.about_me import HEADINGS, TITLES
from whatmatters.components.care_planning.actions.writing import last_words
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.forms import AboutMeForm, ConversationForm
from whatmatters.components.care_planning.models import Version
from whatmatters.components.care_planning.views.doors import address, around, newest, whole
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import CONFLICT, attempt, both_versions
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with

STEPS = frozenset({"words", "conversation", "goals", "agree", "together"})
"""Where one may go on to in a draft."""


@require_POST
def _start(request: HttpRequest, person: Person) -> HttpResponse:
    actions.start(person=person, by=acting(request))
    to = request.GET.get("to", "")
    return redirect(address(request, person, to if to in STEPS else "words"))


def _words(request: HttpRequest, person: Person) -> HttpResponse:
    version = newest(person)
    if request.method != "POST" and not version.is_draft:
        return redirect(address(request, person))
    contents = contents_of(version)
    written = {name: row.text for name, row in contents.words.items()}
    form = bound(AboutMeForm, request, initial={**written, "seen": last_words(version)})
    context = {**around(request, person), "contents": contents, "headings": HEADINGS, "form": form}
    if form.is_valid():
        given = form.cleaned_data
        facts = {"words": form.words(), "seen": given["seen"] or 0, "supported_by": given["supported_by"]}
        try:
            if attempt(form, actions.save_about_me, version=version, by=acting(request), **facts) is not None:
                messages.success(request, "What matters is saved")
                return redirect(address(request, person, "conversation"))
        except actions.WordsChanged as other:
            context["differ"] = _mend(form, other, version)
            return render(request, "care_planning/words.jinja", context, status=CONFLICT)
    return page_with(request, "care_planning/words.jinja", form, context)


def _mend(form: AboutMeForm, other: actions.WordsChanged, version: Version) -> list[dict[str, str]]:
    """The form keeps what I typed, takes in what only the other changed, and shows where we both did."""
    fresh = {**other.merge.shown, "seen": str(last_words(version))}
    form.data = {**form.data.dict(), **fresh}  # type: ignore[attr-defined]  # a QueryDict, on a POST
    return [
        {"label": TITLES[name], "theirs": theirs or "–", "yours": other.merge.shown[name] or "–"}
        for name, theirs in other.merge.clashes.items()
    ]


def _conversation(request: HttpRequest, person: Person) -> HttpResponse:
    version = newest(person)
    if request.method != "POST" and not version.is_draft:
        return redirect(address(request, person))
    chosen = "\n".join(", ".join(filter(None, (who.name, who.relationship))) for who in version.participants.all())
    saved = {
        "revision": version.revision, "conversation_on": version.conversation_on, "needs": version.needs,
        "participants": chosen,
    }  # fmt: skip
    form = bound(ConversationForm, request, initial=saved)
    context = around(request, person)
    if form.is_valid():
        given = form.cleaned_data
        facts = {name: given[name] for name in ("conversation_on", "needs")}
        facts |= {"revision": given["revision"] or 0, "participants": form.people()}
        try:
            if attempt(form, actions.save_conversation, version=version, by=acting(request), **facts):
                messages.success(request, "The conversation is saved")
                return redirect(address(request, person, "parts"))
        except Stale:
            return both_versions(request, "care_planning/conversation.jinja", form, saved, context)
    return page_with(request, "care_planning/conversation.jinja", form, context)


CHANGE, MINE, SCOPE = "write a plan", "change my plan", "may_change_plan"
start = about_person(CHANGE, "opened the plan for writing")(_start)
words = about_person(CHANGE, "opened what matters for writing")(_words)
conversation = about_person(CHANGE, "opened the conversation for writing")(_conversation)
my_start = about_me(MINE, "opened the plan for writing", scope=SCOPE)(whole(_start))
my_words = about_me(MINE, "opened what matters for writing", scope=SCOPE)(whole(_words))
my_conversation = about_me(MINE, "opened the conversation for writing", scope=SCOPE)(whole(_conversation))
