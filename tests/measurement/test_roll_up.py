"""Grains of any engine become results: added up to every level, in one order, however many come at once."""

from datetime import date

import pyarrow as pa
import pytest

from whatmatters.measurement.engines import COLUMNS, DOERS, GRAINS, REPORTED, Grains, Plan
from whatmatters.measurement.engines.roll_up import rolled
from whatmatters.measurement.example_facts import facts_of
from whatmatters.measurement.examples import Example
from whatmatters.measurement.facts import FactsError
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS

ASKED = [INDICATORS["sp-referred-per-1000"], INDICATORS["link-worker-wte-per-10000"]]
YEARS = [period("2021-22"), period("2022-23")]
PLAN = Plan(YEARS, ASKED, ("practice", "pcn", "nation"), ("all", "age_sex"), "then", date(2023, 6, 30))
FACTS = facts_of(Example((), 0, None, practices=("A", "B")))
MILLION = 1_000_000


def grains(span, *rows):
    """Rows of (count, practice, breakdown, group, how many); a practice that has any reported."""
    told = [(PLAN.atoms[count], *where, number * MILLION) for count, *where, number in rows]
    columns = zip(*told, strict=True) if told else [[]] * 5
    given = pa.table([pa.array(column, kind) for column, kind in zip(columns, GRAINS.types, strict=True)], GRAINS)
    practices = sorted({row[1] for row in rows})
    return Grains(span, given, pa.table([pa.array([REPORTED] * len(practices), pa.int32()), practices], DOERS))


@pytest.fixture
def found():
    referred, listed = ASKED[0].counts
    return [
        grains(YEARS[0], (listed, "B", "all", "all", 5)),
        grains(
            YEARS[1],
            (referred, "A", "all", "all", 1),
            (referred, "A", "all", "all", 1),
            (referred, "A", "age_sex", "F 40-44", 2),
            (listed, "A", "all", "all", 10),
            (listed, "A", "age_sex", "F 40-44", 4),
            (listed, "A", "age_sex", "M 95+", 6),
        ),
    ]


def rows(found):
    table = pa.concat_tables(rolled(FACTS, PLAN, found))
    keys = ("period", "organisation", "group", "numerator", "denominator", "coverage")
    return [tuple(row[key] for key in keys) for row in table.to_pylist() if row["indicator"] == ASKED[0].id]


def test_practices_add_up_and_several_rows_of_one_cell_are_one(found):
    assert rows(found) == [
        ("2021-22", "England", "all", 0, 5, 0.5),
        ("2021-22", "Network", "all", 0, 5, 0.5),
        ("2021-22", "B", "all", 0, 5, 1),
        ("2022-23", "England", "F 40-44", 2, 4, 0.5),
        ("2022-23", "England", "M 95+", 0, 6, 0.5),
        ("2022-23", "England", "all", 2, 10, 0.5),
        ("2022-23", "Network", "F 40-44", 2, 4, 0.5),
        ("2022-23", "Network", "M 95+", 0, 6, 0.5),
        ("2022-23", "Network", "all", 2, 10, 0.5),
        ("2022-23", "A", "F 40-44", 2, 4, 1),
        ("2022-23", "A", "M 95+", 0, 6, 1),
        ("2022-23", "A", "all", 2, 10, 1),
    ]


def test_rows_come_in_order_an_indicator_at_a_time(found):
    tables = list(rolled(FACTS, PLAN, found))
    whole = pa.concat_tables(tables)
    order = ("indicator", "period", "level", "organisation", "breakdown", "group")
    assert whole == whole.sort_by([(name, "ascending") for name in order])
    assert len(tables) == len(ASKED)


def test_a_count_that_does_not_fit_in_a_whole_number_is_refused_and_never_wraps(found):
    listed = ASKED[0].counts[1]
    rows = [(listed, "A", "all", "all", 1_000_000_000_000)] * 10
    with pytest.raises(FactsError, match="too great to be added up"):
        list(rolled(FACTS, PLAN, [found[0], grains(YEARS[1], *rows)]))


def test_nothing_counted_is_no_row():
    tables = list(rolled(FACTS, PLAN, [grains(span) for span in YEARS]))
    assert {table.schema for table in tables} == {COLUMNS}
    assert rows([grains(span) for span in YEARS]) == []
