"""A case goes to another worker with all that is in it: one case, or all of someone who leaves."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import (
    NotAllowed,
    checked,
    day,
    happened,
    held,
    in_life,
    last_step,
    only_while,
)
from whatmatters.components.social_prescribing.actions.telling import SUBJECT, TO_PERSON, account_of
from whatmatters.components.social_prescribing.colleagues import working_on
from whatmatters.components.social_prescribing.models import HANDED_OVER, Handover, Notice, Referral, Status, Told, Why
from whatmatters.events.codes import SP_HANDED_OVER
from whatmatters.letters import address, outbox
from whatmatters.organisations.tree import in_force
from whatmatters.people.models import Registration
from whatmatters.people.wishes import refuses_email
from whatmatters.people.written import write
from whatmatters.workforce.models import Worker

HELD = (Status.ACCEPTED, Status.ACTIVE)
HANDED = "A case was handed to you"
TO_RECEIVER = "Someone has handed you a case in What Matters, with its whole story. Open your desk:\n\n{link}\n"


@transaction.atomic
def hand_over(
    *,
    referral: Referral,
    to: Worker,
    why: str,
    by: Actor,
    note: str = "",
    on: date | None = None,
    revision: int | None = None,
) -> Handover:
    """``why`` is a Why, ``note`` what the receiver should know first. The person is told of their new worker."""
    row = held(referral, "handed a case over", by=by, revision=revision)
    if not working_on(row, date.today()).filter(pk=to.pk).exists():
        raise NotAllowed(f"{to.name} does not work referrals where the person is registered: choose someone else")
    made = _hand(row, to=to, why=why, by=by, note=note, on=on)
    _write_to(to, made.on)
    return made


@transaction.atomic
def hand_over_all(
    *, worker: Worker, to: Worker, why: str, by: Actor, among: Q, note: str = "", on: date | None = None
) -> list[Handover]:
    """Every open case of the worker that is ``among``, or none of them. Raises NotAllowed where one cannot go."""
    audit.record("handed over all cases of a worker", by=by, detail={"worker": worker.pk, "to": to.pk})
    rows = list(Referral.objects.filter(among, owner=worker, status__in=HELD))
    if not rows:
        raise NotAllowed("They hold no open case that you can hand over")
    if far := _out_of_reach(rows, to):
        raise NotAllowed(
            f"{far} of the {len(rows)} people are registered where {to.name} does not work referrals: choose someone "
            "else, or hand the cases over one by one"
        )
    made = [_hand(held(row, "handed a case over", by=by), to=to, why=why, by=by, note=note, on=on) for row in rows]
    _write_to(to, made[0].on)
    return made


def _out_of_reach(rows: list[Referral], to: Worker) -> int:
    """How many of the people the receiver could not see: asked once for each practice that has some of them."""
    today = date.today()
    lists = Registration.objects.filter(in_force(today), person__in=[row.person_id for row in rows])
    listed = dict(lists.values_list("person", "practice"))
    one_of = {(listed.get(row.person_id), row.practice_id): row for row in rows}  # type: ignore[arg-type]  # has one
    far = {place for place, row in one_of.items() if not working_on(row, today).filter(pk=to.pk).exists()}
    return sum((listed.get(row.person_id), row.practice_id) in far for row in rows)  # type: ignore[arg-type]  # has one


def _hand(row: Referral, *, to: Worker, why: str, by: Actor, note: str, on: date | None) -> Handover:
    only_while(row, *HELD)
    when = day(on, since=last_step(row))
    if row.owner_id == to.pk:
        raise NotAllowed(f"The case is with {to.name} already")
    if why not in Why.values:
        raise NotAllowed("Choose one of the reasons")
    made = Handover(referral=row, was_id=row.owner_id, to=to, on=when, why=why, note=note)
    checked(made).save()
    row.owner = to
    row.save(update_fields=["owner"])
    happened(SP_HANDED_OVER, row, on=in_life(row, when), by=by, detail=why)
    _tell_person(row, when)
    return made


def _tell_person(row: Referral, on: date) -> None:
    if row.person is None or row.person.died:
        return
    Notice.objects.create(referral=row, to=Told.PERSON, news=HANDED_OVER, on=on)
    if on == date.today() and not refuses_email(row.person):
        what = "News of a new link worker, to the person"
        write(row.person.email, SUBJECT, TO_PERSON, person=row.person, what=what, sender=account_of(row))


def _write_to(to: Worker, on: date) -> None:
    if to.account and on == date.today():
        outbox.post(to.account.email, HANDED, TO_RECEIVER.format(link=address.of("referral-desk")))


@transaction.atomic
def opened(*, handovers: Iterable[Handover]) -> int:
    """The receiver has seen these. Their reading is audited by the page's own gate."""
    rows = [handover.pk for handover in handovers]
    return Handover.objects.filter(pk__in=rows, seen=None).update(seen=timezone.now())
