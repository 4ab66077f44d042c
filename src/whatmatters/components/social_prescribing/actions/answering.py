"""What a community group answers: by its private link, or to the link worker who writes it down."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.access.roles import PUBLIC
from whatmatters.components.social_prescribing.actions import writing
from whatmatters.components.social_prescribing.actions.enquiring import AT_WORK, awaited
from whatmatters.components.social_prescribing.actions.moves import (
    NotAllowed,
    checked,
    day,
    happened,
    held,
    only_while,
)
from whatmatters.components.social_prescribing.actions.telling import tell
from whatmatters.components.social_prescribing.actions.unmet import left_by
from whatmatters.components.social_prescribing.keeping import keeper
from whatmatters.components.social_prescribing.models import (
    OF_A_GROUP,
    Answer,
    Barrier,
    Came,
    Connection,
    Enquiry,
    Referral,
)
from whatmatters.directory.actions import replied, set_capacity
from whatmatters.directory.models import Capacity
from whatmatters.events.codes import SP_CONNECTED, SP_GROUP_ACCEPTED, SP_GROUP_DECLINED
from whatmatters.letters import address
from whatmatters.letters.outbox import post

THE_GROUP = Actor("A community group, by its private link", PUBLIC)


@transaction.atomic
def group_answered(
    *,
    enquiry: Enquiry,
    answer: str,
    by: Actor,
    why: str = "",
    words: str = "",
    full_until: date | None = None,
    on: date | None = None,
    revision: int | None = None,
) -> Enquiry:
    """``answer`` is YES, NO (``why``: one of OF_A_GROUP) or FULL (``full_until``: the last full day, where known).

    A yes introduces the person to the group. Being full is written into the directory too.
    """
    row = held(enquiry.referral, "recorded what a community group answered", by=by, revision=revision)
    asked = awaited(enquiry)
    if row.person is None or row.person.died:
        raise NotAllowed("This is no longer needed")
    only_while(row, *AT_WORK)
    when = day(on, since=asked.on)
    asked.answer, asked.answered_on, asked.answered_by = answer, when, by.name[:200]
    asked.words, asked.alarm, asked.ring_asked = words, "", None
    if by.role != PUBLIC:
        asked.seen = timezone.now()
    if answer == Answer.YES:
        _yes(row, asked, by=by, on=when)
    elif answer in (Answer.NO, Answer.FULL):
        _no(row, asked, why, full_until, by=by, on=when)
    else:
        raise NotAllowed("Choose what the group answered")
    checked(asked).save()
    writing.spend(asked)
    replied(group=asked.group, asked_on=asked.on, answered_on=when, accepted=answer == Answer.YES, by=by)
    if by.role == PUBLIC:
        nudge(row)
    if answer == Answer.YES and when == date.today():
        writing.letter(asked, writing.EXPECT)
        asked.save(update_fields=["letter"])
    return asked


def _yes(row: Referral, asked: Enquiry, *, by: Actor, on: date) -> None:
    asked.connection = Connection.objects.create(
        referral=row, group=asked.group, signpost=False, on=on, worker_id=asked.worker_id
    )
    happened(SP_GROUP_ACCEPTED, row, on=on, by=by, detail=asked.group.kind)
    happened(SP_CONNECTED, row, on=on, by=by, detail=asked.group.kind)
    tell(row, Came.YES, on=on, sender=False)


def _no(row: Referral, asked: Enquiry, why: str, until: date | None, *, by: Actor, on: date) -> None:
    if asked.answer == Answer.FULL:
        why = Barrier.FULL
        if until is None or until >= date.today():
            set_capacity(group=asked.group, capacity=Capacity.FULL, until=until, by=by)
        asked.full_until = until
    elif why not in OF_A_GROUP:
        raise NotAllowed("Choose why the group cannot take the person")
    asked.why = why
    happened(SP_GROUP_DECLINED, row, on=on, by=by, detail=why)
    left_by(row, why, group=asked.group, on=on, by=by)


@transaction.atomic
def ring_us(*, enquiry: Enquiry, words: str, by: Actor) -> Enquiry:
    """The group asks to be rung: ``words`` say on what number and when. Ends nothing, and is always taken. Whoever has
    the case is written to once, until they have rung."""
    row = held(enquiry.referral, "was asked by a community group to ring it", by=by)
    asked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    known = asked.ring_asked is not None
    asked.ring_asked, asked.ring_words = date.today(), words
    checked(asked).save()
    if not known:
        nudge(row)
    return asked


@transaction.atomic
def rang(*, enquiry: Enquiry, by: Actor, revision: int | None = None) -> Enquiry:
    """The link worker rang the group as it asked. What it answered is recorded by itself."""
    held(enquiry.referral, "rang a community group", by=by, revision=revision)
    asked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    asked.ring_asked, asked.ring_words = None, ""
    asked.save(update_fields=["ring_asked", "ring_words"])
    return asked


def nudge(row: Referral) -> None:
    """To whoever keeps the case: a group has said something. Only that."""
    if to := keeper(row):
        words = "A community group has answered, or asks to be rung. Read it here:\n\n"
        post(to.email, "News from a community group", words + address.of("groups-asked"))


@transaction.atomic
def answers_read(*, referral: Referral, by: Actor) -> int:
    """The case's owner has its page before them. Returns how many answers were new; the page's gate audits it."""
    if by.worker is None or referral.owner_id != by.worker:
        return 0
    return referral.enquiries.filter(seen=None).exclude(answer=Answer.AWAITED).update(seen=timezone.now())
