"""Who else works referrals for a person: those a case can be handed to, and who can be named for a visit."""

from datetime import date

from django.db.models import QuerySet

from whatmatters.access.models import Grant
from whatmatters.access.roles import roles_with
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.organisations.tree import in_force, levels_up
from whatmatters.workforce.models import Worker


def working_on(row: Referral, on: date, *, capability: str = "work referrals") -> QuerySet[Worker]:
    """Workers with an account in use and a role, on the day, where the person is registered; and where nobody works
    referrals for that list, or there is none, where the referral was sent: as ``desk.in_scope`` has it."""
    lists = row.person.registrations.filter(in_force(on)).values_list("practice", flat=True) if row.person else []
    found = with_roles_at(set().union(*levels_up(lists, on)), on)
    places = set(lists) if lists and found.exists() else {row.practice_id}
    return with_roles_at(set().union(*levels_up(places, on)), on, capability)


def with_roles_at(places: set[int], on: date, capability: str = "work referrals") -> QuerySet[Worker]:
    """The same of organisations (ids), and not of those above or below them."""
    held = Grant.objects.filter(
        in_force(on), organisation__in=places, role__in=roles_with(capability), user__active=True
    )
    return Worker.objects.filter(account__in=held.values("user")).select_related("account").order_by("name", "pk")
