"""The draft that is written in."""

from django.core.exceptions import ValidationError

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.models import Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.people.revisions import locked


def drafted(version: Version, by: Actor, act: str) -> Version:
    """The draft, fresh and locked until the act is over."""
    held = locked(version, act, by=by, person=version.plan.person_id, detail={"version": version.pk})
    if held.state != State.DRAFT:
        raise ValidationError("This version was agreed since the page was opened: start a new version to change it")
    held.plan = version.plan
    return held
