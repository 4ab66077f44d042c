"""What keepers do: look at corrections and reports, and check an entry by phone."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.directory.actions.checking import begin, end
from whatmatters.directory.actions.entries import change, verify
from whatmatters.directory.models import Correction, Group, How, Report, Why
from whatmatters.people.revisions import locked

OF_A_GROUP, OF_ALL = 5, 100  # reports: in a day about one group, in an hour about any
LEFT_ALONE = timedelta(days=30)  # no letter about a report so soon after the group last answered


class TooMany(ValidationError):
    """So many reports came that more are not taken for a while."""


@transaction.atomic
def report(*, group: Group, fault: str, by: Actor, words: str = "") -> Report:
    """A reader says that something is wrong; the group is asked. Raises TooMany."""
    held = locked(group, "reported a fault in a community group's entry", by=by, detail={"group": group.pk})
    now = timezone.now()
    if (
        held.reports.filter(at__gt=now - timedelta(days=1)).count() >= OF_A_GROUP
        or Report.objects.filter(at__gt=now - timedelta(hours=1)).count() >= OF_ALL
    ):
        raise TooMany("We have had many messages just now and are looking at them: please try again tomorrow")
    row = Report(group=held, fault=fault, words=words)
    row.clean_fields(exclude=["group", "settled_on"])
    row.save()
    answered = held.checks.filter(ended_on__gt=date.today() - LEFT_ALONE).exists()
    if not (answered or held.source):
        begin(group=held, why=Why.REPORTED, by=by)
    return row


@transaction.atomic
def checked(*, group: Group, by: Actor) -> Group:
    """A keeper asked the group and all is true: what was reported of it is settled by that."""
    verify(group=group, by=by)
    end(group, How.KEEPER)
    group.reports.filter(settled_on=None).update(settled_on=date.today())
    return group


@transaction.atomic
def settle(*, report: Report, by: Actor) -> Report:
    """A keeper has seen to it."""
    audit.record("settled a report about a community group", by=by, detail={"group": report.group_id})
    Report.objects.filter(pk=report.pk, settled_on=None).update(settled_on=date.today())
    return report


@transaction.atomic
def decide(*, correction: Correction, take: bool, by: Actor) -> Group:
    """A keeper takes what a group said of its name or how to reach it, or leaves it."""
    act = "took a community group's own correction" if take else "left a community group's own correction"
    group = locked(correction.group, act, by=by, detail={"group": correction.group_id})
    waiting = Correction.objects.filter(pk=correction.pk, taken=None)
    if not waiting.update(taken=take, settled_on=date.today()):
        raise ValidationError("Somebody has decided this already")
    if take:
        change(group=group, by=by, revision=group.revision, **correction.facts)
    return group
