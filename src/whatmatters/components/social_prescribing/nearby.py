"""Which groups the page of a case offers: near where the person lives, unless another place is asked for."""

from typing import Any

from django.db.models import Exists, OuterRef

from whatmatters.directory.distance import Spot
from whatmatters.directory.models import Group, Place
from whatmatters.directory.pages import page
from whatmatters.directory.search import search

OFFERED = 20  # groups on the page at a time


def offered(asked: dict[str, Any], home: Spot | None) -> list[Group]:
    """``asked``: the arguments of ``search``. The nearest first, of those as near as is asked; then those of which no
    place is known: a telephone line, a group online, an entry that does not say where."""
    if home is None or asked.get("near"):
        return page(search(**asked), 1, OFFERED).rows
    near = page(search(**{**asked, "near": home}), 1, OFFERED).rows
    somewhere = Place.objects.filter(group=OuterRef("pk"), latitude__isnull=False)
    nowhere = search(**{**asked, "within": None}).filter(~Exists(somewhere))
    room = OFFERED - len(near)
    return [*near, *page(nowhere, 1, room).rows] if room else near
