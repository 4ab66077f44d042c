"""The plan as a file for another system: for staff, and for the person from their own pages."""

import json
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from whatmatters.components.care_planning.models import Access, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.parts import READERS
from whatmatters.components.care_planning.rights import audience_of_role
from whatmatters.components.care_planning.views.doors import address, own
from whatmatters.interop.fhir.names import Json
from whatmatters.people.boxes import short
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.web.forms import bound, page_with

ALL = "all"


class FileForm(forms.Form):
    """For the person there is nothing to choose: their file has all of it."""


class FileForWhomForm(FileForm):
    audience = forms.ChoiceField(
        label="For whom is it?", initial=ALL,
        choices=[(ALL, "The person and their own team: all of it"), *((kind.value, kind.label) for kind in READERS)],
        help_text="What the person keeps from that kind of reader is left out, and the file says that it is not whole",
    )  # fmt: skip
    with_whom = short("If it is for someone outside the team: who gets it?", 70, hint="The ward, service or home")
    purpose = forms.ChoiceField(
        label="If it is for someone outside the team: what for?", choices=Access.Purpose.choices, required=False,
        widget=forms.RadioSelect,
        help_text="The person sees who got it and what for",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("audience", ALL) == ALL:
            return {**given, "with_whom": "", "purpose": ""}
        if not given.get("with_whom"):
            self.add_error("with_whom", "Enter who gets the file")
        if not given.get("purpose"):
            self.add_error("purpose", "Choose what for")
        return given


def _file(request: HttpRequest, person: Person) -> HttpResponse:
    found = {one.state: one for one in Version.objects.filter(plan__person=person).select_related("plan__person")}
    version = found.get(State.AGREED) or found.get(State.DRAFT)
    if version is None:
        raise Http404("Nothing to send yet")
    form = bound(FileForm if own(request) else FileForWhomForm, request)
    made = _made(request, form, version) if form.is_valid() else None
    if made is None:
        context = {"person": person, "title": "The plan as a file for another system", "button": "Make the file"}
        return page_with(request, "people/small.jinja", form, {**context, "back": address(request, person)})
    content = json.dumps(made, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="plan.fhir.json"'}
    return HttpResponse(content, content_type="application/fhir+json; charset=utf-8", headers=headers)


def _made(request: HttpRequest, form: FileForm, version: Version) -> Json | None:
    """What the person, or who acts for them, takes from their own pages is no share: they may read it there too."""
    from whatmatters.interop.fhir.plan.record import sent_out  # noqa: PLC0415 - half a second, for whoever asks

    given = dict(form.cleaned_data)
    chosen = given.pop("audience", ALL)
    audience = audience_of_role(acting(request).role) if own(request) else "" if chosen == ALL else chosen
    made: Json | None = attempt(form, sent_out, version=version, by=acting(request), audience=audience, **given)
    return made


file = about_person("see a plan", "opened the plan to send it")(_file)
my_file = about_me("see my record", "opened the plan to send it", scope="may_see_plan")(_file)
