"""An entry is made, changed and checked.

The audit entry comes first where a row is changed: whoever holds a group then never waits for the chain, in which
others may wait for the group.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.directory.models import Check, Group, Meeting, Place
from whatmatters.directory.models.postcodes import tidy
from whatmatters.directory.vocabulary import learn
from whatmatters.directory.wording import text_of
from whatmatters.people.revisions import claim

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def add(*, by: Actor, places: Rows = (), meetings: Rows = (), **facts: Any) -> Group:
    """A new group; ``facts`` are fields of ``Group``. Raises ValidationError naming what must be mended.

    ``places`` and ``meetings`` are fields of ``Place`` and ``Meeting``; a meeting's ``place`` is a number: which of
    ``places`` it is at, counted from 0, or None.
    """
    group = Group(**facts)
    _save(group, places, meetings)
    audit.record("added a community group", by=by, detail={"group": group.pk})
    return group


@transaction.atomic
def change(
    *, group: Group, by: Actor, revision: int, places: Rows | None = None, meetings: Rows | None = None, **facts: Any
) -> Group:
    """Other facts for a group. Raises Stale when someone changed it since ``revision``.

    ``places`` and ``meetings`` stand for all it has; both or neither. A place of the same ``uuid`` stays the same.
    """
    fields = sorted({*facts, *(["places"] if places is not None else [])})
    audit.record("changed a community group", by=by, detail={"group": group.pk, "fields": fields})
    claim(group, revision)
    for name, value in facts.items():
        setattr(group, name, value)
    _save(group, places, meetings)
    if {"email", "letters_to"} & facts.keys():
        Check.objects.filter(group=group, ended_on=None).update(failed=0)  # letters may be tried again
    return group


@transaction.atomic
def verify(*, group: Group, by: Actor, on: date | None = None) -> Group:
    """Someone checked with the group that the entry is true."""
    day = on or date.today()
    if day > date.today():
        raise ValidationError({"last_verified": "This day is still to come"})
    audit.record("verified a community group", by=by, detail={"group": group.pk})
    Group.objects.filter(pk=group.pk).update(last_verified=day)
    group.last_verified = day
    return group


def _save(group: Group, places: Rows | None, meetings: Rows | None) -> None:
    if places is not None and not group.postcode:
        group.postcode = tidy(next((place["postcode"] for place in places if place.get("postcode")), ""))
    group.clean_fields(exclude=["words"])  # callers besides the page exist: an import, the demo
    group.clean()
    group.validate_unique()
    group.validate_constraints()
    group.save()
    if places is not None and meetings is not None:
        _put(group, places, meetings)
    group.words = text_of(group, group.places.all(), group.meetings.all())
    Group.objects.filter(pk=group.pk).update(words=group.words)
    learn(group.words.split())


def _put(group: Group, places: Rows, meetings: Rows) -> None:
    """The places and meetings of the group, in place of those it had."""
    known = {place.uuid: place for place in group.places.all()}
    made = []
    for given in places:
        place = known.pop(given["uuid"], None) if "uuid" in given else None
        place = place or Place(group=group)
        for name, value in given.items():
            setattr(place, name, value)
        place.clean_fields(exclude=["group"])
        place.clean()
        place.save()
        made.append(place)
    group.meetings.all().delete()
    group.places.filter(pk__in=[place.pk for place in known.values()]).delete()
    for given in meetings:
        at = given.get("place")
        meeting = Meeting(**{**given, "group": group, "place": None if at is None else made[at]})
        meeting.clean_fields(exclude=["group", "place"])
        meeting.clean()
        meeting.save()
