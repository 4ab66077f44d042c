"""What is stored is what the last measurement or import said: no more, no less, never a half."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from whatmatters.programme import results
from whatmatters.programme.models import Result

pytestmark = pytest.mark.database
YEAR = "2025-26"


def row(**cells: Any) -> dict[str, Any]:
    usual = {
        "indicator": "pcsp-per-1000", "period": YEAR, "organisation": "B81001", "level": "practice", "numerator": 12.0,
        "denominator": 4000.0, "coverage": 1.0, "as_at": date(2026, 11, 21),
    }  # fmt: skip
    return {**usual, **cells}


def stored() -> dict[tuple[str, ...], float]:
    return {found.key: found.numerator for found in results.read()}


@pytest.mark.django_db
def test_a_replacement_removes_what_is_no_longer_there_and_keeps_other_periods_and_sources() -> None:
    results.replace([row(), row(organisation="B81002")], source="computed", periods=[YEAR])
    results.replace([row(period="2024-25", numerator=3)], source="computed", periods=["2024-25"])
    results.replace([row(numerator=99)], source="published", periods=[YEAR])
    assert results.replace([row(numerator=13)], source="computed", periods=[YEAR]) == 3  # two out, one in
    assert sorted((r.period, r.organisation, r.source, r.numerator) for r in results.read()) == [
        ("2024-25", "B81001", "computed", 3),
        ("2025-26", "B81001", "computed", 13),
        ("2025-26", "B81001", "published", 99),
    ]


@pytest.mark.django_db
def test_only_the_named_indicators_are_replaced() -> None:
    results.replace([row(), row(indicator="reached")], source="computed", periods=[YEAR])
    results.replace([], source="computed", periods=[YEAR], indicators=["reached"])
    assert [found.indicator for found in results.read()] == ["pcsp-per-1000"]


@pytest.mark.django_db
def test_what_did_not_change_is_not_written_again() -> None:
    results.replace([row(), row(organisation="B81002")], source="computed", periods=[YEAR])
    kept = Result.objects.get(organisation="B81002").pk
    written = results.replace([row(numerator=13), row(organisation="B81002")], source="computed", periods=[YEAR])
    assert written == 2
    assert Result.objects.get(organisation="B81002").pk == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row(period="2024-25"), "not among what is being replaced"),
        (row(indicator="reached"), "not among what is being replaced"),
        (row(source="published"), "not among what is being replaced"),
        (row(level="ward"), "'ward' is not a level"),
        (row(numerator=5), "is there twice"),
    ],
)
def test_a_wrong_row_stops_the_whole_replacement(bad: dict[str, Any], said: str) -> None:
    results.replace([row(numerator=1)], source="computed", periods=[YEAR])
    with pytest.raises(ValueError, match=said):
        results.replace([row(), bad], source="computed", periods=[YEAR], indicators=["pcsp-per-1000"])
    assert list(stored().values()) == [1]


@pytest.mark.django_db
def test_a_failure_half_way_leaves_the_former_results(monkeypatch: pytest.MonkeyPatch) -> None:
    results.replace([row(numerator=1)], source="computed", periods=[YEAR])

    def fails(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(results, "insert", fails)
    with pytest.raises(OSError, match="disk is full"):
        results.replace([row(numerator=2)], source="computed", periods=[YEAR])
    assert list(stored().values()) == [1]


cells = st.dictionaries(
    st.tuples(st.sampled_from(["B81001", "B81002", "U10001"]), st.sampled_from(["1", "2", "unknown"])),
    st.integers(0, 50).map(float),
)


class AnyReplacement(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(cells, cells)
    def test_leaves_exactly_the_rows_it_was_given(self, before: Any, after: Any) -> None:
        for given_rows in (before, after):
            results.replace(
                [
                    row(organisation=code, breakdown="deprivation", group=group, numerator=numerator)
                    for (code, group), numerator in given_rows.items()
                ],
                source="computed",
                periods=[YEAR],
            )
            assert {(key[2], key[4]): value for key, value in stored().items()} == given_rows
