"""Accounts and roles: who may give what to whom, and the links by which passwords are first set."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.access.conftest import PASSWORD, sign_in

from whatmatters.access import accounts, invitations
from whatmatters.access.models import AuditEntry, Grant, User
from whatmatters.letters.models import Letter

TODAY = date.today()


@pytest.fixture
def administrator(client: Client, make_worker: Any, place: SimpleNamespace, one_factor: None) -> SimpleNamespace:
    """Of East Hull PCN, with its practices Harbour and Garden Village; not of The Avenues."""
    admin: SimpleNamespace = make_worker("administrator", place.east, name="Ada Admin")
    client.force_login(admin.user)
    return admin


def filled(**changes: str) -> dict[str, str]:
    start = {"start_day": "1", "start_month": "4", "start_year": "2026"}
    return {"role": "coach", "organisation": "B81001", **start, **changes}


def invited(client: Client, **changes: str) -> Any:
    return client.post("/accounts/invite/", {"name": "Sam Okafor", "email": "sam@example.org", **filled(**changes)})


def test_an_invitation_makes_the_account_and_its_role_and_sends_a_link(
    client: Client, administrator: SimpleNamespace
) -> None:
    assert invited(client).status_code == 302
    sam = User.objects.get(email="sam@example.org")
    assert list(sam.grants.values_list("role", "organisation__code", "start", "end")) == [
        ("coach", "B81001", date(2026, 4, 1), None)
    ]
    assert not sam.has_usable_password()
    assert Letter.objects.get().to == "sam@example.org"
    assert "Sam" not in Letter.objects.get().text
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["account opened", "role granted"]


def test_an_administrator_of_the_board_looks_after_its_networks_though_no_map_puts_them_below_it(
    client: Client, make_worker: Any, place: SimpleNamespace, one_factor: None
) -> None:
    client.force_login(make_worker("administrator", place.icb, name="Bo Board").user)
    assert invited(client, role="link_worker", organisation="U10001").status_code == 302
    assert Grant.objects.filter(role="link_worker", organisation=place.east).exists()


def link_in(body: str) -> str:
    found = re.search(r"http://testserver(/\S+)", body)
    assert found
    return found.group(1)


def test_the_link_sets_the_password_once(client: Client, administrator: SimpleNamespace) -> None:
    invited(client)
    sam = Client()
    page = sam.get(link_in(Letter.objects.get().text), follow=True)
    assert "sam@example.org" in page.content.decode()
    assert page.redirect_chain == [("/invitation/", 302)]  # the token is no longer in the address
    assert sam.post("/invitation/", {"password": PASSWORD})["Location"] == "/sign-in/"
    assert sign_in(sam, User.objects.get(email="sam@example.org")).status_code == 302
    again = Client().get(link_in(Letter.objects.get().text), follow=True)
    assert again.status_code == 410
    assert "sam@example.org" not in again.content.decode()


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Enter a new password"),
        ("short", "at least 12 characters"),
        ("password1234", "too common"),
        ("sam@example.org", "too similar"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    client: Client, administrator: SimpleNamespace, password: str, words: str
) -> None:
    invited(client)
    sam = Client()
    sam.get(link_in(Letter.objects.get().text))
    answer = sam.post("/invitation/", {"password": password})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.get(email="sam@example.org").has_usable_password()


def test_a_link_is_good_for_three_days_and_for_its_own_account(
    someone: User, link_worker: User, monkeypatch: Any
) -> None:
    token = invitations.path_for(someone).rstrip("/").rsplit("/", 1)[1]
    assert invitations.account_of(someone.pk, token) == someone
    assert invitations.account_of(link_worker.pk, token) is None
    assert invitations.account_of(someone.pk, token + "0") is None
    later = invitations.default_token_generator._now() + timedelta(days=3, minutes=1)
    monkeypatch.setattr(invitations.default_token_generator, "_now", lambda: later)
    assert invitations.account_of(someone.pk, token) is None


def test_a_link_to_a_closed_account_is_dead(someone: User) -> None:
    token = invitations.path_for(someone).rstrip("/").rsplit("/", 1)[1]
    User.objects.update(active=False)
    assert invitations.account_of(someone.pk, token) is None


def test_an_address_that_has_an_account_gets_the_role_and_no_link(
    client: Client, administrator: SimpleNamespace, someone: User
) -> None:
    invited(client, email="JEAN@example.org", name="Another Name")
    someone.refresh_from_db()
    assert someone.name == "Jean Carr"
    assert someone.grants.get().role == "coach"
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "sam"}, "Enter an email address"),
        ({"email": ""}, "Enter their email address"),
        ({"name": ""}, "Enter the name"),
        ({"role": ""}, "Choose the role"),
        ({"role": "king"}, "Select a valid choice"),
        ({"organisation": "B81003"}, "no organisation with this code"),  # a practice of another network
        ({"organisation": "QOQ"}, "no organisation with this code"),  # the board above
        ({"start_day": "31", "start_month": "2"}, "Enter a real date"),
        ({"end_day": "1", "end_month": "4", "end_year": "2026"}, "after the first day"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_and_nothing_is_saved(
    client: Client, administrator: SimpleNamespace, changes: dict[str, str], words: str
) -> None:
    accounts_before = User.objects.count()
    answer = invited(client, **changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (User.objects.count(), Letter.objects.count()) == (accounts_before, 0)


def test_the_list_shows_those_of_the_network_and_its_practices_only(
    client: Client, administrator: SimpleNamespace, make_worker: Any, place: SimpleNamespace
) -> None:
    make_worker("clinician", place.harbour, name="Near Nurse")
    make_worker("clinician", place.avenues, name="Far Nurse")
    make_worker("icb_analyst", place.icb, name="High Analyst")
    page = client.get("/accounts/").content.decode()
    assert ("Near Nurse" in page, "Far Nurse" in page, "High Analyst" in page) == (True, False, False)


def test_a_role_is_given_and_ended(
    client: Client, administrator: SimpleNamespace, make_worker: Any, place: Any
) -> None:
    nurse = make_worker("clinician", place.harbour).user
    client.post(f"/accounts/{nurse.pk}/grant/", filled(role="care_coordinator", organisation="B81002"))
    given = nurse.grants.get(role="care_coordinator")
    page = f"/accounts/{nurse.pk}/grants/{given.pk}/end/"
    assert client.post(page, {"end_day": "x"}).status_code == 422
    client.post(page, {"end_day": "1", "end_month": "5", "end_year": "2026"})
    given.refresh_from_db()
    assert given.end == date(2026, 5, 1)
    assert [entry.act for entry in AuditEntry.objects.all()] == ["role granted", "role ended"]


def test_an_ended_role_opens_nothing_from_that_day(make_worker: Any, place: SimpleNamespace, one_factor: None) -> None:
    admin, client = make_worker("administrator", place.harbour).user, Client()
    client.force_login(admin)
    statuses = []
    for end in (None, TODAY + timedelta(days=1), TODAY):
        admin.grants.update(end=end)
        statuses.append(client.get("/accounts/").status_code)
    assert statuses == [200, 200, 403]


@pytest.mark.parametrize(
    "act",
    [
        lambda client, me, grant: client.post(f"/accounts/{me}/grant/", filled(role="clinician")),
        lambda client, me, grant: client.post(f"/accounts/{me}/close/"),
        lambda client, me, grant: client.post(f"/accounts/{me}/reset-second-step/"),
        lambda client, me, grant: client.post(
            f"/accounts/{me}/grants/{grant}/end/", {"end_day": "1", "end_month": "1", "end_year": "2030"}
        ),
    ],
    ids=["grant", "close", "reset", "end"],
)
def test_nobody_changes_their_own_account(
    client: Client, administrator: SimpleNamespace, act: Callable[..., Any]
) -> None:
    own = administrator.user.grants.get()
    assert act(client, administrator.user.pk, own.pk).status_code == 403
    administrator.user.refresh_from_db()
    assert administrator.user.active
    assert list(administrator.user.grants.values_list("pk", "end")) == [(own.pk, None)]


def test_nor_by_inviting_themselves(client: Client, administrator: SimpleNamespace) -> None:
    assert invited(client, email=administrator.user.email, role="clinician").status_code == 403
    assert administrator.user.grants.count() == 1


def test_sign_in_of_one_who_works_elsewhere_too_is_left_alone(
    client: Client, administrator: SimpleNamespace, make_worker: Any, place: SimpleNamespace
) -> None:
    nurse = make_worker("clinician", place.harbour).user
    Grant.objects.create(user=nurse, role="clinician", organisation=place.avenues, start=TODAY)
    for button in ("close", "open", "invite-again", "reset-second-step"):
        assert client.post(f"/accounts/{nurse.pk}/{button}/").status_code == 403
    nurse.refresh_from_db()
    assert nurse.active
    assert "not yours to change" in client.get(f"/accounts/{nurse.pk}/").content.decode()


def test_the_buttons_do_what_they_say(
    client: Client, administrator: SimpleNamespace, make_worker: Any, place: SimpleNamespace
) -> None:
    nurse = make_worker("clinician", place.harbour).user
    TOTPDevice.objects.create(user=nurse, name="App")
    client.post(f"/accounts/{nurse.pk}/reset-second-step/")
    assert not TOTPDevice.objects.exists()
    client.post(f"/accounts/{nurse.pk}/close/")
    assert not User.objects.get(pk=nurse.pk).active
    client.post(f"/accounts/{nurse.pk}/open/")
    assert User.objects.get(pk=nurse.pk).active
    client.post(f"/accounts/{nurse.pk}/invite-again/")
    assert Letter.objects.get().to == nurse.email


def test_the_action_itself_refuses_to_raise_oneself(administrator: SimpleNamespace, place: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        accounts.grant_role(
            administrator.user, role="clinician", organisation=place.harbour, start=TODAY, by=administrator.actor
        )


def test_a_number_too_large_for_the_database_is_not_found(client: Client, administrator: SimpleNamespace) -> None:
    assert client.get(f"/accounts/{10**40}/").status_code == 404
    assert client.get(f"/invitation/{10**40}/x/", follow=True).status_code == 410
