"""The database dies at any of an act's writes: then nothing of the act is there, not a row without its event."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Connection, Enquiry, Referral, Status
from whatmatters.directory import actions as directory
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
WRITES = ("INSERT", "UPDATE", "DELETE")
ROOMS = ("social_prescribing", "events", "access", "letters", "people", "directory")


def everything() -> dict[str, list[Any]]:
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


@contextmanager
def dying_at(write: int) -> Iterator[list[str]]:
    """Before the write of that number, counted from 0. Gives those that were tried."""
    tried: list[str] = []

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            tried.append(sql)
            if len(tried) > write:
                raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield tried


class Case(SimpleNamespace):
    """What the acts below are done to."""


ACTS: dict[str, tuple[Status, Callable[[Case], Any]]] = {
    "refer": (Status.CANCELLED, lambda it: actions.refer(person=it.joan, need="food", by=it.gp)),
    "match": (Status.UNMATCHED, lambda it: actions.match(referral=it.row, person=it.joan, by=it.by)),
    "decline": (Status.UNMATCHED, lambda it: actions.decline(referral=it.row, reason="not reached", by=it.by)),
    "accept": (Status.RECEIVED, lambda it: actions.accept(referral=it.row, by=it.by)),
    "cancel": (Status.RECEIVED, lambda it: actions.cancel(referral=it.row, by=it.gp)),
    "redirect": (Status.ACCEPTED, lambda it: actions.redirect(referral=it.row, where="advice", by=it.by)),
    "spoke": (
        Status.ACCEPTED,
        lambda it: actions.record_contact(referral=it.row, how="phone", spoke=True, note="Tea", by=it.by),
    ),
    "write": (Status.ACTIVE, lambda it: actions.write(referral=it.row, section="needs", choices=["food"], by=it.by)),
    "connect": (Status.ACTIVE, lambda it: actions.connect(referral=it.row, group=it.shed, by=it.by)),
    "ask a group": (Status.ACTIVE, lambda it: actions.enquire(referral=it.row, group=it.shed, by=it.by)),
    "group says yes": (Status.ACTIVE, lambda it: actions.group_answered(enquiry=it.asked(), answer="yes", by=it.by)),
    "group is full": (Status.ACTIVE, lambda it: actions.group_answered(enquiry=it.asked(), answer="full", by=it.by)),
    "went": (Status.ACTIVE, lambda it: actions.taken_up(connection=it.linked(), by=it.by)),
    "did not go": (
        Status.ACTIVE,
        lambda it: actions.did_not_go(connection=it.linked(), reason="cost", by=it.by),
    ),
    "hand over": (
        Status.ACTIVE,
        lambda it: actions.hand_over(referral=it.row, to=it.other.worker, why="workload", by=it.by),
    ),
    "close": (Status.ACTIVE, lambda it: actions.close(referral=it.row, reason="done", by=it.by)),
    "reopen": (Status.CLOSED, lambda it: actions.reopen(referral=it.row, why="Rang again", by=it.by)),
}  # fmt: skip


@pytest.fixture
def other(make_worker: Callable[..., Any], place: Any) -> Any:
    return make_worker("link_worker", place.east, name="Jo Bell")


@pytest.fixture
def case(
    at: Callable[[Status], Referral], joan: Person, link_worker: Any, gp: Any, other: Any
) -> Callable[[Status, str], Case]:
    def make(status: Status, act: str) -> Case:
        by = link_worker.actor
        shed = directory.add(by=by, name="Tiger Shed", kind="company", about="Tools", email="hello@shed.example")
        it = Case(
            row=at(status), joan=joan, by=by, gp=gp.actor, shed=shed, other=other,
            asked=Enquiry.objects.get, linked=Connection.objects.get,
        )  # fmt: skip
        if act.startswith("group"):
            actions.enquire(referral=it.row, group=shed, by=by)
        if act in ("went", "did not go"):
            actions.connect(referral=it.row, group=shed, by=by)
        return it

    return make


@pytest.mark.parametrize("act", list(ACTS))
def test_all_of_an_act_or_nothing(act: str, case: Callable[[Status, str], Case]) -> None:
    status, do = ACTS[act]
    it = case(status, act)
    before, write = everything(), 0
    while True:
        it.row = Referral.objects.get(pk=it.row.pk)
        with dying_at(write) as tried, suppress(OperationalError):
            do(it)
        if len(tried) <= write:
            break
        assert everything() == before, f"left behind when {tried[-1][:60]} failed"
        write += 1
    assert write >= 3  # the row, its event or history, and its audit entry
    assert everything() != before
