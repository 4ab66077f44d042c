"""docs/outcomes.md tells of people whose averages fall while each of them gets better: its numbers are checked here."""

import re
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from whatmatters.instruments.paired import readings
from whatmatters.measurement.questions import FEWEST
from whatmatters.programme.indicators.questions import QUESTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "outcomes.md").read_text(encoding="utf-8")
BEFORE, AFTER = date(2026, 1, 5), date(2026, 6, 1)


@pytest.fixture
def people():
    """Name to (before, after)."""
    rows = re.findall(r"^\| (\w+) \| (\d+|–) \| (\d+|–) \|$", PAGE, re.MULTILINE)
    return {name: [None if score == "–" else int(score) for score in scores] for name, *scores in rows}


def test_averages_of_strangers_and_paired_change_disagree_in_sign(people):
    before = mean(score for score, _ in people.values() if score is not None)
    after = mean(score for _, score in people.values() if score is not None)
    pairs = [
        one
        for scores in people.values()
        for one in readings(
            ("ons4", on, {"happiness": score}) for on, score in zip((BEFORE, AFTER), scores, strict=True)
        )
        if one.gain is not None
    ]
    change = mean(one.gain for one in pairs)
    assert after - before < 0 < change
    assert {one.way for one in pairs} == {"better"}
    assert (len(people), len(pairs)) == (8, 4)
    assert re.findall(r"\*\*(\d\.\d\d)\*\*", PAGE) == [
        f"{number:.2f}" for number in (before, after, before - after, change)
    ]


def test_the_page_names_every_comparison_and_the_least_number_of_people():
    assert set(re.findall(r"`([a-z-]+-change)`", PAGE)) == set(QUESTIONS)
    assert f"fewer than {FEWEST} people" in PAGE
