"""Finding a group by what a person needs or in their own words."""

from datetime import date

from django.db.models import Case, QuerySet, Value, When

from whatmatters.directory.models import FRESH, Capacity, Group
from whatmatters.people.text import folded

LONGEST = 200  # letters of a search that are read; nobody types more


def search(words: str = "", kind: str = "") -> QuerySet[Group]:
    """Groups that hold every word, of the kind where one is given: those checked and with room come first."""
    found = Group.objects.filter(kind=kind) if kind else Group.objects.all()
    for word in folded(words[:LONGEST]).split():
        found = found.filter(words__contains=word)
    checked = When(last_verified__gte=date.today() - FRESH, then=Value(0))
    full = When(capacity=Capacity.FULL, then=Value(1))
    return found.order_by(Case(checked, default=Value(1)), Case(full, default=Value(0)), "name", "pk")
