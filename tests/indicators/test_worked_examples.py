"""Every indicator's worked example comes out as its page says, on every engine.

All examples are run as one set of facts, each with its own people, workers and organisations up to its own England.
"""

from dataclasses import replace
from datetime import date
from functools import cache

import pyarrow as pa
import pytest
from tests.measurement.cases import EACH_ENGINE

from whatmatters.measurement import measure
from whatmatters.measurement.example_facts import facts_of
from whatmatters.measurement.facts import SCHEMAS, of
from whatmatters.programme.indicators import INDICATORS

COMPUTED = [indicator for indicator in INDICATORS.values() if indicator.computed]


@cache
def found(engine, as_at):
    """(numerator, denominator) of every example's England in its period, by indicator."""
    asked = [one for one in COMPUTED if one.example.as_at == as_at]
    rows = {name: [row for one in asked for row in own(one, name)] for name in SCHEMAS}
    table = measure(
        of({name: pa.Table.from_pylist(rows[name], schema=SCHEMAS[name]) for name in SCHEMAS}),
        sorted({one.example.period for one in asked}),
        asked,
        levels=["nation"],
        breakdowns=["all"],
        engine=engine,
        as_at=date.fromisoformat(as_at),
    )
    cells = {(row["indicator"], row["period"], row["organisation"]): row for row in table.to_pylist()}
    keys = {one.id: (one.id, one.example.period, f"{one.id}: England") for one in asked}
    return {name: (cells[key]["numerator"], cells[key]["denominator"]) for name, key in keys.items() if key in cells}


def own(indicator, table):
    """The example's rows with its organisations named and its people and workers numbered apart."""
    first = 1_000 * COMPUTED.index(indicator)
    for row in facts_of(indicator.example).table(table).to_pylist():
        named = {"practice", "organisation", "child", "parent"} | ({"code"} if table == "organisations" else set())
        for column, value in row.items():
            if value is not None and column in named:
                row[column] = f"{indicator.id}: {value}"
            if value is not None and column in ("person", "worker"):
                row[column] = first + value
        yield row


def by_themselves(indicator, engine):
    """What each person of the example adds alone, and what the plain engine says where it says otherwise."""
    alone = replace(indicator, needs=())  # nobody else is there to show that a code is recorded
    for someone in indicator.example.people:
        here = replace(indicator.example, people=(someone,), staff=(), staff_events=(), organisation_events=())
        added, plainly = (added_up(alone, here, name) for name in (engine, "reference"))
        yield f"{someone.name} adds {added}{'' if added == plainly else f', plainly {plainly}'}: {someone.because}"


def added_up(indicator, example, engine):
    table = measure(
        facts_of(example),
        [example.period],
        [indicator],
        levels=["nation"],
        breakdowns=["all"],
        engine=engine,
        as_at=date.fromisoformat(example.as_at),
    )
    return next(((row["numerator"], row["denominator"]) for row in table.to_pylist()), "nothing")


def whose(indicator, engine, came):
    example = indicator.example
    told = "\n  ".join(by_themselves(indicator, engine))
    return f"{came} came out and {(example.numerator, example.denominator)} is on the page.\n  {told}"


@pytest.mark.parametrize("engine", EACH_ENGINE)
@pytest.mark.parametrize("indicator", COMPUTED, ids=lambda indicator: indicator.id)
def test_the_worked_example_gives_the_numbers_on_its_page(indicator, engine):
    example = indicator.example
    came = found(engine, example.as_at).get(indicator.id, "nothing")
    assert came == (example.numerator, example.denominator), whose(indicator, engine, came)


@pytest.mark.slow
def test_an_example_that_fails_says_what_each_person_adds():
    told = whose(INDICATORS["sp-referred-per-1000"], "duckdb", (4, 4)).splitlines()
    assert told[0] == "(4, 4) came out and (3, 4) is on the page."
    assert told[1].startswith("  Amina adds (1.0, 1.0): referred twice")
    assert len(told) == 1 + len(INDICATORS["sp-referred-per-1000"].example.people)
