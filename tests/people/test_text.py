"""What may stand in a name, and how names are folded so that they are found."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.people.text import folded, one_line, some_lines

GOOD = ["Seán O’Brien", "Zoë", "محمد", "שרה", "李", "Ngọc-Ánh", "D'Arcy", "Kai 🦊", "👩‍👩‍👧", "Nwa̱nkwọ", "de la Cruz"]
BAD = {
    "NUL": "Jo\x00an", "bell": "Jo\x07an", "line break": "Jo\nan", "override": "Jo\u202ean", "isolate": "Jo\u2066an",
    "mark": "Jo\u200fan", "Arabic mark": "Jo\u061can", "half a character": "Jo\ud83d", "private": "Jo\ue000an",
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_names_of_any_script_may_be_written(name: str) -> None:
    one_line(name)


@pytest.mark.parametrize("why", BAD)
def test_characters_that_cannot_be_seen_are_refused_in_names(why: str) -> None:
    with pytest.raises(ValidationError, match="cannot be seen"):
        one_line(BAD[why])


@pytest.mark.parametrize("why", [why for why in BAD if why != "line break"])
def test_sentences_refuse_them_too_but_may_have_line_breaks(why: str) -> None:
    some_lines("One line\r\nand another\tfurther in")
    with pytest.raises(ValidationError, match="cannot be seen"):
        some_lines(BAD[why])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("O'Brien", "obrien"), ("O’Brien", "obrien"), ("Núñez", "nunez"), ("Smith-Jones", "smith jones"),
        ("  van   der Berg ", "van der berg"), ("STRAẞE", "strasse"), ("محمد", "محمد"), ("Kai 🦊", "kai 🦊"), ("", ""),
    ],
)  # fmt: skip
def test_names_fold_as_people_type_them(name: str, key: str) -> None:
    assert folded(name) == key


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_case_never_matters(text: str) -> None:
    assert folded(text.casefold()) == folded(text)
