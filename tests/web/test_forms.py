"""Each kind of field is drawn with its label, hint and error, and says so to a screen reader."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.web.forms import DayField, DayWidget, bound, counted, page_with

ANSWERS = [("a", "Apples"), ("p", "Pears")]
DRAW = """{% from "web/form.jinja" import errors, field, submit with context %}{{ errors(form) }}
{% for bound in form %}{{ field(bound) }}{% endfor %}{{ submit("Save") }}"""


class Every(forms.Form):
    words = forms.CharField(
        label="Name", help_text="As on the letter", widget=forms.TextInput({"autocomplete": "name"})
    )
    post = forms.EmailField(label="Email")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput({"autocomplete": "current-password"}))
    story = forms.CharField(label="Story", help_text="In your words", widget=forms.Textarea)
    pick = forms.ChoiceField(label="Pick", help_text="One", choices=[("", "Choose"), *ANSWERS])
    one = forms.ChoiceField(label="One of", help_text="Or other", choices=ANSWERS, widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Many of", help_text="All that fit", choices=ANSWERS, widget=forms.CheckboxSelectMultiple
    )
    tick = forms.BooleanField(label="I agree", help_text="To this")
    born = DayField(
        label="Date of birth", help_text="For example 27 3 1948", widget=DayWidget({"autocomplete": "bday"})
    )
    spare = forms.CharField(label="Anything else", required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="t<1>")


def drawn(form: forms.Form) -> str:
    return str(engines["jinja2"].from_string(DRAW).render({"form": form}))  # type: ignore[attr-defined]  # Jinja2's own


class Parsed:
    """Just enough of a page: every element's attributes by id, and the labels."""

    def __init__(self, html: str) -> None:
        from html.parser import HTMLParser  # noqa: PLC0415

        self.ids: dict[str, dict[str, str | None]] = {}
        self.labels: set[str] = set()
        self.links: list[str] = []
        self.repeated: list[str] = []
        page = self

        class Reader(HTMLParser):
            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                had = dict(attrs)
                if id_ := had.get("id"):
                    page.repeated += [id_] if id_ in page.ids else []
                    page.ids[id_] = {**had, "tag": tag}
                if tag == "label":
                    page.labels.add(had["for"] or "")
                if tag == "a":
                    page.links.append(had["href"] or "")

        Reader().feed(html)


BOXES = {
    "words": "id_words", "post": "id_post", "secret": "id_secret", "story": "id_story", "pick": "id_pick",
    "one": "id_one", "many": "id_many", "tick": "id_tick", "born": "id_born-day",
}  # fmt: skip


@pytest.mark.parametrize(("name", "box"), BOXES.items())
def test_every_kind_has_a_label(name: str, box: str) -> None:
    page = Parsed(drawn(Every()))
    assert box in page.ids
    assert box in page.labels


def test_no_id_stands_twice() -> None:
    assert Parsed(drawn(Every({}))).repeated == []


@pytest.mark.parametrize(("name", "box"), BOXES.items())
def test_the_summary_leads_to_the_box_that_must_be_mended(name: str, box: str) -> None:
    page = Parsed(drawn(Every({})))
    assert f"#{box}" in page.links
    assert page.ids[box]["tag"] in ("input", "select", "textarea")


def test_the_summary_says_which_answer_is_missing() -> None:
    html = drawn(Every({}))
    missing = (
        "Fill in “Name”",
        "Choose “Pick”",
        "Choose “Many of”",
        "Tick “I agree”",
        "Enter a date for “Date of birth”",
    )
    assert [words for words in missing if html.count(words) != 2] == []
    assert "This field is required" not in html


def test_what_django_says_of_no_box_in_particular_is_said_of_this_one() -> None:
    page = drawn(Every({"pick": "x", "one": "x", "words": "a\0b"}))
    assert ">Pick: Select a valid choice." in page
    assert ">One of: Select a valid choice." in page
    assert ">Name: Null characters are not allowed." in page


@pytest.mark.parametrize("name", ["words", "post", "secret", "story", "pick"])
def test_a_box_names_its_error(name: str) -> None:
    page = Parsed(drawn(Every({})))
    assert f"id_{name}-error" in (page.ids[f"id_{name}"]["aria-describedby"] or "").split()
    assert f"id_{name}-error" in page.ids


@pytest.mark.parametrize("name", ["one", "many", "born"])
def test_a_group_of_boxes_names_its_hint_and_error(name: str) -> None:
    html = drawn(Every({}))
    assert f'aria-describedby="id_{name}-hint id_{name}-error"' in html


