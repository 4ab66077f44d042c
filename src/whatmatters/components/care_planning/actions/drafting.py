"""The draft that is written in."""

from django.core.exceptions import ValidationError

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.models import Version
from whatmatters.components.care_planning.models.version import State


def drafted(version: Version, by: Actor, act: str) -> Version:
    """The draft, fresh and held until the act is over. The audit comes first: all then queue in one place."""
    person = version.plan.person_id
    audit.record(act, by=by, person=person, detail={"version": version.pk})
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.state != State.DRAFT:
        raise ValidationError("This version was agreed since the page was opened: start a new version to change it")
    held.plan = version.plan
    return held
