"""The library is changed: always by a further edition, so that the earlier ones stay to be read."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.library import Entry, Kept, library
from whatmatters.components.shared_decision_making.models import Situation, Tool
from whatmatters.people.revisions import Stale

NEW = -1  # the edition seen by whoever adds


@transaction.atomic
def keep_situation(*, name: str = "", seen: int = NEW, by: Actor, why: str = "", **facts: Any) -> Situation:
    """A further edition of the situation, or (``name`` empty) a new one named by its title.

    ``facts``: those of models.Situation. Raises Stale where someone else wrote an edition since ``seen``.
    """
    shelf = library()
    entry = shelf.get(name)
    row = Situation(name=name or _name(facts["title"], 40, shelf), **facts)
    _edition(row, entry, seen, by, why)
    return row


@transaction.atomic
def keep_tool(*, name: str = "", seen: int = NEW, by: Actor, why: str = "", **facts: Any) -> Tool:
    """As ``keep_situation``, of a tool; ``facts``: those of models.Tool, ``situation`` among them."""
    shelf = library()
    tools = {tool.name: tool for entry in shelf.values() for tool in entry.tools}
    if facts["situation"] not in shelf:
        raise ValidationError({"situation": "The library has no such situation"})
    row = Tool(name=name or _name(facts["title"], 60, tools), **facts)
    _edition(row, tools.get(name), seen, by, why)
    return row


def _edition(row: Situation | Tool, before: Entry | Kept | None, seen: int, by: Actor, why: str) -> None:
    if (before.edition if before else NEW) != seen:
        raise Stale("Someone else has changed this entry of the library since the page was opened")
    row.number = before.edition + 1 if before else 1
    row.why, row.by_name, row.by_role = why.strip(), by.name, by.role
    if before and not row.why:
        raise ValidationError({"why": "Say why it is changed: others rely on this entry"})
    row.full_clean()
    row.save()
    audit.record("changed the library of decisions", by=by, detail={"entry": row.name, "edition": row.number})


def _name(title: str, longest: int, taken: Any) -> str:
    stem = slugify(title)[: longest - 3].strip("-") or "entry"
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
