"""The invented care system: the same every time, nobody and nothing in it real, and something on every desk."""

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from whatmatters.access.models import AuditEntry
from whatmatters.components.care_planning.models import Plan, Version
from whatmatters.components.social_prescribing.desk import laid_out, open_referrals
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.demo.build import build, first_day
from whatmatters.demo.doors import DOORS
from whatmatters.demo.population import nhs_numbers
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.directory.models import Group
from whatmatters.events.models import Event
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.people.models import Person, Registration
from whatmatters.people.nhs_number import problem_with

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]


def told() -> Iterator[tuple[Any, ...]]:
    """All that was made, without the numbers and moments that only the database knows."""
    who = "person__nhs_number"
    yield from Person.objects.order_by("nhs_number").values_list("nhs_number", "family_name", "born", "died", "address")
    yield from Registration.objects.order_by(who, "start").values_list(who, "practice__code", "start", "end")
    yield from Event.objects.order_by("pk").values_list(who, "code", "on", "value", "detail", "organisation", "role")
    yield from Referral.objects.order_by("pk").values_list(who, "status", "source", "need", "reason", "made_on")
    yield from Version.objects.order_by("pk").values_list("plan__" + who, "number", "agreed_on", "review_on", "met_on")
    yield from AuditEntry.objects.order_by("number").values_list("actor", "act", "organisation", "why")


def checksum(on: date, **options: int) -> str:
    digest = hashlib.sha256()
    with transaction.atomic():
        build(on=on, people=60, **options)
        for row in told():
            digest.update(repr(row).encode())
        transaction.set_rollback(True)
    return digest.hexdigest()


def test_the_same_seed_and_day_make_the_same_record_and_another_seed_another() -> None:
    day = date.today() - timedelta(days=200)
    first = checksum(day)
    assert checksum(day) == first
    assert checksum(day, seed=7) != first


def test_a_record_is_made_where_there_is_none_only(world: World) -> None:
    with pytest.raises(ValueError, match="empty database"):
        build(on=world.on, people=10)


def test_every_nhs_number_is_valid_and_invented_and_nobody_shares_one(world: World) -> None:
    numbers = list(Person.objects.values_list("nhs_number", flat=True))
    assert len(numbers) == len(set(numbers)) == 300 + len(words("story"))
    assert all(number.startswith("999") and problem_with(number) is None for number in numbers)


def test_there_are_numbers_enough_for_a_benchmark() -> None:
    numbers = nhs_numbers()
    assert len({next(numbers) for _ in range(60_000)}) == 60_000


def test_telephone_numbers_and_addresses_reach_nobody(world: World) -> None:
    for person in Person.objects.all():
        assert re.fullmatch(r"(07700 900\d{3}|01632 960\d{3})?", person.phone), "kept free for drama by Ofcom"
        assert not person.email or person.email.endswith("@example.org")
        assert re.match(r"(KM|WX|RV)\d ", person.postcode), "postcode areas that do not exist"


def test_every_event_falls_in_the_record_and_in_its_persons_life(world: World) -> None:
    assert not Event.objects.filter(on__gt=world.on).exists()
    assert not Event.objects.filter(on__lt=first_day(world.on)).exists()
    events = Event.objects.select_related("person")
    assert all(e.person.born <= e.on <= (e.person.died or e.on) for e in events)


def test_what_belonged_to_what_changes_and_the_odd_cases_are_there(world: World) -> None:
    practices = Organisation.objects.filter(kind=Kind.PRACTICE)
    in_no_network = [p.code for p in practices if not p.parents.filter(parent__kind=Kind.PCN).exists()]
    assert practices.count() == 12
    assert in_no_network == ["X99012"]
    assert practices.get(closed__isnull=False).code == "X99001"
    st_hildas = (
        Membership.objects.filter(child__code="X99004").order_by("parent__code").values_list("parent__code", "end")
    )
    assert [(code, end is None) for code, end in st_hildas] == [("UX0001", True), ("UX0002", False), ("X01", True)]
    dale_head = {m.parent.code for m in Membership.objects.filter(child__code="X99008")}
    assert dale_head == {"X02", "UX0002"}, "a practice of one place in a network of another"


def test_the_demo_link_workers_desk_has_something_in_every_list(world: World) -> None:
    tess = world.staff.at("link_worker", world.places["X99002"], world.on)
    grants = list(Organisation.objects.get(code="UX0001").grant_set.filter(user=tess.user))
    desk = laid_out(open_referrals(grants, world.on), world.on)
    assert [one.name for one in desk if not one.rows] == []
    assert any(row.person is None for row in desk[1].rows), "of the new ones, one is not matched to a person yet"


def test_ron_has_everything_before_him_and_others_have_been_through_it(world: World) -> None:
    ron, beverley = (
        Person.objects.get(family_name="Suddaby", account__isnull=False),
        Plan.objects.get(person__family_name="Thundercliffe"),
    )
    assert not ron.referrals.exists()
    assert not Plan.objects.filter(person=ron).exists()
    assert beverley.versions.get(number=1).met_on is not None
    assert Plan.objects.get(person__family_name="Mustafa", person__given_name="Rozhan").versions.get().met_on is None


def test_every_door_is_somebodys(world: World) -> None:
    from whatmatters.access.models import User  # noqa: PLC0415

    assert set(User.objects.values_list("email", flat=True)) >= {door.email for door in DOORS.values()}


def test_groups_are_many_and_not_all_freshly_checked(world: World) -> None:
    assert Group.objects.count() >= 15
    assert {group.stale for group in Group.objects.all()} == {True, False}


@pytest.mark.realdata
def test_no_code_in_the_demo_is_a_real_organisations(world: World, shared_data: Path) -> None:
    codes = set(Organisation.objects.exclude(code="ENG").values_list("code", flat=True))
    for file in sorted((shared_data / "organisations").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.reader(lines):
                assert codes.isdisjoint(row), file.name
