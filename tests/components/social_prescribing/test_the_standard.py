"""Our list of the Social Prescribing Information Standard is the published one, part by part."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whatmatters.components.care_planning.outline import WITHIN, outline
from whatmatters.components.social_prescribing.sections import SECTIONS
from whatmatters.components.social_prescribing.standard import CURRENT, parts

MANY = {"*": None}


def published(concepts: list[dict[str, Any]], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for concept in concepts:
        path = above + concept["name"].strip()
        yield path, concept
        yield from published(concept.get("concept", []), path + WITHIN)


@pytest.mark.realdata
def test_every_group_and_item_is_there_in_order_with_its_duty_and_cardinality(shared_data: Path) -> None:
    (standard,) = json.loads((shared_data / "standards" / "SocialPrescribing.json").read_text())["dataset"]
    theirs = [
        (
            path, part["type"] == "group", part.get("mro", "O"), int(part["minimumMultiplicity"]),
            MANY.get(part["maximumMultiplicity"], 1),
        )
        for path, part in published(standard["concept"])
    ]  # fmt: skip
    assert len(theirs) == 355
    assert [(part.path, part.group, part.duty, part.least, part.most) for part in parts().values()] == theirs


@pytest.mark.realdata
def test_every_item_has_the_standards_type_and_length(shared_data: Path) -> None:
    (standard,) = json.loads((shared_data / "standards" / "SocialPrescribing.json").read_text())["dataset"]
    for path, part in published(standard["concept"]):
        ours = parts()[path]
        (domain, *_) = part.get("valueDomain") or [{}]
        facts = {name: value for one in domain.get("property") or [] for name, value in one.items()}
        assert ours.type.partition(" ")[0] == domain.get("type", ""), path
        assert ours.longest == int(facts.get("maxLength", 0)), path


@pytest.mark.realdata
def test_no_sentence_of_its_guidance_is_in_ours(shared_data: Path) -> None:
    (standard,) = json.loads((shared_data / "standards" / "SocialPrescribing.json").read_text())["dataset"]
    ours = CURRENT.read_text()
    told = [part.get(words, "") for _, part in published(standard["concept"]) for words in ("description",)]
    assert [words for words in told if len(words.split()) > 5 and words in ours] == []


def test_risks_must_be_told_and_most_of_the_rest_need_not() -> None:
    assert (parts()["Risks"].duty, parts()["Risks > Risks record entry"].least) == ("M", 1)
    assert [part.name for part in parts().values() if part.duty == "M" and WITHIN not in part.path] == [
        "Person demographics", "GP practice", "Referral details", "Risks",
    ]  # fmt: skip


@pytest.mark.parametrize("section", SECTIONS.values(), ids=lambda section: section.name)
def test_every_section_of_the_conversation_stands_somewhere_in_it(section: Any) -> None:
    assert section.path in parts()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ('[[section]]\nname="A"\nduty="M"\ncardinality="1..1"\nparts=[[2,"B","item","R","0..1"]]', "nothing above"),
        ('[[section]]\nname="A"\nduty="X"\ncardinality="1..1"\nparts=[]', "M, R or O"),
        ('[[section]]\nname="A"\nduty="M"\ncardinality="1..1"\nparts=[[1,"B","item","R","0..1"],[1,"B","item","R","0..1"]]',
         "twice"),
    ],
)  # fmt: skip
def test_a_list_that_does_not_hold_together_is_refused(tmp_path: Path, wrong: str, why: str) -> None:
    file = tmp_path / "standard.toml"
    file.write_text(wrong)
    with pytest.raises(ValueError, match=why):
        outline(file)
