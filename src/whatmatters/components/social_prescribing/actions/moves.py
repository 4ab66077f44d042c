"""What every action on a referral does first and last: hold the row, check the move, write the history."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.minimum import COMPLETING, newly_full
from whatmatters.components.social_prescribing.models import MOVES, NOT_MADE, Change, Referral, Status
from whatmatters.events.codes import SP_MINIMUM_HELD
from whatmatters.events.models import Event
from whatmatters.events.record import record
from whatmatters.people.models import Person
from whatmatters.people.revisions import claim, locked
from whatmatters.web import words

Row = TypeVar("Row", bound=Model)


class NotAllowed(ValidationError):
    """The act does not fit where the referral stands. The message is for the page, and holds nothing personal."""


def day(on: date | None, *, since: date | None = None) -> date:
    """The day of an act: today where none is given. Raises NotAllowed for one to come, or before ``since``."""
    chosen = on or date.today()
    if chosen > date.today():
        raise NotAllowed("The day is still to come: enter today or an earlier day")
    if since and chosen < since:
        raise NotAllowed(f"The day is before {words.day(since)}, when the step before it was taken")
    return chosen


def in_life(row: Referral, when: date) -> date:
    """What is tidied up after a death is dated on the day of the death: the facts refuse anything later."""
    died = row.person.died if row.person else None
    return min(when, died) if died else when


def held(
    referral: Referral, act: str, *, by: Actor, revision: int | None = None, person: Person | None = None
) -> Referral:
    """The row, locked and one revision on. Raises Stale when it has moved on since ``revision``."""
    about = person.pk if person else referral.person_id
    row = locked(referral, act, by=by, person=about, detail={"referral": referral.pk}, also=("person", "episode"))
    claim(row, revision)
    return row


def only_while(row: Referral, *statuses: Status) -> None:
    if row.status not in statuses:
        raise NotAllowed(f"This cannot be done now: the referral stands at “{row.get_status_display()}”")


def move(row: Referral, to: Status, *, by: Actor, on: date, why: str = "") -> None:
    """Change the status and save the row, with a line of history."""
    was = row.status
    if to not in MOVES[was]:
        raise NotAllowed(f"This cannot be done now: the referral stands at “{row.get_status_display()}”")
    row.status = to
    (checked(row) if was == NOT_MADE else row).save()
    checked(Change(referral=row, on=on, who=by.name, was=was, status=to, why=why)).save()


def last_step(row: Referral) -> date:
    """The day of the latest change: the next cannot be before it."""
    return row.changes.values_list("on", flat=True).last() or row.made_on


def happened(
    code: str, row: Referral, *, on: date, by: Actor, value: float | None = None, detail: str = ""
) -> Event | None:
    """The event of a case; none for a referral that is not matched to a person, or joined another's case."""
    if row.person is None or row.episode is None:
        return None
    event = record(code, row.person, on=on, by=by, value=value, detail=detail, episode=row.episode)
    if code in COMPLETING:
        completed(row, on=on, by=by)
    return event


def completed(row: Referral, *, on: date, by: Actor) -> None:
    """Once a case: the day on which the last thing that its minimum dataset lacked was written down."""
    if row.person and row.episode and newly_full(row):
        record(SP_MINIMUM_HELD, row.person, on=on, by=by, episode=row.episode)


def checked(row: Row) -> Row:
    """The row, after its own fields were validated: actions have other callers than forms."""
    relations = [field.name for field in row._meta.fields if field.is_relation or field.null]
    row.clean_fields(exclude=relations)
    return row
