"""The questions as a person answers them, and what staff enter around them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from whatmatters.components.shared_decision_making.models import Age, Ethnic, Sent, Sex, Wording
from whatmatters.components.shared_decision_making.models.experience import INSTRUMENT_CHOICES, SITUATION_CHOICES
from whatmatters.instruments import EXPERIENCE
from whatmatters.organisations.models import Organisation
from whatmatters.web.forms import DayField

NOTHING = [("", "Rather not say")]
ANY = [("", "Any decision"), *SITUATION_CHOICES]


def instrument() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Which questionnaire?", choices=INSTRUMENT_CHOICES, widget=forms.RadioSelect, initial="collaborate"
    )


def situation(hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label="What was the decision about?", choices=ANY, required=False, help_text=hint)


def practice(choices: Sequence[Organisation]) -> "forms.ModelChoiceField[Organisation]":
    rows = Organisation.objects.filter(pk__in=[one.pk for one in choices]).order_by("name")
    only = choices[0] if len(choices) == 1 else None
    return forms.ModelChoiceField(
        rows, label="Which practice?", initial=only, empty_label="Choose a practice",
        error_messages={"required": "Choose the practice"},
    )  # fmt: skip


class QuestionsForm(forms.Form):
    """The items of an instrument, by its loaded wording or by number, and the groups of the one who answers."""

    once = forms.CharField(widget=forms.HiddenInput, initial=uuid4, required=False, max_length=40)

    def __init__(self, *args: Any, instrument: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = EXPERIENCE[instrument]
        self.wording = Wording.objects.filter(instrument=instrument).first()
        for n, entry in enumerate(self.asked.entries):
            self.fields[entry.name] = forms.TypedChoiceField(
                label=self.wording.questions[n] if self.wording else entry.label, widget=forms.RadioSelect,
                choices=self._choices(), coerce=int, empty_value=None, required=False, help_text=self._hint(),
            )  # fmt: skip
        for name, label, groups in (
            ("age", "How old are you?", Age), ("sex", "What is your sex?", Sex),
            ("ethnicity", "What is your ethnic group?", Ethnic),
        ):  # fmt: skip
            self.fields[name] = forms.ChoiceField(label=label, choices=[*NOTHING, *groups.choices], required=False)

    def _choices(self) -> list[tuple[str, str]]:
        if self.asked.name == "sure":
            return [("1", "Yes"), ("0", "No")]
        low, high = int(self.asked.entries[0].low), int(self.asked.entries[0].high)
        words = {low: self.wording.lowest, high: self.wording.highest} if self.wording else {}
        return [(str(n), f"{n}: {words[n]}" if words.get(n) else str(n)) for n in range(low, high + 1)]

    def _hint(self) -> str:
        """What each end means, where the question itself is only on paper."""
        first, (least, most) = self.asked.entries[0], self.asked.ends
        return "" if self.wording or not most else f"{first.low:g} means {least}, {first.high:g} means {most}"

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[entry.name] for entry in self.asked.entries]

    @property
    def about_you(self) -> list[forms.BoundField]:
        return [self[name] for name in ("age", "sex", "ethnicity")]

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "items": [given[entry.name] for entry in self.asked.entries],
            "groups": {name: given[name] for name in ("age", "sex", "ethnicity")},
        }

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and all(given.get(entry.name) is None for entry in self.asked.entries):
            self.add_error(self.asked.entries[0].name, "Answer at least one question")
        return given


class WhichPaperForm(forms.Form):
    """Of which sheet: what is needed before its questions can be shown."""

    code = forms.CharField(
        label="Code on the sheet, if it has one", max_length=60, required=False,
        help_text="Letters that we print for people in an audit. With a code, leave the rest as it is",
    )  # fmt: skip
    instrument = instrument()
    situation = situation()
    needed_later = ("practice",)

    def __init__(self, *args: Any, practices: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"] = practice(practices)
        self.fields["practice"].required = False

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("code") and not given.get("practice"):
            self.add_error("practice", "Choose the practice, or enter the code on the sheet")
        return given


class PaperForm(QuestionsForm):
    """The sheet itself; which it is, is carried along."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    practice = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    instrument = forms.CharField(widget=forms.HiddenInput, max_length=12)
    situation = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    on = DayField(label="When was it filled in?", initial=date.today, error_messages={"required": "Enter the day"})


class AskForm(forms.Form):
    instrument = instrument()
    situation = situation()
    sent = forms.ChoiceField(
        label="How do they get the questions?", choices=Sent.choices, widget=forms.RadioSelect, initial=Sent.LETTER
    )


class ScreenForm(forms.Form):
    """A practice's screen is switched on."""

    instrument = instrument()
    situation = situation()
    days = forms.TypedChoiceField(
        label="For how long?", coerce=int, choices=[(1, "Today"), (7, "A week"), (31, "A month")], initial=7
    )

    def __init__(self, *args: Any, practices: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"] = practice(practices)
        self.order_fields(("practice",))


class CodeForm(forms.Form):
    code = forms.CharField(
        label="The screen’s code", max_length=20, error_messages={"required": "Enter the code of the screen"}
    )
