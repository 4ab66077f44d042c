"""The library's forms: a situation with its usual options, a tool, and what a network declares embedded."""

from typing import Any

from django import forms

from whatmatters.components.shared_decision_making.forms import Hidden, one_of, short_lines
from whatmatters.components.shared_decision_making.library import Entry, Usual
from whatmatters.components.shared_decision_making.models.words import Leader
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField, counted

SPARE, MOST = 2, 10
OF_OPTION = ("what", "benefits", "harms", "source")
CHECKED = "I have compared this entry with its source"


class SituationForm(forms.Form):
    """The facts of an edition, and a group of boxes for each usual option."""

    seen = forms.IntegerField(widget=Hidden, required=False)
    title = short("What it is called", 150, required="Enter what the situation is called")
    area = short("Which part of medicine", 70)
    led_by = one_of("Who usually leads the talk", Leader.choices)
    asks = long(
        "What is worth asking", 2000, hint="One question a line. The person sees them before and after the talk"
    )
    source = short("Where this comes from", 200, hint="The guideline, page or group, with its date")
    checked = forms.BooleanField(label=CHECKED, required=False)
    retired = forms.BooleanField(label="Take it off the list", required=False)
    why = long("Why is it changed?", 300)

    AFTER = ("checked", "retired", "why")

    def __init__(self, *args: Any, entry: Entry | None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(entry)
        super().__init__(*args, **kwargs)
        begin = [*(entry.options if entry else ()), *(Usual("") for _ in range(SPARE))][:MOST]
        sent = str(self.data.get("rows", "")) if self.is_bound else ""
        self.count = len(begin) if (rows := counted(sent)) is None else min(rows, MOST)
        for n in range(self.count):
            self.fields[f"o{n}_what"] = short("Usual option", 150)
            self.fields[f"o{n}_benefits"] = long("Benefits", 2000, hint="One a line. No figure without its source")
            self.fields[f"o{n}_harms"] = long("Harms", 2000, hint="One a line")
            self.fields[f"o{n}_source"] = short("Source of the option and of what is said of it", 150)
            if n < len(begin):
                told = {f"o{n}_{name}": getattr(begin[n], name) for name in OF_OPTION}
                self.initial = {**self.initial, **told}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in range(self.count):
            for name in ("benefits", "harms"):
                try:
                    short_lines(given.get(f"o{n}_{name}", ""))
                except forms.ValidationError as problem:
                    self.add_error(f"o{n}_{name}", problem)
            said = given.get(f"o{n}_benefits") or given.get(f"o{n}_harms")
            if said and not given.get(f"o{n}_what"):
                self.add_error(f"o{n}_what", "Name the option that you have written about")
            if said and not given.get(f"o{n}_source"):
                self.add_error(f"o{n}_source", "Say where these benefits and harms come from")
        return given

    def groups(self) -> list[dict[str, Any]]:
        return [{name: self[f"o{n}_{name}"] for name in OF_OPTION} for n in range(self.count)]

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        told = ("title", "area", "led_by", "asks", "source", "checked", "retired", "why")
        options = [
            {name: given[f"o{n}_{name}"].strip() for name in OF_OPTION}
            for n in range(self.count)
            if given[f"o{n}_what"].strip()
        ]
        return {**{name: given[name] for name in told}, "options": options}


def _initial(entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        return {"seen": -1}
    names = ("title", "area", "led_by", "source", "checked", "retired")
    return {"seen": entry.edition, "asks": "\n".join(entry.asks), **{name: getattr(entry, name) for name in names}}


class ToolForm(forms.Form):
    seen = forms.IntegerField(widget=Hidden, required=False)
    title = short("What it is called", 150, required="Enter what the tool is called")
    kind = short("Kind of tool", 60, hint="For example: condition-specific decision aid, fact box, question list")
    link = forms.URLField(
        label="Web address", max_length=300, required=False, assume_scheme="https",
        error_messages={"invalid": "Enter the whole web address, beginning with https://"},
    )  # fmt: skip
    version = short("Version", 40)
    publisher = short("Publisher", 100)
    expires = DayField(label="Last day it may be used", required=False)
    led_by = one_of("Who uses it with the person", Leader.choices)
    source = short("Where this comes from", 200)
    checked = forms.BooleanField(label=CHECKED, required=False)
    withdrawn = forms.BooleanField(label="Withdraw it: it is not offered any more", required=False)
    why = long("Why is it changed?", 300)


class DeclareForm(forms.Form):
    service = forms.ChoiceField(label="For which network or board?", error_messages={"required": "Choose for whom"})
    situation = forms.ChoiceField(label="In which situation?", error_messages={"required": "Choose the situation"})
    at = forms.ChoiceField(label="At which practice or service?", error_messages={"required": "Choose where"})
    since = DayField(label="Since when is it the usual way?", error_messages={"required": "Enter the day"})
    evidence = long("How can one tell?", 1000, required="Say how one can tell that it is the usual way")

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in choices.items():
            self.fields[name].choices = [("", "Choose"), *pairs]  # type: ignore[attr-defined]  # a ChoiceField
