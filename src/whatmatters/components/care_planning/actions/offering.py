"""A plan is offered: the first time someone asks the person, however they ask. Or the person declines it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.models import Plan
from whatmatters.events.codes import PLAN_DECLINED, PLAN_OFFERED
from whatmatters.events.record import begin, record
from whatmatters.people.models import Person
from whatmatters.web.words import day as in_words


@transaction.atomic
def offer(*, person: Person, by: Actor, on: date | None = None) -> Plan:
    """Staff asked whether the person would like a plan; what they say comes later."""
    audit.record("offered a plan", by=by, person=person.pk)
    return offered(person, on=on or date.today(), by=by)


def offered(person: Person, *, on: date, by: Actor) -> Plan:
    """The person's plan, held; in the caller's transaction. Recorded once: asking again is no second offer,
    and where a plan was begun there is nothing left to offer."""
    day_in_life(person, on, "on")
    Person.objects.select_for_update().get(pk=person.pk)
    plan = Plan.objects.select_for_update().filter(person=person).first()
    plan = plan or Plan(person=person, episode=begin(person))
    if plan.pk is None or (plan.offered_on is None and not plan.versions.exists()):
        plan.offered_on = on
        plan.save()
        record(PLAN_OFFERED, person, on=on, by=by, episode=plan.episode)
    return plan


@transaction.atomic
def record_declined(*, person: Person, on: date, by: Actor, why: str = Plan.SaidNo.NOT_SAID) -> Plan:
    """The person was offered a plan and said no; ``why`` is a Plan.SaidNo. A draft is left as it is."""
    audit.record("recorded that a plan was declined", by=by, person=person.pk)
    day_in_life(person, on, "on")
    plan = offered(person, on=on, by=by)
    if plan.offered_on and on < plan.offered_on:
        raise ValidationError({"on": f"Enter the day it was offered, {in_words(plan.offered_on)}, or a later one"})
    plan.declined_on, plan.declined_why = on, why
    try:
        plan.full_clean(exclude=["person", "episode"], validate_constraints=False)
    except ValidationError as problem:
        raise ValidationError({"why": problem.messages}) from None
    plan.save()
    record(PLAN_DECLINED, person, on=on, by=by, episode=plan.episode)
    return plan


def day_in_life(person: Person, day: date, field: str) -> None:
    if day > date.today():
        raise ValidationError({field: "This day is still to come: check the day, month and year"})
    if day < person.born:
        raise ValidationError({field: "This day is before the person was born: check the year"})
    if person.died and day > person.died:
        raise ValidationError({field: "This day is after the person died"})
