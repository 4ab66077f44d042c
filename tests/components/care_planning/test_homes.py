"""Who lives in a care home, and the weekly round there."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions.homes import OnRound
from whatmatters.components.care_planning.models import Residence, SeenOnRound
from whatmatters.events.models import Event
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def homes(make_home: Any) -> SimpleNamespace:
    return SimpleNamespace(quay=make_home("V0001", "Quay House"), wold=make_home("V0002", "Wold View"))


@pytest.fixture
def person(make_person: Any) -> Person:
    found: Person = make_person()
    return found


def events(person: Person) -> list[tuple[str, date, str]]:
    return list(Event.objects.filter(person=person).order_by("pk").values_list("code", "on", "detail"))


def test_moving_in_and_out_is_told_as_the_indicators_read_it(person: Person, homes: Any, by: Actor) -> None:
    row = actions.move_in(person=person, home=homes.quay, stay="temporary", on=ago(30), by=by)
    actions.move_out(residence=row, on=ago(10), by=by)
    assert events(person) == [("care-home-resident", ago(30), "temporary"), ("lives-elsewhere", ago(10), "")]


def test_to_move_to_another_home_ends_the_stay_in_the_first(person: Person, homes: Any, by: Actor) -> None:
    actions.move_in(person=person, home=homes.quay, stay="temporary", on=ago(30), by=by)
    actions.move_in(person=person, home=homes.quay, stay="permanent", on=ago(20), by=by)
    actions.move_in(person=person, home=homes.wold, stay="permanent", on=ago(5), by=by)
    rows = Residence.objects.values_list("home__code", "stay", "start", "end")
    assert list(rows) == [
        ("V0001", "temporary", ago(30), ago(20)),
        ("V0001", "permanent", ago(20), ago(5)),
        ("V0002", "permanent", ago(5), None),
    ]


@pytest.mark.parametrize(("code", "days", "field"), [
    ("V0001", -1, "on"), ("V0001", 40_000, "on"), ("V0001", 31, "on"), ("B81001", 1, "home"),
])  # fmt: skip
@pytest.mark.usefixtures("homes")
def test_an_impossible_move_is_refused_by_name(person: Person, by: Actor, code: str, days: int, field: str) -> None:
    wold, home = (Organisation.objects.get(code=one) for one in ("V0002", code))
    actions.move_in(person=person, home=wold, stay="permanent", on=ago(30), by=by)
    with pytest.raises(ValidationError) as refused:
        actions.move_in(person=person, home=home, stay="permanent", on=ago(days), by=by)
    assert list(refused.value.message_dict) == [field]


def test_a_round_counts_each_resident_once_a_day(make_person: Any, homes: Any, by: Actor) -> None:
    one, other, third = people = [make_person() for _ in range(3)]
    for each in people:
        actions.move_in(person=each, home=homes.quay, stay="permanent", on=ago(90), by=by)
    done = {one: OnRound(seen=True, meeting=True, note="Eats well"), other: OnRound(seen=True), third: OnRound()}
    actions.record_round(home=homes.quay, on=TODAY, done=done, by=by)
    actions.record_round(home=homes.quay, on=TODAY, done=done, by=by)
    actions.record_round(home=homes.quay, on=TODAY, done={one: OnRound(seen=True, note="Asked again")}, by=by)
    told = Event.objects.exclude(code="care-home-resident").order_by("pk").values_list("person", "code")
    assert list(told) == [
        (one.pk, "care-home-round"), (one.pk, "multidisciplinary-meeting"), (other.pk, "care-home-round"),
    ]  # fmt: skip
    assert SeenOnRound.objects.filter(person=one).count() == 2  # both notes are kept


def test_whoever_does_not_live_there_is_not_seen_there(person: Person, homes: Any, by: Actor) -> None:
    actions.move_in(person=person, home=homes.wold, stay="permanent", on=ago(9), by=by)
    with pytest.raises(ValidationError, match="did not live in this home"):
        actions.record_round(home=homes.quay, on=TODAY, done={person: OnRound(seen=True)}, by=by)
    with pytest.raises(ValidationError, match="Nothing is ticked yet"):
        actions.record_round(home=homes.wold, on=TODAY, done={person: OnRound()}, by=by)
    assert not SeenOnRound.objects.exists()


def test_a_home_is_one_of_its_networks(homes: Any, place: Any) -> None:
    assert homes.quay.kind == Kind.CARE_HOME
    assert homes.quay.parents.get().parent == place.east
