"""The directory: what is found, in which order, what is refused, and who may change it."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.access.roles import Role
from whatmatters.directory import actions
from whatmatters.directory.models import Group
from whatmatters.directory.search import search
from whatmatters.people.revisions import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


def group(name: str = "Men in Sheds", **facts: Any) -> Group:
    usual = {"kind": "company", "about": "Woodwork and a brew", "last_verified": TODAY}
    return actions.add(by=THE_SYSTEM, name=name, **{**usual, **facts})


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("", "", ["Café des Aînés", "Hessle Walkers", "Men in Sheds"]),
        ("sheds", "", ["Men in Sheds"]),
        ("SHEDS woodwork", "", ["Men in Sheds"]),
        ("sheds walking", "", []),
        ("cafe aines", "", ["Café des Aînés"]),
        ("hu13", "", ["Hessle Walkers"]),
        ("active", "", ["Hessle Walkers"]),
        ("polish", "", ["Café des Aînés"]),
        ("", "activity", ["Hessle Walkers"]),
        ("sheds", "activity", []),
        ("100%_", "", []),
    ],
)
def test_a_group_is_found_by_every_word_and_by_its_kind(words: str, kind: str, found: list[str]) -> None:
    group()
    group("Hessle Walkers", kind="activity", about="Gentle walks", postcode="HU13 0AA")
    group("Café des Aînés", about="Tea and talk", languages="English, Polish")
    assert [row.name for row in search(words, kind)] == found


def test_those_checked_and_with_room_come_first() -> None:
    group("A: never checked", last_verified=None)
    group("B: full", capacity="full")
    group("C: checked too long ago", last_verified=TODAY - timedelta(days=366))
    group("D: checked and open", last_verified=TODAY - timedelta(days=365))
    assert [row.name[0] for row in search()] == ["D", "B", "A", "C"]
    assert [row.name[0] for row in search() if row.stale] == ["A", "C"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 151),
        ("name", "Sheds\u202emoor"),
        ("name", "Sheds\x00"),
        ("kind", "unheard-of"),
        ("website", "javascript:alert(1)"),
        ("email", "not an address"),
        ("about", ""),
    ],
)
def test_an_entry_that_is_not_right_is_refused_by_name_and_not_saved(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        group(**{"name": "Men in Sheds", field: value})
    assert list(refusal.value.message_dict) == [field]
    assert not Group.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_second_of_two_changes_to_the_same_entry_is_refused() -> None:
    one = group()
    actions.change(group=one, by=THE_SYSTEM, revision=1, about="Now with metalwork")
    with pytest.raises(Stale):
        actions.change(group=Group.objects.get(), by=THE_SYSTEM, revision=1, about="Now closed")
    assert Group.objects.get().about == "Now with metalwork"
    assert [row.name for row in search("metalwork")] == ["Men in Sheds"]


def test_verifying_makes_an_entry_fresh_but_not_on_a_day_to_come() -> None:
    one = group(last_verified=None)
    with pytest.raises(ValidationError):
        actions.verify(group=one, by=THE_SYSTEM, on=TODAY + timedelta(days=1))
    actions.verify(group=one, by=THE_SYSTEM)
    assert not Group.objects.get().stale


def test_anyone_may_read_the_directory(client: Client) -> None:
    one = group("Sheds & <Friends>", about="Woodwork\nand a brew", website="https://sheds.example.org")
    listed = client.get(reverse("groups"), {"words": "sheds"}).content.decode()
    assert "Sheds &amp; &lt;Friends&gt;" in listed
    page = client.get(reverse("group", args=[one.uuid])).content.decode()
    assert "Woodwork<br>and a brew" in page
    assert 'href="https://sheds.example.org"' in page


def test_a_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    assert "Try fewer words" in client.get(reverse("groups"), {"words": "zither"}).content.decode()


@pytest.mark.parametrize("query", [{"words": "a\x00b"}, {"kind": "nonsense"}, {"words": "x" * 201}])
def test_a_search_that_cannot_be_read_says_so(client: Client, query: dict[str, str]) -> None:
    answer = client.get(reverse("groups"), query)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


TYPED = {"name": "Knit and Natter", "kind": "company", "about": "Wool", "capacity": "open", "verified": "on"}


def test_a_link_worker_adds_a_group_that_they_checked_today(keeper: Client) -> None:
    keeper.post(reverse("add-group"), TYPED)
    made = Group.objects.get()
    assert (made.name, made.last_verified) == ("Knit and Natter", TODAY)


def test_what_was_typed_is_kept_when_something_must_be_mended(keeper: Client) -> None:
    answer = keeper.post(reverse("add-group"), {**TYPED, "name": "", "about": "Wool for everyone"})
    assert answer.status_code == 422
    assert "Wool for everyone" in answer.content.decode()
    assert not Group.objects.exists()


def test_a_stale_page_shows_both_versions_and_saves_neither_over_the_other(keeper: Client) -> None:
    one = group()
    actions.change(group=one, by=THE_SYSTEM, revision=1, about="Metalwork now")
    where = reverse("change-group", args=[one.uuid])
    answer = keeper.post(where, {**TYPED, "name": one.name, "about": "Wool now", "revision": "1"})
    assert answer.status_code == 409
    assert "On file: Metalwork now<br>You typed: Wool now" in answer.content.decode()
    assert Group.objects.get().about == "Metalwork now"
    keeper.post(where, {**TYPED, "name": one.name, "about": "Both now", "revision": "2"})
    assert Group.objects.get().about == "Both now"


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.ICB_ANALYST])
def test_others_may_not_change_the_directory(
    role: Role, place: SimpleNamespace, make_worker: Callable[..., SimpleNamespace], settings: Any, client: Client
) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(make_worker(role, place.harbour).user)
    assert client.post(reverse("add-group"), TYPED).status_code == 403
    assert not Group.objects.exists()
