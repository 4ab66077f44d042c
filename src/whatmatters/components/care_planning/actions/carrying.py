"""From the person's concerns into the plan: the highest, as their own, and never twice."""

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.concerns import CARRIED
from whatmatters.components.care_planning.models import CarriedOver, Checklist, Concern, Version
from whatmatters.people.models import Person


@transaction.atomic
def carry_over(*, version: Version, by: Actor) -> list[Concern]:
    """The highest of the list sent last that stand in no version yet. Returns what was carried now."""
    new = [one for one in top(version.plan.person) if not hasattr(one, "carried")]
    if new:
        audit.record("carried concerns into the plan", by=by, person=version.plan.person_id)
    for one in new:
        CarriedOver.objects.create(concern=one, version=version)
    return new


def latest(person: Person) -> Checklist | None:
    """The list sent last."""
    return person.checklists.filter(sent__isnull=False).order_by("sent", "pk").last()


def top(person: Person) -> list[Concern]:
    """The three that the person put highest, of those above nought; fewer where fewer are."""
    row = latest(person)
    return list(row.concerns.filter(score__gt=0).select_related("carried")[:CARRIED]) if row else []
