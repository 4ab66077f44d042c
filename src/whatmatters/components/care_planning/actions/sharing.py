"""The agreed plan is shared: a copy was given, or access to it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.agreeing import count_once
from whatmatters.components.care_planning.actions.offering import day_in_life
from whatmatters.components.care_planning.models import Share, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.events.codes import PLAN_SHARED
from whatmatters.events.record import record
from whatmatters.people.revisions import locked


@transaction.atomic
def share(*, version: Version, kind: str, how: str, on: date, by: Actor, with_whom: str = "") -> Share:
    """A copy of the agreed version was given, or access to it. The first share may be what makes the plan count."""
    person = version.plan.person
    held = locked(version, "shared the plan", by=by, person=person.pk, detail={"version": version.pk, "kind": kind})
    held.plan = version.plan
    if held.state != State.AGREED or held.agreed_on is None:
        raise ValidationError("Only the agreed plan is shared: agree the draft first")
    day_in_life(person, on, "on")
    if on < held.agreed_on:
        raise ValidationError({"on": "Enter the day it was agreed, or a later one"})
    given = Share(
        version=held, kind=kind, with_whom=with_whom.strip(), how=how, on=on, by_name=by.name, by_role=by.role
    )
    given.full_clean()
    given.save()
    record(PLAN_SHARED, person, on=on, by=by, detail=kind, episode=held.plan.episode)
    count_once(held, by)
    return given
