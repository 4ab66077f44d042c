"""Who is under whom on a day."""

from datetime import date
from types import SimpleNamespace

import pytest

from whatmatters.organisations.models import Membership, Organisation
from whatmatters.organisations.tree import levels_up, networks_within, with_descendants

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BEFORE, MOVED = date(2022, 6, 30), date(2022, 7, 1)


@pytest.fixture
def moved(place: SimpleNamespace) -> SimpleNamespace:
    """Garden Village leaves East Hull PCN for West Hull PCN on 1 July 2022."""
    Membership.objects.filter(child=place.garden, parent=place.east).update(end=MOVED)
    Membership.objects.create(child=place.garden, parent=place.west, start=MOVED)
    return place


def codes(ids: set[int]) -> set[str]:
    return set(Organisation.objects.filter(pk__in=ids).values_list("code", flat=True))


def test_the_last_day_belongs_to_the_old_parent_and_the_first_to_the_new(moved: SimpleNamespace) -> None:
    assert codes(with_descendants([moved.east.pk], BEFORE)) == {"U10001", "B81001", "B81002"}
    assert codes(with_descendants([moved.east.pk], MOVED)) == {"U10001", "B81001"}
    assert codes(with_descendants([moved.west.pk], MOVED)) == {"U10002", "B81002", "B81003"}


@pytest.mark.parametrize(("day", "network"), [(BEFORE, "U10001"), (MOVED, "U10002")])
def test_a_level_at_a_time_going_up(moved: SimpleNamespace, day: date, network: str) -> None:
    steps = [codes(step) for step in levels_up([moved.garden.pk], day)]
    assert steps == [{"B81002"}, {network, "03F"}, {"QOQ"}, {"Y63"}, {"ENG"}]


def test_a_network_without_a_parent_is_within_what_holds_all_its_practices(moved: SimpleNamespace) -> None:
    """As in the published maps; one that reaches over a border is within neither side."""
    east, both = {moved.harbour.pk}, {moved.harbour.pk, moved.garden.pk}
    assert codes(networks_within(both, BEFORE)) == {"U10001"}
    assert codes(networks_within(east, BEFORE)) == set()
    assert codes(networks_within(east, MOVED)) == {"U10001"}
    assert codes(networks_within(with_descendants([moved.england.pk], MOVED), MOVED)) == {"U10001", "U10002"}


def test_nothing_was_anywhere_before_it_is_known(place: SimpleNamespace) -> None:
    assert codes(with_descendants([place.england.pk], date(2019, 3, 31))) == {"ENG"}
