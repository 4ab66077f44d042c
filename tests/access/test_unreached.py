"""A letter to a member of staff that did not arrive is before their administrator, with why and what to do."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.letters.reports import report

from whatmatters.access.models import User
from whatmatters.letters.models import Letter
from whatmatters.letters.outbox import post
from whatmatters.letters.returned import take

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOBODY = "nobody has this address, or it takes no email (5.1.1)"


@pytest.fixture
def desk(client: Client, make_worker: Any, place: SimpleNamespace, one_factor: None) -> Client:
    """Of an administrator of East Hull."""
    client.force_login(make_worker("administrator", place.east, name="Ada Admin").user)
    return client


@pytest.fixture
def sam(desk: Client) -> User:
    """Invited at an address that nobody has."""
    start = {"start_day": "1", "start_month": "4", "start_year": "2026", "role": "coach", "organisation": "B81001"}
    desk.post("/accounts/invite/", {"name": "Sam Okafor", "email": "sam@example.org", **start})
    return User.objects.get(email="sam@example.org")


def come_back(account: User) -> None:
    letter = Letter.objects.filter(to=account.email).latest("pk")
    Letter.objects.filter(pk=letter.pk).update(next_try=None, sent=letter.made, text="")
    assert take(report(letter)) == "failed"


def page(desk: Client, *path: Any) -> str:
    return desk.get("/".join(["/accounts", *map(str, path), ""])).content.decode().replace("Nobody has", "nobody has")


def test_an_invitation_that_came_back_is_on_the_list_of_accounts_and_says_what_to_do(desk: Client, sam: User) -> None:
    assert "do not reach" not in page(desk)
    come_back(sam)
    shown = page(desk)
    assert "Our letters do not reach 1 of them" in shown
    assert "sam@example.org" in shown
    assert "“Your What Matters account”" in shown
    assert NOBODY in shown
    assert "Ask them for the right address, invite them there, and close this account" in page(desk, sam.pk)


def test_so_is_any_other_letter_to_staff(desk: Client, make_worker: Any, place: Any) -> None:
    nurse = make_worker("clinician", place.harbour).user
    User.objects.filter(pk=nurse.pk).update(last_login="2026-01-01T00:00Z")
    post(nurse.email, "Something waits too long", "Sign in")
    come_back(nurse)
    assert "“Something waits too long”" in page(desk)
    assert "Ring them" in page(desk, nurse.pk)


def test_it_leaves_the_list_when_a_later_letter_went_out_or_the_account_is_closed(desk: Client, sam: User) -> None:
    come_back(sam)
    desk.post(f"/accounts/{sam.pk}/invite-again/")
    assert "Our letters do not reach 1" in page(desk)  # the new one has not gone yet
    Letter.objects.filter(next_try__isnull=False).update(next_try=None, sent="2026-01-01T00:00Z")
    assert "do not reach" not in page(desk)
    come_back(sam)
    assert "do not reach" in page(desk)
    desk.post(f"/accounts/{sam.pk}/close/")
    assert "do not reach" not in page(desk)


def test_an_administrator_elsewhere_does_not_see_it(
    sam: User, client: Client, make_worker: Any, place: SimpleNamespace
) -> None:
    come_back(sam)
    client.force_login(make_worker("administrator", place.west, name="Bo").user)
    assert "do not reach" not in page(client)


def test_a_mail_server_that_is_down_neither_loses_the_invitation_nor_fails_the_page(
    desk: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    start = {"start_day": "1", "start_month": "4", "start_year": "2026", "role": "coach", "organisation": "B81001"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post("/accounts/invite/", {"name": "Sam Okafor", "email": "sam@example.org", **start})
    assert answer.status_code == 302
    letter = Letter.objects.get()
    assert (letter.sent, letter.tries, letter.next_try is not None, "/invitation/" in letter.text) == (
        None, 1, True, True,
    )  # fmt: skip
