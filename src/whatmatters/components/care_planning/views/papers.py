"""A copy to keep or to give: on paper from the browser, or as a file; and the plan in large print and easy read."""

from collections.abc import Collection
from datetime import date

import segno
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from whatmatters.components.care_planning.actions.papers import make_copy
from whatmatters.components.care_planning.models import Copy, Share, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.parts import READERS
from whatmatters.components.care_planning.rights import audience_of_role
from whatmatters.components.care_planning.shown import shown
from whatmatters.components.care_planning.views.doors import around, own
from whatmatters.letters import address
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with
from whatmatters.web.pdf import CannotMakePdf, pdf

Kind = Share.Kind
Look = Copy.Look
CHANGED = "Another version of the plan was agreed since you opened this page. Look at it first, then print"


class CopyForm(forms.Form):
    """``seen``: the number of the version that was on the page."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    look = forms.ChoiceField(
        label="How should it look?", choices=Look.choices, widget=forms.RadioSelect, initial=Look.PLAIN,
        error_messages={"required": "Choose how it should look"},
    )  # fmt: skip
    form_of = forms.ChoiceField(
        label="Paper or file?", widget=forms.RadioSelect, initial="page",
        choices=[("page", "A page to print now"), ("pdf", "A PDF file to keep or send; screen readers can read it")],
        error_messages={"required": "Choose paper or file"},
    )  # fmt: skip


class CopyForWhomForm(CopyForm):
    audience = forms.ChoiceField(
        label="For whom is it?", required=False, initial="",
        choices=[("", "The person and their own team: all of it"), *((kind.value, kind.label) for kind in READERS)],
        help_text="What the person keeps from that kind of reader is left out",
    )  # fmt: skip
    field_order = ("seen", "audience", "look", "form_of")


def paper(
    request: HttpRequest, form: CopyForm, version: Version, audience: str, *, parts: Collection[str] = (),
    first: Collection[str] = (),
) -> HttpResponse | None:  # fmt: skip
    """The copy, recorded; None where the form does not say what is wanted. A later version agreed meanwhile is told."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        made = attempt(
            form, make_copy, version=version, seen=given["seen"] or 0, look=given["look"], audience=audience,
            by=acting(request),
        )  # fmt: skip
    except Stale:
        form.add_error(None, CHANGED)
        return None
    if made is None:
        return None
    copy, word = made
    context = {
        "person": version.plan.person, "shown": shown(version, audience, parts=parts, first=first), "copy": copy,
        "look": copy.look, "where": address.of("paper", word), "code": code_of(address.of("paper", word)),
        "audience": copy.get_audience_display() if audience else "",
    }  # fmt: skip
    if given["form_of"] == "page":
        return render(request, "care_planning/paper_page.jinja", context)
    try:
        made_file = pdf(render_to_string("care_planning/paper_file.jinja", context), title="Plan: what matters to me")
    except CannotMakePdf as missing:
        form.add_error(None, str(missing))
        return None
    answer = HttpResponse(made_file, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="plan-version-{version.number}.pdf"'
    return answer


def code_of(where: str) -> str:
    """The QR code as SVG to stand in a page; its title is read aloud."""
    made = segno.make(where, error="m")
    return str(made.svg_inline(scale=3, border=2, title="Code that leads to: is this copy still the latest?"))


def _newest(person: Person) -> Version:
    """What is agreed; the draft, and said so, only where nothing is."""
    versions = Version.objects.filter(plan__person=person).select_related("plan__person")
    found = {version.state: version for version in versions}
    version = found.get(State.AGREED) or found.get(State.DRAFT)
    if version is None:
        raise Http404("Nothing to print yet")
    return version


def _printed(request: HttpRequest, person: Person) -> HttpResponse:
    version = _newest(person)
    mine = own(request)
    form = bound(CopyForm if mine else CopyForWhomForm, request, initial={"seen": version.number})
    audience = audience_of_role(acting(request).role) if mine else form.data.get("audience", "")
    if made := paper(request, form, version, "" if audience == Kind.PERSON else audience):
        return made
    if form.is_bound:
        form.data = {**form.data.dict(), "seen": str(version.number)}  # type: ignore[attr-defined]  # a QueryDict, on a POST
    told = shown(version, audience_of_role(acting(request).role))
    return page_with(request, "care_planning/print.jinja", form, {**around(request, person), "shown": told})


def _read(request: HttpRequest, person: Person, look: str) -> HttpResponse:
    version = _newest(person)
    told = shown(version, audience_of_role(acting(request).role))
    context = {**around(request, person), "shown": told, "look": look, "today": date.today()}
    return render(request, "care_planning/read.jinja", context)


SEE = "may_see_plan"
printed = about_person("see a plan", "opened the plan to print")(_printed)
my_printed = about_me("see my record", "opened the plan to print", scope=SEE)(_printed)
read = about_person("see a plan", "saw the plan")(_read)
my_read = about_me("see my record", "saw the plan", scope=SEE)(_read)
