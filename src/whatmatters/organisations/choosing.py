"""A box to type part of an organisation's name into, where a drop-down list would be hundreds long.

The browser offers what fits (a ``datalist``: no script); where it does not, the page answers with what it may be.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from whatmatters.organisations.models import Organisation

MOST = 5  # that many are named when what was typed fits several


def said(row: Organisation) -> str:
    """As it is offered: a name, which may be another's too, with what tells them apart."""
    where = f", {row.postcode.split()[0]}" if row.postcode else ""
    return f"{row.name}{where} ({row.code})"


class OfferedInput(forms.TextInput):
    """``offers``: what the browser may suggest (``web/form.jinja``); looked up when the page is drawn."""

    rows: Iterable[Organisation] = ()

    @property
    def offers(self) -> list[str]:
        return [said(row) for row in self.rows]


class OrganisationField(forms.CharField):
    """Cleans to one of ``among``: by its code, by all that was offered, or by any words that only its name has."""

    def __init__(self, *, what: str = "GP practice", **kwargs: Any) -> None:
        super().__init__(widget=OfferedInput({"autocomplete": "off"}), max_length=250, **kwargs)
        self.what = what

    def among(self, rows: Iterable[Organisation]) -> None:
        self.widget.rows = rows

    def clean(self, value: Any) -> Organisation | None:
        typed = " ".join(super().clean(value).split()).lower()
        if not typed:
            return None
        rows: list[Organisation] = list(self.widget.rows)
        exact = [row for row in rows if typed in (row.code.lower(), said(row).lower(), row.name.lower())]
        near = exact or [row for row in rows if all(word in said(row).lower() for word in typed.split())]
        if len(near) == 1:
            return near[0]
        if not near:
            raise ValidationError(f"Choose a {self.what} from the list: we know none here by that name")
        named = "; ".join(said(row) for row in near[:MOST])
        more = f" and {len(near) - MOST} more" if len(near) > MOST else ""
        raise ValidationError(f"Choose a {self.what}: it may be {named}{more}")
