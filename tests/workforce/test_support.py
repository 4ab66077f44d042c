"""Supervision, training and the staff survey: on the worker's page, in the facts, and in the indicators."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from whatmatters.access.models import AuditEntry
from whatmatters.interop import extract
from whatmatters.measurement import details, measure
from whatmatters.programme.indicators import INDICATORS
from whatmatters.workforce import actions_support as actions
from whatmatters.workforce.models import Course, StaffEvent, Worker

pytestmark = pytest.mark.database
APRIL = {"on_day": "4", "on_month": "4", "on_year": "2022"}


@pytest.fixture
def team(place: SimpleNamespace, make_worker: Callable[..., Any], settings: Any) -> SimpleNamespace:
    settings.SECOND_FACTOR = False
    return SimpleNamespace(
        tess=make_worker("link_worker", place.east, "Tess Marchbank"),
        sam=make_worker("link_worker", place.east, "Sam Okafor"),
        gill=make_worker("pcn_manager", place.east, "Gill Manager"),
        far=make_worker("pcn_manager", place.west, "Far Manager"),
        gp=make_worker("clinician", place.harbour, "Dr Amara Nwosu"),
    )


@pytest.fixture
def manager(client: Client, team: SimpleNamespace) -> Client:
    client.force_login(team.gill.user)
    return client


def test_supervision_and_training_are_written_down_on_the_workers_page(manager: Client, team: SimpleNamespace) -> None:
    page = f"/team/{team.tess.worker.pk}/"
    manager.post(f"{page}supervisor/", {"supervisor": team.gp.worker.pk})
    form = manager.get(f"{page}supervision/").content.decode()
    assert "Dr Amara Nwosu" in form
    facts = {**APRIL, "given_by": "Dr Amara Nwosu", "words": "Two heavy cases; holidays"}
    assert manager.post(f"{page}supervision/", facts)["Location"] == page
    manager.post(f"{page}training/", {**APRIL, "course": "link-worker-accredited", "given_by": "Hull College"})
    shown = manager.get(page).content.decode()
    for words in ("Supervised by Dr Amara Nwosu", "4 April 2022", "Two heavy cases", "Accredited link worker training"):
        assert words in shown
    acts = list(AuditEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["supervisor named", "recorded supervision of a worker", "recorded training of a worker"]


@pytest.mark.parametrize(
    ("what", "typed", "says"),
    [
        ("supervision", {"given_by": "Dr N"}, "Enter the day"),
        ("supervision", {**APRIL}, "Enter who gave it"),
        ("supervision", {**APRIL, "on_year": "2199", "given_by": "Dr N"}, "still to come"),
        ("training", {**APRIL}, "Choose the course"),
        ("training", {**APRIL, "course": "juggling"}, "Select a valid choice"),
        ("training", {**APRIL, "course": "other", "words": "x" * 301}, "at most 300"),
        ("supervisor", {"supervisor": "0"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    manager: Client, team: SimpleNamespace, what: str, typed: dict[str, str], says: str
) -> None:
    answer = manager.post(f"/team/{team.tess.worker.pk}/{what}/", typed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not StaffEvent.objects.exists()


def test_nobody_supervises_themselves(team: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="themselves"):
        actions.name_supervisor(worker=team.tess.worker, supervisor=team.tess.worker, by=team.gill.actor)


def test_a_record_made_by_mistake_is_struck_out_and_the_audit_says_so(manager: Client, team: SimpleNamespace) -> None:
    row = actions.trained(worker=team.tess.worker, course="other", on=date(2022, 4, 4), by=team.gill.actor)
    manager.post(f"/team/records/{row.pk}/strike-out/")
    assert not StaffEvent.objects.exists()
    last = AuditEntry.objects.latest("number")
    assert (last.act, last.detail["on"], last.detail["detail"]) == (
        "struck out a record of a worker", "2022-04-04", "other",
    )  # fmt: skip


def test_the_records_of_other_networks_are_not_found(client: Client, team: SimpleNamespace) -> None:
    row = actions.trained(worker=team.tess.worker, course="other", on=date(2022, 4, 4), by=team.gill.actor)
    client.force_login(team.far.user)
    addresses = [f"/team/{team.tess.worker.pk}/{what}" for what in ("", "supervision/", "training/", "supervisor/")]
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert client.post(f"/team/records/{row.pk}/strike-out/").status_code == 404
    assert StaffEvent.objects.exists()


def test_a_worker_sees_their_own_records_and_answers_the_survey(client: Client, team: SimpleNamespace) -> None:
    actions.supervised(worker=team.tess.worker, on=date(2022, 4, 4), by=team.gp.actor, words="Holidays")
    client.force_login(team.tess.user)
    page = client.get("/my-work/").content.decode()
    assert "Holidays" in page
    assert "Strike out" not in page
    assert client.post("/my-work/", {}).status_code == 422
    assert client.post("/my-work/", {"sure": "no"}).status_code == 302
    assert StaffEvent.objects.get(code="confident-in-role").value == 0


def test_an_account_without_a_post_is_told_what_to_do(client: Client, team: SimpleNamespace) -> None:
    Worker.objects.filter(pk=team.tess.worker.pk).update(account=None)
    client.force_login(team.tess.user)
    assert "not linked to a post" in client.get("/my-work/").content.decode()
    client.post("/my-work/", {"sure": "yes"})
    assert not StaffEvent.objects.exists()


def test_what_one_said_in_the_survey_is_on_no_managers_page_and_cannot_be_struck_out(
    manager: Client, team: SimpleNamespace
) -> None:
    row = actions.said_how_sure(worker=team.tess.worker, sure=False, on=date.today(), by=team.tess.actor)
    assert "onfident" not in manager.get(f"/team/{team.tess.worker.pk}/").content.decode()
    assert manager.post(f"/team/records/{row.pk}/strike-out/").status_code == 404


def test_every_course_that_an_indicator_reads_is_on_offer() -> None:
    read = {value for name, value in vars(details).items() if name.startswith("COURSE_")}
    assert read <= set(Course.values)


def test_the_indicators_are_computed_from_the_record(team: SimpleNamespace, make_person: Any, tmp_path: Path) -> None:
    """Of two link workers one is supervised, trained and sure of herself; the other was asked, and is not."""
    make_person()
    by, day = team.gill.actor, date(2022, 9, 1)
    actions.supervised(worker=team.tess.worker, on=day, by=by)
    actions.trained(worker=team.tess.worker, course="link-worker-accredited", on=day, by=by)
    actions.said_how_sure(worker=team.tess.worker, sure=True, on=day, by=team.tess.actor)
    actions.said_how_sure(worker=team.sam.worker, sure=False, on=day, by=team.sam.actor)
    actions.supervised(worker=team.sam.worker, on=date(2023, 4, 1), by=by)  # the day after the year
    extract.extract(tmp_path / "facts")
    of_workers = {
        "link-workers-supervised-share": (1, 2), "link-workers-any-training-share": (1, 2),
        "link-workers-trained-share": (1, 2), "link-workers-confident-share": (1, 2),
        "link-workers-trained-and-confident-share": (1, 2),
    }  # fmt: skip
    asked = [INDICATORS[name] for name in of_workers]
    table = measure(tmp_path / "facts", ["2022-23"], asked, as_at=date(2023, 3, 31))
    found = {
        row["indicator"]: (row["numerator"], row["denominator"])
        for row in table.to_pylist()
        if (row["organisation"], row["breakdown"]) == ("U10001", "all")
    }
    assert found == of_workers
