"""Our list of the Personalised Care and Support Plan and of About Me is the published one, part by part."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whatmatters.components.care_planning import standard
from whatmatters.components.care_planning.standard import Field, sections, tree, walk

MANY = {"*": None}


def published(concepts: list[dict[str, Any]], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for concept in concepts:
        path = (*above, " ".join(concept["name"].split()))
        yield path, concept
        yield from published(concept.get("concept", []), path)


def ours(field: Field, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """By the standard's names, without what is ours alone."""
    for child in field.children:
        if not child.ours:
            yield (*above, child.title), child
            yield from ours(child, (*above, child.title))


def of(data: Path, name: str) -> list[tuple[tuple[str, ...], Any]]:
    (told,) = json.loads((data / "standards" / f"{name}.json").read_text())["dataset"]
    return list(published(told["concept"]))


@pytest.fixture
def both(shared_data: Path) -> list[tuple[tuple[str, ...], Any, Field]]:
    """Every published part beside ours; About Me is v2.01, in the place of the older one that the plan embeds."""
    plan = [(path, part) for path, part in of(shared_data, "PersonalisedCSP") if path[0].lower() != "about me"]
    mine = list(ours(tree()))
    about = [(path, field) for path, field in mine if path[0] == "About Me"]
    rest = [(path, field) for path, field in mine if path[0] != "About Me"]
    theirs = [*plan, *of(shared_data, "AboutMe")]
    assert [path for path, _ in (*rest, *about)] == [path for path, _ in theirs]
    return [(path, part, field) for (path, part), (_, field) in zip(theirs, (*rest, *about), strict=True)]


@pytest.mark.realdata
def test_every_part_is_there_in_order_with_its_duty_and_cardinality(both: Any) -> None:
    assert len(both) == 336
    for path, part, field in both:
        theirs = (
            part.get("mro") or "O", int(part["minimumMultiplicity"]), MANY.get(part["maximumMultiplicity"], 1),
        )  # fmt: skip
        assert (field.duty, field.least, field.most) == theirs, path


@pytest.mark.realdata
def test_every_item_has_the_standards_kind_length_and_exactness(both: Any) -> None:
    for path, part, field in both:
        if part["type"] == "group":
            assert field.group or not part.get("concept"), path  # a group of which nothing is published holds words
            continue
        (domain, *_) = part.get("valueDomain") or [{}]
        facts = {name: value for one in domain.get("property") or [] for name, value in one.items()}
        kind = domain.get("type", "")
        assert field.kind == kind or (kind, field.kind) in {
            ("", "code"), ("", "string"), ("", "decimal"), ("blob", "string")
        }, path  # fmt: skip
        assert (field.shortest, field.longest) == (int(facts.get("minLength", 0)), int(facts.get("maxLength", 0))), path
        assert field.precision == facts.get("timeStampPrecision", "").strip("!"), path


@pytest.mark.realdata
def test_no_sentence_of_its_guidance_is_in_ours(both: Any) -> None:
    text = (standard.FOLDER / f"standard_{standard.CURRENT}.toml").read_text()
    told = [part.get("description") or "" for _, part, _ in both]
    assert [words for words in told if len(words.split()) > 5 and words in text] == []


def test_everything_can_be_held_and_everything_held_can_be_asked_or_read() -> None:
    for path, field in walk(tree()):
        if not field.group and not field.held and field.duty == "M":
            above = [part for keys, part in walk(tree()) if keys == path[: len(keys)] and len(keys) < len(path)]
            assert field.ask or any(part.held for part in above), f"{path} is mandatory and nobody is asked for it"


def test_only_what_the_standard_makes_mandatory_is_compulsory() -> None:
    asked = {name: [part.key for part in field.kept() if part.compulsory] for name, field in sections().items()}
    assert {name: keys for name, keys in asked.items() if keys} == {
        "personal_contacts": ["name"], "contingency": ["trigger_factors"], "legal": ["kind"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ('parts=[[1,"b","B","R 0..1","group"]]', "nothing above"),
        ('parts=[[0,"b","B","X 0..1","group"]]', "M, R or O"),
        ('parts=[[0,"b","B","R 0..1","riddle"]]', "a kind, or a block"),
        ('parts=[[0,"b","B","R 0..1","text"],[0,"b","B","R 0..1","text"]]', "named twice"),
    ],
)
def test_a_list_that_does_not_hold_together_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, why: str
) -> None:
    monkeypatch.setattr(standard, "FOLDER", tmp_path)
    (tmp_path / "standard_bad.toml").write_text(f'name="Bad"\n{wrong}\n[choices]\n')
    with pytest.raises(ValueError, match=why):
        tree("bad")
