"""Kinds of plan: a plan as such, maternity, carers, advance care. One person has one plan, of several kinds at once.

``kinds.toml`` is the list: what each puts first, what it asks, and for whom it is.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whatmatters.components.care_planning.standard import Field

FILE = Path(__file__).parent / "kinds.toml"
PLAN = "plan"  # what every plan is


@dataclass(frozen=True)
class Kind:
    """``first``: sections in the order they are asked; ``prompts``: what is asked of each; ``cohort``: for whom."""

    key: str
    title: str
    whom: str
    cohort: str
    first: tuple[str, ...]
    prompts: Mapping[str, str]


@cache
def kinds(file: Path = FILE) -> dict[str, Kind]:
    """By key, the plan as such first."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))["kind"]
    return {one["key"]: Kind(**{**one, "first": tuple(one["first"])}) for one in told}


def more() -> dict[str, str]:
    """What a plan may be beside a plan: the title of each kind by its key."""
    return {key: kind.title for key, kind in kinds().items() if key != PLAN}


def ordered(sections: Mapping[str, Field], chosen: Iterable[str]) -> list[tuple[str, Field]]:
    """(prompt, section): those of the chosen kinds first, and of no section that only another kind has."""
    mine = [kind for key in (*chosen, PLAN) if (kind := kinds().get(key))]
    keys = {kind.key for kind in mine}
    first = dict.fromkeys(name for kind in mine for name in kind.first)
    names = [name for name in (*first, *(name for name in sections if name not in first)) if name in sections]
    asked = [name for name in names if not sections[name].only_for or sections[name].only_for in keys]
    return [(next((kind.prompts[name] for kind in mine if name in kind.prompts), ""), sections[name]) for name in asked]
