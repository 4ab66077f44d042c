"""Who may see whom: exactly the people registered on the day at or below an organisation where the role is held."""

from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whatmatters.access.gate import grants_of
from whatmatters.access.models import Grant, User
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.people.gate import grant_for, mine, people_of, scopes_of
from whatmatters.people.models import SCOPES, Person, Registration, Representative

pytestmark = pytest.mark.django_db
TODAY = date.today()
serials = count()

# Days from today of (start, end): running, ended today, ends tomorrow, to come, and long over.
SPANS = {(-900, None): True, (-900, 0): False, (-900, 1): True, (0, None): True, (1, None): False, (-900, -400): False}
spans = st.sampled_from(sorted(SPANS, key=str))
ROLES = ("link_worker", "clinician", "icb_analyst", "administrator")


def days(span: tuple[int, int | None]) -> dict[str, Any]:
    start, end = span
    return {"start": TODAY + timedelta(start), "end": None if end is None else TODAY + timedelta(end)}


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Up to eight organisations, each under any of those before it; up to six people; up to four grants."""
    size = draw(st.integers(1, 8))
    places = st.integers(0, size - 1)
    children = [child for child in range(1, size) for _ in range(draw(st.integers(0, 2)))]
    drawn = [(child, draw(st.integers(0, child - 1)), draw(spans)) for child in children]
    links = list({(child, parent, span[0]): (child, parent, span) for child, parent, span in drawn}.values())
    registrations = draw(st.lists(st.tuples(places, spans), max_size=6))
    grants = draw(st.lists(st.tuples(st.sampled_from(ROLES), places, spans), max_size=4))
    return {"size": size, "links": links, "registrations": registrations, "grants": grants}


def expected(world: dict[str, Any]) -> list[bool]:
    """By plain reading: climb from each person's practice over the memberships of today."""
    held = {at for role, at, span in world["grants"] if role in ("link_worker", "clinician") and SPANS[span]}
    answers = []
    for practice, span in world["registrations"]:
        above = {practice} if SPANS[span] else set()
        for _ in range(world["size"]):
            above |= {parent for child, parent, dated in world["links"] if child in above and SPANS[dated]}
        answers.append(bool(above & held))
    return answers


@given(worlds())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_staff_see_exactly_the_people_of_their_organisations_today(db: None, world: dict[str, Any]) -> None:
    with transaction.atomic():
        serial = next(serials)
        places = [
            Organisation.objects.create(code=f"T{serial}-{n}", name=f"Place {n}", kind=Kind.PRACTICE)
            for n in range(world["size"])
        ]
        for child, parent, span in world["links"]:
            Membership.objects.create(child=places[child], parent=places[parent], **days(span))
        user = User.objects.create(email=f"t{serial}@example.org", name="T")
        for role, at, span in world["grants"]:
            Grant.objects.create(user=user, role=role, organisation=places[at], **days(span))
        people = []
        for practice, span in world["registrations"]:
            person = Person.objects.create(given_name="A", family_name="B", born=date(1980, 1, 1))
            Registration.objects.create(person=person, practice=places[practice], **days(span))
            people.append(person)
        one_by_one = [grant_for(user, person, "see a person") is not None for person in people]
        together = set(people_of(grants_of(user, "see a person")).values_list("pk", flat=True))
        transaction.set_rollback(True)
    assert one_by_one == expected(world)
    assert [person.pk in together for person in people] == one_by_one


def test_the_grant_that_allows_is_the_nearest(make_person: Any, make_worker: Any, place: SimpleNamespace) -> None:
    worker = make_worker("clinician", place.icb)
    near = Grant.objects.create(user=worker.user, role="clinician", organisation=place.east, start=TODAY)
    assert grant_for(worker.user, make_person(), "see a person") == near


def test_asking_takes_few_queries(
    make_person: Any, make_worker: Any, place: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    worker, person = make_worker("link_worker", place.east), make_person()
    with django_assert_max_num_queries(3):
        assert grant_for(worker.user, person, "see a person")


@given(
    st.lists(st.tuples(spans, st.frozensets(st.sampled_from(SCOPES), min_size=1)), max_size=4),
    st.sampled_from(["", *SCOPES]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_representatives_act_within_their_scopes_and_days(
    db: None, ties: list[tuple[tuple[int, int | None], frozenset[str]]], asked: str
) -> None:
    with transaction.atomic():
        son = User.objects.create(email=f"son{next(serials)}@example.org", name="Son")
        person, other = (Person.objects.create(given_name="A", family_name="B", born=date(1980, 1, 1)) for _ in "ab")
        for span, scopes in ties:
            given = {scope: scope in scopes for scope in SCOPES}
            Representative.objects.create(
                person=person, account=son, relationship="son", authority="nominated", **given, **days(span)
            )
        found, scopes_now = set(mine(son, asked)), scopes_of(son, person)
        transaction.set_rollback(True)
    running = [scopes for span, scopes in ties if SPANS[span]]
    assert (person in found) == any(not asked or asked in scopes for scopes in running)
    assert other not in found
    assert scopes_now == frozenset().union(*running)


def test_the_person_has_every_scope_and_a_stranger_none(make_person: Any) -> None:
    own, stranger = (User.objects.create(email=f"{n}@example.org", name="N") for n in "ab")
    person = make_person(account=own)
    assert scopes_of(own, person) == set(SCOPES)
    assert scopes_of(stranger, person) == frozenset()
    assert not mine(stranger).exists()
