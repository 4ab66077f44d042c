"""What supports a worker, written down: supervision, training, how sure they feel. The facts' staff events."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.events.codes import CONFIDENT, SUPERVISED, TRAINED
from whatmatters.events.record import fits
from whatmatters.workforce.models import Course, StaffEvent, Worker


@transaction.atomic
def supervised(*, worker: Worker, on: date, by: Actor, given_by: str = "", words: str = "") -> StaffEvent:
    """A supervision session on the day. ``words``: what it was about, never a person's name."""
    given = given_by or by.name
    return _record(worker, SUPERVISED, on, by, "recorded supervision of a worker", given_by=given, words=words)


@transaction.atomic
def trained(*, worker: Worker, course: str, on: date, by: Actor, given_by: str = "", words: str = "") -> StaffEvent:
    """``course`` is a Course, completed on the day; ``given_by`` its provider."""
    if course not in Course.values:
        raise ValidationError("Choose a course from the list")
    act = "recorded training of a worker"
    return _record(worker, TRAINED, on, by, act, detail=course, given_by=given_by, words=words)


@transaction.atomic
def said_how_sure(*, worker: Worker, sure: bool, on: date, by: Actor) -> StaffEvent:
    """The staff survey's question, answered by the worker: do you feel confident in carrying out your role?"""
    return _record(worker, CONFIDENT, on, by, "answered the staff survey", value=float(sure))


@transaction.atomic
def strike_out(*, record: StaffEvent, by: Actor) -> None:
    """Entered by mistake: taken out of the record, and the audit says that it was."""
    told = {"worker": record.worker_id, "code": record.code, "on": record.on.isoformat(), "detail": record.detail}
    audit.record("struck out a record of a worker", by=by, detail=told)
    record.delete()


@transaction.atomic
def name_supervisor(*, worker: Worker, supervisor: Worker | None, by: Actor) -> Worker:
    """With whom they talk over their cases; None where nobody is named any more."""
    if supervisor == worker:
        raise ValidationError("Nobody supervises themselves: choose someone else")
    worker.supervisor = supervisor
    worker.save(update_fields=["supervisor"])
    named = supervisor.pk if supervisor else None
    audit.record("supervisor named", by=by, detail={"worker": worker.pk, "supervisor": named})
    return worker


def _record(
    worker: Worker, code: str, on: date, by: Actor, act: str, *,
    value: float | None = None, detail: str = "", given_by: str = "", words: str = "",
) -> StaffEvent:  # fmt: skip
    if on > date.today():
        raise ValidationError("The day is still to come: enter today or an earlier day")
    fits(code, "worker", value, detail)
    row = StaffEvent(
        worker=worker, code=code, on=on, value=value, detail=detail, organisation=by.organisation_code, role=by.role,
        given_by=given_by, words=words,
    )  # fmt: skip
    row.clean_fields(exclude=["worker", "value"])
    row.save()
    audit.record(act, by=by, detail={"worker": worker.pk, "record": row.pk})
    return row
