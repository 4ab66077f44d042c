"""Staff show a code after the password; people and their representatives do not."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.access.conftest import code_of, sign_in

from whatmatters.access.models import AuditEntry, Grant, User

Clock = Callable[[float], None]
CODE = re.compile(r"<code>([a-z2-7]{8})</code>")


@pytest.fixture
def enrolled(client: Client, link_worker: User, clock: Clock) -> list[str]:
    """The link worker has set up a second step in this session; their backup codes."""
    sign_in(client, link_worker)
    client.get("/second-step/set-up/")
    client.post("/second-step/set-up/", {"code": code_of(link_worker)})
    return CODE.findall(client.get("/second-step/backup-codes/").content.decode())


def test_people_need_only_their_password(client: Client, someone: User) -> None:
    sign_in(client, someone)
    assert client.get("/password/").status_code == 200


def test_staff_are_led_to_set_it_up_before_anything_opens(client: Client, link_worker: User) -> None:
    assert sign_in(client, link_worker)["Location"] == "/second-step/"
    assert client.get("/second-step/")["Location"] == "/second-step/set-up/"
    assert client.get("/password/")["Location"] == "/sign-in/?next=/password/"
    assert client.get("/second-step/backup-codes/").status_code == 302


def test_the_key_is_shown_as_a_picture_and_as_text_and_stays_the_same(client: Client, link_worker: User) -> None:
    sign_in(client, link_worker)
    first, second = (client.get("/second-step/set-up/").content.decode() for _ in range(2))
    secret = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", first)
    assert secret
    assert secret.group(0) in second
    assert 'src="data:image/svg+xml' in first
    assert TOTPDevice.objects.count() == 1


def test_setting_up_shows_backup_codes_once_and_opens_the_house(
    client: Client, link_worker: User, enrolled: list[str]
) -> None:
    assert len(set(enrolled)) == 10
    again = client.get("/second-step/backup-codes/").content.decode()
    assert not any(code in again for code in enrolled)
    assert client.get("/password/").status_code == 200
    acts = list(AuditEntry.objects.values_list("act", flat=True))
    assert acts == ["signed in", "second factor set up", "backup codes made"]


def test_the_page_asked_for_is_returned_to_after_the_code(
    client: Client, link_worker: User, enrolled: list[str], clock: Clock
) -> None:
    client.post("/sign-out/")
    assert sign_in(client, link_worker, next="/password/")["Location"] == "/second-step/"
    clock(1)
    shown = client.post("/second-step/", {"code": code_of(link_worker)})
    assert shown["Location"] == "/password/"
    assert client.get("/password/").status_code == 200


def test_a_code_with_spaces_is_read(client: Client, link_worker: User, enrolled: list[str], clock: Clock) -> None:
    client.post("/sign-out/")
    sign_in(client, link_worker)
    clock(1)
    code = code_of(link_worker)
    assert client.post("/second-step/", {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_a_code_works_once(client: Client, link_worker: User, enrolled: list[str], clock: Clock) -> None:
    clock(1)
    code = code_of(link_worker)
    answers = []
    for _ in range(2):
        client.post("/sign-out/")
        sign_in(client, link_worker)
        answers.append(client.post("/second-step/", {"code": code}).status_code)
    assert answers == [302, 422]
    assert client.get("/password/").status_code == 302


def test_a_wrong_code_is_refused_and_guessing_waits(client: Client, link_worker: User, enrolled: list[str]) -> None:
    client.post("/sign-out/")
    sign_in(client, link_worker)
    wrong = f"{(int(code_of(link_worker)) + 500000) % 1000000:06d}"
    first, second = (client.post("/second-step/", {"code": wrong}) for _ in range(2))
    assert (first.status_code, second.status_code) == (422, 422)
    assert "This code is not right" in first.content.decode()
    assert "Too many wrong codes: wait until" in second.content.decode()


def test_a_backup_code_works_once(client: Client, link_worker: User, enrolled: list[str]) -> None:
    answers = []
    for _ in range(2):
        client.post("/sign-out/")
        sign_in(client, link_worker)
        answers.append(client.post("/second-step/", {"code": enrolled[0].upper()}).status_code)
    assert answers == [302, 422]


def test_new_backup_codes_stop_the_old_ones_and_leave_the_session_alone(
    client: Client, link_worker: User, enrolled: list[str]
) -> None:
    client.post("/sign-out/")
    sign_in(client, link_worker)
    client.post("/second-step/", {"code": enrolled[0]})
    made = client.post("/second-step/backup-codes/")
    new = CODE.findall(client.get(made["Location"]).content.decode())
    assert len(new) == 10
    assert not set(new) & set(enrolled)
    client.post("/sign-out/")
    sign_in(client, link_worker)
    assert client.post("/second-step/", {"code": enrolled[1]}).status_code == 422


def test_a_second_device_cannot_be_added_with_the_password_alone(
    client: Client, link_worker: User, enrolled: list[str]
) -> None:
    thief = Client()
    sign_in(thief, link_worker)
    assert thief.get("/second-step/set-up/")["Location"] == "/second-step/"
    assert thief.post("/second-step/set-up/", {"code": "123456"})["Location"] == "/second-step/"
    assert TOTPDevice.objects.filter(user=link_worker).count() == 1


def test_one_workers_code_does_not_sign_in_another(
    link_worker: User, enrolled: list[str], someone: User, place: Any, clock: Clock
) -> None:
    other = someone
    Grant.objects.create(user=other, role="clinician", organisation=place.harbour, start=date(2020, 1, 1))
    TOTPDevice.objects.create(user=other, name="App")
    clock(1)
    theirs = Client()
    sign_in(theirs, other)
    code = f"{int(code_of(link_worker)):06d}"
    assert theirs.post("/second-step/", {"code": code}).status_code == 422
    assert theirs.get("/password/").status_code == 302


def test_the_demo_asks_for_none(client: Client, link_worker: User, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    sign_in(client, link_worker)
    assert client.get("/password/").status_code == 200
