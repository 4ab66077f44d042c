"""What is asked when someone is referred. The case's own short forms are in ``forms_case``."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from whatmatters.components.social_prescribing.models import NOT_AGENCIES, Sector, Source
from whatmatters.directory.needs import Need
from whatmatters.letters.outbox import is_address
from whatmatters.organisations.choosing import OrganisationField
from whatmatters.organisations.models import Organisation
from whatmatters.people.boxes import long, short
from whatmatters.people.forms import NHSNumberField
from whatmatters.people.models import a_day_of_birth, valid_nhs_number
from whatmatters.web.forms import DayField

REASON = 150  # letters: what the information standard leaves for it
SHORTEST = 4  # digits of a number that can be rung: an extension within a hospital or a council has four


def has_digits(text: str) -> None:
    """Words beside the number may stay ("ask for Al"); what has too few digits to ring reaches nobody."""
    if sum(map(str.isdigit, text)) < SHORTEST:
        raise ValidationError("Enter a phone number, such as 01482 000000")


def can_be_reached(text: str) -> None:
    """Or they would never learn what became of it."""
    if sum(map(str.isdigit, text)) < SHORTEST and not is_address(text):
        raise ValidationError("Enter a phone number or an email address, so that we can tell you what happens")


def need(label: str, missing: str = "Choose what would help most") -> forms.ChoiceField:
    errors = {"required": missing}
    return forms.ChoiceField(label=label, choices=Need.choices, widget=forms.RadioSelect, error_messages=errors)


def once() -> forms.CharField:
    """The form's own number: sent twice, it is one referral. One that was lost on the way does no harm."""
    return forms.CharField(required=False, max_length=36, widget=forms.HiddenInput, initial=uuid4)


class ReferForm(forms.Form):
    """By staff: one choice is enough."""

    once = once()
    need = need("What would help most?")
    reason = long(
        "Anything the link worker should know", REASON, hint=f"Up to {REASON} letters. The person can read this."
    )


AGENCIES = [("", "Choose"), *(pair for pair in Sector.choices if pair[0] not in NOT_AGENCIES)]
FOR_WHOM = [
    (Source.SELF, "I am asking for myself"),
    (Source.CARER, "I am asking for someone I care for"),
    (Source.AGENCY, "I am asking for someone my organisation helps"),
]


NEEDED = {
    "sender_name": "Enter your name",
    "sender_contact": "Enter a phone number or an email address of yours",
    "sender_organisation": "Enter the name of your organisation",
}


REACHED = "Enter a phone number or an email address, so that the link worker can reach you"


class PublicForm(forms.Form):
    """By anyone, without an account, for themselves or for someone else."""

    once = once()
    source = forms.ChoiceField(
        label="Who is asking?", widget=forms.RadioSelect, error_messages={"required": "Choose who is asking"},
        choices=FOR_WHOM,
    )  # fmt: skip
    name = short("Full name of the person who would like help", 70, required=True)
    born = DayField(label="Their date of birth", help_text="For example, 27 3 1948", validators=[a_day_of_birth])
    practice = OrganisationField(
        label="Their GP practice", error_messages={"required": "Choose a GP practice"},
        help_text="Begin to type its name. If you are not sure, give the one nearest to their home. We will check.",
    )  # fmt: skip
    phone = short("Their phone number", 35, inputmode="tel", check=has_digits)
    email = forms.EmailField(label="Their email address", required=False, max_length=254)
    postcode = short("Their postcode", 8)
    nhs_number = NHSNumberField(
        label="Their NHS number", required=False, validators=[valid_nhs_number], help_text="If you have it to hand"
    )
    need = need("What would help most?")
    reason = long(
        "Tell us a little more", REASON,
        hint=f"Up to {REASON} letters. A link worker reads this, and so can the person.",
    )  # fmt: skip
    sender_name = short("Your name, if you ask for someone else", 70)
    sector = forms.ChoiceField(
        label="What kind of organisation is it, if you ask from one?", required=False, choices=AGENCIES
    )
    sender_organisation = short("Your organisation, if you ask from one", 150)
    sender_service = short("Your service or department", 150)
    sender_team = short("Your team", 150)
    sender_role = short("Your job", 70)
    sender_contact = short(
        "Your phone number or email address, if you ask for someone else",
        70,
        hint="So that we can tell you what happens",
        check=can_be_reached,
    )
    agreed = forms.BooleanField(
        label="The person knows about this and agrees: they would like a link worker to get in touch",
        error_messages={"required": "We can only help someone who knows and agrees: ask them first, then tick the box"},
    )

    def __init__(self, *args: Any, practices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].among(practices)  # type: ignore[attr-defined]  # an OrganisationField
        self.fields["name"].error_messages["required"] = "Enter the full name of the person who would like help"
        self.fields["born"].error_messages["required"] = "Enter their date of birth"

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        source = given.get("source")
        if source == Source.SELF and not ({"phone", "email"} & set(self.errors) or given["phone"] or given["email"]):
            self._asked("phone", REACHED)
        if source in (Source.CARER, Source.AGENCY):
            self._asked("sender_name", NEEDED["sender_name"])
            self._asked("sender_contact", NEEDED["sender_contact"])
        if source == Source.AGENCY:
            self._asked("sender_organisation", NEEDED["sender_organisation"])
            self._asked("sector", "Choose what kind of organisation it is")
        return given

    def _asked(self, name: str, words: str) -> None:
        if name in self.fields and name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, ValidationError(words, code="required"))

    def facts(self) -> dict[str, Any]:
        """What ``actions.receive`` takes."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "agreed"}
        return {**facts, "nhs_number": facts["nhs_number"] or ""}
