"""Finding a group by what a person needs or in their own words."""

from datetime import date

from django.db.models import Case, Q, QuerySet, Value, When

from whatmatters.directory.fulltext import holding
from whatmatters.directory.models import FRESH, Capacity, Group, Standing
from whatmatters.directory.wording import need_mark, tokens

LONGEST = 200  # letters of a search that are read; nobody types more


def search(words: str = "", kind: str = "") -> QuerySet[Group]:
    """Groups that hold every word, of the kind where one is given: those checked and with room come first."""
    asked = [[f"{word}*"] for word in tokens(words[:LONGEST])] + ([[need_mark(kind)]] if kind else [])
    found = Group.objects.exclude(standing=Standing.CLOSED)
    if asked:
        found = found.filter(holding(asked))
    checked = When(last_verified__gte=date.today() - FRESH, then=Value(0))
    now = Q(capacity_until__isnull=True) | Q(capacity_until__gte=date.today())
    full = When(Q(capacity=Capacity.FULL) & now, then=Value(1))
    return found.order_by(Case(checked, default=Value(1)), Case(full, default=Value(0)), "name", "pk")
