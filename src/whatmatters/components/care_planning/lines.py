"""An entry of a section of the standard, as lines of words: whatever the section, by its list of parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from whatmatters.components.care_planning.standard import Field
from whatmatters.web.words import day

NOT_SAID = frozenset({"person_completing_record", "key"})  # told beside the entry: who wrote it, and when
WHOLE = ("coded", "place", "funding")  # blocks that are said in one line
NOTHING: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Line:
    """``texts`` is what stands under ``label``: several where it may stand often. ``key`` is the part's."""

    key: str
    label: str
    easy: str
    texts: tuple[str, ...]


def lines(field: Field, values: dict[str, Any]) -> Iterator[Line]:
    """What the values of one entry say: each part that is held, in the standard's order."""
    for part in field.kept():
        found: Any = values.get(part.key)
        if found in NOTHING or part.key in NOT_SAID:
            continue
        if part.group and not part.many and part.like not in WHOLE:
            yield from lines(part, found)
        else:
            told = [text for one in (found if part.many else [found]) if (text := in_words(part, one))]
            yield Line(part.key, part.label, part.easy or part.label, tuple(told))


def in_words(part: Field, value: Any) -> str:
    """One value as a sentence has it; a group as its parts with commas between."""
    if part.group:
        # A coded entry's own words say what its code says, where both are held.
        inside = [child for child in part.children if child.key != "coded_value" or not value.get("free_text")]
        told = [_some(child, value[child.key]) for child in inside if value.get(child.key) not in NOTHING]
        return ", ".join(filter(None, told))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if part.kind == "code":
        return str(value.get("display") or dict(part.choices).get(value.get("code"), "") or value.get("code", ""))
    if part.choices:
        return dict(part.choices).get(str(value), str(value))
    return _day(str(value)) if part.precision else str(value)


def _some(part: Field, value: Any) -> str:
    return "; ".join(in_words(part, one) for one in (value if isinstance(value, list) else [value]))


def _day(text: str) -> str:
    """As exact as it was written: May 2026, 4 May 2026, or with the hour."""
    if len(text) == len("2026-05"):
        return f"{date.fromisoformat(text + '-01'):%B %Y}"
    moment = datetime.fromisoformat(text)
    return day(moment.date()) if "T" not in text else f"{day(moment.date())}, {moment:%H:%M}"
