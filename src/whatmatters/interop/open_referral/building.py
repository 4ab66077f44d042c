"""Entries as rows of the directory, not yet saved: with ids that nobody else has, and known to be valid."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model

from whatmatters.directory.models import Group, Meeting, Place
from whatmatters.interop.open_referral.entry import Entry
from whatmatters.interop.open_referral.terms import made

AT_ONCE = 500  # ids asked for in one query


@dataclass
class Built:
    """``meetings`` know their place."""

    entry: Entry
    group: Group
    places: list[Place]
    meetings: list[Meeting]


def digest(entry: Entry) -> str:
    """Of all that the source says of it."""
    said = [entry.facts, entry.places, entry.meetings, entry.provider, entry.assured, entry.modified]
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


def uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class Ids:
    """Which ids are taken: ours are those of the source wherever nobody else has them."""

    def __init__(self, model: type[Model], wanted: Iterable[str]) -> None:
        asked = sorted({found for one in wanted if (found := uuid_or_none(one))})
        self.taken: set[UUID] = set()
        for some in batches(asked):
            self.taken |= set(model._default_manager.filter(uuid__in=some).values_list("uuid", flat=True))

    def give(self, wanted: str, *words: object, own: Collection[UUID] = ()) -> UUID:
        """``wanted`` where it is an id and free (or the asker's ``own``); else one made of the words."""
        for number in range(100):
            found = uuid_or_none(made(*words, wanted, number) if number else wanted)
            if found and (found not in self.taken or found in own):
                self.taken.add(found)
                return found
        raise AssertionError(f"a hundred ids made of {len(words)} words are all taken")


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]


def placed(entry: Entry, group: UUID, ids: Ids, own: Collection[UUID] = ()) -> list[dict[str, Any]]:
    """The entry's places, each with its ``uuid``: the id of its "service at location"."""
    left = set(own)
    found = []
    for number, place in enumerate(entry.places):
        uuid = ids.give(place["original_link"], group, "place", number, own=left)
        left.discard(uuid)
        found.append({**place, "uuid": uuid})
    return found


def built(entry: Entry, places: list[dict[str, Any]], **facts: Any) -> Built:
    """Raises ValidationError where the directory would refuse it."""
    group = Group(**entry.facts, **entry.first, **facts)
    rows = [Place(**place) for place in places]
    meetings = [_meeting(facts, rows) for facts in entry.meetings]
    for row in (group, *rows, *meetings):
        row.clean_fields(exclude=["group", "place", "provider", "words"])
        row.clean()
    return Built(entry, group, rows, meetings)


def _meeting(facts: dict[str, Any], places: list[Place]) -> Meeting:
    meeting = Meeting(**{name: value for name, value in facts.items() if name != "place"})
    meeting.place = None if facts["place"] is None else places[facts["place"]]
    return meeting


def amiss(error: ValidationError) -> str:
    """The fields that the directory refuses."""
    return ", ".join(sorted(error.message_dict)) if hasattr(error, "error_dict") else "the whole"
