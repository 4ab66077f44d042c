"""What is typed for a practice, and which one it is."""

import pytest
from django import forms

from whatmatters.organisations.choosing import OrganisationField
from whatmatters.organisations.models import Organisation
from whatmatters.web import fields

HARBOUR = Organisation(code="B81001", name="Harbour Surgery", postcode="HU1 1AA")
TWINS = [
    Organisation(code=f"B8200{n}", name="Park Surgery", postcode=code) for n, code in enumerate(("HU5 2AB", "BD3 1ZZ"))
]
AMONG = [HARBOUR, *TWINS]


class Asked(forms.Form):
    practice = OrganisationField(label="Practice")

    def __init__(self, typed: str) -> None:
        super().__init__({"practice": typed})
        self.fields["practice"].among(AMONG)  # type: ignore[attr-defined]  # an OrganisationField


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Harbour Surgery, HU1 (B81001)", "B81001"),
        ("b81001", "B81001"),
        ("harbour", "B81001"),
        ("  Surgery   harb ", "B81001"),
        ("park hu5", "B82000"),
        ("Park Surgery, BD3 (B82001)", "B82001"),
    ],
)
def test_by_its_code_by_what_is_offered_or_by_words_that_only_it_has(typed: str, code: str) -> None:
    form = Asked(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["practice"].code == code


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Park Surgery", "it may be Park Surgery, HU5 (B82000); Park Surgery, BD3 (B82001)"),
        ("surgery", "it may be Harbour Surgery, HU1 (B81001); Park"),
        ("Nowhere", "we know none here by that name"),
        ("", "required"),
    ],
)
def test_what_fits_none_or_several_is_told_and_stays_in_the_box(typed: str, told: str) -> None:
    form = Asked(typed)
    assert told in str(form.errors["practice"])
    assert fields.told(form["practice"])["value"] == typed


def test_the_browser_offers_them_all_and_no_more() -> None:
    offered = fields.told(Asked("x")["practice"])["offers"]
    assert offered == ["Harbour Surgery, HU1 (B81001)", "Park Surgery, HU5 (B82000)", "Park Surgery, BD3 (B82001)"]
