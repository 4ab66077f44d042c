"""A specimen page with everything the look offers; and pages that are wrong, to show that the checks would see it."""

from datetime import date
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from whatmatters.web.forms import DayField, bound

PERSON = SimpleNamespace(
    name="FEATHERSTONEHAUGH-OYELARAN, Wilhelmina Anastasia (Mrs)", preferred_name="Billie", born=date(1941, 2, 3),
    age=85, died=None, nhs_number_shown="999 000 0018", needs=["interpreter, British Sign Language", "large print"],
)  # fmt: skip
MENU = [
    {"text": text, "href": f"#{text}", "current": text == "Referrals"}
    for text in ("Find a person", "Referrals", "Community groups", "Team", "Numbers", "Accounts", "Audit")
]
SPECIMEN = """
{% extends "people/page.jinja" %}
{% from "web/form.jinja" import errors, field, submit with context %}
{% from "web/charts.jinja" import bars, trend %}
{% block title %}Specimen{% endblock %}
{% block content %}
{{ errors(form) }}
<h1 class="nhsuk-heading-l">Specimen</h1>
<form method="post" novalidate>{{ csrf(request) }}{% for bound in form %}{{ field(bound) }}{% endfor %}
<div class="wm-actions">{{ submit("Save") }}<a href="#">Cancel</a></div></form>
<h2>Figures</h2>
<ul class="wm-figures">
{% for name, value, shown in rows %}
<li class="wm-figure"><span class="wm-figure__value">{{ shown }}</span> {{ name }}
<strong class="nhsuk-tag nhsuk-tag--green">on track</strong></li>
{% endfor %}
</ul>
{{ bars("Referred per 1,000 people", rows, average=6.0, average_label="England: 6.0") }}
{{ trend("t", "Referred per 1,000 people", rows, target=10) }}
<h2>In her words</h2>
<blockquote class="wm-words"><p>My garden. مرحبا and {{ "averyverylongword" * 5 }}</p></blockquote>
<blockquote class="wm-words" id="urdu"><p>میں باغ میں</p></blockquote>
<blockquote class="wm-words" id="english"><p>In the garden</p></blockquote>
<div class="wm-wide" tabindex="0" role="region" aria-label="Wide table">
<table class="nhsuk-table"><caption class="nhsuk-table__caption">Wide</caption>
<thead><tr>{% for n in range(14) %}<th scope="col">Column {{ n }}</th>{% endfor %}</tr></thead>
<tbody><tr>{% for n in range(14) %}<td>{{ n }}</td>{% endfor %}</tr></tbody></table>
</div>
{% endblock %}
"""
ROWS = [("2022-23 Q1", 2.0, "2.0"), ("2022-23 Q2", 12.0, "12.0"), ("2022-23 Q3", None, "not shown"), ("Q4", 9.0, "9.0")]


class Every(forms.Form):
    words = forms.CharField(label="Name", help_text="As on the letter")
    story = forms.CharField(label="What happened", widget=forms.Textarea)
    pick = forms.ChoiceField(label="Practice", choices=[("", "Choose"), ("a", "Harbour Surgery")])
    one = forms.ChoiceField(label="Shall we call?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    why = forms.ChoiceField(
        label="Reason", choices=[("a", "Moved away from the area"), ("b", "Got the help")], widget=forms.RadioSelect
    )
    many = forms.MultipleChoiceField(
        label="Needs", choices=[("a", "Loneliness"), ("b", "Debt")], widget=forms.CheckboxSelectMultiple
    )
    tick = forms.BooleanField(label="They agree to this", help_text="Say what will be passed on")
    born = DayField(label="Date of birth", help_text="For example, 27 3 1948")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput({"autocomplete": "new-password"}))


