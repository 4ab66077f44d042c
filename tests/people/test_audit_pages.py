"""What a privacy officer can look up: who saw and changed the records of the people on their lists. And no more."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from whatmatters.access import audit
from whatmatters.access.models import AuditEntry
from whatmatters.people import views_audit


@pytest.fixture
def officer(client: Client, make_worker: Any, place: SimpleNamespace, settings: Any) -> SimpleNamespace:
    """Of East Hull PCN."""
    settings.SECOND_FACTOR = False
    found: SimpleNamespace = make_worker("privacy_officer", place.east, name="Farida Officer")
    client.force_login(found.user)
    return found


def seen(worker: SimpleNamespace, person: Any, act: str = "saw the plan") -> None:
    audit.record(act, by=worker.actor, person=person.pk, why="asked to")


def test_looks_at_the_people_of_their_lists_are_shown_and_no_others(
    client: Client, officer: SimpleNamespace, make_person: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    near, far = make_person(), make_person(practice=place.avenues)
    seen(make_worker("icb_analyst", place.icb, name="High Looker"), near)
    seen(make_worker("clinician", place.avenues, name="Far Looker"), far)
    page = client.get("/audit/").content.decode()
    assert ("High Looker" in page, "Far Looker" in page) == (True, False)
    assert near.nhs_number_shown in page
    assert near.family_name.upper() not in page
    assert AuditEntry.objects.latest("number").act == "looked through the audit"


def test_one_workers_looks_can_be_picked_out(
    client: Client, officer: SimpleNamespace, make_person: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    person = make_person()
    first, second = (make_worker("clinician", place.harbour, name=name) for name in ("First Looker", "Second Looker"))
    seen(first, person)
    seen(second, person)
    page = client.get("/audit/", {"account": first.user.pk}).content.decode()
    assert ("First Looker" in page, "Second Looker" in page) == (True, False)
    for nonsense in ("x", "", "9" * 30, "-1", "²"):
        assert client.get("/audit/", {"account": nonsense, "before": nonsense}).status_code == 200


def test_an_nhs_number_leads_to_one_persons_page_without_being_in_its_address(
    client: Client, officer: SimpleNamespace, make_person: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    person, other = make_person(), make_person()
    nurse = make_worker("clinician", place.harbour)
    seen(nurse, person, "saw the one")
    seen(nurse, other, "saw the other")
    led = client.post("/audit/", {"nhs_number": person.nhs_number_shown})
    assert led["Location"] == f"/audit/{person.uuid}/"
    page = client.get(led["Location"]).content.decode()
    assert ("saw the one" in page, "saw the other" in page) == (True, False)
    assert AuditEntry.objects.latest("number").person == person.pk


@pytest.mark.parametrize("number", ["", "123", "9990000019", "elsewhere"])
def test_a_number_not_on_their_lists_is_refused(
    client: Client, officer: SimpleNamespace, make_person: Any, place: SimpleNamespace, number: str
) -> None:
    stranger = make_person(practice=place.avenues)
    answer = client.post("/audit/", {"nhs_number": stranger.nhs_number if number == "elsewhere" else number})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_older_entries_are_a_link_away(
    client: Client, officer: SimpleNamespace, make_person: Any, make_worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_audit, "SHOWN", 2)
    person = make_person()
    for number in range(1, 6):
        seen(officer, person, f"act-{number}")
    first = client.get("/audit/").content.decode()
    assert [f"act-{n}" in first for n in range(1, 6)] == [False, False, False, True, True]
    assert "/audit/?before=4" in first
    second = client.get("/audit/?before=4").content.decode()
    assert [f"act-{n}" in second for n in range(1, 6)] == [False, True, True, False, False]
