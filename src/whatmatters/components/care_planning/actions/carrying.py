"""From the person's concerns into the plan's needs: the highest, as their own, and never twice."""

from uuid import UUID

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.items import NEEDS, add_item
from whatmatters.components.care_planning.concerns import CARRIED
from whatmatters.components.care_planning.models import CarriedOver, Checklist, Concern, Version
from whatmatters.people.models import Person


@transaction.atomic
def carry_over(*, version: Version, by: Actor) -> list[Concern]:
    """The highest of the list sent last that stand in no version yet. Returns what was carried now.

    What was carried from an earlier list, and still stands in this draft, is the same need and not a second one.
    """
    row = latest(version.plan.person)
    new = [one for one in top(row) if not hasattr(one, "carried")] if row else []
    if row and new:
        audit.record("carried concerns into the plan", by=by, person=version.plan.person_id)
        own = Actor(row.by_name, row.by_role, by.user)
        for one in new:
            need = _stands(version, one) or _written(version, one, row, own)
            CarriedOver.objects.create(concern=one, version=version, need=need)
    return new


def _stands(version: Version, one: Concern) -> UUID | None:
    """The need that an earlier list with the same concern became, where the draft still has it."""
    before = CarriedOver.objects.filter(version__plan=version.plan_id, concern__words=one.words)
    known = before.filter(concern__key=one.key).values("need")
    return version.items.filter(section=NEEDS, key__in=known).values_list("key", flat=True).first()


def _written(version: Version, one: Concern, row: Checklist, own: Actor) -> UUID:
    return add_item(version=version, section=NEEDS, values={"free_text": one.words}, by=own, at=row.sent).key


def latest(person: Person) -> Checklist | None:
    """The list sent last."""
    return person.checklists.filter(sent__isnull=False).order_by("sent", "pk").last()


def top(row: Checklist) -> list[Concern]:
    """The three that the person put highest, of those above nought; fewer where fewer are."""
    return list(row.concerns.filter(score__gt=0).select_related("carried")[:CARRIED])
