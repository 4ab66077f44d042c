"""One form for the scores of any instrument: what is typed is what the instrument says can be."""

from typing import Any, ClassVar

from django import forms

from whatmatters.components.social_prescribing.forms_case import DayForm, how_and_who, one_of
from whatmatters.components.social_prescribing.models import Stage
from whatmatters.instruments import INSTRUMENTS
from whatmatters.instruments.instrument import Entry, Instrument
from whatmatters.people.text import one_line


class ScoreForm(DayForm):
    """The scores, then what is known of how they came about: only a licence that the instrument needs is asked for."""

    asked: ClassVar[Instrument]
    stage = one_of("When is this?", Stage.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.asked
        for entry in asked.entries:
            self.fields[entry.name] = _number(entry)
        if asked.licensed:
            self.fields["licence"] = forms.CharField(
                label="Licence number", max_length=40, validators=[one_line], help_text=asked.licence,
                error_messages={"required": "Enter the licence number the score was taken under"},
            )  # fmt: skip
        if len(asked.versions) > 1:
            versions = list(asked.versions.items())
            self.fields["version"] = forms.ChoiceField(label="Version", choices=versions, required=False)
        if asked.items:
            left_out = Entry(
                "missing", "How many questions were left out?", 0, asked.items, hint="Leave empty for none"
            )
            self.fields["missing"] = _number(left_out)
        self.fields |= how_and_who()

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        answers = {entry.name: facts.pop(entry.name) for entry in self.asked.entries}
        return {**facts, "instrument": self.asked.name, "answers": answers}


def _number(entry: Entry) -> forms.Field:
    kind: Any = forms.IntegerField if entry.whole else forms.FloatField
    what = "whole number" if entry.whole else "number"
    says = f"{entry.label}: enter a {what} from {entry.low:g} to {entry.high:g}"
    field: forms.Field = kind(
        label=entry.label, help_text=entry.hint, required=entry.needed, min_value=entry.low, max_value=entry.high,
        widget=forms.TextInput({"inputmode": "numeric" if entry.whole else "decimal"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), says),
    )  # fmt: skip
    return field


def form_of(name: str) -> type[ScoreForm]:
    """The form of one instrument."""
    return type(f"{name.title()}Form", (ScoreForm,), {"asked": INSTRUMENTS[name]})
