"""Our data and the published standard say the same, part by part; and every mandatory part has a place of ours."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whatmatters.components.care_planning.outline import WITHIN, Part
from whatmatters.components.shared_decision_making.models import Decision, Involved, Option, ToolUsed
from whatmatters.components.shared_decision_making.standard import parts

ROWS = {"options": Option, "tools": ToolUsed, "involved": Involved}


def published(groups: list[dict[str, Any]], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for concept in groups:
        path = f"{above}{WITHIN if above else ''}{concept['name'].strip()}"
        yield path, concept
        yield from published(concept.get("concept", []), path)


def lengths(concept: dict[str, Any]) -> int:
    told = [p for domain in concept.get("valueDomain") or [] for p in domain.get("property") or []]
    return next((int(p["maxLength"]) for p in told if "maxLength" in p), 0)


@pytest.mark.realdata
def test_every_part_stands_as_published(shared_data: Path) -> None:
    dataset = json.loads((shared_data / "standards" / "SharedDecisionMaking.json").read_text())["dataset"][0]
    theirs = dict(published(dataset["concept"]))
    ours = parts()
    assert list(ours) == list(theirs)
    for path, concept in theirs.items():
        part = ours[path]
        told = (concept["type"] == "group", concept.get("mro") or "O", concept["minimumMultiplicity"])
        assert (part.group, part.duty, str(part.least)) == told, path
        assert ("*" if part.most is None else str(part.most)) == concept["maximumMultiplicity"], path
        assert part.longest == lengths(concept), path


def held_by(part: Part) -> Iterator[Any]:
    for name in part.held:
        row, _, field = name.rpartition(".")
        yield ROWS.get(row, Decision)._meta.get_field(field)


@pytest.mark.parametrize("path", [path for path, part in parts().items() if part.held])
def test_what_holds_a_part_is_as_long_as_the_standard_lets_it_be(path: str) -> None:
    part = parts()[path]
    many = ("problems", "benefits", "harms")  # one entry a line: the form keeps each to the length
    for field in held_by(part):
        longest = getattr(field, "max_length", None)
        if part.longest and longest and field.name not in many and not field.choices:
            assert longest == part.longest, path


def test_every_mandatory_part_is_held_or_holds_what_is() -> None:
    for path, part in parts().items():
        if part.duty == "M":
            within = [one for name, one in parts().items() if name == path or name.startswith(path + WITHIN)]
            assert any(one.held for one in within), path


def test_what_is_held_nowhere_is_a_coded_value_or_named_here() -> None:
    without = {path for path, part in parts().items() if not part.group and not part.held}
    assert {path.rpartition(WITHIN)[2] for path in without} == {"Coded value", "Relationship"}
