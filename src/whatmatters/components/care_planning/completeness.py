"""How much of the standard a version holds: what must be there, and of what must be supported the share that is held.

A code and its words are one item: the standard wants the code where there is one, and words otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whatmatters.components.care_planning.contents import Contents
from whatmatters.components.care_planning.standard import Field, tree
from whatmatters.components.care_planning.told import telling

ELSEWHERE = "elsewhere"  # a file of pictures or sound: it is kept where it is, and its address with the plan
ONE = ("coded", "place", "funding")


@dataclass(frozen=True)
class Part:
    """One of the standard's sections: how many of its items the version holds, and the titles of those it does not.
    ``lacking``: what is mandatory and missing."""

    key: str
    title: str
    held: int
    of: int
    missing: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Completeness:
    parts: tuple[Part, ...]

    @property
    def held(self) -> int:
        return sum(part.held for part in self.parts)

    @property
    def of(self) -> int:
        return sum(part.of for part in self.parts)

    @property
    def share(self) -> float:
        return self.held / self.of if self.of else 1.0

    @property
    def lacking(self) -> list[str]:
        """What is mandatory and missing, with the section it belongs to."""
        return [f"{part.title}: {words}" for part in self.parts for words in part.lacking]


def completeness(contents: Contents) -> Completeness:
    """Of one version, against the list it was written by."""
    values = telling(contents).values
    parts = tree(contents.version.standard).children
    return Completeness(tuple(_part(part, values.get(part.key)) for part in parts if not part.ours))


def _part(part: Field, value: Any) -> Part:
    items = list(_items(part, ""))
    missing = [name for name, path in items if not _anywhere(value, path)]
    absent = [part] if part.duty == "M" else []
    lacking = [child.label.rstrip("?") for child in (_mandatory(part, value) if value else absent)]
    return Part(
        part.key, part.title, len(items) - len(missing), len(items), tuple(missing), tuple(dict.fromkeys(lacking))
    )


def _items(part: Field, name: str, path: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, keys that lead to it) of every item that is mandatory or required."""
    inner = [
        child for child in part.children if not child.ours and child.duty in ("M", "R") and child.held != ELSEWHERE
    ]
    if not inner or part.like in ONE:
        yield name or part.title, path
        inner = [child for child in inner if child.section] if part.like in ONE else []
    for child in inner:
        called = child.title if not name or child.title == name else f"{name}, {child.title.lower()}"
        yield from _items(child, called, (*path, child.key))


def _anywhere(value: Any, path: tuple[str, ...]) -> bool:
    """Whether something stands at the end of the path, in any of the entries on the way."""
    if isinstance(value, list):
        return any(_anywhere(one, path) for one in value)
    if not path:
        return value not in (None, "", {}, [])
    return isinstance(value, dict) and _anywhere(value.get(path[0]), path[1:])


def _mandatory(part: Field, value: Any) -> Iterator[Field]:
    """What is mandatory and missing in whatever was begun; a section nobody has begun lacks nothing but itself."""
    for one in value if isinstance(value, list) else [value]:
        held = one if isinstance(one, dict) else {}
        for child in part.children:
            there = held.get(child.key)
            if there in (None, "", {}, []):
                if child.duty == "M" or child.least:
                    yield child
            elif child.group:
                yield from _mandatory(child, there)
