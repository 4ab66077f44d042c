"""What can be done to a person's details: in full, or not at all."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry, User
from whatmatters.people import actions, actions_ties
from whatmatters.people.models import Person, Registration
from whatmatters.people.revisions import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TOMORROW = date.today() + timedelta(days=1)
ADA = {"given_name": "Ada", "family_name": "Ikeji", "born": date(1960, 2, 29), "nhs_number": "9990000018"}


@pytest.fixture
def by(make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> Any:
    return make_worker("care_coordinator", place.east).actor


@pytest.fixture
def register(by: Any, place: SimpleNamespace) -> Callable[..., Person]:
    def register(**facts: Any) -> Person:
        given = {"practice": place.harbour, "start": date(2020, 1, 6), "by": by, **ADA}
        return actions.register_person(**{**given, **facts})

    return register


def test_registering_writes_person_registration_and_audit_together(register: Any, place: SimpleNamespace) -> None:
    person = register()
    assert person.registrations.get().practice == place.harbour
    assert AuditEntry.objects.get().act == "registered the person"
    assert AuditEntry.objects.get().person == person.pk


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"nhs_number": "9990000019"}, "nhs_number"),
        ({"nhs_number": "12"}, "nhs_number"),
        ({"given_name": ""}, "given_name"),
        ({"given_name": "A\u202eda"}, "given_name"),
        ({"family_name": "I\x00keji"}, "family_name"),
        ({"family_name": "x" * 36}, "family_name"),
        ({"born": TOMORROW}, "born"),
        ({"born": date(1899, 12, 31)}, "born"),
        ({"sex": "Q"}, "sex"),
        ({"start": TOMORROW}, "start"),
        ({"start": date(1959, 1, 1), "born": date(1960, 2, 29)}, "practice"),
        ({"start": date(2019, 5, 1), "born": date(2020, 2, 29)}, "start"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(register: Any, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        register(**facts)
    assert field in refused.value.message_dict
    assert not Person.objects.exists()
    assert not Registration.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_number_on_file_is_refused_without_saying_whose(register: Any) -> None:
    register()
    with pytest.raises(ValidationError) as refused:
        register(given_name="Bea", family_name="Stone")
    message = str(refused.value.message_dict["nhs_number"])
    assert "already on file" in message
    assert "Find a person" in message
    assert not any(secret in message for secret in ("Ada", "Ikeji", "9990000018"))


def test_many_people_may_have_no_number(register: Any) -> None:
    assert register(nhs_number=None).pk != register(nhs_number=None).pk


def test_only_a_practice_registers_people(register: Any, place: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="GP practice"):
        register(practice=place.east)


def test_a_change_tells_the_audit_which_fields_and_not_what_was_written(register: Any, by: Any) -> None:
    person = register()
    actions.change_details(person=person, revision=1, by=by, preferred_name="Addie", given_name="Ada")
    entry = AuditEntry.objects.latest("number")
    assert entry.detail == {"fields": ["preferred_name"]}
    assert Person.objects.get().preferred_name == "Addie"
    assert Person.objects.get().revision == 2


def test_the_second_of_two_changes_is_told_and_changes_nothing(register: Any, by: Any) -> None:
    person = register()
    actions.change_details(person=person, revision=1, by=by, phone="01482 555 001")
    with pytest.raises(Stale):
        actions.change_details(person=person, revision=1, by=by, phone="01482 555 002")
    assert Person.objects.get().phone == "01482 555 001"


def test_a_refused_change_leaves_the_revision_alone(register: Any, by: Any) -> None:
    person = register()
    with pytest.raises(ValidationError):
        actions.change_details(person=person, revision=1, by=by, given_name="")
    assert Person.objects.get().revision == 1


def test_a_change_of_name_is_found_by_the_new_name(register: Any, by: Any) -> None:
    person = register()
    actions.change_details(person=person, revision=1, by=by, family_name="O’Neill")
    assert Person.objects.get(names__contains=" oneill").pk == person.pk


def test_moving_closes_the_old_registration_on_the_day_the_new_one_opens(
    register: Any, by: Any, place: SimpleNamespace
) -> None:
    person = register()
    actions.move_registration(person=person, practice=place.avenues, on=date(2023, 3, 1), by=by)
    assert list(person.registrations.order_by("start").values_list("practice__code", "start", "end")) == [
        ("B81001", date(2020, 1, 6), date(2023, 3, 1)),
        ("B81003", date(2023, 3, 1), None),
    ]


@pytest.mark.parametrize(
    ("to", "on", "field"),
    [("harbour", date(2023, 3, 1), "practice"), ("avenues", date(2020, 1, 6), "start"), ("avenues", TOMORROW, "start")],
)
def test_a_move_that_makes_no_sense_is_refused(
    register: Any, place: SimpleNamespace, to: str, on: date, field: str
) -> None:
    person = register()
    by = Actor("Sam Okafor", "care_coordinator")
    with pytest.raises(ValidationError) as refused:
        actions.move_registration(person=person, practice=getattr(place, to), on=on, by=by)
    assert list(refused.value.message_dict) == [field]
    assert person.registrations.get().end is None


def test_nobody_joins_a_list_on_a_day_they_were_on_another(register: Any, by: Any, place: SimpleNamespace) -> None:
    person = register()
    person.registrations.update(end=date(2024, 1, 1))
    with pytest.raises(ValidationError, match="on another list on that day"):
        actions.move_registration(person=person, practice=place.avenues, on=date(2023, 12, 31), by=by)
    actions.move_registration(person=person, practice=place.avenues, on=date(2024, 1, 1), by=by)
    assert person.registrations.count() == 2


def test_a_death_is_recorded_once_and_not_before_birth(register: Any, by: Any) -> None:
    person = register()
    for day in (date(1960, 2, 28), TOMORROW):
        with pytest.raises(ValidationError) as refused:
            actions.record_death(person=person, on=day, revision=1, by=by)
        assert list(refused.value.message_dict) == ["on"]
    actions.record_death(person=person, on=date(2024, 5, 1), revision=1, by=by)
    assert Person.objects.get().died == date(2024, 5, 1)
    with pytest.raises(ValidationError, match="already"):
        actions.record_death(person=person, on=date(2024, 5, 2), revision=2, by=by)


def test_a_carer_is_added_and_ended_on_a_day(register: Any, by: Any) -> None:
    person = register()
    carer = actions_ties.add_carer(person=person, name="Tunde Ikeji", relationship="son", start=date(2021, 1, 1), by=by)
    with pytest.raises(ValidationError, match="or a later day"):
        actions_ties.end_carer(carer=carer, on=date(2020, 12, 31), by=by)
    actions_ties.end_carer(carer=carer, on=date(2022, 1, 1), by=by)
    assert person.carers.get().end == date(2022, 1, 1)


def test_a_right_to_change_a_plan_needs_the_right_to_see_it(register: Any, by: Any) -> None:
    son = User.objects.create(email="tunde@example.org", name="Tunde Ikeji")
    given = {"account": son, "relationship": "son", "authority": "lpa", "start": date(2021, 1, 1), "by": by}
    with pytest.raises(ValidationError) as refused:
        actions_ties.add_representative(person=register(), may_see_plan=False, may_change_plan=True, **given)
    assert "may_change_plan" in refused.value.message_dict


def test_nobody_represents_themself(register: Any, by: Any) -> None:
    person, own = register(), User.objects.create(email="ada@example.org", name="Ada Ikeji")
    actions_ties.give_account(person=person, account=own, by=by)
    with pytest.raises(ValidationError, match="own account"):
        actions_ties.add_representative(
            person=person, account=own, relationship="self", authority="nominated", start=date(2021, 1, 1), by=by
        )


@pytest.mark.parametrize("taken", ["another person's", "a worker's"])
def test_an_account_in_use_cannot_become_a_persons(
    register: Any, by: Any, make_worker: Any, place: SimpleNamespace, taken: str
) -> None:
    if taken == "a worker's":
        account = make_worker("clinician", place.east).user
    else:
        account = User.objects.create(email="bea@example.org", name="Bea Stone")
        actions_ties.give_account(person=register(nhs_number=None), account=account, by=by)
    with pytest.raises(ValidationError, match="cannot be used"):
        actions_ties.give_account(person=register(), account=account, by=by)


def test_two_savers_of_one_number_at_one_moment_leave_one_person(
    register: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check before saving is passed by both; the index refuses the second, in the same words."""
    register()
    monkeypatch.setattr(Person, "full_clean", lambda self: None)
    with pytest.raises(ValidationError) as refused:
        register(given_name="Bea")
    assert "already on file" in str(refused.value.message_dict["nhs_number"])
    assert connection.is_usable()
    assert Person.objects.count() == 1
