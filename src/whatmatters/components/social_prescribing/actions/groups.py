"""The person is told about a community group, or introduced to it by the link worker themself."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import happened, held, only_while
from whatmatters.components.social_prescribing.actions.talking import living_day
from whatmatters.components.social_prescribing.models import Connection, Referral, Status
from whatmatters.directory.models import Group
from whatmatters.events.codes import SP_CONNECTED, SP_SIGNPOSTED


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
