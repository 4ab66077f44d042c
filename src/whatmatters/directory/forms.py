"""What is asked for when someone looks for a group, or says that an entry is wrong."""

from typing import Any

from django import forms

from whatmatters.directory.conditions import Condition
from whatmatters.directory.distance import FAR, Spot, spot
from whatmatters.directory.languages import LANGUAGES
from whatmatters.directory.models import DAYS, Fault
from whatmatters.directory.needs import Need
from whatmatters.directory.search import MILES
from whatmatters.directory.wording import ACCESS
from whatmatters.people.boxes import long, short

ANY = ("", "Any")
NUMBER = forms.TextInput({"inputmode": "numeric"})


def whole(value: str) -> int | None:
    return int(value) if value else None


class SearchForm(forms.Form):
    """Its ``cleaned_data`` is what ``search`` takes. Nothing of it must be filled in."""

    words = short("Words", 200, hint="For example gardening, or debt")
    kind = forms.ChoiceField(label="Help with", required=False, choices=[("", "Anything"), *Need.choices])
    near = short("Near", 80, hint="A town or a postcode")
    within = forms.TypedChoiceField(
        label="How far", required=False, coerce=whole, empty_value=None,
        choices=[("", f"Up to {MILES} miles"), ("1", "1 mile"), *((str(n), f"{n} miles") for n in (3, 5, 20, FAR))],
    )  # fmt: skip
    day = forms.TypedChoiceField(
        label="Day", required=False, coerce=whole, empty_value=None, choices=[("", "Any day"), *DAYS]
    )
    language = forms.ChoiceField(label="Language", required=False, choices=[ANY, *((one, one) for one in LANGUAGES)])
    cost = forms.ChoiceField(label="Cost", required=False, choices=[ANY, ("free", "Free, or give what you can")])
    age = forms.IntegerField(
        label="Age of the person", required=False, min_value=0, max_value=130, widget=NUMBER,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Enter the age as a whole number"),
    )  # fmt: skip
    condition = forms.ChoiceField(label="Made for people with", required=False, choices=[ANY, *Condition.choices])
    access = forms.MultipleChoiceField(
        label="What is needed to get there or take part", required=False, choices=list(ACCESS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def clean_near(self) -> Spot | None:
        given: str = self.cleaned_data["near"]
        found = spot(given) if given else None
        if given and found is None:
            raise forms.ValidationError("We do not know where this is: try the town, or the first half of the postcode")
        return found

    @property
    def narrowed(self) -> bool:
        """Whether something is asked of what stands behind "More choices"."""
        return any(self.data.get(name) for name in ("day", "language", "cost", "age", "condition", "access"))


class FaultForm(forms.Form):
    """Nobody is asked who they are."""

    fault = forms.ChoiceField(
        label="What is wrong?", choices=Fault.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong"},
    )  # fmt: skip
    words = long("What should it say?", 300, hint="Please write nothing about yourself or about anyone else.")

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
