"""The one way into the hall: what happened to a person, and what an organisation did."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.events.codes import CONCEPTS
from whatmatters.events.models import Episode, Event, OrganisationEvent
from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person

A = {"person": "a person", "worker": "a worker", "organisation": "an organisation"}


def record(
    code: str,
    person: Person,
    *,
    on: date,
    by: Actor,
    value: float | None = None,
    detail: str = "",
    episode: Episode | None = None,
) -> Event:
    """Write one event, inside the caller's transaction: no event without its row, no row without its event.

    Raises ValueError for a concept, value or detail that ``codes`` does not know, a day outside the person's
    life, or another person's episode.
    """
    fits(code, "person", value, detail)
    if on < person.born or (person.died and on > person.died):
        raise ValueError("The day lies outside the person's life: check the date")
    if episode is not None and episode.person_id != person.pk:
        raise ValueError("The episode is another person's")
    return Event.objects.create(
        person=person,
        code=code,
        on=on,
        value=value,
        detail=detail,
        episode=episode,
        organisation=by.organisation_code,
        worker=by.worker,
        role=by.role,
    )


def record_for(
    organisation: Organisation, code: str, *, on: date, by: Actor, value: float | None = None, detail: str = ""
) -> OrganisationEvent:
    """Write one event of an organisation, inside the caller's transaction. Raises ValueError as ``record`` does."""
    fits(code, "organisation", value, detail)
    if (organisation.opened and on < organisation.opened) or (organisation.closed and on >= organisation.closed):
        raise ValueError("The organisation was not open on that day: check the date")
    return OrganisationEvent.objects.create(
        subject=organisation, code=code, on=on, value=value, detail=detail, worker=by.worker, role=by.role
    )


def fits(code: str, to: str, value: float | None, detail: str) -> None:
    """Whether such an event can be: raises ValueError where ``codes`` knows no such thing."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of the action that it tells of")
    concept = CONCEPTS.get(code)
    if concept is None:
        raise ValueError(f"No concept is named {code}: add it to events/codes.py")
    if concept.of != to:
        raise ValueError(f"{code} happens to {A[concept.of]}, not to {A[to]}")
    if bool(concept.value) != (value is not None) or (detail and not concept.detail):
        raise ValueError(f"{code} carries value: {concept.value or 'none'}; detail: {concept.detail or 'none'}")


def begin(person: Person) -> Episode:
    """A new episode, for one case, plan or budget."""
    return Episode.objects.create(person=person)
