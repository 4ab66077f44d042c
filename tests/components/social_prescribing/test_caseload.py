"""What a worker holds is what the page counts; the bands of the standard model judge it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.caseload import CONTACTS, PEOPLE, WEIGHTS, judged, loads
from whatmatters.components.social_prescribing.models import CASE_OPEN, Referral
from whatmatters.people.models import Person

TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("value", "band", "words"),
    [
        (None, CONTACTS, ""), (5.9, CONTACTS, "below 6 to 12"), (6, CONTACTS, "within 6 to 12"),
        (12, CONTACTS, "within 6 to 12"), (12.1, CONTACTS, "above 6 to 12"), (199, PEOPLE, "below 200 to 250"),
        (250, PEOPLE, "within 200 to 250"), (251, PEOPLE, "above 200 to 250"),
    ],
)  # fmt: skip
def test_a_figure_is_judged_by_the_band_its_ends_included(value: Any, band: Any, words: str) -> None:
    assert judged(value, band) == words


@given(st.floats(0, 1000))
def test_a_figure_is_below_within_or_above_and_nothing_else(value: float) -> None:
    assert judged(value, PEOPLE).split()[0] == ("below" if value < 200 else "above" if value > 250 else "within")


@pytest.fixture
def case(make_person: Callable[..., Person], gp: Any, link_worker: Any) -> Callable[..., Referral]:
    """``case(made=40, spoken=(30, 10), closed=None)``: days ago, held by Sam."""

    def make(made: int = 40, spoken: tuple[int, ...] = (), closed: int | None = None) -> Referral:
        by = link_worker.actor
        row = actions.refer(person=make_person(), need="food", by=gp.actor, on=ago(made))
        row = actions.accept(referral=row, by=by, on=ago(made))
        for days in spoken:
            actions.record_contact(referral=row, how="phone", spoke=True, by=by, on=ago(days))
        if closed is not None:
            actions.close(referral=row, reason="done", by=by, on=ago(closed))
        return Referral.objects.get(pk=row.pk)

    return make


@pytest.mark.django_db
@pytest.mark.database
def test_the_counter_is_what_they_hold(case: Callable[..., Referral], link_worker: Any) -> None:
    rows = [case(), case(made=10), case(spoken=(35,)), case(spoken=(35, 5)), case(spoken=(30,), closed=3)]
    Referral.objects.filter(pk=rows[0].pk).update(complexity="heavy", next_on=ago(1), next_what="Ring")
    Referral.objects.filter(pk=rows[1].pk).update(complexity="middle")
    load = loads([link_worker.worker], Q(), TODAY)[0]
    held = Referral.objects.filter(owner=link_worker.worker, status__in=CASE_OPEN).count()
    assert load.cases == held == 4
    assert (load.weighted, load.unjudged) == (WEIGHTS["heavy"] + WEIGHTS["middle"] + 1 + 1, 2)
    assert (sorted(load.waits), load.wait, load.overdue, load.quiet) == ([10, 40], 25, 1, 1)


@pytest.mark.django_db
@pytest.mark.database
def test_contacts_are_averaged_over_the_cases_that_ended_once_there_are_five(
    case: Callable[..., Referral], link_worker: Any
) -> None:
    for _ in range(4):
        case(made=100, spoken=(90, 80, 70), closed=20)
    case(made=900, spoken=(880,), closed=500)  # not in the last twelve months
    assert loads([link_worker.worker], Q(), TODAY)[0].per_person is None
    case(made=100, spoken=(90, 80, 70, 60, 50, 40, 30, 20), closed=10)
    assert loads([link_worker.worker], Q(), TODAY)[0].per_person == (4 * 3 + 8) / 5


@pytest.mark.django_db
@pytest.mark.database
def test_a_year_counts_each_person_once_for_everyone_who_held_the_case(
    case: Callable[..., Referral], link_worker: Any, make_worker: Callable[..., Any], place: Any
) -> None:
    jo = make_worker("link_worker", place.east, name="Jo Bell", wte=0.5)
    first, ended, old = case(), case(spoken=(30,), closed=3), case(made=900, spoken=(880,), closed=500)
    actions.hand_over(referral=first, to=jo.worker, why="workload", by=link_worker.actor)
    assert (ended.status, old.status) == ("closed", "closed")
    sam, other = loads([link_worker.worker, jo.worker], Q(), TODAY)
    assert (sam.cases, sam.year, sam.a_year) == (0, 2, 2.0)
    assert (other.cases, other.year, other.a_year) == (1, 1, 2.0)


@pytest.mark.django_db
@pytest.mark.database
def test_the_page_names_workers_and_nobody_who_is_cared_for_at_one_cost(
    case: Callable[..., Referral], make_worker: Callable[..., Any], place: Any, client: Client
) -> None:
    case()
    client.force_login(make_worker("pcn_manager", place.east, name="Gill Manager").user)
    page = client.get(reverse("caseload")).content.decode()
    assert "Sam Okafor" in page
    assert "Atkinson" not in page
    assert "too few cases ended to say" in page
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("caseload"))
    for _ in range(3):
        case()
        make_worker("link_worker", place.east, name="Another")
    with CaptureQueriesContext(connection) as more:
        client.get(reverse("caseload"))
    assert len(more) == len(one)


@pytest.mark.django_db
@pytest.mark.database
def test_whoever_left_with_cases_in_hand_is_marked(
    case: Callable[..., Referral], link_worker: Any, make_worker: Callable[..., Any], place: Any, client: Client
) -> None:
    case()
    link_worker.user.grants.update(end=TODAY)
    client.force_login(make_worker("pcn_manager", place.east, name="Gill Manager").user)
    assert "No longer works here" in client.get(reverse("caseload")).content.decode()
