"""A version of a plan, told whole in the nesting of the standard: for print, easy read, FHIR and completeness.

``told`` has the keys of ``standard_…toml`` and only what is held: groups as dicts, what may stand often as lists, days
as ISO text, codes as ``{"code", "display"}``. ``provenance`` says of each entry, by where it stands, who wrote it.
"""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from whatmatters.components.care_planning import held
from whatmatters.components.care_planning.contents import Contents, contents_of
from whatmatters.components.care_planning.models import Action, Goal, Item, Version
from whatmatters.components.care_planning.standard import Field, tree

Path = tuple[str | int, ...]
Values = dict[str, Any]
ONCE = frozenset({"practice_details"})  # may stand often in the standard, and once with us
INVOLVED = "Chosen by the person to be involved"


@dataclass(frozen=True)
class Written:
    """Who wrote an entry last, and when. ``key`` is the same from version to version, None for words of About Me."""

    by: str
    role: str
    at: datetime
    key: UUID | None = None
    condition: str = ""
    supported_by: str = ""


@dataclass(frozen=True)
class Telling:
    """``values`` in the standard's nesting; ``written`` by where each entry stands in them."""

    values: Values
    written: dict[Path, Written] = field(default_factory=dict)


def told(version: Version, audience: Container[str] | None = None) -> Values:
    """The whole version. ``audience``: what it may see, as names of ``standard.sections()``, of single headings of
    About Me, and "participants"; None for all. Of the person and the agreement, what columns hold is always told."""
    return telling(contents_of(version), audience).values


def provenance(version: Version, audience: Container[str] | None = None) -> dict[Path, Written]:
    """Where an entry stands in ``told(version, audience)``: who wrote it. ("contingency_safety_plans", 0), or
    ("about_me", "about_me_record_entry", "most_important")."""
    return telling(contents_of(version), audience).written


def telling(contents: Contents, audience: Container[str] | None = None) -> Telling:
    """Both at once, of what was read already. Two queries: the person, and where they are registered."""
    teller = _Teller(contents, audience, {})
    return Telling(teller.group(tree(contents.version.standard), (), held.of_version(contents), {}), teller.written)


@dataclass(frozen=True)
class _Teller:
    """Walks the list of parts, and takes for each what holds it."""

    contents: Contents
    audience: Container[str] | None
    written: dict[Path, Written]

    def group(self, part: Field, at: Path, columns: Values, values: Values) -> Values:
        """One entry: ``columns`` hold what is held in columns, ``values`` the rest."""
        found = {
            child.key: self.part(child, (*at, child.key), columns, values.get(child.key)) for child in part.children
        }
        return {key: value for key, value in found.items() if value not in (None, "", [], {})}

    def part(self, part: Field, at: Path, columns: Values, value: Any) -> Any:
        if part.held:
            return columns.get(part.held)
        if part.section:
            return self.section(part, at, columns)
        if not part.group:
            return value
        if part.like == "heading":
            if not (self.sees("about_me") or self.sees(part.key)):
                return None
            columns = self.heading(part, at)
        if not part.many:
            return self.group(part, at, columns, value or {})
        rows = [
            self.group(part, (*at, place), {} if place else columns, one) for place, one in enumerate(value or [{}])
        ]
        return [row for row in rows if row]

    def sees(self, name: str) -> bool:
        return self.audience is None or name in self.audience

    def section(self, part: Field, at: Path, columns: Values) -> Any:
        """The entries written on a page of their own. What an audience may not see is as if it were not there."""
        seen = self.sees(part.section)
        items = self.contents.items.get(part.section, []) if seen else []
        if part.section == "needs":
            return self.needs(part, at, items)
        if part.section in ONCE or not part.many:
            for item in items:
                self.written[at] = _written(item)
            entry = self.group(
                part, at, self.about_me() if part.rows == "words" else columns, items[0].values if items else {}
            )
            return [entry] if part.many and entry else entry
        chosen = [self.item(part, (*at, place), item) for place, item in enumerate(items)]
        return chosen + (self.chosen() if part.section == "personal_contacts" and self.sees("participants") else [])

    def item(self, part: Field, at: Path, item: Item) -> Values:
        self.written[at] = _written(item)
        return self.group(part, at, held.of_item(item), item.values)

    def chosen(self) -> list[Values]:
        """Whom the person chose to be involved, where the contacts do not name them already."""
        named = {item.values.get("name") for item in self.contents.items.get("personal_contacts", [])}
        return [
            {"name": who.name, **({"relationship": who.relationship} if who.relationship else {}), "comments": INVOLVED}
            for who in self.contents.participants if who.name not in named
        ]  # fmt: skip

    def needs(self, part: Field, at: Path, items: list[Item]) -> list[Values]:
        """Each with the goals that hang on it; last what came up in the conversation, with the goals on their own."""
        entries: list[Values] = []
        seen = self.sees(part.section)
        for item in items:
            here = (*at, len(entries))
            entries.append({**self.item(part, here, item), **self.goals(part, here, item.key)})
        shown = {item.key for item in items}
        here = (*at, len(entries))
        loose = self.goals(part, here, *{goal.need for goal in self.contents.goals} - shown)
        said = {"free_text": self.contents.version.needs} if self.contents.version.needs and seen else {}
        return [*entries, {**said, **loose}] if said or loose else entries

    def goals(self, part: Field, at: Path, *needs: UUID | None) -> Values:
        goal_part = next(child for child in part.children if child.section == "goals")
        if not self.sees(goal_part.section):
            return {}
        rows = [goal for goal in self.contents.goals if goal.need in needs]
        at = (*at, goal_part.key)
        told = [self.goal(goal_part, (*at, place), goal) for place, goal in enumerate(rows)]
        return {goal_part.key: told} if told else {}

    def goal(self, part: Field, at: Path, goal: Goal) -> Values:
        self.written[at] = _written(goal)
        action_part = next(child for child in part.children if child.section == "actions")
        columns = held.of_goal(goal, self.contents.progress.get(goal.key))
        entry, rows = self.group(part, at, columns, goal.more), self.contents.actions.get(goal.pk, [])
        at = (*at, action_part.key)
        told = [self.action(action_part, (*at, place), action) for place, action in enumerate(rows)]
        return {**entry, action_part.key: told} if told else entry

    def action(self, part: Field, at: Path, action: Action) -> Values:
        self.written[at] = _written(action)
        columns = held.of_action(action, self.contents.progress.get(action.key))
        return self.group(part, at, columns, action.more)

    def about_me(self) -> Values:
        words = max(self.contents.words.values(), key=lambda words: words.pk, default=None)
        if words is None:
            return {}
        return {"words.supported_by": words.supported_by, "words.at": localtime(words.at).strftime("%Y-%m-%dT%H:%M")}

    def heading(self, part: Field, at: Path) -> Values:
        words = self.contents.words.get(part.key)
        if words:
            self.written[at] = Written(words.by_name, words.by_role, words.at, supported_by=words.supported_by)
        return held.of_words(words, part.value_set.removeprefix("SNOMED CT "))


def _written(row: Item | Goal | Action) -> Written:
    return Written(row.by_name, row.by_role, row.at, row.key, row.condition if isinstance(row, Item) else "")
