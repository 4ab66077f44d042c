"""Our fields are written out by hand, for speed; NHS.UK's own macros are the oracle of how they should be."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template import engines
from jinja2 import ChainableUndefined, Environment, PackageLoader

from whatmatters.web import fields
from whatmatters.web.forms import DayField, DayWidget

pytestmark = pytest.mark.slow

MACROS = {
    "input": ("input", "input"), "textarea": ("textarea", "textarea"), "select": ("select", "select"),
    "radios": ("radios", "radios"), "checkboxes": ("checkboxes", "checkboxes"), "tick": ("checkboxes", "checkboxes"),
    "date": ("date-input", "dateInput"),
}  # fmt: skip
ANSWERS = [("a", "Apples & pears"), ("b", "Bananas")]


class Every(forms.Form):
    input = forms.CharField(
        label="Name <1>", help_text="As on the letter", widget=forms.TextInput({"inputmode": "text"})
    )
    bare = forms.EmailField(label="Email")
    textarea = forms.CharField(label="Story", help_text="In your words", widget=forms.Textarea)
    select = forms.ChoiceField(label="Pick", help_text="One", choices=[("", "Choose"), *ANSWERS])
    radios = forms.ChoiceField(label="One of", help_text="Or other", choices=ANSWERS, widget=forms.RadioSelect)
    long = forms.ChoiceField(label="One", choices=[(n, "A long answer") for n in "abc"], widget=forms.RadioSelect)
    checkboxes = forms.MultipleChoiceField(label="Many", choices=ANSWERS, widget=forms.CheckboxSelectMultiple)
    tick = forms.BooleanField(label="I agree", help_text="To this")
    date = DayField(label="Born", help_text="For example 27 3 1948", widget=DayWidget({"autocomplete": "bday"}))


FILLED = {
    "input": '"Ann" & <Co>', "bare": "a@example.org", "textarea": "Two\nlines", "select": "b", "radios": "a",
    "long": "c", "checkboxes": ["a", "b"], "tick": "on", "date_day": "27", "date_month": "3", "date_year": "1948",
}  # fmt: skip
STATES = {"new": None, "missing": {}, "filled": FILLED}


class Outline(HTMLParser):
    """Tags with their attributes (classes and descriptions as sets), and words, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.steps: list[Any] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        sets = ("class", "aria-describedby")
        told = {name: frozenset((value or "").split()) if name in sets else value or "" for name, value in attrs}
        self.steps.append((tag, told))

    def handle_endtag(self, tag: str) -> None:
        self.steps.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.steps += data.split()


def by_nhsuk(bound: Any) -> str:
    told = fields.told(bound)
    kind = told["kind"]
    item_hint = {"id": f"{told['id']}-hint", "text": told["hint"]} if kind == "tick" else None
    items = [
        {"value": i["value"], "text": i["text"], "checked": i["chosen"], "selected": i["chosen"], "hint": item_hint}
        for i in told.get("items", ())
    ]
    parts = [
        {
            "id": f"{told['id']}-{part['name']}",
            "name": f"{told['name']}_{part['name']}",
            "label": part["name"].capitalize(),
            "value": part["value"] or None,
            "width": 4 if part["name"] == "year" else 2,
            "autocomplete": f"bday-{part['name']}",
            "inputmode": "text" if part["name"] == "month" else "numeric",
            "classes": "nhsuk-input--error" if told["error"] else "",
        }
        for part in told.get("parts", ())
    ]
    grouped = kind in ("radios", "checkboxes", "date")
    parameters = {
        "idPrefix" if kind in ("radios", "checkboxes", "tick") else "id": told["id"],
        "name": told["name"],
        "value": (told["value"] or None) if kind == "input" else told["value"],
        "type": told.get("type"),
        "rows": 4,
        "items": parts or items,
        "label": {"text": told["words"], "classes": "nhsuk-label--s"},
        "fieldset": {"legend": {"text": told["words"], "classes": "nhsuk-fieldset__legend--s"}} if grouped else None,
        "hint": {"text": told["hint"]} if told["hint"] and kind != "tick" else None,
        "errorMessage": {"text": told["error"]} if told["error"] else None,
        "inputmode": told["inputmode"],
        "inline": told.get("inline"),
    }
    folder, macro = MACROS[kind]
    theirs = Environment(loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True)
    source = '{% from "nhsuk/components/' + folder + '/macro.jinja" import ' + macro + " as draw %}{{ draw(told) }}"
    return theirs.from_string(source).render(told=parameters)


def by_us(bound: Any) -> str:
    source = '{% from "web/form.jinja" import field with context %}{{ field(bound) }}'
    return str(engines["jinja2"].from_string(source).render({"bound": bound}))  # type: ignore[attr-defined]  # Jinja2's own


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", list(Every.base_fields))
def test_a_field_is_drawn_as_nhsuk_draws_it(name: str, state: str) -> None:
    bound = Every(STATES[state])[name]
    assert Outline(by_us(bound)).steps == Outline(by_nhsuk(bound)).steps


def test_the_summary_of_errors_and_the_button_are_drawn_as_nhsuk_draws_them() -> None:
    form = Every({})
    theirs = Environment(loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True)
    list_ = [{"text": words, "href": f"#{fields.first_box(bound)}"} for bound in form for words in fields.faults(bound)]
    expected = theirs.from_string(
        '{% from "nhsuk/components/error-summary/macro.jinja" import errorSummary %}'
        '{% from "nhsuk/components/button/macro.jinja" import button %}'
        '{{ errorSummary({"titleText": "There is a problem", "errorList": list}) }}'
        '{{ button({"text": "Save", "preventDoubleClick": true, "variant": "secondary"}) }}'
    ).render(list=list_)
    source = (
        '{% from "web/form.jinja" import errors, submit with context %}{{ errors(form) }}{{ submit("Save", true) }}'
    )
    ours = str(engines["jinja2"].from_string(source).render({"form": form}))  # type: ignore[attr-defined]  # Jinja2's own
    assert Outline(ours).steps == Outline(expected).steps
