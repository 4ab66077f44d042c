"""``measure --explain`` tells the plan and runs nothing; one more indicator is no further pass."""

from datetime import date

import pytest

from whatmatters.config.cli import main
from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement.engines import Plan
from whatmatters.measurement.engines.explain import explained
from whatmatters.measurement.engines.passes import Passes
from whatmatters.measurement.indicators import BREAKDOWNS, LEVELS
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS

COMPUTED = [indicator for indicator in INDICATORS.values() if indicator.computed]
REFERRED = INDICATORS["sp-referred-per-1000"]


def plan(*indicators):
    return Plan([period("2022-23")], indicators, LEVELS, BREAKDOWNS, "then", date(2023, 6, 30))


def test_it_needs_no_facts_and_says_what_is_shared_and_read(capsys):
    assert main(["measure", "--explain", "--period", "2022-23", "--indicator", REFERRED.id]) == 0
    told = capsys.readouterr().out
    assert told.startswith("1 indicator of 2 counts: ")
    assert f"Codes read (1 of {len(CONCEPTS)}): social-prescribing-referral\n" in told
    assert "\n-- told: the events that are spoken of (for each bucket of people)\nSELECT person" in told


def test_for_spark_the_statements_are_sparks(capsys):
    assert main(["measure", "--explain", "--engine", "spark", "--indicator", REFERRED.id]) == 0
    told = capsys.readouterr().out
    assert "EXPLODE(ARRAY(" in told
    assert "unnest" not in told
    assert "UNIX_DATE(" in told.upper()
    assert "DATEDIFF" not in told.upper()
    assert "GROUP BY GROUPING SETS ((atom, number, split), (atom, number, split, age_sex)" in told


@pytest.mark.parametrize("engine", ["kernel", "reference"])
def test_an_engine_without_statements_says_so(engine):
    assert list(explained(plan(REFERRED), engine))[-1].endswith("without statements.")


def test_one_more_indicator_is_no_further_pass_and_no_further_read():
    def names(of):
        passes = Passes(of)
        return [step.name for step in (*passes.of_run(), *passes.of_bucket(), *passes.of_period(of.periods[0]))]

    assert names(plan(*COMPUTED)) == names(plan(*COMPUTED[:-1]))
    assert len(names(plan(*COMPUTED))) < 40
    [_, _, passed, less, *_] = explained(plan(*COMPUTED), "duckdb")
    assert less.startswith(f"Without {COMPUTED[-1].id}: {len(COMPUTED) - 1} indicators")
    assert passed.split(". ")[1] in less
