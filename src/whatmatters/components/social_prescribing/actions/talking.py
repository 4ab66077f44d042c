"""Speaking with the person, and asking how they feel."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import (
    NotAllowed,
    checked,
    day,
    happened,
    held,
    move,
    only_while,
)
from whatmatters.components.social_prescribing.models import Contact, Referral, Sitting, Stage, Status
from whatmatters.events.codes import SP_CONTACT, SP_CONTACT_TRIED
from whatmatters.instruments import ons4


@transaction.atomic
def record_contact(
    *,
    referral: Referral,
    how: str,
    spoke: bool,
    by: Actor,
    on: date | None = None,
    note: str = "",
    revision: int | None = None,
) -> Contact:
    """The first one that ``spoke`` makes the case active: the referral is taken up."""
    row = held(referral, "recorded a contact", by=by, revision=revision)
    only_while(row, Status.ACCEPTED, Status.ACTIVE)
    when = living_day(row, on)
    contact = checked(Contact(referral=row, on=when, how=how, spoke=spoke, note=note, worker_id=by.worker))
    contact.save()
    happened(SP_CONTACT if spoke else SP_CONTACT_TRIED, row, on=when, by=by, detail=how)
    if spoke and row.status == Status.ACCEPTED:
        move(row, Status.ACTIVE, by=by, on=when)
    return contact


def living_day(row: Referral, on: date | None) -> date:
    """A day on or after the referral on which the person lived."""
    when = day(on, since=row.made_on)
    if row.person and row.person.died and when > row.person.died:
        raise NotAllowed("The day is after the person died")
    return when


@transaction.atomic
def record_ons4(
    *,
    referral: Referral,
    stage: str,
    answers: ons4.Answers,
    by: Actor,
    on: date | None = None,
    revision: int | None = None,
) -> Sitting:
    """One sitting; an event for each question that was answered and none for the others.

    One before support, any number after it on later days: a change is told from two days or not at all.
    """
    row = held(referral, "recorded ONS4", by=by, revision=revision)
    only_while(row, Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)
    when = living_day(row, on)
    if problem := ons4.problem_with(answers):
        raise NotAllowed(problem)
    _in_order(row, stage, when)
    whole = {question.name: answers.get(question.name) for question in ons4.QUESTIONS}
    sitting = checked(
        Sitting(referral=row, instrument=ons4.NAME, stage=stage, on=when, answers=whole, worker_id=by.worker)
    )
    sitting.save()
    for question, score in ons4.scored(whole):
        happened(question.code, row, on=when, by=by, value=score)
    return sitting


def _in_order(row: Referral, stage: str, when: date) -> None:
    held_before = row.sittings.filter(instrument=ons4.NAME)
    if stage == Stage.BEFORE and held_before.exists():
        raise NotAllowed("The scores before support come first and once: record these as after support")
    if held_before.filter(on__gte=when).exists():
        raise NotAllowed("Scores are on file for this day or a later one: scores after support are of a later day")
