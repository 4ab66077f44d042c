"""The round of a care home on one form, and a move into or out of a home."""

from datetime import date
from typing import Any

from django import forms

from whatmatters.components.care_planning.actions.homes import OnRound
from whatmatters.components.care_planning.models import Residence
from whatmatters.components.care_planning.residents import Resident
from whatmatters.organisations.models import Organisation
from whatmatters.people.boxes import short
from whatmatters.people.models import Person
from whatmatters.web.forms import DayField


class RoundForm(forms.Form):
    """Three boxes a resident: seen, talked of in the team's meeting, a note."""

    on = DayField(label="The day of the round", error_messages={"required": "Enter the day of the round"})

    def __init__(self, *args: Any, residents: list[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.residents = residents
        for one in residents:
            name = one.person.full_name
            self.fields[f"seen-{one.person.uuid}"] = forms.BooleanField(label=f"Seen: {name}", required=False)
            self.fields[f"meeting-{one.person.uuid}"] = forms.BooleanField(
                label=f"Talked of in the team’s meeting: {name}", required=False
            )
            self.fields[f"note-{one.person.uuid}"] = short(f"Note: {name}", 1000)

    def boxes(self) -> list[tuple[Resident, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """For the page: each resident with their three boxes."""
        return [
            (one, *(self[f"{box}-{one.person.uuid}"] for box in ("seen", "meeting", "note")))  # type: ignore[misc]  # three of them
            for one in self.residents
        ]

    def done(self) -> dict[Person, OnRound]:
        given = self.cleaned_data
        return {
            one.person: OnRound(*(given[f"{box}-{one.person.uuid}"] for box in ("seen", "meeting", "note")))
            for one in self.residents
        }


class MoveInForm(forms.Form):
    home = forms.ModelChoiceField(
        Organisation.objects.none(), to_field_name="code", label="Which care home?",
        error_messages={"required": "Choose the care home"},
    )  # fmt: skip
    stay = forms.ChoiceField(
        label="For how long?", choices=Residence.Stay.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is for good"},
    )  # fmt: skip
    on = DayField(label="The day they moved in", initial=date.today, error_messages={"required": "Enter the day"})

    def __init__(self, *args: Any, homes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = homes  # type: ignore[attr-defined]  # a ModelChoiceField


class NewResidentForm(MoveInForm):
    """As MoveInForm, for someone who is looked up by number: the home is the page's own."""

    nhs_number = forms.CharField(
        label="NHS number", max_length=12, error_messages={"required": "Enter their NHS number"}
    )
    field_order = ("nhs_number", "stay", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, homes=Organisation.objects.none(), **kwargs)
        del self.fields["home"]

    def clean_nhs_number(self) -> str:
        return "".join(letter for letter in self.cleaned_data["nhs_number"] if not letter.isspace())


class MoveOutForm(forms.Form):
    on = DayField(label="The day they left", initial=date.today, error_messages={"required": "Enter the day they left"})
