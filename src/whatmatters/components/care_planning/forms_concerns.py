"""The list of concerns as a form: a number for each, and up to three in the person's own words."""

from typing import Any

from django import forms

from whatmatters.components.care_planning.concerns import LEAST, MOST, OTHERS, Area, areas
from whatmatters.components.care_planning.models import Checklist
from whatmatters.people.boxes import long, short

SCORES = [
    ("", "Not on my mind"),
    *(
        (n, f"{n}{' – a little' if n == 1 else ' – very much' if n == MOST else ''}")
        for n in range(LEAST + 1, MOST + 1)
    ),
]
WITHOUT = "Write what it is, or take the number away"


def score(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, choices=SCORES)


class ConcernsForm(forms.Form):
    """``agreed``: there is a plan, so that it is also asked whether anything has changed since."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agreed:
            self.fields["changed"] = forms.ChoiceField(
                label="Has anything changed since your plan was agreed?", required=False, widget=forms.RadioSelect,
                choices=Checklist._meta.get_field("changed").choices or (),
            )  # fmt: skip
            self.fields["changes"] = long("What has changed?", 1000)
        for area in areas():
            for key, words in area.items.items():
                self.fields[key] = score(words)
        for number, key in enumerate(OTHERS, 1):
            self.fields[f"{key}-words"] = short(f"Something else {number}", 300)
            self.fields[key] = score(f"How much is it on your mind? ({number})")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for key in OTHERS:
            if given.get(key) is not None and not given.get(f"{key}-words", "").strip():
                self.add_error(f"{key}-words", WITHOUT)
        return given

    def listed(self) -> list[tuple[Area, list[forms.BoundField]]]:
        """The boxes of each area, for the page."""
        return [(area, [self[key] for key in area.items]) for area in areas()]

    def others(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"{key}-words"], self[key]) for key in OTHERS]

    def facts(self) -> dict[str, Any]:
        """As ``actions.save_concerns`` takes them. Own words without a number are on the mind, by how much not said."""
        given = self.cleaned_data
        said = {key: (words, given[key]) for area in areas() for key, words in area.items.items() if given[key]}
        said |= {key: (given[f"{key}-words"], given[key] or LEAST) for key in OTHERS if given[f"{key}-words"].strip()}
        return {"said": said, **{name: given.get(name, "") for name in ("changed", "changes")}}


def as_saved(checklist: Checklist | None) -> dict[str, Any]:
    """The draft, as the form's initial values."""
    if checklist is None:
        return {"revision": 1}
    held: dict[str, Any] = {"revision": checklist.revision, "changed": checklist.changed, "changes": checklist.changes}
    for one in checklist.concerns.all():
        held[one.key] = one.score or None
        if one.key in OTHERS:
            held[f"{one.key}-words"] = one.words
    return held


class AskForm(forms.Form):
    to = forms.EmailField(
        label="Email address", required=False, help_text="The letter names nobody and says nothing about them",
        error_messages={"invalid": "Enter an email address, like name@example.com, or give the link another way"},
    )  # fmt: skip
