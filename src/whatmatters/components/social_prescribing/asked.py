"""What community groups have been asked, in lists: what needs someone now, what is awaited, what came back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from whatmatters.access.models import Grant
from whatmatters.components.social_prescribing.desk import in_scope
from whatmatters.components.social_prescribing.models import (
    CASE_OPEN,
    Answer,
    CloseReason,
    Enquiry,
    Helped,
    Referral,
    Status,
    Went,
)
from whatmatters.directory.models import Group

UNTOLD = Q(answer=Answer.YES) & (
    Q(connection__went=Went.NOT_YET) | Q(connection__went=Went.WENT, connection__helped=Helped.NOT_KNOWN)
)


@dataclass
class Asked:
    """One list; ``rule`` says on the page what puts an enquiry here."""

    name: str
    title: str
    rule: str
    rows: list[Enquiry] = field(default_factory=list)


LISTS = (
    ("ring", "Asks to be rung", "The group would like to speak with someone before it answers, or about its answer."),
    (
        "late",
        "Needs following up",
        "No answer by the day it was needed, a letter that did not arrive, or no news since.",
    ),
    ("new", "New answers", "Answered by the group, and not yet read by whoever has the case."),
    ("awaited", "Awaiting an answer", "Asked, and there is still time."),
    ("coming", "Said yes: did they go, did it help?", "Nobody has told yet what came of it."),
)


def listed(grants: Iterable[Grant], today: date, *, worker: int | None) -> list[Asked]:
    """The lists, the longest wait first; the worker's own cases before those of colleagues. One query."""
    lists = [Asked(*words) for words in LISTS]
    by_name = {one.name: one for one in lists}
    for row in _rows(grants, today):
        by_name[place(row, today)].rows.append(row)
    for one in lists:
        one.rows.sort(key=lambda row: (row.referral.owner_id != worker, row.on))
    return lists


def place(row: Enquiry, today: date) -> str:
    """The name of the list an enquiry stands in."""
    if row.ring_asked:
        return "ring"
    if row.alarm or (row.answer == Answer.AWAITED and row.reply_by < today):
        return "late"
    if row.answer == Answer.AWAITED:
        return "awaited"
    return "new" if row.seen is None else "coming"


def for_owner(worker: int | None, today: date) -> list[Enquiry]:
    """Of the worker's own cases: what groups answered and nobody has read, who asks to be rung, who is silent."""
    late = Q(answer=Answer.AWAITED, reply_by__lt=today) & Q(referral__status__in=CASE_OPEN)
    needed = late | Q(ring_asked__isnull=False) | ~Q(alarm="") | (Q(seen=None) & ~Q(answer=Answer.AWAITED))
    rows = Enquiry.objects.filter(needed, referral__owner=worker).select_related("group", "connection", "letter")
    return list(rows.select_related("referral__person").order_by("on", "pk")) if worker else []


def of_group(group: Group) -> list[Enquiry]:
    """What a community group is asked today, the oldest first: whether it can take someone, and what came of others."""
    rows = Enquiry.objects.filter(group=group).filter(Q(answer=Answer.AWAITED) | UNTOLD)
    return [row for row in rows.select_related("referral__person", "referral__service", "connection") if live(row)]


def live(row: Enquiry) -> bool:
    """Whether its group is still to be asked: the person lives, and the case goes on or ended well."""
    case = row.referral
    if case.person is None or case.person.died:
        return False
    if row.answer == Answer.AWAITED:
        return case.open
    told = row.connection is None or row.connection.went == Went.DID_NOT or row.connection.helped != Helped.NOT_KNOWN
    return not told and (case.open or (case.status == Status.CLOSED and case.ended_why == CloseReason.DONE))


def _rows(grants: Iterable[Grant], today: date) -> Iterable[Enquiry]:
    here = Referral.objects.filter(in_scope(grants, today), status__in=CASE_OPEN)
    unread = Q(seen=None) & ~Q(answer=Answer.AWAITED)
    wanted = Q(referral__in=here) & (Q(answer=Answer.AWAITED) | UNTOLD | unread)
    ringing = Q(referral__in=Referral.objects.filter(in_scope(grants, today)), ring_asked__isnull=False)
    related = ("group", "connection", "letter", "escalated_to", "referral__person", "referral__owner")
    return Enquiry.objects.filter(wanted | ringing).select_related(*related).order_by("on", "pk")


def groups_of_case(row: Referral) -> dict[str, Any]:
    """For the case's page: ``enquiries`` that are open or newly answered, ``awaited`` connections not yet told of."""
    untold = Q(went=Went.NOT_YET) | Q(went=Went.WENT, helped=Helped.NOT_KNOWN)
    enquiries = row.enquiries.filter(Q(answer=Answer.AWAITED) | Q(seen=None) | Q(ring_asked__isnull=False))
    return {
        "enquiries": list(enquiries.select_related("group", "connection", "letter")),
        "awaited": list(row.connections.filter(untold).select_related("group")),
    }
