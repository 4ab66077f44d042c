"""The page around every page."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = [pytest.mark.usefixtures("layout"), pytest.mark.django_db]

ITEMS = [
    {"text": "People", "href": "/people", "current": True},
    {"text": "Numbers", "href": "/numbers", "current": False},
]


def drawn(rf_request: object, **context: object) -> str:
    return render_to_string("web/page.jinja", context, request=rf_request)  # type: ignore[arg-type]  # as good as one


def test_the_first_stop_of_the_keyboard_leads_to_the_main_part() -> None:
    body = Client().get("/").content.decode()
    first = re.search(r"<a [^>]*>[^<]*</a>", body)
    assert first is not None
    assert 'href="#maincontent"' in first[0]
    assert 'id="maincontent"' in body


def test_nothing_on_the_page_is_inline_or_from_elsewhere() -> None:
    body = Client().get("/").content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", body)
    assert not re.search(r"""(?:href|src)=["'](?:https?:)?//""", body)


def test_the_current_place_in_the_menu_is_marked(rf: object) -> None:
    page = render_to_string("web/header.jinja", {"navigation": ITEMS})
    assert len(re.findall(r'aria-current="page"', page)) == 1
    assert re.search(r'href="/people" aria-current="page">People', page)


def test_whoever_is_signed_in_sees_their_name_and_can_sign_out() -> None:
    request = Client().get("/").wsgi_request
    page = render_to_string("web/header.jinja", {"account": SimpleNamespace(name="Sam <Okafor>"), "request": request})
    assert "Sam &lt;Okafor&gt;" in page
    assert "Sign out" in page
    assert "csrfmiddlewaretoken" in page
    assert "Sign in" not in page


def test_what_was_done_is_said_once_after_the_redirect() -> None:
    client = Client()
    after = client.get("/save", follow=True).content.decode()
    assert "Saved &lt;1&gt;" in after
    assert 'role="alert"' in after
    assert "Saved" not in client.get("/").content.decode()


def test_only_the_demo_says_that_everyone_is_invented() -> None:
    said = "Everyone in it is invented"
    assert said in render_to_string("web/footer.jinja", {"demo": True})
    assert said not in render_to_string("web/footer.jinja", {"demo": False})
