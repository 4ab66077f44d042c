"""Our own short lists as taxonomies of Open Referral, and the terms of others beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import TextChoices

from whatmatters.directory.conditions import Condition
from whatmatters.directory.models import Capacity, Carers, Sex
from whatmatters.directory.needs import Need
from whatmatters.interop.open_referral.plain import line

OURS = uuid5(NAMESPACE_URL, "urn:whatmatters:open-referral")


def made(*words: object) -> str:
    """An id that is the same for the same words: what has no id of its own gets one that never changes."""
    return str(uuid5(OURS, "/".join(f"{word}" for word in words)))


def uuid_of(text: str) -> str:
    """The text where it is a UUID, as the schemas ask of an id; nothing else."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


class Joining(TextChoices):
    """How one can take part besides going there; each can be said, denied or left open."""

    ONLINE = "online", "Can be joined online"
    NOT_ONLINE = "not-online", "Cannot be joined online"
    HOME_VISITS = "home-visits", "Visits people at home"
    NO_HOME_VISITS = "no-home-visits", "Does not visit people at home"


@dataclass(frozen=True)
class Taxonomy:
    key: str
    name: str
    description: str
    choices: type[TextChoices]

    @property
    def id(self) -> str:
        return made("taxonomy", self.key)


@dataclass(frozen=True)
class Term:
    taxonomy: Taxonomy
    value: str
    name: str

    @property
    def id(self) -> str:
        return made("term", self.taxonomy.key, self.value)


NEEDS = Taxonomy("needs", "Needs", "What people come for help with; the first is the main one", Need)
CONDITIONS = Taxonomy("conditions", "Made for people with", "Health conditions and circumstances", Condition)
CARERS = Taxonomy("carers", "Unpaid carers", "Whether it is for unpaid carers, or they may come along", Carers)
SEX = Taxonomy("sex", "Women or men only", "Where a service is for one sex only", Sex)
JOINING = Taxonomy("joining", "Other ways to take part", "Online and at home", Joining)
ROOM = Taxonomy("room", "Room", "Whether it can take more people today", Capacity)
TAXONOMIES = (NEEDS, CONDITIONS, CARERS, SEX, JOINING, ROOM)
TERMS = {
    term.id: term for one in TAXONOMIES for value, name in one.choices.choices for term in [Term(one, value, f"{name}")]
}
SOURCE = "Source"  # the taxonomy of where an entry was read from


def term_of(taxonomy: Taxonomy, value: str) -> Term:
    return TERMS[made("term", taxonomy.key, value)]


def taxonomy_written(one: Taxonomy, *, terms: bool) -> dict[str, Any]:
    """As the profile's ``taxonomy.json``."""
    written: dict[str, Any] = {"id": one.id, "name": one.name, "description": one.description}
    if terms:
        written["taxonomy_terms"] = [term_written(term) for term in TERMS.values() if term.taxonomy is one]
    return written


def term_written(term: Term) -> dict[str, Any]:
    """As the profile's ``taxonomy_term.json``."""
    return {
        "id": term.id, "name": term.name, "description": term.name, "taxonomy": term.taxonomy.name,
        "taxonomy_id": term.taxonomy.id, "term": term.name,
    }  # fmt: skip


def attribute(of: object, link_type: str, term: dict[str, Any]) -> dict[str, Any]:
    """As the profile's ``attribute.json``; ``of`` is the id of what has it."""
    return {
        "id": made(of, "attribute", term["id"]), "link_id": f"{of}", "taxonomy_term_id": term["id"],
        "link_type": link_type, "taxonomy_term": term,
    }  # fmt: skip


def others_written(taxonomy: Iterable[dict[str, str]]) -> list[dict[str, Any]]:
    """The terms that an entry brought from elsewhere (``Group.taxonomy``)."""
    return [_other(**{"description": "", **one}) for one in taxonomy]


def _other(*, id: str, vocabulary: str, name: str, description: str) -> dict[str, Any]:
    called, of = line(name), line(vocabulary)
    return {
        "id": uuid_of(id) or made("other", id), "name": called, "description": line(description) or called,
        "taxonomy": of, "term": called,
    }  # fmt: skip
