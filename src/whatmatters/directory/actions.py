"""How an entry of the directory comes to be, is changed and is checked. Nothing else writes one."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.directory.models import Group
from whatmatters.people.revisions import claim
from whatmatters.people.text import folded

SEARCHED = ("name", "about", "who_for", "where", "postcode", "languages")


def _save(group: Group) -> None:
    group.words = folded(" ".join([*(getattr(group, name) for name in SEARCHED), group.get_kind_display()]))
    group.full_clean()  # callers besides the page exist: an import, the demo
    group.save()


@transaction.atomic
def add(*, by: Actor, **facts: Any) -> Group:
    """A new group; ``facts`` are fields of ``Group``. Raises ValidationError naming what must be mended."""
    group = Group(**facts)
    _save(group)
    audit.record("added a community group", by=by, detail={"group": group.pk})
    return group


@transaction.atomic
def change(*, group: Group, by: Actor, revision: int, **facts: Any) -> Group:
    """Other facts for a group. Raises Stale when someone changed it since ``revision``."""
    claim(group, revision)
    for name, value in facts.items():
        setattr(group, name, value)
    _save(group)
    audit.record("changed a community group", by=by, detail={"group": group.pk, "fields": sorted(facts)})
    return group


@transaction.atomic
def verify(*, group: Group, by: Actor, on: date | None = None) -> Group:
    """Someone checked with the group that the entry is true."""
    day = on or date.today()
    if day > date.today():
        raise ValidationError({"last_verified": "This day is still to come"})
    Group.objects.filter(pk=group.pk).update(last_verified=day)
    group.last_verified = day
    audit.record("verified a community group", by=by, detail={"group": group.pk})
    return group
