"""What came of a community group: whether the person went, and whether it helped. Can be learned after the case closed.

Told by the person, the group (by its link) or the link worker. Of whether it helped, the person's word outweighs the
group's; whether they went, a yes outweighs a no.
"""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.access.roles import PERSON, PUBLIC, REPRESENTATIVE
from whatmatters.components.social_prescribing.actions import writing
from whatmatters.components.social_prescribing.actions.answering import nudge
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, day, happened, held, only_while
from whatmatters.components.social_prescribing.actions.talking import living_day
from whatmatters.components.social_prescribing.actions.telling import tell
from whatmatters.components.social_prescribing.actions.unmet import left_by
from whatmatters.components.social_prescribing.models import (
    OF_NOT_GOING,
    OF_NOT_HELPING,
    Barrier,
    Came,
    Connection,
    Helped,
    Referral,
    Status,
    Went,
)
from whatmatters.events.codes import SP_ATTENDED, SP_GOT_HELP, SP_NOT_ATTENDED, SP_NOT_HELPED

BY_GROUP, BY_PERSON, BY_WORKER = "group", "person", "worker"


@transaction.atomic
def taken_up(*, connection: Connection, by: Actor, on: date | None = None, revision: int | None = None) -> Connection:
    """The person went."""
    row = held(connection.referral, "recorded that a person went to a group", by=by, revision=revision)
    link = _told(row, connection)
    _not_yet(link, Went.NOT_YET, Went.DID_NOT)
    when = day(on, since=link.on)
    link.went, link.went_on, link.why, link.why_not = Went.WENT, living_day(row, when), "", ""
    link.save()
    happened(SP_ATTENDED, row, on=when, by=by, detail=link.group.kind)
    return link


@transaction.atomic
def did_not_go(
    *,
    connection: Connection,
    by: Actor,
    reason: str = Barrier.OTHER,
    why: str = "",
    on: date | None = None,
    revision: int | None = None,
) -> Connection:
    """The person did not go: ``reason`` is one of OF_NOT_GOING, ``why`` a few words more."""
    row = held(connection.referral, "recorded that a person did not go to a group", by=by, revision=revision)
    link = _told(row, connection)
    _not_yet(link, Went.NOT_YET)
    _one_of(reason, OF_NOT_GOING)
    when = living_day(row, day(on, since=link.on))
    link.went, link.went_on, link.why, link.why_not = Went.DID_NOT, when, reason, why
    checked(link).save()
    happened(SP_NOT_ATTENDED, row, on=when, by=by, detail=reason)
    left_by(row, reason, group=link.group, on=when, by=by)
    _known(row, link, by)
    tell(row, Came.DID_NOT_GO, on=when, person=_who(by) != BY_PERSON)
    return link


@transaction.atomic
def got_help(*, connection: Connection, by: Actor, on: date | None = None, revision: int | None = None) -> Connection:
    """The person went, and it helped."""
    row = held(connection.referral, "recorded that a group helped a person", by=by, revision=revision)
    link = _helped(row, connection, Helped.YES, by=by, on=on)
    happened(SP_GOT_HELP, row, on=link.helped_on or link.on, by=by, detail=link.group.kind)
    tell(row, Came.HELPED, on=link.helped_on or link.on, person=_who(by) != BY_PERSON)
    return link


@transaction.atomic
def not_helped(
    *,
    connection: Connection,
    by: Actor,
    reason: str = Barrier.OTHER,
    why: str = "",
    on: date | None = None,
    revision: int | None = None,
) -> Connection:
    """The person went, and it did not help: ``reason`` is one of OF_NOT_HELPING, ``why`` a few words more."""
    row = held(connection.referral, "recorded that a group did not help a person", by=by, revision=revision)
    _one_of(reason, OF_NOT_HELPING)
    link = _helped(row, connection, Helped.NO, by=by, on=on, reason=reason, why=why)
    when = link.helped_on or link.on
    happened(SP_NOT_HELPED, row, on=when, by=by, detail=reason)
    left_by(row, reason, group=link.group, on=when, by=by)
    tell(row, Came.NOT_HELPED, on=when, person=_who(by) != BY_PERSON)
    return link


def _helped(
    row: Referral,
    connection: Connection,
    helped: Helped,
    *,
    by: Actor,
    on: date | None,
    reason: str = "",
    why: str = "",
) -> Connection:
    link, who = _told(row, connection), _who(by)
    if link.went != Went.WENT:
        raise NotAllowed("Record first that they went")
    if link.helped != Helped.NOT_KNOWN and not (link.helped_told == BY_GROUP and who != BY_GROUP):
        raise NotAllowed(f"This is already recorded: {link.get_helped_display().lower()}")
    link.helped, link.helped_told, link.why, link.why_not = helped, who, reason, why
    link.helped_on = living_day(row, day(on, since=link.went_on or link.on))
    checked(link).save()
    _known(row, link, by)
    return link


def _told(row: Referral, connection: Connection) -> Connection:
    only_while(row, Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)
    rows = Connection.objects.select_for_update(of=("self",)).select_related("group")
    return rows.get(pk=connection.pk)


def _not_yet(link: Connection, *now: Went) -> None:
    if link.went not in now:
        raise NotAllowed(f"This is already recorded: {link.get_went_display().lower()}")


def _one_of(reason: str, reasons: tuple[Barrier, ...]) -> None:
    if reason not in reasons:
        raise NotAllowed("Choose one of the reasons")


def _known(row: Referral, link: Connection, by: Actor) -> None:
    """Nothing is left to ask of the group; what others told is news to whoever has the case."""
    if enquiry := getattr(link, "enquiry", None):
        enquiry.alarm = ""
        enquiry.seen = enquiry.seen if _who(by) == BY_WORKER else None
        enquiry.save(update_fields=["alarm", "seen"])
        writing.spend(enquiry)
    if _who(by) != BY_WORKER:
        nudge(row)


def _who(by: Actor) -> str:
    return {PUBLIC: BY_GROUP, PERSON: BY_PERSON, REPRESENTATIVE: BY_PERSON}.get(by.role, BY_WORKER)
