"""Finding a person among those one may see."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from whatmatters.people.models import Person, Registration
from whatmatters.people.text import folded

MOST = 50


def find(among: QuerySet[Person], *, name: str = "", born: date | None = None, nhs_number: str = "") -> list[Person]:
    """At most MOST + 1 people (the last says that there are more), each with ``now``: their open registration.

    Every word of ``name`` must begin one of their names, in any order and any case, with or without accents.
    Nothing asked for finds nobody.
    """
    words = folded(name).split()
    if not (words or born or nhs_number):
        return []
    for word in words:
        among = among.filter(names__contains=f" {word}")
    if born:
        among = among.filter(born=born)
    if nhs_number:
        among = among.filter(nhs_number=nhs_number)
    now = Registration.objects.filter(end__isnull=True).select_related("practice")
    return list(among.prefetch_related(Prefetch("registrations", now, to_attr="now"))[: MOST + 1])


def has_namesake(person: Person) -> bool:
    """Whether someone else living has the same first and family name. For staff alone: it tells of another."""
    others = Person.objects.filter(family_name=person.family_name, given_name=person.given_name, died=None)
    return others.exclude(pk=person.pk).exists()
