"""The hall: what may be recorded, and that it stays."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.events import codes
from whatmatters.events.models import Event, OrganisationEvent
from whatmatters.events.record import begin, record, record_for
from whatmatters.people.models import Person

DAY = date(2026, 5, 1)


def test_an_event_keeps_who_recorded_it_where_and_in_what_role(
    make_person: Callable[..., Person], make_worker: Callable[..., Any], place: Any
) -> None:
    person, worker = make_person(), make_worker("link_worker", place.east)
    event = record(codes.SP_ACCEPTED, person, on=DAY, by=worker.actor, episode=begin(person))
    assert (event.code, event.on, event.organisation, event.worker, event.role, event.value) == (
        "social-prescribing-accepted", DAY, "U10001", worker.worker.pk, "link_worker", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "facts", "says"),
    [
        ("social-prescribing-hugged", {}, "No concept is named"),
        (codes.TRAINED, {}, "happens to a worker, not to a person"),
        (codes.ONS4_HAPPY, {}, "carries value: 0-10"),
        (codes.SP_ACCEPTED, {"value": 3.0}, "carries value: none"),
        (codes.SP_ACCEPTED, {"detail": "phone"}, "detail: none"),
        (codes.SP_ACCEPTED, {"on": date(1900, 1, 1)}, "outside the person's life"),
        (codes.SP_ACCEPTED, {"on": date(2026, 6, 2)}, "outside the person's life"),
    ],
)
def test_what_the_concept_does_not_carry_is_refused(
    make_person: Callable[..., Person], code: str, facts: dict[str, Any], says: str
) -> None:
    person = make_person(died=date(2026, 6, 1))
    with pytest.raises(ValueError, match=says):
        record(code, person, **{"on": DAY, "by": THE_SYSTEM, **facts})
    assert not Event.objects.exists()


def test_an_organisations_event_keeps_who_recorded_it(make_worker: Callable[..., Any], place: Any) -> None:
    manager = make_worker("pcn_manager", place.east)
    event = record_for(place.harbour, codes.ATTESTED, on=DAY, by=manager.actor, detail="link-workers-involved")
    assert (event.subject, event.code, event.on, event.detail, event.worker, event.role) == (
        place.harbour, "attested", DAY, "link-workers-involved", manager.worker.pk, "pcn_manager",
    )  # fmt: skip
    event.role = "clinician"
    with pytest.raises(TypeError, match="written once"):
        event.save()
    with pytest.raises(TypeError, match="never deleted"):
        event.delete()


@pytest.mark.parametrize(
    ("code", "facts", "says"),
    [
        ("link-workers-hugged", {}, "No concept is named"),
        (codes.SP_REFERRED, {}, "happens to a person, not to an organisation"),
        (codes.IN_MEETINGS, {"detail": "monthly"}, "detail: none"),
        (codes.IN_MEETINGS, {"on": date(2019, 3, 31)}, "not open on that day"),
        (codes.IN_MEETINGS, {"on": date(2026, 6, 1)}, "not open on that day"),
    ],
)
def test_what_cannot_be_of_an_organisation_is_refused(place: Any, code: str, facts: dict[str, Any], says: str) -> None:
    place.harbour.closed = date(2026, 6, 1)
    with pytest.raises(ValueError, match=says):
        record_for(place.harbour, code, **{"on": DAY, "by": THE_SYSTEM, **facts})
    assert not OrganisationEvent.objects.exists()


def test_another_persons_episode_is_refused(make_person: Callable[..., Person]) -> None:
    with pytest.raises(ValueError, match="another person's"):
        record(codes.SP_ACCEPTED, make_person(), on=DAY, by=THE_SYSTEM, episode=begin(make_person()))


def test_an_event_is_written_once(make_person: Callable[..., Person]) -> None:
    event = record(codes.PLAN_REVIEWED, make_person(), on=DAY, by=THE_SYSTEM)
    event.on = date(2026, 5, 2)
    with pytest.raises(TypeError, match="written once"):
        event.save()
    with pytest.raises(TypeError, match="never deleted"):
        event.delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_an_event_outside_its_actions_transaction_is_a_defect(make_person: Callable[..., Person]) -> None:
    person = make_person()
    assert not transaction.get_connection().in_atomic_block
    with pytest.raises(RuntimeError, match="in the transaction of the action"):
        record(codes.PLAN_REVIEWED, person, on=DAY, by=THE_SYSTEM)


def test_names_of_concepts_are_words_and_never_repeat() -> None:
    for name, concept in codes.CONCEPTS.items():
        assert name == concept.name
        assert name.replace("-", "").isalnum()
        assert len(name) <= 60
