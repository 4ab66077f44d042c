"""What becomes of a referral: accepted, declined, passed on, cancelled; closed and reopened."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.asking import become_case, open_case
from whatmatters.components.social_prescribing.actions.enquiring import let_go
from whatmatters.components.social_prescribing.actions.moves import (
    NotAllowed,
    day,
    happened,
    held,
    in_life,
    last_step,
    move,
    only_while,
)
from whatmatters.components.social_prescribing.actions.telling import tell
from whatmatters.components.social_prescribing.models import REASONS, Referral, Status
from whatmatters.events.codes import (
    SP_ACCEPTED,
    SP_CANCELLED,
    SP_CLOSED,
    SP_DECLINED,
    SP_REDIRECTED,
    SP_REOPENED,
)
from whatmatters.people.models import Person


@transaction.atomic
def accept(*, referral: Referral, by: Actor, on: date | None = None, revision: int | None = None) -> Referral:
    """A link worker takes it on and owns it from now."""
    row = held(referral, "accepted a referral", by=by, revision=revision)
    when = day(on, since=last_step(row))
    if row.person is None:
        raise NotAllowed("Match the referral to a person first")
    only_while(row, Status.RECEIVED)
    row.owner_id = by.worker
    move(row, Status.ACCEPTED, by=by, on=when)
    happened(SP_ACCEPTED, row, on=in_life(row, when), by=by)
    tell(row, Status.ACCEPTED, on=when)
    return row


@transaction.atomic
def decline(
    *, referral: Referral, reason: str, by: Actor, on: date | None = None, note: str = "", revision: int | None = None
) -> Referral:
    """``reason`` is a DeclineReason: it says who declined as well as why."""
    row = held(referral, "declined a referral", by=by, revision=revision)
    return _end(row, Status.DECLINED, SP_DECLINED, reason=reason, note=note, by=by, on=on)


@transaction.atomic
def redirect(
    *, referral: Referral, where: str, by: Actor, on: date | None = None, note: str = "", revision: int | None = None
) -> Referral:
    """``where`` is one of Elsewhere; ``note`` may say who took it there."""
    row = held(referral, "passed a referral on", by=by, revision=revision)
    return _end(row, Status.REDIRECTED, SP_REDIRECTED, reason=where, note=note, by=by, on=on)


@transaction.atomic
def close(
    *, referral: Referral, reason: str, by: Actor, on: date | None = None, note: str = "", revision: int | None = None
) -> Referral:
    """``reason`` is a CloseReason. Closes the case, never the person: they can be referred again at once."""
    row = held(referral, "closed a case", by=by, revision=revision)
    return _end(row, Status.CLOSED, SP_CLOSED, reason=reason, note=note, by=by, on=on)


def _end(row: Referral, status: Status, code: str, *, reason: str, note: str, by: Actor, on: date | None) -> Referral:
    when = day(on, since=last_step(row))
    words = dict(REASONS[status])
    if reason not in words:
        raise NotAllowed("Choose one of the reasons")
    row.ended_on, row.ended_why = when, reason
    row.next_on, row.next_what = None, ""  # nothing overdue shouts after a case is closed
    move(row, status, by=by, on=when, why=note)
    let_go(row, by=by, on=when)
    happened(code, row, on=in_life(row, when), by=by, detail=reason)
    tell(row, status, on=when)
    return row


@transaction.atomic
def cancel(*, referral: Referral, by: Actor, on: date | None = None, revision: int | None = None) -> Referral:
    """By its sender, as long as nobody has spoken with the person. Cancelling a joined one leaves the case open."""
    row = held(referral, "cancelled a referral", by=by, revision=revision)
    when = day(on, since=last_step(row))
    joined = row.status == Status.JOINED
    row.ended_on = when
    move(row, Status.CANCELLED, by=by, on=when)
    let_go(row, by=by, on=when)
    happened(SP_CANCELLED, row, on=in_life(row, when), by=by)
    if not joined and not _another_asks(row, by=by, on=when):
        tell(row, Status.CANCELLED, on=when, sender=False)
    return row


def _another_asks(row: Referral, *, by: Actor, on: date) -> bool:
    """Others had asked too, and joined the case now cancelled: the first of them becomes the case, none is lost."""
    waiting = list(row.joined.filter(status=Status.JOINED).order_by("made_on", "pk"))
    if not waiting or row.person is None or row.person.died:
        return False
    first, *others = waiting
    become_case(first, row.person, by=by, on=max(on, last_step(first)))
    row.joined.filter(pk__in=[other.pk for other in others]).update(case=first)
    return True


@transaction.atomic
def reopen(*, referral: Referral, why: str, by: Actor, on: date | None = None, revision: int | None = None) -> Referral:
    """A closed case goes on in the same episode, with whoever reopens it."""
    row = held(referral, "reopened a case", by=by, revision=revision)
    when = day(on, since=last_step(row))
    only_while(row, Status.CLOSED)
    person = Person.objects.select_for_update().get(referrals=row)
    if person.died:
        raise NotAllowed("The person has died")
    if open_case(person):
        raise NotAllowed("The person has another open case: go on with that one")
    spoken = row.contacts.filter(spoke=True).exists()
    row.ended_on, row.ended_why = None, ""
    row.owner_id = by.worker or row.owner_id
    move(row, Status.ACTIVE if spoken else Status.ACCEPTED, by=by, on=when, why=why)
    happened(SP_REOPENED, row, on=when, by=by)
    tell(row, Status.ACCEPTED, on=when)
    return row
