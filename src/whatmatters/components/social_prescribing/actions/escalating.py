"""A referral that waits too long is told to a named person, once for each wait."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import Grant, User
from whatmatters.access.roles import Role, roles_with
from whatmatters.components.social_prescribing.models import Cause, Check, Escalation, Referral, Timers
from whatmatters.components.social_prescribing.waiting import LOST_LETTER, OPEN, Waiting, answers, everything
from whatmatters.letters.outbox import post
from whatmatters.organisations.tree import in_force, levels_up

SUBJECT = "Something waits too long"
WORDS = "Something that you look after waits too long. Sign in to What Matters, and open “Waiting too long”."


def check(today: date | None = None) -> int:
    """The daily look, at the first round of a day: escalates, and notes that it was done."""
    day = today or date.today()
    return 0 if Check.objects.filter(on=day).exists() else escalate(day)


def unheard() -> int:
    """Once the letter has come back, not at the next daily look: an answer that did not reach whoever referred."""
    day = date.today()
    return _tell_new(list(answers(day, LOST_LETTER)), day)


def escalate(today: date | None = None) -> int:
    """Tells of every wait that nobody was told of yet; returns how many. At most one letter a day to each reader."""
    day = today or date.today()
    waits = everything(day)
    told = _tell_new(waits, day)
    held = {"open": Referral.objects.filter(status__in=OPEN).count(), "waiting": len({wait.row.pk for wait in waits})}
    Check.objects.update_or_create(on=day, defaults=held)
    return told


def _tell_new(waits: list[Waiting], day: date) -> int:
    told = 0
    known = set(Escalation.objects.values_list("referral", "cause", "since"))
    for wait in waits:
        if (wait.row.pk, wait.cause, wait.since) not in known:
            known.add((wait.row.pk, wait.cause, wait.since))
            told += _tell(wait.row, wait.cause, wait.since, day)
    return told


@transaction.atomic
def _tell(row: Referral, cause: Cause, since: date, today: date) -> bool:
    audit.record("told someone that a referral waits", by=THE_SYSTEM, person=row.person_id,
                 detail={"referral": row.pk, "cause": cause})  # fmt: skip
    to = named(row.service_id, row.practice_id, today)
    written = to is not None and Escalation.objects.filter(to=to, at__date=timezone.localdate()).exists()
    _, new = Escalation.objects.get_or_create(referral=row, cause=cause, since=since, defaults={"to": to})
    if new and to is not None and not written:
        post(to.email, SUBJECT, WORDS)
    return new


def named(service: int, practice: int, today: date) -> User | None:
    """Whom the service names, while they may see the list; else its nearest manager; else nobody."""
    near = list(levels_up({service, practice}, today))
    everywhere = set().union(*near)
    may = Grant.objects.filter(
        in_force(today), role__in=roles_with("watch referrals"), organisation__in=everywhere, user__active=True
    )
    timers = Timers.objects.filter(service=service, tell__isnull=False).first()
    if timers and may.filter(user=timers.tell).exists():
        return timers.tell
    managers = list(may.filter(role=Role.PCN_MANAGER).select_related("user").order_by("pk"))
    for level in near:
        if found := next((grant.user for grant in managers if grant.organisation_id in level), None):
            return found
    return None
