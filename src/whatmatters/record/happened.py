"""What happened to a person lately, in plain words."""

from dataclasses import dataclass
from datetime import date

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


def happened(person: Person, most: int = 12) -> list[Happening]:
    """The newest events. One query. A score is told with its figure; money and days are left to their own pages."""
    rows = Event.objects.filter(person=person).order_by("-on", "-pk")[:most]
    return [Happening(event.on, CONCEPTS[event.code].title, _more(event)) for event in rows]


def _more(event: Event) -> str:
    if event.value is not None and CONCEPTS[event.code].value.startswith("0-"):
        return f"{event.value:g}"
    return WORKERS.get(event.detail) or event.detail.replace("_", " ")
