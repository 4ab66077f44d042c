"""A change against people like those supported: shown with its interval and balance, or refused with its reason."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from whatmatters.measurement.comparison_rows import COLUMNS
from whatmatters.programme import comparisons, publishing, results
from whatmatters.programme.models import Comparison

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ID = "sp-gp-appointments-change"


def row(**facts: Any) -> dict[str, Any]:
    usual = {
        "indicator": ID, "period": "2022-23", "organisation": "QOQ", "level": "icb", "definition": 1, "supported": 512,
        "unmatched": 13, "comparators": 9001, "died": 6, "moved": 44, "before": 6.1, "after": 5.0, "effect": -0.9,
        "effect_lower": -1.2, "effect_upper": -0.6, "percent": -15.2, "percent_lower": -19.4, "percent_upper": -11.3,
        "placebo": 0.02, "placebo_lower": -0.2, "placebo_upper": 0.24, "refused": "",
        "balance": '[{"characteristic": "prior use", "before": 0.61, "after": 0.004}]', "as_at": date(2023, 6, 30),
    }  # fmt: skip
    return {**usual, **facts}


@pytest.fixture
def page(place: Any, client: Client) -> Any:
    result = {
        "indicator": ID, "period": "2022-23", "organisation": "QOQ", "level": "icb", "numerator": -900.0,
        "denominator": 3000.0, "coverage": 1.0, "as_at": date(2023, 6, 30),
    }  # fmt: skip
    results.replace([result], source="computed", periods=["2022-23"])
    publishing.weigh(publishing.owed())

    def read(address: str) -> str:
        return " ".join(client.get(address).content.decode().split())

    return read


def test_a_row_of_measurement_is_what_is_stored(place: Any) -> None:
    assert set(row()) == set(COLUMNS.names)
    assert comparisons.replace([row()], periods=["2022-23"]) == 1
    assert comparisons.replace([row(percent=-3.0)], periods=["2022-23"]) == 1
    assert Comparison.objects.get().percent == -3.0


def test_an_attributable_change_is_shown_with_its_interval_and_balance_and_is_judged(page: Any) -> None:
    comparisons.replace([row()], periods=["2022-23"])
    found = page(f"/numbers/QOQ/{ID}/?period=2022-23")
    assert "Against people like them: -15.2% (95% limits -19.4% to -11.3%)." in found
    assert "Prior use" in found
    assert "0.61" in found
    assert 'nhsuk-tag--green">Met' in found
    assert "Not attributable" not in found
    assert "Against people like them: -15.2%" in page("/numbers/QOQ/?period=2022-23")


@pytest.mark.parametrize(
    ("percent", "lower", "upper", "stands"),
    [
        (-15.2, -19.4, -11.3, "Met"),
        (-15.2, -31.0, 4.0, "Not known"),  # reaches what is expected, and so could chance
        (-6.0, -9.0, -3.0, "Missed"),
        (-6.0, -18.0, 8.0, "Not known"),
        (-1.0, -4.0, 2.0, "Missed"),  # no change for all we know, and not 14% fewer for sure
        (5.0, 1.0, 9.0, "Missed"),
    ],
)
def test_a_change_that_chance_alone_could_make_is_not_judged(
    percent: float, lower: float, upper: float, stands: str, page: Any
) -> None:
    given = row(percent=percent, percent_lower=lower, percent_upper=upper)
    comparisons.replace([given], periods=["2022-23"])
    found = page(f"/numbers/QOQ/{ID}/?period=2022-23")
    assert f">{stands}</strong>" in found
    assert ("Chance alone could make such a difference" in found) == (lower <= 0 <= upper)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "no comparison with people like them has been made"),
        ([row(refused="the groups were already drifting apart before")], "the groups were already drifting apart"),
        ([row(supported=10, unmatched=2, refused="fewer than 30 people")], "fewer than 30 people"),
    ],
)
def test_without_a_sound_comparison_it_is_not_attributable_and_not_judged(given: Any, says: str, page: Any) -> None:
    comparisons.replace(given, periods=["2022-23"])
    found = page(f"/numbers/QOQ/{ID}/?period=2022-23")
    assert f"Not attributable: {says}" in found
    assert "Not known</strong>" in found
    assert ">Met" not in found
    assert "-15.2%" not in found


def test_the_public_sees_rounded_counts_and_nothing_of_a_few(place: Any) -> None:
    comparisons.replace([row(), row(indicator="x", supported=20, unmatched=0, refused="few")], periods=["2022-23"])
    public = {one.indicator: one for one in comparisons.read("QOQ", "icb", exact=False)}
    many, few = public[ID], public["x"]
    assert (many.supported, many.unmatched, many.died, many.moved, many.percent) == (510, 15, None, 45, -15.2)
    assert (few.supported, few.percent, few.before, few.refused) == (None, None, None, "few")
    exact = comparisons.read("QOQ", "icb", exact=True, indicators=[ID])
    assert [(one.supported, one.died) for one in exact] == [(512, 6)]
