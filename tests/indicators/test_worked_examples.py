"""Every indicator's worked example comes out as its page says, on every engine."""

from datetime import date

import pytest

from whatmatters.measurement import measure
from whatmatters.measurement.engines import ENGINES
from whatmatters.measurement.example_facts import facts_of
from whatmatters.programme.indicators import INDICATORS

COMPUTED = [indicator for indicator in INDICATORS.values() if indicator.computed]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("indicator", COMPUTED, ids=lambda indicator: indicator.id)
def test_the_worked_example_gives_the_numbers_on_its_page(indicator, engine):
    example = indicator.example
    table = measure(
        facts_of(example),
        [example.period],
        [indicator],
        levels=["nation"],
        breakdowns=["all"],
        engine=engine,
        as_at=date.fromisoformat(example.as_at),
    )
    [row] = table.to_pylist()
    assert (row["numerator"], row["denominator"]) == (example.numerator, example.denominator)
    assert row["organisation"] == "England"
