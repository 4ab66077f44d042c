"""What staff fill in at the door: what came by phone or on paper, a one-time link, and the service's own rules."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from whatmatters.access.models import User
from whatmatters.components.social_prescribing.actions.service import LONGEST
from whatmatters.components.social_prescribing.forms import AGENCIES, NEEDED, REACHED, REASON, PublicForm, once
from whatmatters.components.social_prescribing.forms_case import CaseForm
from whatmatters.components.social_prescribing.models import TAKEN_DOWN, Agreement, Method, PriorityGroup, Source
from whatmatters.components.social_prescribing.offer import practices_served
from whatmatters.organisations.choosing import OrganisationField
from whatmatters.organisations.models import Organisation
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField


class ByLinkForm(PublicForm):
    """The public form, but what the link says already is not asked again."""

    def __init__(self, *args: Any, source: str, organisation: str, **kwargs: Any) -> None:
        super().__init__(*args, practices=Organisation.objects.none(), **kwargs)
        self.sent_to = source
        for name in ("source", "practice", "sector"):
            del self.fields[name]
        if source == Source.SELF:
            for name in [name for name in self.fields if name.startswith("sender_")]:
                del self.fields[name]
            self._to_oneself()
        elif source == Source.CARER:
            for name in ("sender_organisation", "sender_service", "sender_team", "sender_role"):
                del self.fields[name]
        elif organisation:
            self.initial["sender_organisation"] = organisation
        for name in ("sender_name", "sender_organisation", "sender_contact"):
            if name in self.fields:  # it is known that they ask for someone else
                self.fields[name].label = str(self.fields[name].label).split(", if ")[0]
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = NEEDED[name]

    def _to_oneself(self) -> None:
        for name, label in YOURS.items():
            self.fields[name].label = label
        self.fields["phone"].help_text = "A phone number or an email address: one of the two is enough"
        self.fields["reason"].help_text = f"Up to {REASON} letters. A link worker reads this."
        for name, words in NEEDED_OF_YOU.items():
            self.fields[name].error_messages["required"] = words

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["source"] = self.sent_to
        return super().clean()

    def _asked(self, name: str, words: str) -> None:
        """Of the sender Django itself asks for what the link says is needed."""
        if name == "phone":
            super()._asked(name, words)

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        del facts["source"]
        return facts


YOURS = {
    "name": "Your full name", "born": "Your date of birth", "phone": "Your phone number", "email": "Your email address",
    "postcode": "Your postcode", "nhs_number": "Your NHS number",
    "agreed": "I would like a link worker to get in touch",
}  # fmt: skip
NEEDED_OF_YOU = {
    "name": "Enter your full name", "born": "Enter your date of birth",
    "agreed": "Tick the box if you would like a link worker to get in touch",
}  # fmt: skip
THEIRS = {
    REACHED: "Enter a phone number or an email address, so that the link worker can reach them",
    "Enter your name": "Enter the name of whoever is asking",
    "Enter a phone number or an email address of yours": "Enter their phone number or email address",
    "Enter the name of your organisation": "Enter the name of their organisation",
}


class TakeDownForm(PublicForm):
    """By staff, for whoever rings, writes or stands at the counter: who wrote it down is kept apart from who asks."""

    source = forms.ChoiceField(
        label="Who is asking?", widget=forms.RadioSelect, error_messages={"required": "Choose who is asking"},
        choices=[
            (Source.SELF, "The person themselves"),
            (Source.CARER, "A relative, friend or carer"),
            (Source.AGENCY, "Another organisation"),
        ],
    )  # fmt: skip
    method = forms.ChoiceField(
        label="How did it come?", widget=forms.RadioSelect, error_messages={"required": "Choose how it came"},
        choices=[(method, Method(method).label) for method in TAKEN_DOWN],
    )  # fmt: skip
    on = DayField(label="On which day did it come?", error_messages={"required": "Enter the day on which it came"})
    agreement = forms.ChoiceField(
        label="Does the person know, and agree?", widget=forms.RadioSelect, choices=Agreement.choices,
        error_messages={"required": "Choose who says that the person knows and agrees: without it, ask them first"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["agreed"]
        labels = {
            "sender_name": "Their name, if they ask for someone else", "sender_team": "Their team",
            "sender_organisation": "Their organisation, if they ask from one",
            "sender_service": "Their service or department", "sender_role": "Their job",
            "sender_contact": "Their phone number or email address, if they ask for someone else",
            "sector": "What kind of organisation is it, if they ask from one?",
        }  # fmt: skip
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["practice"].label = "GP practice of the person who would like help"

    def _asked(self, name: str, words: str) -> None:
        super()._asked(name, THEIRS.get(words, words))


class SendLinkForm(forms.Form):
    """For whom a one-time link is."""

    once = once()
    source = forms.ChoiceField(
        label="Who will fill it in?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who will fill it in"},
        choices=[
            (Source.AGENCY, "Another organisation"),
            (Source.SELF, "The person who would like help"),
            (Source.CARER, "A relative, friend or carer"),
        ],
    )  # fmt: skip
    sector = forms.ChoiceField(label="What kind of organisation is it, if it is one?", required=False, choices=AGENCIES)
    organisation = short("Name of the organisation", 150)
    practice = OrganisationField(
        label="GP practice of the person", help_text="Begin to type its name",
        error_messages={"required": "Choose a GP practice"},
    )  # fmt: skip
    to = forms.EmailField(
        label="Send it to this email address", required=False, max_length=254,
        help_text="Leave it empty to get the link here, and hand it over yourself",
    )  # fmt: skip

    def __init__(self, *args: Any, practices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].among(practices)  # type: ignore[attr-defined]  # an OrganisationField

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("source") == Source.AGENCY and not self.cleaned_data.get("sector"):
            self.add_error("sector", "Choose what kind of organisation it is")
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def days(label: str, hint: str) -> forms.IntegerField:
    words = f"Enter a whole number of days from 1 to {LONGEST}"
    return forms.IntegerField(
        label=label, help_text=hint, min_value=1, max_value=LONGEST, widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )  # fmt: skip


class TimersForm(forms.Form):
    accept = days("Days until a new referral must be accepted or declined", "Counted from the day it was made")
    contact = days("Days until the first contact", "Counted from the day the referral was made")
    remind = days("Days until a community group is reminded", "Counted from the day it was asked")
    reply = days("Days until someone is told that it has not answered", "Counted from the day it was asked")
    outcome = days("Days until a community group is asked what came of it", "Counted from the day it said yes")
    tell = forms.ModelChoiceField(
        User.objects.none(), label="Who is told when these days have passed?", required=False,
        empty_label="The manager of the network",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, readers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tell"]
        field.queryset = readers  # type: ignore[attr-defined]  # a choice of models
        field.label_from_instance = lambda user: user.name  # type: ignore[attr-defined]  # of a choice of models


class PriorityGroupForm(forms.Form):
    name = short("Name of the group", 70, hint="For example: people who look after someone", required=True)
    definition = long("Who falls in it?", 300, hint="In words by which two colleagues would decide alike")
    ended = forms.BooleanField(
        label="No longer used", required=False, help_text="Referrals that fell in it keep it; new ones cannot"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = "Enter a name for the group"


class PrioritiesForm(forms.Form):
    """Which of the service's groups a referral falls in."""

    groups = forms.ModelMultipleChoiceField(
        PriorityGroup.objects.none(), label="Which priority groups does the person fall in?", required=False,
        to_field_name="uuid", widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again first"})

    def __init__(self, *args: Any, groups: QuerySet[PriorityGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["groups"]
        field.queryset = groups  # type: ignore[attr-defined]  # a choice of models
        field.label_from_instance = described  # type: ignore[attr-defined]  # of a choice of models


def described(group: PriorityGroup) -> str:
    return f"{group.name}: {group.definition}" if group.definition else group.name


class SendOnForm(CaseForm):
    """Where a request that came to the wrong practice belongs."""

    practice = OrganisationField(
        label="Which practice is the person registered with?", error_messages={"required": "Choose a practice"},
        help_text="Begin to type the name of one that has a link worker",
    )  # fmt: skip
    note = long("A note for whoever finds it there", 200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].among(practices_served(date.today()))  # type: ignore[attr-defined]  # an OrganisationField
