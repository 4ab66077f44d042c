"""The library is changed: always by a further edition, so that the earlier ones stay to be read."""

from collections.abc import Collection
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.library import Entry, Kept, library
from whatmatters.components.shared_decision_making.models import Situation, Tool
from whatmatters.people.revisions import Stale

NEW = -1  # the edition seen by whoever adds


@transaction.atomic
def keep_situation(*, name: str = "", seen: int = NEW, by: Actor, why: str = "", **facts: Any) -> Situation:
    """A further edition of the situation, or (``name`` empty) a new one.

    ``facts``: those of models.Situation. Raises Stale where someone else wrote an edition since ``seen``.
    """
    shelf = library()
    entry = shelf.get(name)
    row = Situation(name=name or _name(shelf), **facts)
    _edition(row, entry, seen, by, why)
    return row


@transaction.atomic
def keep_tool(*, name: str = "", seen: int = NEW, by: Actor, why: str = "", **facts: Any) -> Tool:
    """As ``keep_situation``, of a tool; ``facts``: those of models.Tool, ``situation`` among them."""
    shelf = library()
    tools = {tool.name: tool for entry in shelf.values() for tool in entry.tools}
    if facts["situation"] not in shelf:
        raise ValidationError({"situation": "The library has no such situation"})
    row = Tool(name=name or _name(tools), **facts)
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


def _name(taken: Collection[str]) -> str:
    """Of what is added here: a number, for it stands in addresses and in the audit, where nothing typed belongs."""
    number = next(number for number in count(1) if f"local-{number}" not in taken)
    return f"local-{number}"