def test_hints_stand_with_their_boxes() -> None:
    html = drawn(Every())
    page = Parsed(html)
    assert page.ids["id_words"]["aria-describedby"] == "id_words-hint"
    assert page.ids["id_tick"]["aria-describedby"] == "id_tick-hint"
    assert "As on the letter" in html


def test_what_need_not_be_answered_says_so() -> None:
    html = drawn(Every())
    assert "Anything else (optional)" in html
    assert "Name (optional)" not in html


def test_the_browser_may_fill_in_what_it_knows() -> None:
    page = Parsed(drawn(Every()))
    assert page.ids["id_words"]["autocomplete"] == "name"
    assert page.ids["id_secret"]["autocomplete"] == "current-password"
    assert page.ids["id_born-year"]["autocomplete"] == "bday-year"


def test_what_was_typed_is_kept_when_something_must_be_mended() -> None:
    html = drawn(
        Every(
            {"words": 'Ann "Nan" <O>', "pick": "p", "one": "a", "many": ["a", "p"], "tick": "on", "story": "Two\nlines",
             "born_day": "31", "born_month": "2", "born_year": "1948", "token": "x"}
        )
    )  # fmt: skip
    page = Parsed(html)
    assert page.ids["id_words"]["value"] == 'Ann "Nan" <O>'
    assert page.ids["id_born-day"]["value"] == "31"
    assert all("checked" in page.ids[f"id_{name}"] for name in ("one", "many", "many-2", "tick"))
    assert "checked" not in page.ids["id_one-2"]
    assert '<option value="p" selected>' in html
    assert "Two\nlines" in html
    assert "Enter a real date" in html


def test_a_password_is_never_sent_back() -> None:
    assert "hunter2" not in drawn(Every({"secret": "hunter2"}))


def test_a_hidden_value_is_escaped() -> None:
    assert '<input type="hidden" name="token" value="t&lt;1&gt;">' in drawn(Every())


DAYS = [
    (("27", "3", "1948"), date(1948, 3, 27)),
    (("27", "March", "1948"), date(1948, 3, 27)),
    ((" 1 ", "dec", "2025"), date(2025, 12, 1)),
    (("29", "2", "2024"), date(2024, 2, 29)),
    (("29", "2", "2023"), "Enter a real date, with day, month and year, for example 27 3 2026"),
    (("x", "3", "1948"), "Enter a real date, with day, month and year, for example 27 3 2026"),
    (("9" * 5000, "3", "1948"), "Enter a real date, with day, month and year, for example 27 3 2026"),
    (("27", "3", "9" * 400), "Enter a real date, with day, month and year, for example 27 3 2026"),
    (("27", "9999999999", "1948"), "Enter a real date, with day, month and year, for example 27 3 2026"),
    (("27", "", "1948"), "The date must include a month"),
    (("27", "", ""), "The date must include a month and a year"),
    (("27", "3", "48"), "Enter a year between 1850 and 2200"),
    (("", "", ""), "This field is required."),
]


@pytest.mark.parametrize(("typed", "expected"), DAYS)
def test_a_day_is_read_as_people_write_it(typed: tuple[str, str, str], expected: date | str) -> None:
    form = forms.Form(dict(zip(("d_day", "d_month", "d_year"), typed, strict=True)))
    form.fields["d"] = DayField()
    assert (form.cleaned_data["d"] if form.is_valid() else form.errors["d"][0]) == expected


@given(st.dates(date(1850, 1, 1), date(2200, 12, 31)))
def test_any_day_shown_is_read_back(day: date) -> None:
    assert DayField().clean([str(part) for part in DayWidget().decompress(day)]) == day


def test_a_day_already_known_stands_in_its_boxes() -> None:
    page = Parsed(drawn(Every(initial={"born": date(1948, 3, 27)})))
    assert [page.ids[f"id_born-{part}"]["value"] for part in ("day", "month", "year")] == ["27", "3", "1948"]


def test_an_empty_post_is_an_answer_that_must_be_mended(rf: Any, layout: None) -> None:
    request = rf.post("/", {})
    form = bound(Every, request)
    assert form.is_bound
    assert page_with(request, "web/page.jinja", form, {}).status_code == 422


def test_a_first_visit_is_not_an_error(rf: Any, layout: None) -> None:
    request = rf.get("/")
    assert page_with(request, "web/page.jinja", bound(Every, request), {}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "number"), [("0", 0), ("12", 12), ("", None), ("-1", None), ("²", None), ("٣", None), ("9" * 5000, None)]
)
def test_a_number_that_our_page_wrote_is_read_back_and_no_other(typed: str, number: int | None) -> None:
    assert counted(typed) == number
