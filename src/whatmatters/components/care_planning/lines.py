"""An entry of a section of the standard, as lines of words: whatever the section, by its list of parts."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from whatmatters.components.care_planning.standard import Field
from whatmatters.web.words import day

Told = tuple[str, str, str]  # (what it is, the same in easy read, the words)
NOT_SAID = frozenset({"person_completing_record", "key"})  # told beside the entry: who wrote it, and when


def lines_of(field: Field, values: dict[str, Any]) -> Iterator[Told]:
    """Each part that is held, in the standard's order; a group that stands often gives a line each time."""
    for part in field.kept():
        value = values.get(part.key)
        if value in (None, "", [], {}) or part.key in NOT_SAID:
            continue
        for one in value if part.many and isinstance(value, list) else [value]:
            if words := in_words(part, one):
                yield part.label, part.easy or part.label, words


def in_words(part: Field, value: Any) -> str:
    """One value as it is read; a group as its parts, one after the other."""
    if part.group:
        inside = ((child, value.get(child.key)) for child in part.kept())
        told = [some(child, one) for child, one in inside if one not in (None, "", [], {})]
        # A coded entry's own words say what its code says, where both are held.
        if part.like in ("coded", "place", "funding") and len(told) > 1:
            told = told[1:]
        return ", ".join(told)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if part.kind == "code":
        return str(value.get("display") or dict(part.choices).get(value.get("code"), "") or value.get("code", ""))
    if part.choices:
        return dict(part.choices).get(str(value), str(value))
    return _day(str(value)) if part.precision else str(value)


def some(part: Field, value: Any) -> str:
    rows = value if part.many and isinstance(value, list) else [value]
    return "; ".join(in_words(part, one) for one in rows)


def _day(text: str) -> str:
    """As exact as it was written: May 2026, 4 May 2026, or with the hour."""
    if len(text) == len("2026-05"):
        return f"{date.fromisoformat(text + '-01'):%B %Y}"
    moment = datetime.fromisoformat(text)
    return day(moment.date()) if "T" not in text else f"{day(moment.date())}, {moment:%H:%M}"
