"""Whether what was read can be a plan by the standard: each value as its part asks, nothing missing that must be."""

from typing import Any

from django.core.exceptions import ValidationError

from whatmatters.components.care_planning.standard import Field
from whatmatters.components.care_planning.values import READ
from whatmatters.people.text import some_lines

LENIENT = frozenset({"person_demographics", "gp_practice"})  # whose it is, is held to more elsewhere
LONGEST = 20_000  # letters, where the standard sets no limit


def fault(whole: Field, values: dict[str, Any]) -> str:
    """The first fault, by where it stands and how to mend it; empty where there is none."""
    found = (_of(part, values[part.key], part.key) for part in whole.children if part.key in values)
    return next((one for one in found if one), "")


def _of(part: Field, value: Any, at: str) -> str:
    several = enumerate(value) if part.many else [(-1, value)]
    found = (_one(part, one, at if place < 0 else f"{at}[{place}]") for place, one in several)
    return next((one for one in found if one), "")


def _one(part: Field, value: Any, at: str) -> str:
    if not part.group:
        return _leaf(part, value, at)
    for child in part.children:
        must = child.duty == "M" and child.least and at.partition(".")[0] not in LENIENT
        if must and child.key not in value and not part.section.startswith("plan"):
            return f"{at}.{child.key} is missing: by the standard there must be one"
        if child.key in value and (wrong := _of(child, value[child.key], f"{at}.{child.key}")):
            return wrong
    return ""


def _leaf(part: Field, value: Any, at: str) -> str:
    free = part.kind == "text" and not part.longest  # no limit in the standard: ours for typing is not for reading
    if free and len(value) > LONGEST:
        return f"{at}: at most {LONGEST:,} letters"
    try:
        some_lines(value) if free else READ[part.kind](part, value)
    except ValidationError as wrong:
        return f"{at}: {wrong.messages[0]}"
    return ""
