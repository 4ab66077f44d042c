"""Boxes that the directory's forms need and Django has not: a time as people say it, yes, no or not said, a list."""

from datetime import time
from typing import Any

from django import forms

from whatmatters.people.text import some_lines

SAID = (("", "Not said"), ("yes", "Yes"), ("no", "No"))
TIMES = ["%H:%M", "%H.%M", "%I%p", "%I.%M%p", "%I:%M%p", "%H:%M:%S"]


class Said(forms.TypedChoiceField):
    """Yes, no, or null where nobody has said."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label, choices=SAID, required=False, empty_value=None, coerce=lambda value: value == "yes"
        )

    def prepare_value(self, value: Any) -> Any:
        return ("yes" if value else "no") if isinstance(value, bool) else value


class Clock(forms.TimeField):
    """10am, 10.30am, 14:00."""

    def __init__(self, label: str) -> None:
        wrong = {"invalid": f"{label}: enter a time like 10.30am or 14:00"}
        super().__init__(label=label, required=False, input_formats=TIMES, error_messages=wrong)
        self.widget = forms.TextInput()

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = {"noon": "12:00", "12noon": "12:00", "midnight": "00:00"}.get(value.replace(" ", "").lower(), value)
            value = value.replace(" ", "").upper()
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class Lines(forms.CharField):
    """A list of short sentences, one on each line."""

    widget = forms.Textarea
    LONGEST, MOST = 100, 20

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def run_validators(self, value: Any) -> None:
        some_lines("\n".join(value))
        if len(value) > self.MOST or any(len(line) > self.LONGEST for line in value):
            raise forms.ValidationError(f"Keep to {self.MOST} lines of at most {self.LONGEST} letters each")


def many(label: str, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)
