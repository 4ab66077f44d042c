"""The list of an information standard as its file has it: sections, groups and items, one under another.

The social prescribing and the shared decision making standards are kept so; the plan's own list drives forms as well
and has more to say (``standard.py``).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WITHIN = " > "
UNSAID: tuple[Any, ...] = ("", 0, "", "")  # type, longest, value set and held, where a line stops before them


@dataclass(frozen=True)
class Part:
    """A section, group or item. ``path`` names it from its section down; ``duty`` is M, R or O (mandatory, required,
    optional); ``most`` is None for any number; ``longest`` is letters, 0 for no limit; ``held`` the fields of ours that
    hold it, none where nothing does or the file does not say.
    """

    path: str
    group: bool
    duty: str
    least: int
    most: int | None
    type: str = ""
    longest: int = 0
    value_set: str = ""
    held: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.path.rpartition(WITHIN)[2]


@cache
def outline(file: Path) -> dict[str, Part]:
    """Every part by its path, in the standard's order. Raises ValueError for a file that does not hold together."""
    found: dict[str, Part] = {}
    for section in tomllib.loads(file.read_text(encoding="utf-8"))["section"]:
        _add(found, _part(section["name"], "group", section["duty"], section["cardinality"]))
        above = [section["name"]]
        for depth, name, *facts in section["parts"]:
            if not 1 <= depth <= len(above):
                raise ValueError(f"{file.name}: {name!r} stands at depth {depth} with nothing above it")
            above[depth:] = [name]
            _add(found, _part(WITHIN.join(above), *facts))
    return found


def _add(found: dict[str, Part], part: Part) -> None:
    if part.path in found:
        raise ValueError(f"The standard names {part.path!r} twice")
    found[part.path] = part


def _part(path: str, kind: str, duty: str, cardinality: str, *more: Any) -> Part:
    least, _, most = cardinality.partition("..")
    if kind not in ("group", "item") or duty not in ("M", "R", "O"):
        raise ValueError(f"The standard's {path!r} is {kind!r} and {duty!r}: group or item, M, R or O")
    type_, longest, value_set, held = (*more, *UNSAID[len(more) :])
    last = None if most == "*" else int(most)
    return Part(path, kind == "group", duty, int(least), last, type_, longest, value_set, tuple(held.split()))
