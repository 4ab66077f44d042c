"""What is asked about a person. The rules of a field stand on the model; here are the words and the order."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from whatmatters.organisations.choosing import OrganisationField
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.models import Carer, Person, Representative
from whatmatters.people.nhs_number import problem_with, tidy
from whatmatters.people.text import one_line
from whatmatters.web.forms import DayField

NAME_FIELDS = ("title", "given_name", "family_name", "preferred_name")
CONTACT_FIELDS = ("address", "postcode", "phone", "email")
WHO_THEY_ARE = {"required": "Enter who they are to the person"}
NEED_FIELDS = ("communication", "language", "interpreter", "adjustments")


class NHSNumberField(forms.CharField):
    """As people write it, with spaces or hyphens; cleans to ten digits, or None."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput({"inputmode": "numeric"})
        super().__init__(max_length=30, empty_value=None, widget=box, **kwargs)

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        return tidy(number) if number else None


class FindForm(forms.Form):
    """Sent as a POST: a name in an address would stay in histories and logs."""

    name = forms.CharField(
        required=False, max_length=100, validators=[one_line], label="Name",
        help_text="Any part of their names, in any order, for example: jane smi",
    )  # fmt: skip
    born = DayField(required=False, label="Date of birth", help_text="For example, 27 3 1948")
    nhs_number = NHSNumberField(required=False, label="NHS number", help_text="10 digits, for example 999 123 4560")

    def clean_nhs_number(self) -> str | None:
        number: str | None = self.cleaned_data["nhs_number"]
        if number and (problem := problem_with(number)):
            raise ValidationError(problem)
        return number

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not any(given.values()):
            raise ValidationError("Enter a name, a date of birth or an NHS number")
        return given


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A person's details. Bind it to a copy of the person: a form writes on its instance as it checks."""

    nhs_number = NHSNumberField(required=False, label="NHS number", help_text="10 digits, for example 999 123 4560")
    born = DayField(label="Date of birth", help_text="For example, 27 3 1948")
    email = forms.EmailField(required=False, label="Email address", max_length=254)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Person
        fields = (
            *NAME_FIELDS, "born", "nhs_number", "sex", "ethnicity", *CONTACT_FIELDS, *NEED_FIELDS,
        )  # fmt: skip
        widgets = {
            "address": forms.Textarea, "communication": forms.Textarea, "adjustments": forms.Textarea,
            "phone": forms.TextInput({"inputmode": "tel"}),
        }  # fmt: skip
        labels = {
            "given_name": "First name", "family_name": "Family name", "preferred_name": "What they like to be called",
            "phone": "Phone number", "language": "Main language", "interpreter": "Needs an interpreter",
            "communication": "How to communicate with them", "adjustments": "Reasonable adjustments",
        }  # fmt: skip
        help_texts = {
            "communication": "For example: large print, lip-reads, speak slowly, call rather than write",
            "adjustments": "For example: a longer appointment, a ground-floor room, a quiet place to wait",
        }
        error_messages = {
            "given_name": {"required": "Enter their first name"},
            "family_name": {"required": "Enter their family name"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["born"].error_messages["required"] = "Enter their date of birth"
        self.initial["revision"] = self.instance.revision

    def details(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}


class RegisterForm(DetailsForm):
    practice = OrganisationField(
        label="Practice", help_text="Begin to type its name", error_messages={"required": "Choose their practice"}
    )
    start = DayField(label="On the practice's list since", error_messages={"required": "Enter the day they joined"})

    def __init__(self, *args: Any, practices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].among(practices)  # type: ignore[attr-defined]  # an OrganisationField


class MoveForm(forms.Form):
    practice = forms.CharField(
        max_length=12, label="Code of the new practice", help_text="For example B81001",
        error_messages={"required": "Enter the code of the new practice"},
    )  # fmt: skip
    start = DayField(label="First day on its list", error_messages={"required": "Enter the first day on the new list"})

    def clean_practice(self) -> Organisation:
        code = self.cleaned_data["practice"].strip().upper()
        practice = Organisation.objects.filter(code=code, kind=Kind.PRACTICE).first()
        if practice is None:
            raise ValidationError("No practice has this code: check it with the practice")
        return practice


class OnForm(forms.Form):
    """One day: of a death, or of an end."""

    on = DayField(label="On", error_messages={"required": "Enter the day"})
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CarerForm(forms.Form):
    name = forms.CharField(max_length=70, error_messages={"required": "Enter the carer's name"})
    relationship = forms.CharField(
        max_length=70, help_text="For example: daughter, neighbour", error_messages=WHO_THEY_ARE
    )
    contact = forms.CharField(max_length=70, required=False, label="Phone or email")
    start = DayField(label="Cares for them since", error_messages={"required": "Enter since when"})


class EndCarerForm(forms.Form):
    ended = forms.ChoiceField(
        label="Why?", choices=Carer.Ended.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they have died"},
    )  # fmt: skip
    on = DayField(label="On", error_messages={"required": "Enter the day"})


class RepresentativeForm(forms.Form):
    name = forms.CharField(max_length=150, error_messages={"required": "Enter the representative's name"})
    email = forms.EmailField(
        label="Email address", help_text="They sign in with it",
        error_messages={"required": "Enter their email address"},
    )  # fmt: skip
    relationship = forms.CharField(max_length=70, help_text="For example: son, friend", error_messages=WHO_THEY_ARE)
    authority = forms.ChoiceField(
        choices=Representative.Authority.choices, widget=forms.RadioSelect, label="By what right",
        error_messages={"required": "Choose by what right they act"},
    )  # fmt: skip
    may_see_plan = forms.BooleanField(required=False, label="May see the plan")
    may_change_plan = forms.BooleanField(required=False, label="May change the plan")
    may_see_referrals = forms.BooleanField(required=False, label="May see referrals")
    start = DayField(label="From", error_messages={"required": "Enter from when they may act"})
    end = DayField(required=False, label="Until", help_text="Leave empty if there is no last day")


class AccountForm(forms.Form):
    email = forms.EmailField(
        label="The person's email address", help_text="They sign in with it",
        error_messages={"required": "Enter the person's email address"},
    )  # fmt: skip
