"""A session ends after 15 minutes without use and after 12 hours whatever is done."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.test import Client
from tests.access.conftest import sign_in

from whatmatters.access.models import User

Clock = Callable[[float], None]


def test_it_lives_while_it_is_used(client: Client, someone: User, clock: Clock) -> None:
    sign_in(client, someone)
    for _ in range(10):
        clock(14)
        assert client.get("/password/").status_code == 200


def test_it_ends_after_15_minutes_and_says_so_and_returns(client: Client, someone: User, clock: Clock) -> None:
    sign_in(client, someone)
    client.get("/password/")
    clock(15.1)
    ended = client.get("/password/")
    assert ended["Location"] == "/sign-in/?next=/password/"
    assert "You were signed out after 15 minutes without use" in client.get(ended["Location"]).content.decode()
    assert sign_in(client, someone)["Location"] == "/password/"


def test_it_ends_after_12_hours_of_work(client: Client, someone: User, clock: Clock) -> None:
    sign_in(client, someone)
    for _ in range(72):
        clock(9.9)
        assert client.get("/password/").status_code == 200
    clock(9.9)
    ended = client.get("/password/")
    assert ended.status_code == 302
    assert "You were signed out after 12 hours" in client.get(ended["Location"]).content.decode()


def test_signing_in_again_starts_both_clocks_anew(client: Client, someone: User, clock: Clock) -> None:
    sign_in(client, someone)
    for _ in range(72):
        clock(9.9)
        client.get("/password/")
    sign_in(client, someone)
    clock(9.9)
    assert client.get("/password/").status_code == 200


def test_a_session_without_its_second_factor_opens_nothing(
    client: Client, make_worker: Any, place: SimpleNamespace, clock: Clock, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(make_worker("link_worker", place.harbour).user)
    assert client.get("/password/").status_code == 200
    settings.SECOND_FACTOR = True
    assert client.get("/password/").status_code == 302


def test_pages_of_an_account_are_kept_by_no_cache(client: Client, someone: User) -> None:
    assert "no-store" not in client.get("/sign-in/").get("Cache-Control", "")
    sign_in(client, someone)
    for page in ("/", "/password/", "/nowhere/"):
        assert client.get(page)["Cache-Control"] == "no-store"
