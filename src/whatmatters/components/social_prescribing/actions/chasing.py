"""What becomes due without a button: groups are reminded, silence is put before a named person, outcomes are asked for.

Steps of the round, each done once however often it runs. None of them answers for anyone: a question ends by a human.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Q

from whatmatters.access import audit
from whatmatters.access.actors import THE_SYSTEM
from whatmatters.components.social_prescribing.actions import writing
from whatmatters.components.social_prescribing.keeping import keeper, timers_of
from whatmatters.components.social_prescribing.models import (
    CASE_OPEN,
    Alarm,
    Answer,
    CloseReason,
    Enquiry,
    Helped,
    Status,
    Went,
)
from whatmatters.letters import address
from whatmatters.letters.outbox import post

OPEN = Q(referral__status__in=CASE_OPEN, referral__person__died=None)
AWAITED = Q(answer=Answer.AWAITED)
NOT_TOLD = Q(answer=Answer.YES) & (
    Q(connection__went=Went.NOT_YET) | Q(connection__went=Went.WENT, connection__helped=Helped.NOT_KNOWN)
)
ENDED_WELL = Q(referral__status=Status.CLOSED, referral__ended_why=CloseReason.DONE, referral__person__died=None)


def remind() -> int:
    """A second letter to groups that have not answered the first."""
    return _each(OPEN & AWAITED & Q(reminded_on=None, ring_asked=None), _may_remind, _remind)


def ask_what_came() -> int:
    """Some weeks after a yes the group is asked whether the person came, and how it went."""
    return _each((OPEN | ENDED_WELL) & NOT_TOLD & Q(outcome_asked=None), _may_ask, _ask)


def escalate() -> int:
    """Silence past its day, a letter that never arrived, an outcome nobody told: each to a named person, once.

    Where that person no longer works here, to the next. After the case has ended nothing is put before anyone.
    """
    return _each(OPEN & (AWAITED | NOT_TOLD), lambda row: bool(_alarm(row)), _escalate)


def _each(which: Q, due: Callable[[Enquiry], bool], act: Callable[[Enquiry], None]) -> int:
    """Each in a transaction of its own, looked at again once it is held, so that none is done twice."""
    related = ("group", "connection", "letter", "escalated_to", "referral__service__timers", "referral__owner__account")
    rows, done = Enquiry.objects.filter(which).select_related(*related), 0
    for found in filter(due, rows):
        with transaction.atomic():
            audit.record("saw to what a community group was asked", by=THE_SYSTEM, detail={"enquiry": found.pk})
            row = rows.select_for_update(of=("self",)).filter(pk=found.pk).first()
            if row is None or not due(row):
                transaction.set_rollback(True)
                continue
            act(row)
            row.save()
            done += 1
    return done


def _may_remind(row: Enquiry) -> bool:
    return _days_since(row.on) >= timers_of(row.referral).remind and not _undelivered(row)


def _remind(row: Enquiry) -> None:
    row.reminded_on = date.today()
    if row.letter:  # a group without an address was rung: there is nothing to remind it of by letter
        writing.letter(row, writing.AGAIN)


def _may_ask(row: Enquiry) -> bool:
    return _days_since(row.answered_on or row.on) >= timers_of(row.referral).outcome


def _ask(row: Enquiry) -> None:
    row.outcome_asked = date.today()
    writing.letter(row, writing.OUTCOME)


def _alarm(row: Enquiry) -> str:
    """What is to be put before someone now; empty where nothing is, or whoever keeps the case has it already."""
    alarm = _cause(row)
    known = alarm == row.alarm and row.escalated_to == keeper(row.referral)
    return "" if known else alarm


def _cause(row: Enquiry) -> str:
    if row.answer == Answer.YES:
        late = row.outcome_asked and _days_since(row.outcome_asked) >= timers_of(row.referral).reply
        return Alarm.OUTCOME if late else Alarm.LETTER if _undelivered(row) else ""
    if _undelivered(row):
        return Alarm.LETTER
    return Alarm.SILENCE if date.today() > row.reply_by else ""


def _escalate(row: Enquiry) -> None:
    row.alarm, row.escalated_on, row.escalated_to = _cause(row), date.today(), keeper(row.referral)
    if row.escalated_to:
        words = "Something asked of a community group needs you. Read it here:\n\n"
        post(row.escalated_to.email, "A community group needs following up", words + address.of("groups-asked"))


def _undelivered(row: Enquiry) -> bool:
    return row.letter is not None and row.letter.lost


def _days_since(day: date) -> int:
    return (date.today() - day).days
