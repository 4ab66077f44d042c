"""Embedded situations: declared with evidence, borne out by the year's decisions, judged against the milestone."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.embedding import situated
from whatmatters.components.shared_decision_making.library import library
from whatmatters.components.shared_decision_making.models import Decision, Embedded
from whatmatters.periods import financial_year

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
TODAY = date.today()
YEAR = financial_year(TODAY)


@pytest.fixture
def sits(make_worker: Any, client: Client, settings: Any) -> Callable[..., Client]:
    """The browser of someone of this role there."""
    settings.SECOND_FACTOR = False

    def sits(role: str, where: Any) -> Client:
        client.force_login(make_worker(role, where).user)
        return client

    return sits


@pytest.fixture
def declared(place: SimpleNamespace, by: Actor) -> Embedded:
    return actions.declare(
        service=place.east, situation="shoulder-pain", at=place.harbour, since=date(2020, 5, 1), evidence="In clinics",
        by=by,
    )  # fmt: skip


def test_it_counts_for_the_network_and_the_board_above_with_what_was_recorded(
    declared: Embedded, valid: Decision, place: SimpleNamespace
) -> None:
    for where in (place.east, place.icb):
        (found,) = situated(where, YEAR)
        assert (found.title, found.decisions, found.tools, found.seen) == ("Shoulder pain", 1, 0, True)
    assert situated(place.west, YEAR) == []


def test_one_situation_in_two_networks_counts_once(declared: Embedded, place: SimpleNamespace, by: Actor) -> None:
    actions.declare(
        service=place.west, situation="shoulder-pain", at=place.avenues, since=TODAY, evidence="So it is", by=by
    )
    (found,) = situated(place.icb, YEAR)
    assert len(found.rows) == 2


@pytest.mark.parametrize(
    ("year", "counts"), [("2019-20", False), ("2020-21", True), ("2021-22", True), ("2022-23", False)]
)
def test_it_counts_in_each_year_from_its_first_to_the_one_it_ended_in(
    year: str, counts: bool, declared: Embedded, place: SimpleNamespace, by: Actor
) -> None:
    actions.end(embedded=declared, revision=1, ended=date(2022, 3, 31), why="The clinic closed", by=by)
    period = financial_year(date(int(year[:4]), 4, 1))
    assert bool(situated(place.east, period)) == counts


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"situation": "no-such"}, "Choose a situation"),
        ({"since": TODAY + timedelta(days=1)}, "still to come"),
        ({"situation": "shoulder-pain"}, "declared there already"),
        ({"evidence": " "}, "evidence"),
    ],
)
def test_what_cannot_be_declared_is_refused(
    facts: dict[str, Any], sentence: str, declared: Embedded, place: SimpleNamespace, by: Actor
) -> None:
    given = {"situation": "knee-pain", "since": TODAY, "evidence": "Seen", **facts}
    with pytest.raises(ValidationError, match=sentence):
        actions.declare(service=place.east, at=place.harbour, by=by, **given)


@pytest.mark.parametrize(
    ("year", "upto"), [("2019-20", 1), ("2020-21", 3), ("2021-22", 10), ("2022-23", 20), ("2023-24", 23)]
)
def test_the_board_is_judged_against_the_milestone_of_the_year(
    year: str, upto: int, place: SimpleNamespace, by: Actor, sits: Callable[..., Client]
) -> None:
    start = date(int(year[:4]), 4, 1)
    for name in list(library())[:upto]:
        actions.declare(service=place.icb, situation=name, at=place.harbour, since=start, evidence="Seen", by=by)
    page = sits("commissioner", place.icb).get(f"/numbers/QOQ/situations/?period={year}").content.decode()
    assert ("Missed" if year == "2023-24" else "Met") in page
    assert f"<strong>{upto}</strong>" in page


def test_counts_are_for_those_who_work_there(
    declared: Embedded, valid: Decision, place: SimpleNamespace, sits: Callable[..., Client]
) -> None:
    page = sits("pcn_manager", place.west).get(f"/numbers/U10001/situations/?period={YEAR.label}").content.decode()
    assert "Shoulder pain" in page
    assert "Decisions recorded" not in page
    near = sits("pcn_manager", place.east)
    assert "Decisions recorded" in near.get(f"/numbers/U10001/situations/?period={YEAR.label}").content.decode()


def test_it_is_declared_and_ended_on_the_page(place: SimpleNamespace, sits: Callable[..., Client]) -> None:
    client = sits("pcn_manager", place.east)
    day = {f"since_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}
    sent = {"service": "U10001", "situation": "knee-pain", "at": "B81001", "evidence": "In every clinic", **day}
    assert client.post("/decisions/embedded/", {**sent, "at": "B81003"}).status_code == 422
    assert "In every clinic" in client.post("/decisions/embedded/", sent, follow=True).content.decode()
    row = Embedded.objects.get()
    ended = {f"ended_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}
    stale = {**ended, "why": "Staff left", "revision": 7}
    assert client.post(f"/decisions/embedded/{row.uuid}/end/", stale).status_code == 409
    page = client.post(f"/decisions/embedded/{row.uuid}/end/", {**stale, "revision": 1}, follow=True)
    assert "Staff left" in page.content.decode()
