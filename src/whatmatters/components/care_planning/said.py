"""Entries of a plan as a page says them: labels and words, from the same list of parts as everything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from whatmatters.components.care_planning.conditions import CONDITIONS
from whatmatters.components.care_planning.contents import Contents
from whatmatters.components.care_planning.lines import Line, lines
from whatmatters.components.care_planning.models import Goal, Item
from whatmatters.components.care_planning.standard import Field, sections

FIRST = ("strengths", "contingency", "legal")
NAMES = ("contingency_plan_name", "additional_support_plan_name", "name", "kind")


@dataclass(frozen=True)
class Entry:
    """``title`` is how a list calls it, ``lines`` all it says; ``item`` is its row, ``key`` that of all versions."""

    item: UUID
    key: UUID
    title: str
    condition: str
    lines: tuple[Line, ...]
    by_name: str
    by_role: str
    at: datetime


def entries(contents: Contents, section: str) -> list[Entry]:
    """Of one section of a version, in the order in which they were written."""
    field = sections(contents.version.standard)[section]
    return [_entry(field, item) for item in contents.items.get(section, [])]


@dataclass(frozen=True)
class Need:
    """A need with the goals that hang on it; ``entry`` None for the goals that hang on none."""

    entry: Entry | None
    goals: tuple[Goal, ...]


def needs(contents: Contents) -> list[Need]:
    """Every need, then the goals on their own."""
    entries_of = entries(contents, "needs")
    keys = {entry.key for entry in entries_of}
    hung = [Need(one, tuple(goal for goal in contents.goals if goal.need == one.key)) for one in entries_of]
    loose = tuple(goal for goal in contents.goals if goal.need not in keys)
    return [*hung, Need(None, loose)] if loose else hung


def rest(contents: Contents) -> list[tuple[Field, list[Entry]]]:
    """(section, its entries) of every section that holds any, but the needs; what is for when things go wrong first."""
    held = {name: field for name, field in sections(contents.version.standard).items() if contents.items.get(name)}
    first = [name for name in FIRST if name in held]
    order = [*first, *(name for name in held if name not in (*FIRST, "needs"))]
    return [(held[name], entries(contents, name)) for name in order]


def conditions(contents: Contents) -> list[str]:
    """The conditions that have a part of their own in the plan, in words."""
    held = {item.condition for items in contents.items.values() for item in items}
    return [words for key, words in CONDITIONS.items() if key in held]


def _entry(field: Field, item: Item) -> Entry:
    said = tuple(lines(field, item.values)) or tuple(_whole(field, item.values))
    named = [line for name in NAMES for line in said if line.key == name]
    title = next((text for line in (*named, *said) for text in line.texts), "")
    condition = CONDITIONS.get(item.condition, "")
    return Entry(item.uuid, item.key, title, condition, said, item.by_name, item.by_role, item.at)


def _whole(field: Field, values: dict[str, Any]) -> Iterator[Line]:
    """An entry whose list of parts has changed since: what it holds is shown as it stands, and not lost."""
    if values:
        yield Line("", field.label, field.easy or field.label, tuple(str(value) for value in values.values()))
