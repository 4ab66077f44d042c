"""What a plan made elsewhere says, entry by entry, each by the path that leads to it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import make_aware

from whatmatters.components.care_planning.models import MadeElsewhere
from whatmatters.components.care_planning.parts import PARTS
from whatmatters.components.care_planning.standard import Field, tree
from whatmatters.web.forms import counted
from whatmatters.web.words import day

BARE = ("Free text", "Coded value")  # titles that say nothing without that of the group
PLAN = "plan_details"
OF_THE_PERSON = frozenset({"person_demographics", "gp_practice"})  # they stand in the record itself


@dataclass(frozen=True)
class Entry:
    """``item`` is its path (legal/0), empty for what cannot be taken over; ``part`` the name of the part of a plan that
    it belongs to (``parts.PARTS``), empty where there is none (``rights.lets_through``); ``lines`` are (what it is,
    what it says)."""

    item: str
    part: str
    title: str
    lines: tuple[tuple[str, str], ...]


def entries(made: MadeElsewhere) -> list[Entry]:
    """In the order of the standard; about the plan as a whole last."""
    told = {key: value for key, value in made.told.items() if key not in OF_THE_PERSON}
    whole: dict[str, list[tuple[str, str]]] = {}
    for part, line in _whole(tree(), told, ""):
        whole.setdefault(part, []).append(line)
    found = [*_below(tree(), told, ()), *(Entry("", part, _title(part), tuple(rows)) for part, rows in whole.items())]
    return sorted(found, key=lambda entry: entry.part in ("", PLAN) and not entry.item)


def _title(part: str) -> str:
    return PARTS[part].title if part in PARTS and part != PLAN else "About this plan"


def entry_at(made: MadeElsewhere, item: str) -> tuple[Field, Any]:
    """The part of the standard and what is said there. Raises KeyError where nothing is."""
    part, value = tree(), made.told
    for key in item.split("/"):
        at = counted(key)
        if at is not None and isinstance(value, list) and at < len(value):
            value = value[at]
        elif isinstance(value, dict) and key in value:
            part, value = part.child(key), value[key]
        else:
            raise KeyError(item)
    if not takes(part) or not isinstance(value, dict):
        raise KeyError(item)
    return part, value


def takes(part: Field) -> bool:
    """Whether its entries can be taken over one by one: what hangs on a goal comes with the goal."""
    return part.like == "heading" or (part.rows in ("item", "goal") and part.many)


def _below(part: Field, value: Any, path: tuple[str, ...]) -> Iterator[Entry]:
    for child in part.children:
        if child.key not in value or not child.group:
            continue
        several = value[child.key] if child.many else [value[child.key]]
        for place, one in enumerate(several):
            at = (*path, child.key, str(place)) if child.many else (*path, child.key)
            if takes(child):
                lines = tuple(lines_of(child, one, apart=child.rows != "goal"))
                yield from [Entry("/".join(at), _name(child.section or child.key), child.title, lines)] if lines else []
            if child.rows != "goal" and child.like != "heading":
                yield from _below(child, one, at)


def _whole(part: Field, value: Any, within: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """What belongs to no entry, with the part it is of: the agreement, the review, who pays, the last part of life."""
    for child in part.children:
        if child.key in value and not takes(child) and child.group and not child.many:
            inside = child.section or any(takes(one) or one.section for one in child.children)
            of = _name(child.section) if child.section else within
            for line in _own(child, value[child.key]) if inside else ():
                yield of, line
            yield from _whole(child, value[child.key], of) if inside else ()


def _name(section: str) -> str:
    return section if section in PARTS else ""


def _own(part: Field, value: Any) -> Iterator[tuple[str, str]]:
    for child in part.children:
        if child.key in value and not takes(child) and not (child.group and child.section):
            yield from lines_of(child, value[child.key], named=True)


def lines_of(part: Field, value: Any, *, apart: bool = False, named: bool = False) -> Iterator[tuple[str, str]]:
    """Of one value, depth first. ``apart``: without entries that stand for themselves; ``named``: its own title too."""
    if isinstance(value, list):
        for one in value:
            yield from lines_of(part, one, apart=apart, named=named)
    elif not part.group:
        yield part.title, _words(part, value)
    else:
        for child in part.children:
            code_beside_words = child.key == "coded_value" and (part.like == "heading" or "free_text" in value)
            if child.key in value and not (apart and takes(child)) and not code_beside_words:
                for title, words in lines_of(child, value[child.key], apart=apart):
                    above = child.title if title in BARE and child.group else title
                    yield (part.title if named and above in BARE else above), words


def _words(part: Field, value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("display") or value["code"])
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if part.kind in ("date", "datetime") and len(value) >= len("2026-05-01"):
        return day(make_aware(datetime.fromisoformat(value)) if "T" in value else date.fromisoformat(value))
    return str(value)
