"""The one way into the hall."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.events.codes import CONCEPTS
from whatmatters.events.models import Episode, Event
from whatmatters.people.models import Person


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
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of the action that it tells of")
    concept = CONCEPTS.get(code)
    if concept is None:
        raise ValueError(f"No concept is named {code}: add it to events/codes.py")
    if concept.of != "person":
        raise ValueError(f"{code} happens to a {concept.of}, not to a person")
    if bool(concept.value) != (value is not None) or (detail and not concept.detail):
        raise ValueError(f"{code} carries value: {concept.value or 'none'}; detail: {concept.detail or 'none'}")
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


def begin(person: Person) -> Episode:
    """A new episode, for one case, plan or budget."""
    return Episode.objects.create(person=person)
