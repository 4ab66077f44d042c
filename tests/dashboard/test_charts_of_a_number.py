"""The number's page: its course on a control chart, and those below it against chance."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.dashboard.test_numbers_pages import row, store, text

from whatmatters.dashboard.course import course
from whatmatters.dashboard.funnel import funnel
from whatmatters.dashboard.gaps import gaps
from whatmatters.dashboard.numbers import Number
from whatmatters.dashboard.places import Place
from whatmatters.periods import period
from whatmatters.programme.figures import Figure
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.targets import Target

SHARE, RATE, NEITHER = (INDICATORS[name] for name in ("sp-taken-up-share", "sp-referred-per-1000", "sp-declined-share"))
UNTIL = period("2025-26")
QUARTERS = [f"{year}-{(year + 1) % 100}-Q{number}" for year in range(2022, 2026) for number in (1, 2, 3, 4)]
PLACE = Place(1, "B81001", "Harbour Surgery", "practice")


def figure(label: str, numerator: float, denominator: float = 1000, *, of: Any = SHARE, hidden: bool = False) -> Figure:
    value = None if hidden else of.value(numerator, denominator)
    known = (None, None) if hidden else (numerator, denominator)
    return Figure(
        of.id, 1, label, "B81001", "practice", "all", "all", *known, value, hidden, "computed", 1.0, date(2026, 5, 31)
    )


def quarterly(values: list[float], of: Any = SHARE) -> list[Figure]:
    return [figure(label, value, of=of) for label, value in zip(QUARTERS, values, strict=False)]


def target(lower: float) -> Target:
    return Target(SHARE.id, UNTIL, lower, None, 100, "referrals", "standard", "SP-Q3")


USUAL = [800, 810, 790, 805, 795, 800, 810, 790, 805, 795, 800, 808]


def test_usual_variation_is_called_so_and_a_leap_is_not() -> None:
    steady, leapt = (course(SHARE, quarterly(values), UNTIL, None) for values in (USUAL, [*USUAL, 940]))
    assert steady is not None
    assert leapt is not None
    assert {one.kind for one in steady.rows} == {"common"}
    assert (leapt.rows[-1].kind, leapt.rows[-1].says) == ("improvement", "improvement: outside the limits")
    assert leapt.verdict == "A change for the better, beyond the usual variation."


@pytest.mark.parametrize(
    ("of", "values", "lower", "upper"),
    [(RATE, [0, 30, 0, 25, 1, 30], 0, 87.7), (SHARE, [1000, 900, 1000, 870, 990, 1000], 71.5, 100)],
)
def test_a_limit_beyond_what_can_be_is_drawn_at_the_edge(
    of: Any, values: list[float], lower: float, upper: float
) -> None:
    found = course(of, quarterly(values, of), UNTIL, None)
    assert found is not None
    ((*_, low, high),) = found.levels
    assert low is not None
    assert high is not None
    assert (round(low, 1), round(high, 1)) == (lower, upper)


@pytest.mark.parametrize(("of", "kind"), [(SHARE, "improvement"), (NEITHER, "high")])
def test_better_or_only_higher_goes_by_the_direction_of_the_indicator(of: Any, kind: str) -> None:
    found = course(of, quarterly([*USUAL, 940], of), UNTIL, None)
    assert found is not None
    assert found.rows[-1].kind == kind


@pytest.mark.parametrize(
    ("lower", "says"),
    [(70, "will be met, as long"), (80, "met in some quarters and missed in others"), (95, "will be missed")],
)
def test_the_limits_say_whether_the_target_will_be_met(lower: float, says: str) -> None:
    found = course(SHARE, quarterly(USUAL), UNTIL, target(lower))
    assert found is not None
    assert says in found.outlook


def test_a_yearly_count_is_no_target_for_a_quarter() -> None:
    found = course(RATE, quarterly(USUAL, RATE), UNTIL, target(4))
    assert found is not None
    assert found.target is None


def test_a_hidden_quarter_and_one_not_over_are_not_drawn() -> None:
    figures = [*quarterly(USUAL[:8]), figure(QUARTERS[8], 3, hidden=True), figure("2026-27-Q1", 100)]
    found = course(SHARE, figures, period("2026-27"), None)
    assert found is not None
    assert len(found.rows) == 9, "2026-27-Q1 had not ended on the day the figures are as at"
    assert (found.rows[8].value, found.rows[8].says) == (None, "not known, or hidden")


def test_with_few_quarters_there_is_no_chart() -> None:
    assert course(SHARE, quarterly(USUAL[:5]), UNTIL, None) is None


def below(*pairs: tuple[float, float], of: Any = SHARE) -> list[tuple[Place, Figure | None]]:
    return [(PLACE, figure("2025-26", top, size, of=of)) for top, size in pairs]


def test_a_small_practice_far_from_the_average_is_within_chance_and_a_large_one_is_not() -> None:
    found = funnel(SHARE, below((7, 10), (780, 1000), (600, 1000), (400, 500), (300, 375)))
    assert found is not None
    said = [one.says for one in found.rows]
    assert said[0] == "within the limits"
    assert said[2] == "below the 99.8% limit"
    assert found.rows[2].kind == "concern"


@pytest.mark.parametrize("size", [4, 5])
def test_a_funnel_takes_five_organisations(size: int) -> None:
    assert (funnel(SHARE, below(*[(80, 100)] * size)) is None) == (size < 5)


def test_a_number_that_is_no_share_of_people_has_no_funnel() -> None:
    wellbeing = INDICATORS["sp-ons4-change-happy"]
    assert funnel(wellbeing, below(*[(80, 100)] * 6, of=wellbeing)) is None
    assert funnel(SHARE, below((120, 100), *[(80, 100)] * 6)) is None


@pytest.mark.parametrize(
    ("of", "numerator", "denominator", "expected"),
    [(SHARE, 80, 100, "71.1 to 86.7%"), (RATE, 5, 1000, "1.6 to 11.7 per 1000"), (SHARE, 0, 0, "")],
)
def test_a_number_stands_with_its_confidence_interval(of: Any, numerator: int, denominator: int, expected: str) -> None:
    """Wilson for 80 of 100; exact Poisson for 5: 1.6235 to 11.6683 (Garwood 1936)."""
    one = figure("2025-26", numerator, denominator, of=of)
    assert Number(of, one, "", (), ()).interval == expected


@pytest.mark.django_db
@pytest.mark.database
def test_the_page_shows_the_chart_its_verdict_and_its_table(client: Client, place: Any) -> None:
    store(
        *(
            row(place.icb, SHARE.id, period=label, numerator=float(value), denominator=1000.0)
            for label, value in zip(QUARTERS, [*USUAL, 940], strict=False)
        )
    )
    page = text(client, f"/numbers/QOQ/{SHARE.id}/?period=2025-26")
    assert "A change for the better, beyond the usual variation." in page
    assert "improvement: outside the limits" in page
    assert re.search(r"April to June 2022 +80.0% ", page), "every figure stands in the table too"


def group(breakdown: str, name: str, numerator: float, denominator: float, *, hidden: bool = False) -> Figure:
    return figure("2025-26", numerator, denominator, of=RATE, hidden=hidden)._replace(breakdown=breakdown, group=name)


def test_a_gap_is_said_with_its_limits_and_with_how_much_is_recorded() -> None:
    fifths = [group("deprivation", name, top, 10_000) for name, top in (("1", 60), ("2", 70), ("5", 120))]
    assert gaps(RATE, [*fifths, group("deprivation", "unknown", 10, 70_000)]) == [
        "The most deprived fifth of places against the least deprived: -6.0 per 1000 (95% confidence interval -8.7 to "
        "-3.3); 0.50 times as many (95% confidence interval 0.37 to 0.68). It is recorded for only 30% of people, so "
        "the gap may be one of recording."
    ]


def test_a_gap_with_a_hidden_side_is_not_said() -> None:
    fifths = [group("deprivation", "1", 3, 500, hidden=True), group("deprivation", "5", 120, 10_000)]
    assert gaps(RATE, fifths) == []
