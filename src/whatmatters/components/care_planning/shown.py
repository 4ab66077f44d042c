"""A version as a reader is shown it: the same parts and lines for every page, paper and file, whatever their look.

What is hidden is left out here, before anything is drawn, so that no look of it can show more than another.
"""

import re
from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from whatmatters.components.care_planning.conditions import CONDITIONS
from whatmatters.components.care_planning.contents import Contents, contents_of
from whatmatters.components.care_planning.lines import lines
from whatmatters.components.care_planning.models import Item, Version, Words
from whatmatters.components.care_planning.parts import PARTS, Part
from whatmatters.components.care_planning.progress import words as in_words
from whatmatters.components.care_planning.rights import hidden_from
from whatmatters.components.care_planning.standard import Field, section, sections
from whatmatters.components.care_planning.standing import Standing, standing
from whatmatters.web.words import day

ON_ONE_LINE = frozenset({"personal_contacts", "professional_contacts"})  # who, what they are, and how to reach them
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Line:
    """``label`` says what it is, where the part alone does not (``easy`` in easy read); ``note`` whose words."""

    text: str
    label: str = ""
    note: str = ""
    easy: str = ""

    @property
    def sentences(self) -> list[str]:
        """For easy read: one idea a line. The words are the person's own, and stay as they are."""
        return [sentence.strip() for sentence in SENTENCE.split(self.text) if sentence.strip()]


@dataclass(frozen=True)
class Section:
    """``entries`` of one part: each some lines that belong together."""

    part: Part
    entries: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Shown:
    version: Version
    sections: tuple[Section, ...]
    standing: Standing


def shown(version: Version, *audiences: str, parts: Collection[str] = (), first: Collection[str] = ()) -> Shown:
    """As the audiences may see it (``rights.hidden_from``). ``parts``: those to which access was given.

    ``first``: these parts and no other, in this order; else all, in the standard's.
    """
    contents = contents_of(version)
    hidden = hidden_from(version.plan, *audiences, only=parts)
    seen = {section.part.name: section for section in _sections(without(contents, hidden))}
    all_of_it = {section.part.name for section in _sections(contents)} if hidden else seen.keys()
    withheld = not all_of_it <= seen.keys()
    order = [name for name in (first or PARTS) if name in seen]
    told = standing(
        version, audience=audiences[0] if audiences else "", hidden=hidden, withheld=withheld,
        contingency=contents.items.get("contingency", ()),
    )  # fmt: skip
    return Shown(version, tuple(seen[name] for name in order), told)


def without(contents: Contents, hidden: Collection[str]) -> Contents:
    """The contents as if the hidden parts had never been written."""
    if not hidden:
        return contents
    version = copy(contents.version)
    if "needs" in hidden:
        version.needs = ""
    goals = [] if "goals" in hidden else contents.goals
    return replace(
        contents,
        version=version,
        words={name: words for name, words in contents.words.items() if name not in hidden},
        earlier={name: rows for name, rows in contents.earlier.items() if name not in hidden},
        participants=[] if "personal_contacts" in hidden else contents.participants,
        goals=goals,
        actions={} if "goals" in hidden else contents.actions,
        items={name: rows for name, rows in contents.items.items() if name not in hidden},
    )


def _sections(contents: Contents) -> Iterator[Section]:
    """The parts that hold something."""
    for part in PARTS.values():
        if entries := tuple(_entries(part.name, contents)):
            yield Section(part, entries)


def _entries(name: str, contents: Contents) -> Iterator[tuple[Line, ...]]:
    if words := contents.words.get(name):
        yield (Line(words.text, note=_whose(words, contents)),)
    for item in contents.items.get(name, ()):
        if entry := _entry(item, contents.version.standard):
            yield entry
    if name == "needs" and contents.version.needs:
        yield (Line(contents.version.needs),)
    if name == "personal_contacts":
        named = {item.values.get("name") for item in contents.items.get(name, ())}
        for who in contents.participants:
            if who.name not in named:
                yield (Line(", ".join(filter(None, (who.name, who.relationship))), "Chosen to be involved"),)
    if name == "goals":
        yield from _goals(contents)


def _entry(item: Item, standard: str) -> tuple[Line, ...]:
    told = list(_lines(section(item.section, standard), item.values))
    if not told:
        return ()
    if item.section in ON_ONE_LINE:
        told = [Line(", ".join(line.label if line.text == "Yes" else line.text for line in told if line.text != "No"))]
    condition = f"For: {CONDITIONS[item.condition]}. " if item.condition in CONDITIONS else ""
    told[-1] = replace(told[-1], note=f"{condition}Written by {item.by_name}, {day(item.at.date())}")
    return tuple(told)


def _lines(field: Field, values: dict[str, Any]) -> Iterator[Line]:
    return (Line(text, one.label, easy=one.easy) for one in lines(field, values) for text in one.texts)


def _whose(words: Words, contents: Contents) -> str:
    called = contents.version.plan.person.called
    if words.by_role == "person":
        said = f"In {called}’s own words"
    elif words.by_role == "representative":
        said = f"Written by {words.by_name}, who acts for {called}"
    else:
        said = f"Written down with {called} by {words.by_name}"
    helped = f"; helped by {words.supported_by}" if words.supported_by else ""
    return f"{said}, {day(words.at.date())}{helped}"


def _goals(contents: Contents) -> Iterator[tuple[Line, ...]]:
    parts = sections(contents.version.standard)
    called = contents.version.plan.person.called
    for goal in contents.goals:
        step = contents.progress.get(goal.key)
        told = [Line(goal.outcome, note=f"{in_words(step.status)}, {day(step.on)}" if step else "")]
        told += _lines(parts["goals"], goal.more)
        if goal.professional_name:
            told.append(Line(", ".join(filter(None, (goal.professional_name, goal.professional_role))), "Agreed with"))
        for action in contents.actions.get(goal.pk, []):
            who = action.who_name or (called if action.who == "person" else action.get_who_display())
            told.append(Line(action.what, label=f"{who}, by {day(action.due)}" if action.due else who))
            told += _lines(parts["actions"], action.more)
        yield tuple(told)
