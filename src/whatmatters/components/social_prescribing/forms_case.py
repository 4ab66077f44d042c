"""The short forms of a case: each gives ``facts()``, the words that its action takes."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.models import CloseReason, DeclineReason, Elsewhere, How, Referral, Stage
from whatmatters.components.social_prescribing.models.work import CompletedBy, Mode
from whatmatters.instruments import ons4
from whatmatters.people.boxes import long, short
from whatmatters.people.forms import NHSNumberField
from whatmatters.people.models import Person, valid_nhs_number
from whatmatters.web.forms import DayField


def one_of(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    errors = {"required": "Choose one"}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors)


def next_day(label: str) -> DayField:
    return DayField(label=label, required=False)


def next_words(label: str) -> forms.CharField:
    return short(label, 150, hint="A few words, for example: ring about the lunch club")


class CaseForm(forms.Form):
    """``revision``: where the case stood when the page was opened. ``row`` and ``by``: the case, and who asks."""

    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again first"})

    def __init__(self, *args: Any, row: Referral | None = None, by: Actor | None = None, **kwargs: Any) -> None:
        self.row, self.by = row, by
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class DayForm(CaseForm):
    on = DayField(label="On which day?", initial=date.today, error_messages={"required": "Enter the day"})


class DeclineForm(CaseForm):
    reason = one_of("Why?", DeclineReason.choices)
    note = long("A note for the record", 300)


class RedirectForm(CaseForm):
    where = one_of("Where to?", Elsewhere.choices)
    note = long("Who has taken it there?", 300)


class ContactForm(DayForm):
    """Two buttons say whether the person was spoken with. ``key`` is new with each form that is drawn."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    how = one_of("How?", How.choices)
    note = long("Note", 2000)
    next_on = next_day("When is the next step?")
    next_what = next_words("What is the next step?")
    spoke = forms.TypedChoiceField(
        label="Did you speak with the person?", choices=[("yes", "We spoke"), ("no", "I tried: no answer")],
        coerce=lambda value: value == "yes", error_messages={"required": "Choose yes or no"},
    )  # fmt: skip
    field_order = ("revision", "key", "how", "on", "note", "next_what", "next_on", "spoke")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"how": How.PHONE, **self.initial, "key": uuid4()}
        if self.row and self.row.next_on and self.row.next_on <= date.today():
            self.initial |= {"next_on": None, "next_what": ""}  # having spoken settles it


WHOLE = "Enter a whole number from 0 to 10"


def how_and_who() -> dict[str, forms.Field]:
    """What is known of a sitting: neither has to be."""
    nothing = ("", "Not recorded")
    return {
        "mode": forms.ChoiceField(label="How was it answered?", choices=[nothing, *Mode.choices], required=False),
        "completed_by": forms.ChoiceField(
            label="Who completed it?", choices=[nothing, *CompletedBy.choices], required=False
        ),
    }


class Ons4Form(DayForm):
    """Four whole numbers from 0 to 10; a question left blank stays missing."""

    stage = one_of("When is this?", Stage.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in ons4.QUESTIONS:
            self.fields[question.name] = forms.IntegerField(
                label=question.wording, help_text=question.scale, required=False, min_value=0, max_value=10,
                widget=forms.TextInput({"inputmode": "numeric"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE),
            )  # fmt: skip
        self.fields |= how_and_who()

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        answers = {question.name: facts.pop(question.name) for question in ons4.QUESTIONS}
        return {**facts, "answers": answers}


class CloseForm(CaseForm):
    reason = one_of("Why does it end?", CloseReason.choices)
    note = long("A note for the record", 300)


class ReopenForm(CaseForm):
    why = long("Why is it reopened?", 300, required=True)


class LinkForm(DayForm):
    group = forms.UUIDField(error_messages={"required": "Choose a group", "invalid": "Choose a group from the list"})
    how = forms.ChoiceField(choices=[("ask", "Asked"), ("connect", "Introduced"), ("signpost", "Told")])


class MatchForm(forms.Form):
    """One of those it is likely to be, or someone else by NHS number."""

    person = forms.ChoiceField(label="Who is it?", required=False, widget=forms.RadioSelect)
    nhs_number = NHSNumberField(
        label="NHS number",
        required=False,
        validators=[valid_nhs_number],
        help_text="10 digits, for example 999 123 4560",
    )

    def __init__(self, *args: Any, likely: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.uuid), person.name) for person in likely]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and bool(given["person"]) == bool(given["nhs_number"]):
            raise forms.ValidationError("Choose one of the people, or enter an NHS number: one of the two")
        return given

    def chosen(self, people: QuerySet[Person]) -> Person | None:
        given = self.cleaned_data
        return people.filter(Q(uuid=given["person"]) if given["person"] else Q(nhs_number=given["nhs_number"])).first()
