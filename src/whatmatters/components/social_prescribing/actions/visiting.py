"""A worker goes to see someone alone: where, until when, and who is told when they do not check in.

Past its hour a visit shouts even where the case was closed meanwhile: the worker is still out there.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, held, only_while
from whatmatters.components.social_prescribing.colleagues import working_on
from whatmatters.components.social_prescribing.models import Ended, Referral, Status, Visit
from whatmatters.letters import address, outbox
from whatmatters.people.revisions import locked
from whatmatters.workforce.models import Worker

LONGEST = timedelta(days=31)
THEN_ALL = timedelta(minutes=30)  # after which the whole team is told
LATE = "A colleague has not checked in"
WORDS = {
    "colleague": "A colleague who named you has not checked in from a visit. What to do is on your desk:\n\n{link}\n",
    "worker": "You have not checked in from a visit, and your colleague has been told. Check in here:\n\n{link}\n",
    "all": "A colleague has not checked in from a visit for half an hour. What to do is on your desk:\n\n{link}\n",
    "manager": "A link worker has not checked in from a visit for half an hour. Ring the team.\n",
    "safe": "Your colleague has checked in: all is well.\n",
}


@transaction.atomic
def plan_visit(
    *,
    referral: Referral,
    where: str,
    back_by: datetime,
    colleague: Worker,
    by: Actor,
    phone: str = "",
    revision: int | None = None,
) -> Visit:
    """``back_by`` is when the colleague is told, if nobody has checked in by then."""
    row = held(referral, "planned a visit", by=by, revision=revision)
    only_while(row, Status.ACCEPTED, Status.ACTIVE)
    if by.worker is None:
        raise NotAllowed("Your account is not linked to a post: ask whoever manages your team to link it")
    if colleague.pk == by.worker or not working_on(row, _today()).filter(pk=colleague.pk).exists():
        raise NotAllowed("Name a colleague who works referrals here: someone other than you")
    visit = Visit(
        referral=row, worker_id=by.worker, colleague=colleague, where=where, phone=phone, back_by=_ahead(back_by)
    )
    checked(visit).save()
    return visit


@transaction.atomic
def stay_longer(*, visit: Visit, back_by: datetime, by: Actor) -> Visit:
    """A later hour; whoever was told is told again if that passes too."""
    row = _out(visit, "put off the end of a visit", by)
    row.back_by, row.told, row.told_all = _ahead(back_by), None, None
    row.save()
    return row


@transaction.atomic
def check_in(*, visit: Visit, by: Actor) -> Visit:
    """Back safe. Pressed again, it stays as it was: no signal makes people press twice."""
    return _end(visit, Ended.SAFE, "checked in from a visit", by)


@transaction.atomic
def call_off(*, visit: Visit, by: Actor) -> Visit:
    return _end(visit, Ended.OFF, "called a visit off", by)


@transaction.atomic
def found_safe(*, visit: Visit, by: Actor, words: str) -> Visit:
    """By a colleague who has spoken with them; ``words`` say how they know."""
    if not words:
        raise NotAllowed("Say how you know that they are safe")
    return _end(visit, Ended.FOUND, "found a colleague safe", by, words)


def _end(visit: Visit, how: Ended, act: str, by: Actor, words: str = "") -> Visit:
    try:
        row = _out(visit, act, by)
    except NotAllowed:
        return Visit.objects.get(pk=visit.pk)
    own = by.worker == row.worker_id
    if own == (how == Ended.FOUND):
        raise NotAllowed("Only whoever is out can check in" if not own else "Check in instead: you are the one out")
    row.ended, row.how, row.ended_by, row.words = timezone.now(), how, by.name, words
    checked(row).save()
    if row.told:
        _write([row.colleague if own else row.worker], "safe")
    return row


def _out(visit: Visit, act: str, by: Actor) -> Visit:
    """The visit, locked. Raises NotAllowed when it has ended."""
    about, also = visit.referral.person_id, ("colleague__account", "worker__account")
    row = locked(visit, act, by=by, person=about, detail={"visit": visit.pk}, also=also)
    if row.ended:
        raise NotAllowed("This visit has ended")
    return row


def _ahead(back_by: datetime) -> datetime:
    if not timezone.now() < back_by <= timezone.now() + LONGEST:
        raise NotAllowed("Enter a time still to come, within a month")
    return back_by


def escalate() -> int:
    """Tells of every visit whose hour has passed: the colleague at once, the team after half an hour. Each once."""
    now = timezone.now()
    due = Visit.objects.filter(ended=None, told_all=None, back_by__lte=now)
    due = due.filter(Q(told=None) | Q(back_by__lte=now - THEN_ALL))
    return sum(_tell(visit) for visit in due.values_list("pk", flat=True))


@transaction.atomic
def _tell(pk: int) -> bool:
    visit = Visit.objects.select_related("referral__person").get(pk=pk)
    row = locked(visit, "saw that a visit is overdue", by=THE_SYSTEM, detail={"visit": pk})
    now = timezone.now()
    if row.ended or row.back_by > now or row.told_all:
        return False
    if not row.told:
        row.told = now
        row.save(update_fields=["told"])
        _write([row.colleague], "colleague")
        _write([row.worker], "worker")
        return True
    if row.back_by + THEN_ALL > now:
        return False
    row.told_all = now
    row.save(update_fields=["told_all"])
    team = working_on(visit.referral, _today()).exclude(pk=row.worker_id)
    _write(team, "all")
    _write(working_on(visit.referral, _today(), capability="manage the team"), "manager")
    return True


def _write(to: Iterable[Worker], which: str) -> None:
    words = WORDS[which].format(link=address.of("referral-desk"))
    for one in to:
        if one.account:
            outbox.post(one.account.email, LATE if which != "safe" else "Your colleague is safe", words)


def _today() -> date:
    return timezone.localdate()
