"""No name and no NHS number in an address, a log, a message, a cookie or the audit's detail: canaries over every route.

Each route is read, and each form on it sent, empty and filled with the canaries, by one who may. The people of the
world have the canaries for names, so they are on nearly every page; they may be nowhere else.
"""

import logging
import re
import secrets
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.house import ids
from tests.house.askers import NOBODY, SUBJECT, Asker
from tests.house.routes import Route
from tests.house.test_routes import ROUTES, insiders
from tests.house.world import World

from whatmatters.access.models import AuditEntry
from whatmatters.config.logs import WithoutWords
from whatmatters.people.models import Person

CANARY = re.compile(r"zephyrine|quillfeather|999[\s%+-]*000[\s%+-]*00(18|26|34)", re.IGNORECASE)
NAME, NUMBER = "Zephyrine0 Quillfeather0", "999 000 0018"


class Form(HTMLParser):
    """The addresses on a page, and the fields of its forms with something in each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.fields: dict[str, str] = {}
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        self.addresses += [given[name] for name in ("href", "action", "src") if name in given]
        name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and value and self.select:
            self.fields.setdefault(self.select, value)
        elif (tag == "input" and kind in ("hidden", "radio", "checkbox") and name) or (tag == "button" and name):
            self.fields.setdefault(name, value)
        elif tag in ("input", "textarea") and name:
            self.fields[name] = value or filling(name)


def filling(name: str) -> str:
    days = {"_day": "1", "_month": "4", "_year": "2026"}
    exact = {"nhs_number": NUMBER, "email": "zephyrine@quillfeather.example", "organisation": "B81001", "wte": "1"}
    return next((text for end, text in days.items() if name.endswith(end)), exact.get(name, NAME))


def told_elsewhere(answer: HttpResponse) -> str:
    """All of an answer that is not the page itself: headers, cookies, and the addresses on the page."""
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    html = answer.get("Content-Type", "").startswith("text/html")
    addresses = Form(answer.content.decode()).addresses if html else []
    return " ".join([headers, str(answer.cookies), *addresses])


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_no_canary_leaves_by_this_route(
    route: Route, world: World, one_factor: None, caplog: pytest.LogCaptureFixture
) -> None:
    ids.first(world, route)
    url = reverse(route.name, kwargs=ids.values(world, route))
    audited: list[str] = []

    def look() -> None:
        audited.extend(str(row) for row in AuditEntry.objects.values_list("act", "why", "detail"))

    with caplog.at_level(logging.DEBUG):
        asker = insiders(route)
        page = world.ask(asker, "GET", url, after=look)
        html = page.get("Content-Type", "").startswith("text/html") and not page.streaming
        fields = Form(page.content.decode()).fields if page.status_code == 200 and html else {}
        answers = [page] + [world.ask(asker, "POST", url, data, after=look) for data in ({}, fields)]
    where = {
        "the address": url,
        "headers, cookies and links": " ".join(told_elsewhere(answer) for answer in answers if not answer.streaming),
        "the log": caplog.text,
        "messages": " ".join(f"{message.subject} {message.body}" for message in mail.outbox),
        "the audit": " ".join(audited),
    }
    assert [name for name, text in where.items() if CANARY.search(text)] == []


def test_the_canaries_are_on_the_pages(world: World, one_factor: None) -> None:
    """Or the test above would prove nothing."""
    route = next(route for route in ROUTES if route.name == "person-details")
    page = world.ask(insiders(route), "GET", reverse(route.name, kwargs=ids.values(world, route)))
    assert CANARY.search(page.content.decode())


@pytest.mark.parametrize(
    "asker", [NOBODY, SUBJECT, Asker("link_worker of the same practice")], ids=lambda one: one.words
)
@pytest.mark.parametrize("path", [f"/people/{NAME}/", f"/people/?name={NAME}", "/people/9990000018/", "/nowhere/"])
def test_an_error_page_repeats_nothing_of_what_was_asked(
    asker: Asker, path: str, world: World, one_factor: None, caplog: pytest.LogCaptureFixture
) -> None:
    answer = world.ask(asker, "GET", path)
    if answer.status_code >= 400:
        assert not CANARY.search(answer.content.decode())


def test_a_page_that_breaks_shows_nothing_of_what_broke_it(world: World, one_factor: None, monkeypatch: Any) -> None:
    def break_down(*args: object) -> None:
        raise ValueError(f"{NAME} {NUMBER}")

    monkeypatch.setattr("whatmatters.access.views.sign_in.page_with", break_down)
    answer = Client(raise_request_exception=False).get("/sign-in/")
    assert answer.status_code == 500
    assert not CANARY.search(answer.content.decode())


def test_the_log_says_what_kind_of_error_it_was_and_where_but_not_its_words(world: World, caplog: Any) -> None:
    def save_twice() -> None:
        try:
            Person.objects.get(nhs_number="9990000018")
            raise KeyError(NUMBER)
        except KeyError as cause:
            raise ValueError(f"Key (nhs_number)=({NUMBER}) already exists") from cause

    try:
        save_twice()
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/people/")
    written = WithoutWords().format(caplog.records[-1])
    assert all(word in written for word in ("builtins.ValueError", "builtins.KeyError", "save_twice", "/people/"))
    assert not CANARY.search(written)


def test_the_log_holds_no_word_of_a_private_link(caplog: pytest.LogCaptureFixture) -> None:
    """A form sent back to be mended is logged with its address, and its link still works."""
    word, row = secrets.token_urlsafe(32), uuid4()
    token = f"cxyz12-{'0f' * 16}"
    caplog.set_level(logging.WARNING, "django.request")  # whatever a command of another test made of it
    for words in (word, token):
        logging.getLogger("django.request").warning("Unprocessable Entity: %s", f"/asked/{words}/{row}/")
        written = WithoutWords().format(caplog.records[-1])
        assert words not in written
        assert f"{row}" in written


def test_real_use_logs_in_that_way(settings: Any) -> None:
    handlers, formatters = settings.LOGGING["handlers"], settings.LOGGING["formatters"]
    assert {formatters[one["formatter"]]["()"] for one in handlers.values()} == {"whatmatters.config.logs.WithoutWords"}
