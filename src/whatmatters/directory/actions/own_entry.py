"""A group looks after its own entry, by a one-time link."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.access.roles import PUBLIC
from whatmatters.directory.actions.checking import end
from whatmatters.directory.actions.entries import change, verify
from whatmatters.directory.actions.links import good
from whatmatters.directory.models import Correction, Group, How, Link, Standing
from whatmatters.people.revisions import locked

# Who a group is and how to reach it waits for a keeper: whoever gets hold of a letter could otherwise send people to
# a stranger. What it does, when, where and for whom the group knows best, and is shown at once.
HELD = ("name", "phone", "email", "website", "contact", "letters_to")
THE_GROUP = Actor("the group itself, by its link", PUBLIC)


class LinkOver(ValidationError):
    """The link was used, or its time is over."""


@transaction.atomic
def confirm(*, link: Link, by: Actor = THE_GROUP) -> Group:
    """All is true. Raises LinkOver; a second press by the same hand is told that it is done."""
    group = _use(link, "confirmed its entry", by=by)
    verify(group=group, by=by)
    end(group, How.GROUP)
    return group


@transaction.atomic
def correct(*, link: Link, revision: int, by: Actor = THE_GROUP, **facts: Any) -> Correction | None:
    """The entry as the group says it: shown at once, but for what waits for a keeper (``HELD``), which is returned.

    Raises LinkOver, Stale, and ValidationError naming what must be mended; the link then still works.
    """
    group = _use(link, "corrected its entry", by=by)
    waits = {name: facts.pop(name) for name in HELD if name in facts and facts[name] != getattr(group, name)}
    facts = {name: value for name, value in facts.items() if name not in HELD}
    change(group=group, by=by, revision=revision, **facts)
    verify(group=group, by=by)
    end(group, How.CLOSED if group.standing == Standing.CLOSED else How.CHANGED)
    if not waits:
        return None
    group.corrections.filter(taken=None).delete()  # what the group said last is what it means
    return Correction.objects.create(group=group, facts=waits)


def _use(link: Link, act: str, *, by: Actor) -> Group:
    """The group, locked; its other links are over too."""
    group = locked(link.group, f"a community group {act}", by=by, detail={"group": link.group_id})
    if not good(Link.objects.get(pk=link.pk)):
        raise LinkOver("This link has been used, or its time is over")
    group.links.filter(used=None).update(used=timezone.now())
    return group
