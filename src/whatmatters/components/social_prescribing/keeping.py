"""Whose a case is today: the named person before whom its loose ends are put. Nobody only where nobody is left."""

from datetime import date, timedelta

from whatmatters.access.models import Grant, User
from whatmatters.access.roles import roles_with
from whatmatters.components.social_prescribing.actions.escalating import named
from whatmatters.components.social_prescribing.models import Referral, Timers
from whatmatters.organisations.tree import in_force, levels_up


def keeper(row: Referral, on: date | None = None) -> User | None:
    """Its owner while they work here; then whom the service names, or its manager; then a link worker there.

    None where nobody who works referrals is left at the service or anywhere above it.
    """
    day = on or date.today()
    owner = row.owner.account if row.owner else None
    if owner and at_work(owner, day):
        return owner
    return named(row.service_id, row.practice_id, day) or _colleague(row, day)


def at_work(account: User, on: date) -> bool:
    """Whether they still hold a role in which referrals are worked."""
    return account.active and account.grants.filter(in_force(on), role__in=roles_with("work referrals")).exists()


def _colleague(row: Referral, on: date) -> User | None:
    held = Grant.objects.filter(in_force(on), role__in=roles_with("work referrals"), user__active=True)
    for level in levels_up({row.service_id, row.practice_id}, on):
        if found := held.filter(organisation__in=level).select_related("user").order_by("pk").first():
            return found.user
    return None


def timers_of(row: Referral) -> Timers:
    """The days that the case's service has set, or the usual ones."""
    return getattr(row.service, "timers", None) or Timers()


def reply_due(row: Referral) -> date:
    """The day by which a group asked today is to have answered, where the link worker sets no other."""
    return date.today() + timedelta(days=timers_of(row).reply)
