"""Letting someone read the plan, and keeping a part of it from a kind of reader."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from whatmatters.components.care_planning.actions.giving import MOST_OPENS, RECIPIENTS
from whatmatters.components.care_planning.models import Access, Share
from whatmatters.components.care_planning.parts import PARTS, READERS, Part
from whatmatters.organisations.models import Organisation
from whatmatters.people.boxes import short
from whatmatters.web.forms import DayField

SEVERAL = 6  # of that name are listed, to choose a code from


class AccessForm(forms.Form):
    """``organisation`` is found by its code, or by a name that only one has; someone outside has a name and an e-mail
    address instead."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label="Who is to read it?", widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in (*READERS, Share.Kind.PRACTICE)],
        error_messages={"required": "Choose who is to read it"},
    )  # fmt: skip
    organisation = forms.CharField(
        label="Their organisation: its name or code", required=False, max_length=200,
        help_text="A care home, hospital, out-of-hours service or team whose staff sign in here",
    )  # fmt: skip
    with_whom = short("Or someone without an account: their name", 70)
    email = forms.EmailField(
        label="Their email address", required=False, help_text="They get a private link; no name is in the letter"
    )
    opens = forms.IntegerField(
        label="How often may the link be opened?", initial=1, required=False, min_value=1, max_value=MOST_OPENS
    )
    purpose = forms.ChoiceField(
        label="What for?", choices=Access.Purpose.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what for"},
    )  # fmt: skip
    until = DayField(
        label="Until", help_text="The last day. It can be ended sooner at any time, by the person too",
        error_messages={"required": "Enter the last day"},
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label="Only these parts (tick none for all of it)", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(part.name, part.title) for part in PARTS.values()],
    )  # fmt: skip

    def clean_organisation(self) -> Organisation | None:
        typed = self.cleaned_data["organisation"].strip()
        if not typed:
            return None
        there = Organisation.objects.filter(kind__in=RECIPIENTS, closed=None)
        if found := there.filter(code__iexact=typed).first():
            return found
        named = list(there.filter(name__icontains=typed)[: SEVERAL + 1])
        if not named:
            raise ValidationError("No care home, provider or group here has this name or code: check it")
        if len(named) > 1:
            some = "; ".join(f"{one.name} ({one.code})" for one in named[:SEVERAL])
            raise ValidationError(f"Several have this name. Enter the code of one: {some}")
        return named[0]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "organisation" in given and bool(given["organisation"]) == bool(given.get("with_whom")):
            raise ValidationError({"organisation": "Enter an organisation, or the name of someone: one of the two"})
        given["opens"] = given.get("opens") or 1
        return given


class PartForm(forms.Form):
    audiences = forms.MultipleChoiceField(
        label="Keep it from", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in READERS],
    )  # fmt: skip

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "The practice and the team who write the plan see all of it."
        if part.name in CAREFUL:
            hint += " This part is what helpers look for first in an emergency: who does not see it cannot follow it."
        if part.professional:
            hint += " It is for professionals: family, carers and community groups never see it."
        self.fields["audiences"].help_text = hint


CAREFUL = frozenset({"contingency", "legal", "personal_contacts", "professional_contacts", "communicate"})
