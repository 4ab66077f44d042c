"""What a group says of itself when it is asked to take someone: whether it can, and whether it has room."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.directory.models import Capacity, Group, Reply


@transaction.atomic
def replied(*, group: Group, asked_on: date, answered_on: date, accepted: bool, by: Actor) -> Reply:
    """It answered whether it can take someone. Who that is stays with the caller: here only the days are kept."""
    if not asked_on <= answered_on <= date.today():
        raise ValidationError({"answered_on": "It cannot have answered before it was asked, or on a day to come"})
    audit.record("noted that a community group replied", by=by, detail={"group": group.pk})
    return Reply.objects.create(group=group, asked_on=asked_on, answered_on=answered_on, accepted=accepted)


@transaction.atomic
def set_capacity(
    *, group: Group, capacity: str, by: Actor, until: date | None = None, wait_weeks: int | None = None
) -> Group:
    """``until`` is the last day on which it is so; the day after, the group has room again without anybody's doing."""
    if capacity not in Capacity.values:
        raise ValidationError({"capacity": "Choose whether there is room"})
    if until and until < date.today():
        raise ValidationError({"capacity_until": "This day is over"})
    audit.record("noted whether a community group has room", by=by, detail={"group": group.pk})
    ends = None if capacity == Capacity.OPEN else until
    Group.objects.filter(pk=group.pk).update(capacity=capacity, capacity_until=ends, wait_weeks=wait_weeks)
    group.capacity, group.capacity_until, group.wait_weeks = capacity, ends, wait_weeks
    return group
