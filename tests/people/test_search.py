"""Finding a person: by any of their names, in any order; by day of birth; by number."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from whatmatters.people.models import Person
from whatmatters.people.search import MOST, find

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def people(make_person: Callable[..., Person]) -> None:
    for given, family, preferred, born in (
        ("Seán", "O’Brien", "", date(1950, 1, 2)),
        ("Maria José", "Núñez-Smith", "Pepa", date(1961, 3, 4)),
        ("John", "Smith", "", date(1948, 5, 17)),
        ("John", "Smith", "Jack", date(1952, 7, 9)),
        ("محمد", "خان", "Mo", date(1970, 8, 8)),
        ("Kai", "Blasmith", "", date(2001, 1, 1)),
        ("100%", "Under_score", "", date(2002, 2, 2)),
    ):
        make_person(given_name=given, family_name=family, preferred_name=preferred, born=born)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"name": "smith"}, ["Núñez-Smith", "Smith", "Smith"]),
        ({"name": "SMITH john"}, ["Smith", "Smith"]),
        ({"name": "jo sm"}, ["Núñez-Smith", "Smith", "Smith"]),
        ({"name": "jack"}, ["Smith"]),
        ({"name": "Smith, J", "born": date(1948, 5, 17)}, ["Smith"]),
        ({"name": "obrien"}, ["O’Brien"]),
        ({"name": "o'bri sean"}, ["O’Brien"]),
        ({"name": "nunez"}, ["Núñez-Smith"]),
        ({"name": "pepa"}, ["Núñez-Smith"]),
        ({"name": "محمد"}, ["خان"]),
        ({"name": "mith"}, []),
        ({"name": "%"}, []),
        ({"name": "under_"}, ["Under_score"]),
        ({"born": date(1970, 8, 8)}, ["خان"]),
        ({"nhs_number": "9990000018"}, ["O’Brien"]),
        ({"nhs_number": "9990000018", "name": "smith"}, []),
        ({"name": " ' "}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_finding(people: None, asked: dict[str, Any], found: list[str]) -> None:
    assert sorted(person.family_name for person in find(Person.objects.all(), **asked)) == found


def test_only_those_among_whom_one_may_look(people: None) -> None:
    among = Person.objects.exclude(preferred_name="Jack")
    assert [person.preferred_name for person in find(among, name="john smith")] == [""]


def test_one_more_than_is_shown_says_that_there_are_more(make_person: Callable[..., Person]) -> None:
    for _ in range(MOST + 5):
        make_person(family_name="Same")
    assert len(find(Person.objects.all(), name="same")) == MOST + 1


def test_rows_saved_in_bulk_are_found_too(db: None) -> None:
    Person.objects.bulk_create([Person(given_name="Bulk", family_name="Saved", born=date(1990, 1, 1))])
    assert len(find(Person.objects.all(), name="saved bulk")) == 1


def test_looking_takes_as_many_queries_for_fifty_as_for_one(
    make_person: Callable[..., Person], django_assert_num_queries: Any
) -> None:
    for many in (1, 20):
        for _ in range(many):
            make_person(family_name="Same")
        with django_assert_num_queries(2):
            assert [person.now[0].practice.name for person in find(Person.objects.all(), name="same")]
