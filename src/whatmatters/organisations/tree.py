"""Who is under whom on a day. Walks ids, a level at a time: never more than five queries."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from whatmatters.organisations.models import Kind, Membership


def in_force(on: date) -> Q:
    """Rows whose half-open interval holds the day."""
    return Q(start__lte=on) & (Q(end__isnull=True) | Q(end__gt=on))


def _levels(ids: Iterable[int], on: date, near: str, far: str) -> Iterator[set[int]]:
    seen = frontier = set(ids)
    while frontier:
        yield frontier
        rows = Membership.objects.filter(in_force(on), **{f"{near}__in": frontier}).values_list(far, flat=True)
        frontier = set(rows) - seen
        seen = seen | frontier


def levels_up(ids: Iterable[int], on: date) -> Iterator[set[int]]:
    """The organisations, then those directly above them, and so on: a query a level, for as long as asked."""
    return _levels(ids, on, "child", "parent")


def with_descendants(ids: Iterable[int], on: date) -> set[int]:
    """The organisations and everything below them on the day."""
    return set().union(*_levels(ids, on, "parent", "child"))


def networks_within(ids: Iterable[int], on: date) -> set[int]:
    """The networks all of whose practices are among the organisations: the published maps give a network no parent."""
    held = set(ids)
    links = Membership.objects.filter(in_force(on), parent__kind=Kind.PCN)
    near = set(links.filter(child__in=held).values_list("parent", flat=True)) - held
    return near - set(links.filter(parent__in=near).exclude(child__in=held).values_list("parent", flat=True))
