"""Which entries the public is given, and a page of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from whatmatters.directory.models import FADES, Group, Place, Provider, Standing
from whatmatters.directory.search import search
from whatmatters.interop.open_referral.asked import MOST, USUAL, groups_asked, number
from whatmatters.interop.open_referral.nearby import near

BEYOND = 10**9


def public_groups() -> "QuerySet[Group]":
    """Those that run and that somebody has checked, or added, within a year and a half, as on the directory's pages."""
    since = date.today() - FADES
    checked = Q(last_verified__gte=since) | Q(added_on__gte=since)
    return Group.objects.filter(checked).exclude(standing=Standing.CLOSED)


def groups(query: QueryDict) -> "QuerySet[Group]":
    """The public's, as asked for: by what fits best where words are given, else in the order they came here."""
    found = public_groups().filter(groups_asked(query)).order_by("pk")
    if words := query.get("search", "").replace("\0", ""):
        found = search(words).filter(pk__in=found.values("pk"))
    return found.select_related("provider", "origin")


def whole(found: "QuerySet[Group]") -> "QuerySet[Group]":
    """With all that belongs to each, in a few queries for all."""
    return found.prefetch_related("places", "meetings__place")


def places(query: QueryDict) -> "QuerySet[Place]":
    found = Place.objects.filter(group__in=groups(query).order_by("pk").only("pk")).order_by("pk")
    return near(found, query).select_related("group__provider", "group__origin")


def without_places(query: QueryDict) -> "QuerySet[Group]":
    """Those of which we know a postcode and no place; none where a place is asked for by where it is."""
    if "postcode" in query:
        return Group.objects.none()
    nowhere = ~Exists(Place.objects.filter(group=OuterRef("pk")))
    return groups(query).filter(nowhere).exclude(postcode="")


def providers() -> "QuerySet[Provider]":
    return Provider.objects.filter(Exists(public_groups().filter(provider=OuterRef("pk")))).order_by("pk")


@dataclass(frozen=True)
class Part:
    """Rows that can be counted and cut, and how one is written."""

    rows: Any
    write: Callable[[Any], Any]

    def count(self) -> int:
        return len(self.rows) if isinstance(self.rows, list) else self.rows.count()


def page(query: QueryDict, *parts: Part) -> dict[str, Any]:
    """As ``Page`` of the profile's openapi.json: the parts one after another, cut into pages."""
    size, at = number(query, "per_page", USUAL, MOST), number(query, "page", 1, BEYOND)
    counts = [part.count() for part in parts]
    total = sum(counts)
    pages = -(-total // size)
    first, contents = (at - 1) * size, list[Any]()
    for part, count in zip(parts, counts, strict=True):
        start, stop = max(first, 0), min(first + size, count)
        if start < stop:
            contents += [part.write(row) for row in part.rows[start:stop]]
        first -= count
    return {
        "total_items": total, "total_pages": pages, "page_number": at, "size": len(contents), "first_page": at == 1,
        "last_page": at >= pages, "empty": not contents, "contents": contents,
    }  # fmt: skip
