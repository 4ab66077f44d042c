"""What a service sets for its own door: its priority groups, and how long a referral may wait."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, held
from whatmatters.components.social_prescribing.models import Falls, PriorityGroup, Referral, Timers
from whatmatters.organisations.models import Organisation
from whatmatters.organisations.tree import in_force
from whatmatters.people.revisions import claim

LONGEST = 90  # days: who waits longer has been forgotten


@transaction.atomic
def set_timers(
    *,
    service: Organisation,
    accept: int,
    contact: int,
    tell: User | None,
    by: Actor,
    remind: int = Timers.REMIND,
    reply: int = Timers.REPLY,
    outcome: int = Timers.OUTCOME,
    revision: int | None = None,
) -> Timers:
    """Days to accept and to first contact, 1 to LONGEST; whom to tell when they pass (null: the managers).

    Of community groups: days until one is reminded, its silence is told, and it is asked what came of it.
    """
    if not all(1 <= days <= LONGEST for days in (accept, contact, remind, reply, outcome)):
        raise NotAllowed(f"Enter a whole number of days from 1 to {LONGEST}")
    if contact < accept:
        raise NotAllowed("The first contact cannot be due before the referral must be accepted")
    if reply < remind:
        raise NotAllowed("A community group is reminded before its silence is told to someone")
    row, _ = Timers.objects.get_or_create(service=service)
    claim(row, revision)
    row.accept, row.contact, row.tell = accept, contact, tell
    row.remind, row.reply, row.outcome = remind, reply, outcome
    row.save(update_fields=["accept", "contact", "tell", "remind", "reply", "outcome"])
    audit.record("set how long a referral may wait", by=by, detail={"service": service.code})
    return row


@transaction.atomic
def add_priority_group(
    *, service: Organisation, name: str, by: Actor, definition: str = "", start: date | None = None
) -> PriorityGroup:
    group = PriorityGroup(service=service, name=name, definition=definition, start=start or date.today())
    return _save(group, "added a priority group", by)


@transaction.atomic
def change_priority_group(
    *, group: PriorityGroup, name: str, by: Actor, definition: str = "", ended: bool = False
) -> PriorityGroup:
    """``ended``: no longer used from today; those who fell in it still did."""
    group.name, group.definition = name, definition
    group.end = (group.end or date.today()) if ended else None
    return _save(group, "changed a priority group", by)


def _save(group: PriorityGroup, act: str, by: Actor) -> PriorityGroup:
    checked(group)
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise NotAllowed("There is a group of this name already") from None
    audit.record(act, by=by, detail={"group": group.pk, "service": group.service.code})
    return group


@transaction.atomic
def set_priorities(
    *, referral: Referral, groups: Iterable[PriorityGroup], by: Actor, revision: int | None = None
) -> Referral:
    """The referral falls in these groups of its service, and in no others."""
    row = held(referral, "said which priority groups a referral falls in", by=by, revision=revision)
    chosen = {group.pk for group in groups}
    if chosen - set(groups_of(row).values_list("pk", flat=True)):
        raise NotAllowed("Choose among the priority groups of this service")
    row.priorities.exclude(group__in=chosen).delete()
    for group in chosen - set(row.priorities.values_list("group", flat=True)):
        Falls.objects.create(referral=row, group_id=group)
    return row


def groups_of(row: Referral) -> QuerySet[PriorityGroup]:
    """Those a referral may fall in: of its service, running when it was made or now, and those it is in."""
    running = in_force(date.today()) | in_force(row.made_on)
    own = PriorityGroup.objects.filter(service=row.service_id).filter(running)
    return PriorityGroup.objects.filter(Q(pk__in=own.values("pk")) | Q(falls__referral=row)).distinct()