def specimen(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        messages.success(request, "The referral was made. The link worker will be in touch within two weeks.")
    context = {"person": PERSON, "rows": ROWS, "form": bound(Every, request)}
    context |= {"navigation": MENU, "account": SimpleNamespace(name="Dr Priya Raghunathan")}
    return HttpResponse(engines["jinja2"].from_string(SPECIMEN).render(context, request))  # type: ignore[attr-defined]  # Jinja2's own


WRONG = {
    "inline": '<main><h1>Inline</h1><p style="color:red">red</p></main>',
    "nameless": "<main><h1>Nameless</h1><input></main>",
    "wide": '<main><h1>Wide</h1><svg width="900" height="9" aria-hidden="true"></svg></main>',
    "elsewhere": '<main><h1>Elsewhere</h1><img alt="" src="http://elsewhere.invalid/x.png"></main>',
    "broken": "",
}


def wrong(request: HttpRequest, how: str) -> HttpResponse:
    page = f'<!DOCTYPE html><html lang="en"><title>{how}</title><body>{WRONG[how]}</body></html>'
    return HttpResponse(page, status=200 if WRONG[how] else 503)


@pytest.fixture(autouse=True)
def routes(settings: Any) -> None:
    [pages] = settings.TEMPLATES
    settings.TEMPLATES = [
        {**pages, "OPTIONS": {**pages["OPTIONS"], "context_processors": []}}
    ]  # the specimen's own menu
    named = {"home": "", "sign-in": "sign-in", "sign-out": "sign-out"}
    for view in (specimen, wrong):
        view.rule = "public"  # type: ignore[attr-defined]  # what default_deny asks for
    module = ModuleType("routes")
    module.urlpatterns = [  # type: ignore[attr-defined]  # a module made here
        *(path(route, specimen, name=name) for name, route in named.items()),
        path("wrong/<how>", wrong),
    ]
    settings.ROOT_URLCONF = module


def test_everything_the_look_offers_is_accessible(site: Any) -> None:
    site.open("/")
    site.check()
    with site.page.expect_navigation():
        site.click("Save")
    assert "There is a problem" in site.page.locator(":focus").inner_text()
    site.check()


def test_it_is_accessible_without_scripts_too(open_site: Any) -> None:
    site = open_site("phone", javascript=False)
    site.open("/")
    site.page.get_by_role("link", name="Audit").click(trial=True)
    assert site.reflow() == []


def test_the_keyboard_reaches_every_field_and_sees_where_it_is(open_site: Any) -> None:
    site = open_site("desktop")
    site.open("/")
    for name in ("Name", "What happened", "Practice", "Save", "Cancel", "Wide table"):
        site.tab_to(name)
        box = site.page.evaluate("() => document.activeElement.getBoundingClientRect().toJSON()")
        banner = site.page.evaluate("() => document.querySelector('.wm-banner').getBoundingClientRect().toJSON()")
        assert box["top"] >= banner["bottom"] - 1, f"{name} is hidden under the banner"


FROM_THE_RIGHT = """id => {
  const words = document.querySelector(`#${id} p`), drawn = document.createRange();
  drawn.selectNodeContents(words);
  const [text, box] = [drawn.getBoundingClientRect(), words.getBoundingClientRect()];
  return box.right - text.right < text.left - box.left;
}"""


def test_what_is_written_in_urdu_reads_from_the_right_and_english_from_the_left(site: Any) -> None:
    site.open("/")
    assert [site.page.evaluate(FROM_THE_RIGHT, name) for name in ("urdu", "english")] == [True, False]


def test_a_bigger_text_does_not_push_the_page_sideways(open_site: Any) -> None:
    site = open_site("desktop")
    site.open("/")
    site.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; dispatchEvent(new Event('resize')) }")
    assert site.resize(1280, 800)


@pytest.mark.parametrize(
    ("how", "fault"), [("inline", "style"), ("elsewhere", "elsewhere.invalid"), ("broken", "503 for /wrong/broken")]
)
def test_a_fault_out_of_sight_is_seen(open_site: Any, how: str, fault: str) -> None:
    site = open_site()
    site.open(f"/wrong/{how}")
    site.page.wait_for_timeout(200)
    assert [said for said in site.faults if fault in said]
    site.faults.clear()


def test_what_is_not_accessible_is_seen(open_site: Any) -> None:
    site = open_site()
    site.open("/wrong/nameless")
    assert [line for line in site.axe() if line.startswith("label")]
    site.open("/wrong/wide")
    assert "<svg" in site.reflow()[0]
