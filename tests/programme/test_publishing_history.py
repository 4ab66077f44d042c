"""What was published outlives the result: a later measurement gives nothing away that this one hid."""

from datetime import date
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from whatmatters.programme import figures, publishing, results
from whatmatters.programme.models import Disclosed, Owed, Shown

pytestmark = [pytest.mark.database, pytest.mark.django_db]
YEAR = "2025-26"


def store(period: str = YEAR, **counts: float) -> None:
    results.replace(
        [
            {
                "indicator": "sp-referred-per-1000", "period": period, "organisation": code, "level": "practice",
                "numerator": count, "denominator": 900.0, "coverage": 1.0, "as_at": date(2026, 11, 21),
            }
            for code, count in counts.items()
        ],
        source="computed",
        periods=[period],
    )  # fmt: skip
    publishing.weigh(publishing.owed())


def seen(period: str = YEAR) -> dict[str, float | None]:
    return {one.organisation: one.numerator for one in figures.read(exact=False, periods=[period])}


def test_what_was_hidden_stays_hidden_until_it_has_changed_by_five(place: SimpleNamespace) -> None:
    store(B81001=7, B81002=7)
    for now in (9, 11):  # each time a little: it is set against what was hidden first
        store(B81001=now, B81002=50)
        assert seen()["B81001"] is None
    store(B81001=12, B81002=50)
    assert seen() == {"B81001": 10, "B81002": 50}


def test_a_result_that_went_and_came_back_is_still_hidden(place: SimpleNamespace) -> None:
    store(B81001=7)
    store()
    assert not Shown.objects.exists()
    store(B81001=9)
    assert seen() == {"B81001": None}


def test_what_is_remembered_is_written_once(place: SimpleNamespace) -> None:
    store(B81001=7, B81002=30)
    before = set(Disclosed.objects.values_list("pk", "organisation", "numerator", "shown_numerator"))
    assert {row[1:] for row in before} == {("B81001", 7, None), ("B81002", 30, None)}
    publishing.owe([YEAR])
    publishing.weigh(publishing.owed())
    assert set(Disclosed.objects.values_list("pk", "organisation", "numerator", "shown_numerator")) == before


def test_an_unchanged_year_is_weighed_with_its_changed_quarter_and_not_written_again(place: SimpleNamespace) -> None:
    store(B81001=30, B81002=60)
    kept = set(Shown.objects.values_list("pk", flat=True))
    store(f"{YEAR}-Q1", B81001=10, B81002=20)
    assert kept < set(Shown.objects.values_list("pk", flat=True))
    assert seen() == {"B81001": 30, "B81002": 60}
    assert seen(f"{YEAR}-Q1") == {"B81001": 10, "B81002": 20}


def test_until_a_year_is_weighed_staff_see_the_new_number_and_anyone_what_was_safe_to_see(
    place: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(B81001=30, B81002=60)
    with monkeypatch.context() as later:
        later.setattr(publishing, "settle", Mock(side_effect=KeyboardInterrupt))  # the machine is turned off meanwhile
        with pytest.raises(KeyboardInterrupt):
            store(B81001=31, B81002=67, B81003=40)
    exact = {one.organisation: one.numerator for one in figures.read(exact=True, periods=[YEAR])}
    assert exact == {"B81001": 31, "B81002": 67, "B81003": 40}
    assert seen() == {"B81001": 30, "B81002": 60, "B81003": None}
    store(B81001=31, B81002=67, B81003=40)  # nothing has changed, and yet the year is weighed: it was owed
    assert seen() == {"B81001": 30, "B81002": 65, "B81003": 40}
    assert not Owed.objects.exists()


def test_a_closed_practice_is_weighed_where_it_last_was(place: SimpleNamespace, monkeypatch: Any) -> None:
    before = publishing._parents(YEAR)
    membership = place.harbour.parents.filter(parent__kind="pcn").get() if hasattr(place, "harbour") else None
    assert membership is not None
    place.harbour.parents.update(end=date(2025, 6, 1))
    assert publishing._parents(YEAR)[place.harbour.code] == before[place.harbour.code]


def test_an_area_that_is_withheld_is_marked_and_measure_says_so(
    place: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(B81001=30, B81002=60)
    assert publishing.withheld(YEAR) == ""
    monkeypatch.setattr(
        publishing.disclosure,
        "publish",
        lambda rows, *_, **__: [
            {**row, "shown_numerator": None, "shown_denominator": None, "shown_value": None, "hidden": True}
            | {"withheld": row["organisation"] == "B81001"}
            for row in rows
        ],
    )
    publishing.owe([YEAR])
    publishing.weigh(publishing.owed())
    assert Shown.objects.get(withheld=True).result.organisation == "B81001"
    said = "Withheld whole, for else hidden numbers could be told: 1 results of 1 indicators"
    assert publishing.withheld(YEAR) == said
