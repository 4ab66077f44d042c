"""A community group is asked whether it will take the person, asked again, and told that nothing is asked any more."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.access.roles import PERSON, REPRESENTATIVE
from whatmatters.components.social_prescribing.actions import writing
from whatmatters.components.social_prescribing.actions.moves import (
    NotAllowed,
    checked,
    day,
    happened,
    held,
    only_while,
)
from whatmatters.components.social_prescribing.actions.talking import living_day
from whatmatters.components.social_prescribing.actions.unmet import written
from whatmatters.components.social_prescribing.keeping import timers_of
from whatmatters.components.social_prescribing.models import Answer, Barrier, Enquiry, Referral, Status
from whatmatters.directory.models import Group, Standing
from whatmatters.events.codes import SP_GROUP_ASKED

Tells = Enquiry.Tells
AT_WORK = (Status.ACCEPTED, Status.ACTIVE)


@transaction.atomic
def enquire(
    *,
    referral: Referral,
    group: Group,
    by: Actor,
    about: str = "",
    tells: str = Tells.NOTHING,
    reach: str = "",
    reply_by: date | None = None,
    on: date | None = None,
    revision: int | None = None,
) -> Enquiry:
    """Referred onward. Until it says yes the group sees nothing of the person but what help they look for; then what
    the person agreed to (``tells``), with ``reach``."""
    row = held(referral, "asked a community group to take a person", by=by, revision=revision)
    only_while(row, *AT_WORK)
    when = living_day(row, on)
    if group.standing == Standing.CLOSED:
        raise NotAllowed("This group no longer runs: choose another")
    if row.enquiries.filter(group=group, answer=Answer.AWAITED).exists():
        raise NotAllowed("This group has been asked already, and its answer is awaited")
    if tells == Tells.NAME and not reach.strip():
        raise NotAllowed("Say how the group can reach the person, or choose that it is told nothing")
    asked = checked(
        Enquiry(
            referral=row,
            group=group,
            on=when,
            about=about,
            tells=tells,
            reach=reach if tells == Tells.NAME else "",
            worker_id=by.worker,
            reply_by=reply_by or when + timedelta(days=timers_of(row).reply),
        )
    )
    if asked.reply_by < when:
        raise NotAllowed("The day by which you need an answer is before the day on which you ask")
    asked.save()
    happened(SP_GROUP_ASKED, row, on=when, by=by, detail=group.kind)
    if when == date.today():  # what is recorded afterwards was asked in another way
        writing.letter(asked, writing.ASKED)
        asked.save(update_fields=["letter"])
    return asked


@transaction.atomic
def enquire_again(*, enquiry: Enquiry, by: Actor, revision: int | None = None) -> Enquiry:
    """A new letter with a new link, and as many days again to answer it."""
    row = held(enquiry.referral, "asked a community group again", by=by, revision=revision)
    only_while(row, *AT_WORK)
    asked = awaited(enquiry)
    if not writing.letter(asked, writing.AGAIN):
        raise NotAllowed("The group has no e-mail address: ring it, and record what it says")
    asked.reply_by = date.today() + timedelta(days=timers_of(row).reply)
    asked.alarm, asked.reminded_on, asked.escalated_on, asked.escalated_to = "", None, None, None
    asked.save()
    return asked


@transaction.atomic
def take_back(
    *, enquiry: Enquiry, by: Actor, why: str = "", on: date | None = None, revision: int | None = None
) -> Enquiry:
    """Before the group has answered. ``why`` ``declined``: the person said no."""
    row = held(enquiry.referral, "took back what a community group was asked", by=by, revision=revision)
    asked = awaited(enquiry)
    if why not in ("", Barrier.PERSON, Barrier.OTHER):
        raise NotAllowed("Choose one of the reasons")
    when = day(on, since=asked.on)
    _withdrawn(asked, by=by, on=when, why=why)
    if why == Barrier.PERSON and row.person and not row.person.died:
        written(row, Barrier.PERSON, need="", group=asked.group, on=when, by=by)
    return asked


def let_go(row: Referral, *, by: Actor, on: date) -> None:
    """In the transaction that ends a case: what was asked of groups is taken back, and they are thanked."""
    for asked in row.enquiries.select_for_update(of=("self",)).filter(answer=Answer.AWAITED):
        _withdrawn(asked, by=by, on=max(on, asked.on), why="")
    row.enquiries.exclude(alarm="").update(alarm="")


def awaited(enquiry: Enquiry) -> Enquiry:
    """The enquiry, locked. Raises NotAllowed where it has been answered, whoever by."""
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("group", "referral__service")
    asked = rows.get(pk=enquiry.pk)
    if asked.answer != Answer.AWAITED:
        raise NotAllowed(f"This has been dealt with already: {asked.get_answer_display().lower()}")
    return asked


def _withdrawn(asked: Enquiry, *, by: Actor, on: date, why: str) -> None:
    asked.answer, asked.answered_on, asked.answered_by, asked.why = Answer.WITHDRAWN, on, by.name[:200], why
    asked.alarm, asked.ring_asked, asked.ring_words = "", None, ""
    asked.seen = None if by.role in (PERSON, REPRESENTATIVE) else timezone.now()
    asked.save()
    writing.spend(asked)
    if on == date.today():
        writing.no_longer(asked)
