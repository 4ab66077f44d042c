"""Every engine gives the same rows as the plain one on awkward facts, for indicators real and invented.

A case is a small world (``generated_worlds``) of up to 200 lives drawn to fall on edges, and fifteen indicators drawn
from the whole vocabulary (``generated_indicators``), or all of the programme's. Both come from a seed, which Hypothesis
chooses, so that a world can be large and its search still quick. Some hundreds of generated indicators a run; for the
long run, thousands of worlds: ``CASES=5000 pytest tests/measurement/test_engines_agree.py``.
"""

import os
import random
from collections import defaultdict
from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from tests.measurement.generated_indicators import indicators
from tests.measurement.generated_worlds import world

from whatmatters.measurement import measure
from whatmatters.measurement.conditions import Condition, EventOf
from whatmatters.measurement.counts import By, Count, Published
from whatmatters.measurement.indicators import BREAKDOWNS, LEVELS
from whatmatters.programme.indicators import INDICATORS

COMPUTED = [indicator for indicator in INDICATORS.values() if indicator.computed]
CASES = int(os.environ.get("CASES", "10"))
QUICK = settings(deadline=None, phases=(Phase.explicit, Phase.generate))  # a smaller seed is no simpler a world
AS_ATS = [date(2022, 7, 1), date(2023, 3, 31), date(2023, 4, 1), date(2024, 2, 29)]
PERIODS = [["2022-23"], ["2021-22", "2022-23"], ["2022-23-Q1", "2022-03-30"], ["2022-07-01", "2021-22"]]


def disagreement(engine, seed, *, size, asked, organisations, as_at, periods):
    """What an engine says otherwise than the plain one, of the first indicator on which they differ."""
    draw = random.Random(seed)
    facts = world(draw, size, asked)
    how = {"organisations": organisations, "as_at": as_at, "levels": LEVELS, "breakdowns": BREAKDOWNS}
    if draw.random() < 0.2:
        how |= {"levels": draw.sample(LEVELS, 2), "breakdowns": draw.sample(BREAKDOWNS, 2)}
    rows = {}
    for name in (engine, "reference"):
        found = measure(facts, periods, asked, engine=name, **how).to_pylist()
        rows[name] = {tuple(row.items()) for row in found}
        assert len(rows[name]) == len(found), f"{name} gives a row twice"
    differ = sorted(rows[engine] ^ rows["reference"], key=str)
    ids = {dict(row)["indicator"] for row in differ}
    for one in asked:
        if one.id in ids:
            said = [("+" if row in rows[engine] else "-", *row) for row in differ if dict(row)["indicator"] == one.id]
            return f"of {one}\n" + "\n".join(map(str, said[:20]))
    return ""


anything = {
    "seed": st.integers(0, 2**32),
    "size": st.sampled_from([1, 20, 200, 200]),
    "organisations": st.sampled_from(["then", "now"]),
    "as_at": st.sampled_from(AS_ATS),
    "periods": st.sampled_from(PERIODS),
}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["duckdb", pytest.param("kernel", marks=pytest.mark.xdist_group("kernel"))])
@settings(QUICK, max_examples=CASES)
@given(**anything)
@example(seed=1, size=300, organisations="then", as_at=AS_ATS[0], periods=["2021-22", "2022-23", "2022-07-01"])
def test_an_engine_gives_the_same_rows_for_every_indicator_of_the_programme(engine, seed, **how):
    assert disagreement(engine, seed, asked=COMPUTED, **how) == ""


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["duckdb", pytest.param("kernel", marks=pytest.mark.xdist_group("kernel"))])
@settings(QUICK, max_examples=2 * CASES)
@given(**anything)
def test_an_engine_gives_the_same_rows_for_indicators_that_nobody_would_write(engine, seed, **how):
    draw = random.Random(seed)
    assert disagreement(engine, seed, asked=indicators(draw, draw.choice([1, 15, 15, 15])), **how) == ""


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("seed", range(max(1, CASES // 10)))
def test_spark_gives_the_same_rows_for_both(seed):
    """It takes seconds to answer, so it is asked much at once."""
    asked = [*COMPUTED, *indicators(random.Random(seed), 40)]
    how = {"size": 200, "organisations": "then", "as_at": date(2023, 4, 1), "periods": ["2021-22", "2022-23-Q1"]}
    assert disagreement("spark", seed, asked=asked, **how) == ""


def test_the_generated_indicators_use_every_word_and_field_of_the_vocabulary():
    draw, told = random.Random(1), defaultdict(set)

    def look(part):
        if isinstance(part, tuple):
            for one in part:
                look(one)
        elif is_dataclass(part):
            for field in fields(part):
                told[type(part), field.name].add(getattr(part, field.name))
                look(getattr(part, field.name))
            told[type(part), ""] |= {1, 2}

    for one in indicators(draw, 1500):
        look((one.counts, one.by))
    words = [*Count.__args__, *Condition.__args__, EventOf, By]
    wanted = {(word, "") for word in words} | {(word, field.name) for word in words for field in fields(word)}
    same = {"name"}  # a breakdown's name is never of consequence
    silent = {(word, name) for word, name in wanted if len(told[word, name]) < 2 and name not in same}
    assert silent == {(Published, "")}
