"""What every room's tests stand on: a small invented corner of the NHS, and the people in it."""

import os
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings as hypothesis
from tests import migrated

from whatmatters.access.actors import Actor
from whatmatters.access.models import Grant, User
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.people.models import Person, Registration
from whatmatters.people.nhs_number import check_digit
from whatmatters.workforce.models import Post, Worker

LONG_AGO = date(2019, 4, 1)

# What Java would gain by compiling harder it never earns back on facts this small.
os.environ.setdefault("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
hypothesis.register_profile("untimed", deadline=None)  # a busy machine is no fault of what is tested
hypothesis.load_profile("untimed")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published data beside the checkout. Tests that ask for it are marked ``realdata``."""
    return Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    return migrated.given()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> None:
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            migrated.keep()


@pytest.fixture
def place(db: None) -> SimpleNamespace:
    """England > region Y63 > ICB QOQ > sub-ICB 03F > PCN U10001 (practices B81001, B81002) and U10002 (B81003)."""

    def made(code: str, name: str, kind: Kind, *parents: Organisation) -> Organisation:
        organisation = Organisation.objects.create(code=code, name=name, kind=kind, opened=LONG_AGO)
        for parent in parents:
            Membership.objects.create(child=organisation, parent=parent, start=LONG_AGO)
        return organisation

    england = made("ENG", "England", Kind.NATION)
    region = made("Y63", "North East and Yorkshire", Kind.REGION, england)
    icb = made("QOQ", "Humber and North Yorkshire", Kind.ICB, region)
    sub_icb = made("03F", "Hull", Kind.SUB_ICB, icb)
    east = made("U10001", "East Hull PCN", Kind.PCN)
    west = made("U10002", "West Hull PCN", Kind.PCN)
    return SimpleNamespace(
        england=england, region=region, icb=icb, sub_icb=sub_icb, east=east, west=west,
        harbour=made("B81001", "Harbour Surgery", Kind.PRACTICE, sub_icb, east),
        garden=made("B81002", "Garden Village Practice", Kind.PRACTICE, sub_icb, east),
        avenues=made("B81003", "The Avenues Medical Centre", Kind.PRACTICE, sub_icb, west),
    )  # fmt: skip


def nhs_number(serial: int) -> str:
    """The serial-th invented number: 999 xxx xxxx, skipping those with no check digit."""
    stems = (f"999{n:06d}" for n in count(1))
    good = (stem for stem in stems if check_digit(stem) < 10)
    return next(f"{stem}{check_digit(stem)}" for place, stem in enumerate(good) if place == serial)


@pytest.fixture
def make_person(place: SimpleNamespace) -> Callable[..., Person]:
    """A person on a practice's list since 2019: ``make_person(given_name="Ada", practice=place.avenues)``."""
    serials = count()

    def make(practice: Organisation | None = None, start: date = LONG_AGO, **facts: Any) -> Person:
        serial = next(serials)
        given = {
            "nhs_number": nhs_number(serial), "given_name": "Joan", "family_name": f"Atkinson{serial or ''}",
            "born": date(1948, 5, 17), "sex": "F", "ethnicity": "A", "deprivation": 2, "postcode": "HU9 2AA",
        }  # fmt: skip
        person = Person.objects.create(**{**given, **facts})
        Registration.objects.create(person=person, practice=practice or place.harbour, start=start)
        return person

    return make


@pytest.fixture
def make_worker(place: SimpleNamespace) -> Callable[..., SimpleNamespace]:
    """A member of staff with account, grant and post: ``.user``, ``.worker``, ``.actor``."""
    serials = count(1)

    def make(role: str, at: Organisation, name: str = "Sam Okafor", wte: float = 1.0) -> SimpleNamespace:
        user = User.objects.create(email=f"worker{next(serials)}@example.org", name=name)
        worker = Worker.objects.create(name=name, account=user)
        Grant.objects.create(user=user, role=role, organisation=at, start=LONG_AGO)
        Post.objects.create(worker=worker, role=role, organisation=at, wte=wte, start=LONG_AGO)
        acting = Actor(name, role, user.pk, at.pk, at.code, worker.pk)
        return SimpleNamespace(user=user, worker=worker, actor=acting)

    return make
