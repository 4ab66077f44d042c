"""What anyone may see of the stored results: settled once, when they are stored, and the same on every page."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from whatmatters.programme import figures, publishing, results
from whatmatters.programme.models import Shown

pytestmark = [pytest.mark.database, pytest.mark.django_db]
YEAR = "2025-26"
LIST = {"B81001": 1000.0, "B81002": 1200.0, "B81003": 900.0}


def store(counts: dict[str, float], source: str = "computed", **cells: Any) -> None:
    levels = {"B": "practice", "U": "pcn", "0": "sub_icb"}
    results.replace(
        [
            {
                "indicator": "sp-referred-per-1000", "period": YEAR, "organisation": code, "level": levels[code[0]],
                "numerator": count, "denominator": LIST.get(code, 5000.0), "coverage": 1.0,
                "as_at": date(2026, 11, 21), **cells,
            }
            for code, count in counts.items()
        ],
        source=source,
        periods=[YEAR],
    )  # fmt: skip
    publishing.weigh(publishing.owed())


def seen(**filters: Any) -> dict[str, Any]:
    return {one.organisation: (one.numerator, one.hidden) for one in figures.read(exact=False, **filters)}


def test_a_small_number_is_hidden_and_others_are_rounded(place: SimpleNamespace) -> None:
    store({"B81001": 3, "B81002": 4, "B81003": 33})
    assert seen() == {"B81001": (None, True), "B81002": (None, True), "B81003": (35, False)}


def test_one_hidden_practice_of_a_network_takes_a_second_with_it_on_its_own_page_too(place: SimpleNamespace) -> None:
    store({"B81001": 3, "B81002": 20, "U10001": 23})
    assert seen() == {"B81001": (None, True), "B81002": (None, True), "U10001": (25, False)}
    assert seen(organisations=["B81002"]) == {"B81002": (None, True)}


def test_a_network_is_weighed_with_the_others_of_its_practices_sub_icb(place: SimpleNamespace) -> None:
    store({"U10001": 3, "U10002": 33, "03F": 36})
    assert seen() == {"U10001": (None, True), "U10002": (None, True), "03F": (35, False)}


def test_the_exact_figure_is_there_for_those_who_may() -> None:
    store({"B81001": 3})
    (one,) = figures.read(exact=True)
    assert (one.numerator, one.denominator, one.value, one.hidden) == (3, 1000, 3, False)


def test_what_is_shown_is_settled_anew_with_every_change(place: SimpleNamespace) -> None:
    store({"B81001": 3, "B81002": 20})
    store({"B81001": 30, "B81002": 20})
    assert seen() == {"B81001": (30, False), "B81002": (20, False)}


def test_a_result_that_the_gate_has_not_seen_is_hidden() -> None:
    store({"B81001": 300})
    Shown.objects.all().delete()
    (one,) = figures.read(exact=False)
    assert (one.numerator, one.denominator, one.value, one.hidden) == (None, None, None, True)


def test_a_published_figure_is_hidden_or_rounded_by_itself(place: SimpleNamespace) -> None:
    store({"B81001": 3, "B81002": 204}, source="published", indicator="registered-patients", denominator=None)
    assert seen() == {"B81001": (None, True), "B81002": (205, False)}
