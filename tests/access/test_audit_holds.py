"""No act without its entry, and no two entries in one place."""

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.access.conftest import sign_in

from whatmatters.access import audit, chain
from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry, ChainHead, Grant, User

pytestmark = pytest.mark.database


@pytest.fixture
def anchors(tmp_path: Path, settings: Any) -> Path:
    settings.AUDIT_ANCHORS = tmp_path / "anchors"
    return tmp_path / "anchors"


@pytest.fixture
def no_anchors(tmp_path: Path, settings: Any) -> None:
    settings.AUDIT_ANCHORS = tmp_path / "no such folder" / "anchors"


@pytest.fixture
def administrator(client: Client, make_worker: Any, place: SimpleNamespace, one_factor: None) -> SimpleNamespace:
    admin: SimpleNamespace = make_worker("administrator", place.harbour)
    client.force_login(admin.user)
    return admin


def invite(client: Client) -> Any:
    return client.post(
        "/accounts/invite/",
        {
            "name": "Sam Okafor", "email": "sam@example.org", "role": "coach", "organisation": "B81001",
            "start_day": "1", "start_month": "4", "start_year": "2026",
        },
    )  # fmt: skip


def test_an_act_whose_entry_cannot_be_inserted_is_undone(
    client: Client, administrator: SimpleNamespace, anchors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError("no room")

    accounts, grants = User.objects.count(), Grant.objects.count()
    monkeypatch.setattr(AuditEntry, "save", full)
    with pytest.raises(OSError, match="no room"):
        invite(client)
    assert (User.objects.count(), Grant.objects.count()) == (accounts, grants)


def test_an_act_that_cannot_be_anchored_is_undone(
    client: Client, administrator: SimpleNamespace, no_anchors: None
) -> None:
    accounts, grants = User.objects.count(), Grant.objects.count()
    with pytest.raises(FileNotFoundError):
        invite(client)
    assert (User.objects.count(), Grant.objects.count()) == (accounts, grants)


def test_the_same_act_with_its_entry_is_done(client: Client, administrator: SimpleNamespace, anchors: Path) -> None:
    assert invite(client).status_code == 302
    assert User.objects.filter(email="sam@example.org").exists()


def test_a_persons_page_that_cannot_be_audited_is_not_shown(
    client: Client, link_worker: User, make_person: Any, one_factor: None, no_anchors: None
) -> None:
    client.force_login(link_worker)
    person = make_person()
    client.raise_request_exception = False
    answer = client.get(f"/people/{person.uuid}/details/")
    assert answer.status_code == 500
    assert person.family_name.upper() not in answer.content.decode()


def test_nobody_is_signed_in_without_an_entry(client: Client, someone: User, no_anchors: None) -> None:
    with pytest.raises(FileNotFoundError):
        sign_in(client, someone)
    assert client.get("/password/").status_code == 302


def test_an_undone_act_leaves_neither_entry_nor_anchor(transactional_db: None, anchors: Path) -> None:
    @transaction.atomic
    def act() -> None:
        audit.record("act", by=THE_SYSTEM)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert AuditEntry.objects.count() == 0
    assert anchors.read_text() == ""
    assert chain.verify().problems == []


@pytest.mark.slow
def test_eight_writers_at_once_make_one_chain(transactional_db: None, anchors: Path) -> None:
    ChainHead.objects.get_or_create(pk=1)
    failures = []

    def write() -> None:
        try:
            for _ in range(25):
                with transaction.atomic():
                    audit.record("act", by=THE_SYSTEM)
        except Exception as failure:  # whatever it was, the test must hear of it
            failures.append(failure)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    verdict = chain.verify()
    assert (verdict.entries, verdict.problems) == (200, [])
    assert len(anchors.read_text().splitlines()) == 200
