"""People move into a care home and out; the weekly round there is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.offering import day_in_life
from whatmatters.components.care_planning.models import Residence, SeenOnRound
from whatmatters.events.codes import CARE_HOME, HOME_ROUND, LIVES_ELSEWHERE, TEAM_MEETING
from whatmatters.events.record import record
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import in_force
from whatmatters.people.models import Person
from whatmatters.people.revisions import locked
from whatmatters.people.text import tidied


@dataclass(frozen=True)
class OnRound:
    """What was done for one resident: seen, talked of in the team's meeting, and a note of it."""

    seen: bool = False
    meeting: bool = False
    note: str = ""

    @property
    def anything(self) -> bool:
        return self.seen or self.meeting or bool(self.note.strip())


@transaction.atomic
def move_in(*, person: Person, home: Organisation, stay: str, on: date, by: Actor) -> Residence:
    """From this day the person lives there, for good or for a while. Who lived in another home leaves it the same
    day; for someone there already a new ``stay`` is a new row from the day it changed."""
    audit.record("recorded a move into a care home", by=by, person=person.pk, detail={"home": home.code})
    day_in_life(person, on, "on")
    Person.objects.select_for_update().get(pk=person.pk)
    if home.kind != Kind.CARE_HOME or (home.closed and on >= home.closed):
        raise ValidationError({"home": "Choose a care home that is open"})
    before = person.residences.filter(end__isnull=True).first()
    if before and before.home_id == home.pk and before.stay == stay:
        raise ValidationError("They live there already")
    if (last := person.residences.order_by("start").last()) and on < max(last.start, last.end or last.start):
        raise ValidationError({"on": "They lived in a care home on that day already: enter a later day"})
    person.residences.filter(end__isnull=True).update(end=on)
    made = Residence(person=person, home=home, stay=stay, start=on)
    made.full_clean(validate_constraints=False)
    made.save()
    record(CARE_HOME, person, on=on, by=by, detail=stay)
    return made


@transaction.atomic
def move_out(*, residence: Residence, on: date, by: Actor) -> Residence:
    """To live somewhere that is no care home."""
    act = "recorded a move out of a care home"
    row = locked(residence, act, by=by, person=residence.person_id, also=("person",))
    day_in_life(row.person, on, "on")
    if row.end:
        raise ValidationError("They have left this home already")
    if on < row.start:
        raise ValidationError({"on": "Enter the day they moved in, or a later one"})
    row.end = on
    row.save()
    record(LIVES_ELSEWHERE, row.person, on=on, by=by)
    return row


@transaction.atomic
def record_round(*, home: Organisation, on: date, done: Mapping[Person, OnRound], by: Actor) -> list[SeenOnRound]:
    """Several residents at once. Each is counted once a day, for being seen and for being talked of; the same round
    sent again is the same round. Returns what was new."""
    if on > date.today():
        raise ValidationError({"on": "This day is still to come: enter the day of the round"})
    if not any(one.anything for one in done.values()):
        raise ValidationError("Nothing is ticked yet. Tick whom you saw or talked of, or write a note; then save")
    new = [_on_round(person, home, on, one, by) for person, one in done.items() if one.anything]
    return [row for row in new if row]


def _on_round(person: Person, home: Organisation, on: date, one: OnRound, by: Actor) -> SeenOnRound | None:
    held = locked(person, "recorded a care home round", by=by, person=person.pk, detail={"home": home.code})
    if not held.residences.filter(in_force(on), home=home).exists():
        raise ValidationError(f"{held.full_name} did not live in this home on that day: check the day")
    day_in_life(held, on, "on")
    before = list(SeenOnRound.objects.filter(person=held, on=on))
    facts = {"seen": one.seen, "meeting": one.meeting, "note": tidied(one.note)}
    if any(all(getattr(row, name) == value for name, value in facts.items()) for row in before):
        return None
    row = SeenOnRound(person=held, home=home, on=on, by_name=by.name, by_role=by.role, **facts)
    row.full_clean(exclude=["person", "home"])
    row.save()
    if one.seen and not any(row.seen for row in before):
        record(HOME_ROUND, held, on=on, by=by)
    if one.meeting and not any(row.meeting for row in before):
        record(TEAM_MEETING, held, on=on, by=by)
    return row
