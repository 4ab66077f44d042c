"""A need for which no help was found is written down when a search or an offer fails."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, happened, held, only_while
from whatmatters.components.social_prescribing.actions.talking import living_day
from whatmatters.components.social_prescribing.models import (
    LEAVES_UNMET,
    OF_AN_UNMET_NEED,
    Referral,
    Status,
    UnmetNeed,
)
from whatmatters.directory.models import Group, Postcode
from whatmatters.directory.needs import Need
from whatmatters.events.codes import SP_UNMET, SP_UNMET_KIND
from whatmatters.organisations.tree import in_force


@transaction.atomic
def unmet(
    *,
    referral: Referral,
    reason: str,
    by: Actor,
    need: str = "",
    group: Group | None = None,
    on: date | None = None,
    revision: int | None = None,
) -> UnmetNeed:
    """By whoever searched or offered. ``need`` is what the case is about where none is given."""
    row = held(referral, "recorded a need for which no help was found", by=by, revision=revision)
    only_while(row, Status.ACCEPTED, Status.ACTIVE)
    if reason not in OF_AN_UNMET_NEED:
        raise NotAllowed("Choose one of the reasons")
    if need and need not in Need.values:
        raise NotAllowed("Choose what the help was wanted with")
    return written(row, reason, need=need, group=group, on=living_day(row, on), by=by)


def left_by(row: Referral, reason: str, *, group: Group, on: date, by: Actor) -> None:
    """In the transaction of another action: what a refusal, or a visit that came to nothing, says of the need."""
    if reason in LEAVES_UNMET:
        written(row, LEAVES_UNMET[reason], need="", group=group, on=on, by=by)


def written(row: Referral, reason: str, *, need: str, group: Group | None, on: date, by: Actor) -> UnmetNeed:
    person = row.person
    if person is None:
        raise NotAllowed("Match the referral to a person first")
    stay = person.registrations.filter(in_force(on)).order_by("start").last()
    code = "".join(person.postcode.split()).upper()
    where = Postcode.objects.filter(code=code).first() if code else None
    made = checked(
        UnmetNeed(
            referral=row,
            need=need or row.need,
            reason=reason,
            group=group,
            practice_id=stay.practice_id if stay else row.practice_id,
            lsoa=where.lsoa if where else "",
            authority=where.authority if where else "",
            on=on,
            worker_id=by.worker,
        )
    )
    made.save()
    happened(SP_UNMET, row, on=on, by=by, detail=made.reason)
    happened(SP_UNMET_KIND, row, on=on, by=by, detail=made.need)
    return made
