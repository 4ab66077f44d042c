"""Which kinds of plan it is; and a personal maternity care budget, which counts from the day it is given."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.drafting import drafted
from whatmatters.components.care_planning.kinds import more
from whatmatters.components.care_planning.models import Version
from whatmatters.events.codes import BUDGET_OPENED
from whatmatters.events.models import Event
from whatmatters.events.record import begin, record
from whatmatters.people.revisions import claim

MATERNITY = "maternity"


@transaction.atomic
def set_kinds(*, version: Version, revision: int, kinds: Sequence[str], by: Actor) -> Version:
    """``kinds`` of ``kinds.more()``; none for a plan as such. What was written in a section of a kind stays."""
    version = drafted(version, by, "chose the kind of plan")
    claim(version, revision)
    if set(kinds) - more().keys():
        raise ValidationError({"kinds": "Choose kinds of the list"})
    version.kinds = [kind for kind in more() if kind in kinds]
    version.save()
    return version


def maternity_budget(version: Version, by: Actor) -> None:
    """In the transaction of the agreement: told once, however often the plan is agreed."""
    item = version.items.filter(section=MATERNITY).first()
    given = item.values.get("budget_given_on") if item and MATERNITY in version.kinds else None
    if given is None:
        return
    on, person = date.fromisoformat(given), version.plan.person
    if not person.born <= on <= date.today():
        raise ValidationError(
            "The maternity care budget was given on a day that is not possible: change it in the plan"
        )
    if not Event.objects.filter(person=person, code=BUDGET_OPENED, detail=MATERNITY, on=on).exists():
        record(BUDGET_OPENED, person, on=on, by=by, detail=MATERNITY, episode=begin(person))
