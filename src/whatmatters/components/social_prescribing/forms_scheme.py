"""What is asked of a scheme's protocol and its targets."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from whatmatters.components.social_prescribing.forms_offer import Facts, when
from whatmatters.components.social_prescribing.models import Aim
from whatmatters.people.boxes import long


class NumbersForm(Facts):
    """Costs are typed in pounds and kept in pence."""

    referrals = forms.IntegerField(label="How many referrals are expected in the year?", required=False, min_value=0)
    wte = forms.DecimalField(
        label="How many whole-time link workers are planned?", required=False, min_value=0, max_digits=5,
        decimal_places=2, help_text="For example 2.5",
    )  # fmt: skip
    pounds = forms.DecimalField(
        label="What will it cost in the year, in pounds?", required=False, min_value=0, max_digits=11, decimal_places=2,
        help_text="All of it: pay, places, grants to groups. For example 112500",
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        pounds = given.pop("pounds")
        return {**given, "pence": None if pounds is None else int(pounds * 100)}


class StatementForm(Facts):
    text = long("What does the protocol say?", 2000, required=True)
    evidence = long("Where can that be seen?", 300)


class AttestProtocolForm(Facts):
    on = when("As of which day?")


class TargetsForm(Facts):
    """One box for each aim; empty is no target."""

    def __init__(self, *args: Any, there: Mapping[str, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aim in Aim:
            self.fields[aim.name.lower()] = forms.DecimalField(
                label=str(aim.label), required=False, min_value=Decimal("0.01"), max_value=10_000, decimal_places=2,
                initial=f"{there[aim].normalize():f}" if aim in there else None,
                error_messages={"invalid": f"Enter a number for “{aim.label}”, like 12 or 12.5",
                                "min_value": f"Enter a number above 0 for “{aim.label}”, or leave it empty"},
            )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"revision": given["revision"], "targets": {aim.value: given[aim.name.lower()] for aim in Aim}}
