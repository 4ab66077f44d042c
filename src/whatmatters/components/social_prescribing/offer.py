"""Where there are link workers to refer to."""

from datetime import date

from django.db.models import QuerySet

from whatmatters.access.models import Grant
from whatmatters.access.roles import roles_with
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import in_force, with_descendants
from whatmatters.people.models import Person


def practices_served(on: date) -> QuerySet[Organisation]:
    """Practices with someone at work on referrals: what is sent to one of them lands on a desk."""
    held = Grant.objects.filter(in_force(on), role__in=roles_with("work referrals"), user__active=True)
    places = with_descendants(set(held.values_list("organisation", flat=True)), on)
    return Organisation.objects.filter(pk__in=places, kind=Kind.PRACTICE, closed__isnull=True)


def covering(person: Person, on: date) -> Organisation | None:
    """The practice whose list the person is on, if a link worker covers it."""
    lists = person.registrations.filter(in_force(on)).values("practice")
    return practices_served(on).filter(pk__in=lists).first()
