"""Makes the tables of organisations say what a history says, writing only what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.organisations.evidence import Fact
from whatmatters.organisations.history import LINKS, History, Link
from whatmatters.organisations.models import Membership, Organisation

AT_ONCE = 2_000  # rows in one statement
FIELDS = ("kind", "name", "postcode", "opened", "closed")

Key = tuple[str, str, date]  # child, parent, start


@dataclass(frozen=True)
class Changes:
    new: int
    changed: int
    unchanged: int
    removed: int = 0


def save_organisations(history: History) -> Changes:
    """Organisations that no file names are left as they are. Raises ImportRefused where one is held as another kind."""
    held = {one.code: one for one in Organisation.objects.all()}
    new, changed = [], []
    for code, fact in history.organisations.items():
        wanted = {field: getattr(fact, field) for field in FIELDS}
        if code not in held:
            new.append(Organisation(code=code, **wanted))
        elif _differs(held[code], fact, wanted):
            changed.append(Organisation(code=code, **wanted))
    Organisation.objects.bulk_create(
        new + changed, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["code"], update_fields=FIELDS
    )
    return Changes(len(new), len(changed), len(history.organisations) - len(new) - len(changed))


def _differs(held: Organisation, fact: Fact, wanted: dict[str, object]) -> bool:
    if held.kind != fact.kind:
        raise ImportRefused(
            f"{held.code} is a {fact.kind} in the files and is held here as a {held.kind}: rename the one here"
        )
    return any(getattr(held, field) != value for field, value in wanted.items())


def save_memberships(history: History) -> Changes:
    """The links of LINKS of every child the files name are the files' to say; all others are left as they are."""
    ids = dict(Organisation.objects.values_list("code", "pk"))
    held = _held(history)
    new = [link for link in history.links if link[:3] not in held]
    changed = [link for link in history.links if link[:3] in held and held[link[:3]][1] != link.end]
    wanted = {link[:3] for link in history.links}
    gone = [pk for key, (pk, _) in held.items() if key not in wanted]
    for first in range(0, len(gone), AT_ONCE):
        Membership.objects.filter(pk__in=gone[first : first + AT_ONCE]).delete()
    Membership.objects.bulk_create(
        _rows(sorted(new + changed, key=lambda link: link[:3]), ids),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["child", "parent", "start"],
        update_fields=["end"],
    )
    return Changes(len(new), len(changed), len(history.links) - len(new) - len(changed), len(gone))


def _held(history: History) -> dict[Key, tuple[int, date | None]]:
    pairs = Q()
    for child, parent in LINKS:
        pairs |= Q(child__kind=child, parent__kind=parent)
    rows = Membership.objects.filter(pairs).values_list("child__code", "parent__code", "start", "pk", "end")
    return {
        (child, parent, start): (pk, end) for child, parent, start, pk, end in rows if child in history.organisations
    }


def _rows(links: list[Link], ids: dict[str, int]) -> Iterator[Membership]:
    for link in links:
        yield Membership(child_id=ids[link.child], parent_id=ids[link.parent], start=link.start, end=link.end)
