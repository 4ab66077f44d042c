"""Link workers in practice meetings, and the practice's own word that they are (quality indicator SP-Q1)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, day
from whatmatters.components.social_prescribing.models import Attendance, Meeting
from whatmatters.events.codes import ATTESTED, IN_MEETINGS
from whatmatters.events.record import record_for
from whatmatters.measurement.details import LINK_WORKERS_INVOLVED
from whatmatters.organisations.models import Organisation
from whatmatters.workforce.models import Worker


@transaction.atomic
def attend(*, practice: Organisation, workers: Iterable[Worker], by: Actor, on: date | None = None) -> Meeting:
    """These link workers took part in the practice's meeting. More of one meeting add to it; the event is one."""
    audit.record("recorded a practice meeting", by=by, detail={"practice": practice.code})
    when = day(on)
    there = list(workers)
    if not there:
        raise NotAllowed("Choose who was there")
    _open(practice, when)
    meeting, new = Meeting.objects.get_or_create(practice=practice, on=when)
    for worker in there:
        Attendance.objects.get_or_create(meeting=meeting, worker=worker)
    if new:
        record_for(practice, IN_MEETINGS, on=when, by=by)
    return meeting


@transaction.atomic
def attest_involved(*, practice: Organisation, by: Actor, on: date | None = None) -> None:
    """The practice says that it can involve link workers in its meetings and refer to them; asked anew each year."""
    audit.record("attested that link workers are involved", by=by, detail={"practice": practice.code})
    when = day(on)
    _open(practice, when)
    record_for(practice, ATTESTED, on=when, by=by, detail=LINK_WORKERS_INVOLVED)


def _open(practice: Organisation, on: date) -> None:
    if (practice.opened and on < practice.opened) or (practice.closed and on >= practice.closed):
        raise NotAllowed("The practice was not open on that day")
