"""What is asked on the pages of a conversation. Nothing is compulsory: an empty page is passed over."""

from typing import Any

from django import forms

from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.social_prescribing.sections import ACTIONS, Doer, Section, Standing
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField

LABELS = {
    "strengths": "What is going well?", "needs": "In their words", "support": "Anything else, or more about it",
    "requirements": "What would make it easier?", "risks": "Which, and what is done about it",
    "actions": "What will be done?", "safeguarding": "What is known, and who was told",
}  # fmt: skip


class SectionForm(forms.Form):
    """What is new in a section: choices, words, and the days or doer that the section knows."""

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if section.choices:
            self.fields["choices"] = forms.MultipleChoiceField(
                label="Tick what applies", choices=section.choices, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        self.fields |= _facts(section)

    def facts(self) -> dict[str, Any]:
        """What ``actions.write`` takes."""
        return dict(self.cleaned_data)

    @property
    def empty(self) -> bool:
        return not (self.cleaned_data.get("choices") or self.cleaned_data["text"].strip())


class ItemForm(forms.Form):
    """One item in other words."""

    entry = forms.UUIDField(widget=forms.HiddenInput)  # the wording that the page was made from

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _facts(section)

    def facts(self) -> dict[str, Any]:
        """What ``actions.reword`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "entry"}


def _facts(section: Section) -> dict[str, forms.Field]:
    hint = f"Up to {section.longest} letters" if section.longest < 500 else ""
    facts: dict[str, forms.Field] = {"text": long(LABELS[section.name], section.longest, hint=hint)}
    if section.name == ACTIONS:
        facts["doer"] = forms.ChoiceField(
            label="Who does it?", choices=Doer.choices, widget=forms.RadioSelect, required=False
        )
        facts["doer_name"] = short("Their name")
        facts["standing"] = forms.ChoiceField(
            label="How does it stand?", choices=Standing.choices, widget=forms.RadioSelect, required=False
        )
    for name in ("since", "until"):
        if words := getattr(section, name):
            facts[name] = DayField(label=words, required=False)
    return facts


class MattersForm(forms.Form):
    """The first heading of the person's own About Me. ``seen`` and ``version``: what the page was made from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = long(HEADINGS[0].title, hint=HEADINGS[0].asks)
