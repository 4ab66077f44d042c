"""What happened to a person lately, in plain words."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from whatmatters.access.roles import Role
from whatmatters.events.codes import CONCEPTS
from whatmatters.events.models import Event
from whatmatters.people.models import Person

WORKERS = {role.value: str(role.label) for role in Role}


@dataclass(frozen=True)
class Happening:
    on: date
    title: str
    more: str


def happened(person: Person, most: int = 12, without: Q | None = None) -> list[Happening]:
    """The newest events, the answers of one sitting on one line; ``without`` those the reader is not shown. One query.

    A score is told with its figure; money and days are left to their own pages.
    """
    shown = Event.objects.filter(~without) if without else Event.objects.all()
    rows = shown.filter(person=person).order_by("-on", "-pk")[:most]
    return [_told(list(rows)) for _, rows in groupby(rows, key=_sitting)]


def _sitting(event: Event) -> tuple[date, str]:
    """An instrument's name stands before the colon in the titles of its questions; anything else stands alone."""
    name, colon, _ = CONCEPTS[event.code].title.partition(": ")
    return event.on, name if colon else str(event.pk)


def _told(events: list[Event]) -> Happening:
    if len(events) == 1:
        return Happening(events[0].on, CONCEPTS[events[0].code].title, _more(events[0]))
    answers = [f"{CONCEPTS[event.code].title.partition(': ')[2]} {_more(event)}" for event in reversed(events)]
    return Happening(events[0].on, CONCEPTS[events[0].code].title.partition(": ")[0], ", ".join(answers))


def _more(event: Event) -> str:
    if event.value is not None and CONCEPTS[event.code].value.startswith("0-"):
        return f"{event.value:g}"
    return WORKERS.get(event.detail) or event.detail.replace("_", " ")
