"""Where an organisation stands: what is above it, what is below it, and whether its reader works for it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from whatmatters.access.gate import fully_signed_in, grants_of
from whatmatters.organisations.models import LEVELS, Kind, Membership, Organisation
from whatmatters.organisations.tree import in_force

RANK = {kind.value: number for number, kind in enumerate(LEVELS)}
UPPER = (Kind.SUB_ICB, Kind.ICB, Kind.REGION)
AT_ONCE = 50


class Place(NamedTuple):
    pk: int
    code: str
    name: str
    kind: str

    @property
    def words(self) -> str:
        return str(Kind(self.kind).label)


def _memberships(on: date, which: Q) -> QuerySet[Membership]:
    return Membership.objects.filter(which, in_force(on))


def _parents(on: date, children: Q) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = defaultdict(list)
    rows = _memberships(on, children).values_list("child", *(f"parent__{name}" for name in Place._fields))
    for child, *parent in rows:
        found[child].append(Place(*parent))
    return found


def _climb(start: Iterable[Place], parents: dict[int, list[Place]]) -> set[Place]:
    found = frontier = set(start)
    while frontier:
        frontier = {above for one in frontier for above in parents.get(one.pk, ())} - found
        found = found | frontier
    return found


def lineage(of: Place, on: date) -> list[Place]:
    """The organisation and those above it on the day, nearest first; above a network are those above all its practices.

    Two queries: the tree from sub-ICB upwards is small, below it only the organisation's own links are read.
    """
    upper = _parents(on, Q(child__kind__in=UPPER))
    practices = _memberships(on, Q(parent=of.pk, parent__kind=Kind.PCN)).values("child")
    nearest = _parents(on, Q(child=of.pk) | Q(child__in=practices))
    found = _climb([of], {**upper, of.pk: nearest.pop(of.pk, upper.get(of.pk, []))})
    if nearest:
        found |= set.intersection(*(_climb(above, upper) for above in nearest.values())) - {of}
    return sorted(found, key=lambda one: (RANK.get(one.kind, -1), one.code))


def below(of: Place, on: date) -> list[Place]:
    """Those directly below on the day by name; below a sub-ICB, the networks of its practices too."""
    links = _memberships(on, Q(parent=of.pk))
    found = {Place(*row) for row in links.values_list(*(f"child__{name}" for name in Place._fields))}
    if of.kind == Kind.SUB_ICB:
        networks = _memberships(on, Q(child__in=links.values("child"), parent__kind=Kind.PCN))
        found |= {Place(*row) for row in networks.values_list(*(f"parent__{name}" for name in Place._fields))}
    return sorted(found, key=lambda one: (-RANK.get(one.kind, -1), one.name, one.code))


def reaching_beyond(of: Place, networks: Iterable[Place], on: date) -> set[str]:
    """The codes of those networks with a practice that is not below the organisation."""
    pks = [one.pk for one in networks if one.kind == Kind.PCN]
    inside = _memberships(on, Q(parent=of.pk)).values("child")
    outside = _memberships(on, Q(parent__in=pks)).exclude(child__in=inside)
    return set(outside.values_list("parent__code", flat=True)) if pks else set()


def works_above(request: HttpRequest, above: Iterable[Place]) -> bool:
    """Whether the reader works for one of these and may see exact numbers: of it and of all below it."""
    if not fully_signed_in(request):
        return False
    held = {grant.organisation_id for grant in grants_of(request.user, "see exact numbers")}
    return any(one.pk in held for one in above)


def top() -> Place | None:
    """England, or the highest organisation there is."""
    for kind in reversed(LEVELS):
        row = Organisation.objects.filter(kind=kind).values_list(*Place._fields).first()
        if row:
            return Place(*row)
    return None


def find(words: str) -> list[Place]:
    """Organisations whose code is, or whose name holds, these words; the higher first."""
    rows = Organisation.objects.filter(Q(code__iexact=words) | Q(name__icontains=words), kind__in=RANK)
    found = [Place(*row) for row in rows.values_list(*Place._fields)[: 10 * AT_ONCE]]
    return sorted(found, key=lambda one: (-RANK[one.kind], one.name, one.code))[:AT_ONCE]
