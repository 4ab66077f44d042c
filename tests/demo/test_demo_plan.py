"""One plan of the demo holds something in every section; others hold an entry or two."""

from typing import Any

import pytest

from whatmatters.components.care_planning.completeness import completeness
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.models import Item, Version
from whatmatters.components.care_planning.standard import sections
from whatmatters.components.care_planning.told import told

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]


@pytest.fixture
def beverley(world: Any) -> Version:
    return Version.objects.select_related("plan__person").get(
        plan__person__family_name="Thundercliffe", state="agreed"
    )  # fmt: skip


def test_beverleys_plan_is_filled_in_every_section_and_lacks_nothing_mandatory(beverley: Version) -> None:
    held = {item.section for item in beverley.items.all()}
    wanted = {name for name, field in sections().items() if field.rows in ("item", "words") and not field.only_for}
    assert wanted <= held
    complete = completeness(contents_of(beverley))
    assert complete.lacking == []
    assert complete.share > 0.5


def test_three_conditions_are_in_one_plan_and_the_next_version_says_one_need_in_other_words(beverley: Version) -> None:
    assert set(beverley.items.exclude(condition="").values_list("condition", flat=True)) == {
        "copd", "diabetes", "arthritis"
    }  # fmt: skip
    assert beverley.number == 2
    first, *_ = told(beverley)["care_and_support_plan"]["needs_concerns_or_problems"]
    assert "better on the flat" in first["free_text"]
    assert len(first["goals_and_hopes"]) == 3


def test_others_plans_hold_an_entry_or_two(beverley: Version) -> None:
    others = Item.objects.exclude(version__plan=beverley.plan)
    assert {"strengths", "needs", "contingency"} <= set(others.values_list("section", flat=True))
