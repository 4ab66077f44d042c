"""The kinds of plan are data that hold together with the sections, the conditions and the cohorts they speak of."""

import pytest

from whatmatters.components.care_planning.kinds import PLAN, kinds, ordered
from whatmatters.components.care_planning.standard import sections
from whatmatters.measurement.cohorts import COHORTS


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_a_kind_speaks_of_sections_and_cohorts_that_are_there(kind: object) -> None:
    assert set(kind.first) | set(kind.prompts) <= sections().keys()  # type: ignore[attr-defined]  # a Kind
    assert kind.cohort in COHORTS or not kind.cohort  # type: ignore[attr-defined]  # a Kind


def test_every_section_of_one_kind_belongs_to_a_kind_that_exists_and_puts_it_first() -> None:
    for name, field in sections().items():
        if field.only_for:
            assert kinds()[field.only_for].first[0] == name


@pytest.mark.parametrize(
    ("chosen", "first", "there", "not_there"),
    [
        ([], "strengths", {"needs", "contingency"}, {"maternity", "caring", "advance_care"}),
        (["maternity"], "maternity", {"strengths"}, {"caring", "advance_care"}),
        (["advance care", "carers"], "advance_care", {"caring", "strengths"}, {"maternity"}),
    ],
)
def test_a_kind_adds_its_section_and_puts_it_first(
    chosen: list[str], first: str, there: set[str], not_there: set[str]
) -> None:
    names = [field.section for _, field in ordered(sections(), chosen)]
    assert names[0] == first
    assert there <= set(names)
    assert not not_there & set(names)
    assert len(names) == len(set(names))


def test_every_plan_is_a_plan() -> None:
    assert next(iter(kinds())) == PLAN
