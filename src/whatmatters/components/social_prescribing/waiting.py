"""What might be forgotten: referrals on no desk, with nobody, or past their time, and answers that nobody has read.

Every open referral is on somebody's desk (``desk.in_scope``) or in this list, or both.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from whatmatters.components.social_prescribing.models import (
    CASE_OPEN,
    Cause,
    Contact,
    Notice,
    Referral,
    Source,
    Status,
    Timers,
    Told,
)
from whatmatters.components.social_prescribing.reach import Reach
from whatmatters.letters.outbox import is_address
from whatmatters.organisations.tree import in_force
from whatmatters.people.models import Registration

ANSWER = timedelta(days=7)  # until an answer that was sent, and that nobody has read, is told by voice
OPEN = (Status.UNMATCHED, *CASE_OPEN)
THEIRS_TO_ACT = (Status.DECLINED, Status.REDIRECTED)
# No address to write to, or the letter came back and is on nobody's list of lost e-mails: those are of people on file.
LOST_LETTER = Q(letter__failed__isnull=False, referral__person=None)
UNTOLD = LOST_LETTER | (Q(letter=None) & ~Q(referral__source=Source.STAFF))


@dataclass(frozen=True)
class Waiting:
    """``since``: the first day on which it was so. ``to``: who has not read, for an answer; ``why``: what kept it from
    them, where that is known."""

    row: Any
    cause: Cause
    since: date
    to: str = ""
    why: str = ""

    def days(self, today: date) -> int:
        return (today - self.since).days


def open_everywhere(today: date) -> QuerySet[Referral]:
    """Every open referral, with what the questions below ask of it."""
    listed = Registration.objects.filter(in_force(today), person=OuterRef("person"))
    spoken = Contact.objects.filter(referral=OuterRef("pk"), spoke=True)
    return (
        Referral.objects.filter(status__in=OPEN)
        .select_related("person", "practice", "service", "owner", "given")
        .annotate(
            listed_at=Subquery(listed.values("practice")[:1]),
            spoken=Exists(spoken),
            stepped_on=Max("changes__on"),
            reopened_on=Max("changes__on", filter=Q(changes__was=Status.CLOSED)),
        )
        .order_by("made_on", "pk")
    )


def waiting(rows: Iterable[Any], today: date) -> Iterator[Waiting]:
    """``rows`` of ``open_everywhere``, or some of them."""
    reach, timers = Reach.on(today), {each.service_id: each for each in Timers.objects.all()}
    for row in rows:
        where = row.listed_at if reach.desk(row.listed_at) else row.practice_id
        if not reach.desk(where):
            yield Waiting(row, Cause.NO_DESK, row.stepped_on)
        if row.status in (Status.ACCEPTED, Status.ACTIVE):
            if row.owner_id is None:
                yield Waiting(row, Cause.NO_OWNER, row.stepped_on)
            elif not reach.works_there(row.owner_id, where):
                yield Waiting(row, Cause.OWNER_GONE, row.stepped_on)
        late = overdue(row, timers.get(row.service_id))
        if late and late[1] < today:
            yield Waiting(row, late[0], late[1] + timedelta(days=1))


def overdue(row: Any, timers: Timers | None) -> tuple[Cause, date] | None:
    """What is due next of an open referral, and by when; None once the person was spoken with, or has died."""
    if row.status in (Status.UNMATCHED, Status.RECEIVED):
        return Cause.NOT_ACCEPTED, row.made_on + timedelta(days=timers.accept if timers else Timers.ACCEPT)
    if row.status == Status.ACCEPTED and not row.spoken and not row.person.died:
        began = max(filter(None, (row.made_on, row.reopened_on)))
        return Cause.NOT_SPOKEN, began + timedelta(days=timers.contact if timers else Timers.CONTACT)
    return None


def unread(today: date) -> QuerySet[Notice]:
    """Answers that leave someone to act, and are not read: by whoever sent the referral, at once where no letter
    could tell them of it, else after ``ANSWER``; by the person after ``ANSWER``, where neither they nor someone for
    them has an account or an e-mail address to read it with."""
    by_sender = Q(to=Told.SENDER) & (UNTOLD | Q(on__lt=today - ANSWER))
    no_way = Q(referral__person__account=None, referral__person__email="", referral__person__representatives=None)
    by_person = Q(to=Told.PERSON, on__lt=today - ANSWER) & no_way & ~Q(referral__ended_why__startswith="person") & ~Q(
        referral__ended_why="not reached"
    )  # fmt: skip
    late = Notice.objects.filter(by_sender | by_person, read=None, news__in=THEIRS_TO_ACT)
    related = ("letter", "referral__person", "referral__practice", "referral__service", "referral__given")
    return late.select_related(*related)


def answers(today: date, among: Q | None = None) -> Iterator[Waiting]:
    for notice in unread(today).filter(among or Q()).order_by("on", "pk"):
        why = _untold(notice)
        since = notice.on if why else notice.on + ANSWER + timedelta(days=1)
        yield Waiting(notice.referral, Cause.NOT_TOLD, since, notice.to, why)


def _untold(notice: Notice) -> str:
    """As ``UNTOLD``, in words."""
    if notice.to != Told.SENDER or notice.referral.source == Source.STAFF:
        return ""
    if notice.letter is None:
        late = is_address(notice.referral.told_at)
        return "no email was sent: it was recorded after the day" if late else "we have no email address of theirs"
    lost = notice.letter.lost and notice.referral.person_id is None
    return f"our email did not arrive: {notice.letter.lost_because}" if lost else ""


def everything(today: date) -> list[Waiting]:
    """The whole list, everywhere."""
    return [*waiting(open_everywhere(today).iterator(2_000), today), *answers(today)]


def within(area: set[int], today: date, prefix: str = "") -> Q:
    """Of referrals that were sent within the area, or whose person is registered there. ``prefix``: the way to the
    referral, where rows of another kind are asked for."""
    listed = Registration.objects.filter(in_force(today), person=OuterRef(f"{prefix}person"), practice__in=area)
    return Q(**{f"{prefix}practice__in": area}) | Q(**{f"{prefix}service__in": area}) | Q(Exists(listed))
