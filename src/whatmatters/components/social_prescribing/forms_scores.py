"""One form for the scores of any instrument: what is typed is what the instrument says can be."""

from typing import Any, ClassVar

from django import forms

from whatmatters.components.social_prescribing.forms_case import DayForm, one_of
from whatmatters.components.social_prescribing.models import Stage
from whatmatters.components.social_prescribing.models.work import CompletedBy, Mode
from whatmatters.instruments import INSTRUMENTS
from whatmatters.instruments.instrument import Entry, Instrument
from whatmatters.people.text import one_line

MORE = ("version", "mode", "completed_by", "missing", "licence")
Choices = list[tuple[str, str]]


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
            self.fields["version"] = _one_of("Version", list(asked.versions.items()))
        if asked.items:
            left_out = Entry(
                "missing", "How many questions were left out?", 0, asked.items, hint="Leave empty for none"
            )
            self.fields["missing"] = _number(left_out)
        self.fields["mode"] = _one_of("How was it answered?", [("", "Not recorded"), *Mode.choices])
        self.fields["completed_by"] = _one_of("Who completed it?", [("", "Not recorded"), *CompletedBy.choices])

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        answers = {entry.name: facts.pop(entry.name) for entry in self.asked.entries}
        return {**facts, "instrument": self.asked.name, "answers": answers}


def _number(entry: Entry) -> forms.Field:
    kind: Any = forms.IntegerField if entry.whole else forms.FloatField
    what = "whole number" if entry.whole else "number"
    says = f"{entry.label}: enter a {what} from {entry.low:g} to {entry.high:g}"
    field: forms.Field = kind(
        label=entry.label, help_text=entry.hint, required=False, min_value=entry.low, max_value=entry.high,
        widget=forms.TextInput({"inputmode": "numeric" if entry.whole else "decimal"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), says),
    )  # fmt: skip
    return field


def _one_of(label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def form_of(name: str) -> type[ScoreForm]:
    """The form of one instrument."""
    return type(f"{name.title()}Form", (ScoreForm,), {"asked": INSTRUMENTS[name]})
