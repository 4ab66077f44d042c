"""A link worker and a GP of East Hull, and a shorthand for what is on file."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from whatmatters.access.actors import ANYONE
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Referral, Status
from whatmatters.directory import actions as directory
from whatmatters.directory.models import Group
from whatmatters.events.models import Event
from whatmatters.people.models import Person


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    """These tests sign in without a second factor; that it is asked for, the tests of ``access`` show."""
    settings.SECOND_FACTOR = False


@pytest.fixture
def link_worker(place: SimpleNamespace, make_worker: Callable[..., SimpleNamespace]) -> SimpleNamespace:
    return make_worker(Role.LINK_WORKER, place.east, name="Sam Okafor")


@pytest.fixture
def gp(place: SimpleNamespace, make_worker: Callable[..., SimpleNamespace]) -> SimpleNamespace:
    return make_worker(Role.CLINICIAN, place.harbour, name="Dr Priya Nair")


@pytest.fixture
def joan(make_person: Callable[..., Person]) -> Person:
    return make_person(given_name="Joan", family_name="Atkinson")


@pytest.fixture
def sheds(link_worker: SimpleNamespace) -> Group:
    return directory.add(by=link_worker.actor, name="Men in Sheds", kind="company", about="Woodwork and a brew")


@pytest.fixture
def at(
    joan: Person, gp: SimpleNamespace, link_worker: SimpleNamespace, sent: Callable[..., Any]
) -> Callable[[Status], Referral]:
    """Joan's referral, brought to a status by the actions that lead there."""
    by = link_worker.actor

    def bring(status: Status) -> Referral:
        if status == Status.UNMATCHED:
            return sent()[0]
        row = actions.refer(person=joan, need="company", by=gp.actor)
        if status == Status.JOINED:
            return actions.refer(person=joan, need="money", by=gp.actor)
        if status in (Status.ACCEPTED, Status.ACTIVE, Status.CLOSED):
            row = actions.accept(referral=row, by=by)
        if status in (Status.ACTIVE, Status.CLOSED):
            actions.record_contact(referral=row, how="phone", spoke=True, by=by)
        ending: dict[str, Callable[[], Any]] = {
            Status.CLOSED: lambda: actions.close(referral=row, reason="done", by=by),
            Status.DECLINED: lambda: actions.decline(referral=row, reason="person", by=by),
            Status.REDIRECTED: lambda: actions.redirect(referral=row, where="advice", by=by),
            Status.CANCELLED: lambda: actions.cancel(referral=row, by=gp.actor),
        }
        if status in ending:
            ending[status]()
        return Referral.objects.get(pk=row.pk)

    return bring


@pytest.fixture
def sent(place: SimpleNamespace) -> Callable[..., tuple[Referral, str]]:
    """What a housing officer sends about someone born on the day Joan was: the referral and the tracking word."""

    def send(**facts: Any) -> tuple[Referral, str]:
        usual = {
            "practice": place.harbour, "source": "agency", "need": "home", "name": "Joan Atkinson",
            "born": date(1948, 5, 17), "sender_name": "Kim Lee", "sender_organisation": "Hull Homes",
            "sender_contact": "kim@homes.example.org",
        }  # fmt: skip
        return actions.receive(by=ANYONE, **{**usual, **facts})

    return send


@pytest.fixture
def codes(db: None) -> Callable[[Person], list[tuple[str, str]]]:
    """The events on file, in order, without the ``social-prescribing-`` that they share."""

    def read(person: Person) -> list[tuple[str, str]]:
        rows = Event.objects.filter(person=person).order_by("pk").values_list("code", "detail")
        return [(code.removeprefix("social-prescribing-"), detail) for code, detail in rows]

    return read


@pytest.fixture
def desk(link_worker: SimpleNamespace, client: Client) -> Client:
    """A browser at which the link worker is signed in."""
    client.force_login(link_worker.user)
    return client
