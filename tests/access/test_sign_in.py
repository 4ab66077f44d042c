"""Signing in with a password, signing out, and what guessing meets."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client
from tests.access.conftest import PASSWORD, sign_in

from whatmatters.access.models import AuditEntry, User


def test_a_person_signs_in_with_address_and_password(client: Client, someone: User) -> None:
    answer = sign_in(client, someone)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/password/").status_code == 200
    assert list(AuditEntry.objects.values_list("act", "user")) == [("signed in", someone.pk)]


def test_the_address_may_be_typed_in_any_case(client: Client, someone: User) -> None:
    assert client.post("/sign-in/", {"email": " Jean@Example.ORG ", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("", "", ("Enter your email address", "Enter your password")),
        ("jean@example.org", "wrong", ("The email address or the password is not right",)),
        ("nobody@example.org", PASSWORD, ("The email address or the password is not right",)),
        ("jean@example.org\0", PASSWORD, ("There is a problem",)),
    ],
)
def test_what_is_wrong_is_said_first(client: Client, someone: User, email: str, password: str, words: Any) -> None:
    answer = client.post("/sign-in/", {"email": email, "password": password})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(page.index(word) < page.index("<form") for word in words)
    assert "Error: Sign in" in page


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, someone: User) -> None:
    pages = [
        client.post("/sign-in/", {"email": email, "password": "wrong"}).content.decode().replace(email, "")
        for email in (someone.email, "other@example.org")
    ]
    assert strip(pages[0]) == strip(pages[1])


def strip(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_closed_account_does_not_get_in_and_is_out_at_its_next_click(client: Client, someone: User) -> None:
    sign_in(client, someone)
    User.objects.update(active=False)
    assert client.get("/password/").status_code == 302
    assert sign_in(client, someone).status_code == 422


def test_the_page_asked_for_is_returned_to(client: Client, someone: User) -> None:
    asked = client.get("/password/?from=menu")
    assert asked["Location"] == "/sign-in/?next=/password/%3Ffrom%3Dmenu"
    client.get(asked["Location"])
    assert sign_in(client, someone)["Location"] == "/password/?from=menu"


def test_a_form_that_was_open_too_long_is_returned_to_where_it_was(client: Client, someone: User) -> None:
    sent = client.post("/password/", {}, headers={"referer": "http://testserver/password/"})
    client.get(sent["Location"])
    assert sign_in(client, someone)["Location"] == "http://testserver/password/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\t//evil.example",
        "",
    ],
)
def test_sign_in_leads_to_no_other_site(client: Client, someone: User, elsewhere: str) -> None:
    assert sign_in(client, someone, next=elsewhere)["Location"] == "/"


def test_signing_out_takes_a_post_and_ends_the_session(client: Client, someone: User) -> None:
    sign_in(client, someone)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/password/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/password/").status_code == 302
    assert AuditEntry.objects.latest("number").act == "signed out"


def test_the_session_gets_a_new_key_at_sign_in(client: Client, someone: User) -> None:
    client.get("/sign-in/", {"next": "/password/"})
    before = client.session.session_key
    sign_in(client, someone)
    assert before
    assert client.session.session_key != before


def guess(client: Client, times: int, email: str = "jean@example.org") -> list[int]:
    return [client.post("/sign-in/", {"email": email, "password": "wrong"}).status_code for _ in range(times)]


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(client: Client, someone: User) -> None:
    assert guess(client, 5) == [422, 422, 422, 422, 429]
    locked = sign_in(client, someone)
    assert locked.status_code == 429
    assert "Wait 15 minutes" in locked.content.decode()
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=16))
    assert sign_in(client, someone).status_code == 302


def test_another_spelling_of_the_address_gives_no_more_guesses(client: Client, someone: User) -> None:
    spellings = ("jean@example.org", "Jean@example.org", "JEAN@example.org", " jean@EXAMPLE.org", "jEan@example.org")
    assert [guess(client, 1, spelling)[0] for spelling in spellings] == [422, 422, 422, 422, 429]


def test_the_lock_page_names_nobody_and_an_unknown_address_locks_alike(client: Client, someone: User) -> None:
    pages = []
    for email in (someone.email, "other@example.org"):
        guess(client, 5, email)
        page = client.post("/sign-in/", {"email": email, "password": "wrong"}).content.decode()
        assert email not in page
        pages.append(strip(page))
    assert pages[0] == pages[1]


def test_guessing_on_does_not_prolong_the_lock(client: Client, someone: User) -> None:
    guess(client, 5)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=14))
    guess(client, 3)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))
    assert sign_in(client, someone).status_code == 302


def test_neither_log_nor_attempt_holds_a_password_and_no_log_an_address(
    client: Client, someone: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        guess(client, 6)
        client.post("/sign-in/", {"email": someone.email, "password": "battery staple"})
    assert "Locking out" in caplog.text
    assert "jean" not in caplog.text.lower()
    kept = " ".join(str(row) for row in AccessAttempt.objects.values())
    assert "battery staple" not in kept + caplog.text


def test_changing_ones_password_asks_for_the_old_one_and_ends_other_sessions(client: Client, someone: User) -> None:
    other = Client()
    for browser in (client, other):
        sign_in(browser, someone)
    wrong = client.post("/password/", {"old": "wrong", "password": "another good password"})
    assert "This is not the password you use now" in wrong.content.decode()
    assert client.post("/password/", {"old": PASSWORD, "password": "another good password"}).status_code == 302
    assert client.get("/password/").status_code == 200
    assert other.get("/password/").status_code == 302
    assert sign_in(Client(), someone, "another good password").status_code == 302
