"""The person is told about a community group or introduced to it, and goes or does not."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, day, happened, held, only_while
from whatmatters.components.social_prescribing.actions.talking import living_day
from whatmatters.components.social_prescribing.models import Connection, Referral, Status, Went
from whatmatters.directory.models import Group
from whatmatters.events.codes import SP_ATTENDED, SP_CONNECTED, SP_SIGNPOSTED


@transaction.atomic
def signpost(
    *, referral: Referral, group: Group, by: Actor, on: date | None = None, revision: int | None = None
) -> Connection:
    """Told about the group. Never counts as a connection or a referral."""
    row = held(referral, "told a person about a community group", by=by, revision=revision)
    return _link(row, group, by, on, signpost=True)


@transaction.atomic
def connect(
    *, referral: Referral, group: Group, by: Actor, on: date | None = None, revision: int | None = None
) -> Connection:
    """Introduced to the group."""
    row = held(referral, "introduced a person to a community group", by=by, revision=revision)
    return _link(row, group, by, on, signpost=False)


def _link(row: Referral, group: Group, by: Actor, on: date | None, *, signpost: bool) -> Connection:
    only_while(row, Status.ACCEPTED, Status.ACTIVE)
    when = living_day(row, on)
    link = Connection.objects.create(referral=row, group=group, signpost=signpost, on=when, worker_id=by.worker)
    happened(SP_SIGNPOSTED if signpost else SP_CONNECTED, row, on=when, by=by, detail=group.kind)
    return link


@transaction.atomic
def taken_up(*, connection: Connection, by: Actor, on: date | None = None, revision: int | None = None) -> Connection:
    """The person went. Can be learned after the case was closed."""
    row = held(connection.referral, "recorded that a person went to a group", by=by, revision=revision)
    link = _answered(row, connection, Went.NOT_YET, Went.DID_NOT)
    when = day(on, since=link.on)
    link.went, link.went_on, link.why_not = Went.WENT, living_day(row, when), ""
    link.save()
    happened(SP_ATTENDED, row, on=when, by=by, detail=link.group.kind)
    return link


@transaction.atomic
def did_not_go(
    *, connection: Connection, by: Actor, why: str = "", on: date | None = None, revision: int | None = None
) -> Connection:
    """The person did not go, and why, in a few words."""
    row = held(connection.referral, "recorded that a person did not go to a group", by=by, revision=revision)
    link = _answered(row, connection, Went.NOT_YET)
    link.went, link.went_on, link.why_not = Went.DID_NOT, day(on, since=link.on), why
    checked(link).save()
    return link


def _answered(row: Referral, connection: Connection, *now: Went) -> Connection:
    only_while(row, Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)
    link = Connection.objects.select_for_update().get(pk=connection.pk)
    if link.went not in now:
        raise NotAllowed(f"This is already recorded: {link.get_went_display().lower()}")
    return link
