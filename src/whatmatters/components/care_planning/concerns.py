"""The list of concerns a person goes through before the conversation: concerns.toml, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("concerns.toml")
CARRIED, LEAST, MOST = 3, 0, 10
OTHERS = ("other-1", "other-2", "other-3")
"""Keys of what a person says in words of their own."""


@dataclass(frozen=True)
class Area:
    """``items`` maps the key of each concern to its words."""

    key: str
    title: str
    items: dict[str, str]


@cache
def areas() -> tuple[Area, ...]:
    """In the file's order. Raises ValueError where one key stands twice."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))["area"]
    found = tuple(Area(area["key"], area["title"], area["items"]) for area in told)
    keys = [key for area in found for key in area.items]
    if len(set(keys)) < len(keys) or set(keys) & set(OTHERS):
        raise ValueError(f"A key stands twice in {FILE.name}, or is one of {', '.join(OTHERS)}")
    return found


def words_of(key: str) -> str:
    """As the list says it today; empty for a person's own words and for what the list no longer holds."""
    return next((area.items[key] for area in areas() if key in area.items), "")


def area_of(key: str) -> str:
    """The title of the area, or that it is something else."""
    return next((area.title for area in areas() if key in area.items), "Something else")
