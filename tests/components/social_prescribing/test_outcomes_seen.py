"""What managers see of a service's outcomes gives nobody away, by subtraction either."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measurement.disclosure_attack import Reader

from whatmatters.components.social_prescribing.outcomes import Outcome
from whatmatters.components.social_prescribing.outcomes_seen import Look, Seen, by_others, exactly
from whatmatters.instruments import INSTRUMENTS

SCALE = next(scale for asked in INSTRUMENTS.values() for scale in asked.scales)
ASKED = next(asked for asked in INSTRUMENTS.values() if SCALE in asked.scales)


def outcome(bands: tuple[int, ...], lost: int = 0, waiting: int = 0) -> Outcome:
    """So many people in each band, from much better to much worse."""
    gains = (SCALE.much, SCALE.much / 2, 0.0, -SCALE.much / 2, -SCALE.much)
    changed = [gain for gain, count in zip(gains, bands, strict=True) for _ in range(count)]
    return Outcome(ASKED, SCALE, tuple(changed), lost, waiting)


def seen(some: list[Outcome], spoken: int) -> list[Seen]:
    return by_others([Look(spoken, some)]).scales


def number(words: str) -> int | None:
    return None if words == "hidden" else int(words)


def row(name: str, level: str, exact: int, words: str) -> dict[str, Any]:
    return {
        "indicator": "i", "period": "2022-23", "organisation": name, "level": level, "breakdown": "all",
        "group": "all", "numerator": exact, "denominator": None, "shown_numerator": number(words), "hidden": False,
    }  # fmt: skip


def reader(one: Outcome, read: Seen) -> Reader:
    states = [row(state, "state", getattr(one, state), getattr(read, state)) for state in ("paired", "lost", "waiting")]
    bands = [
        row(words, "band", exact, said) for (words, exact), (_, _, said) in zip(one.bands, read.bands, strict=True)
    ]
    tree = {state["organisation"]: ["asked"] for state in states} | {band["organisation"]: ["paired"] for band in bands}
    return Reader([row("asked", "all", one.asked, read.asked), *states, *bands], tree)


def test_one_lost_to_follow_up_is_not_told_by_those_who_were_not() -> None:
    one = outcome((5, 8, 0, 0, 0), lost=4)  # 17 asked is shown as 15, 13 again as 15: the rest would be 4 at the most
    [read] = seen([one], 60)
    assert read.lost == "hidden"
    assert "hidden" in (read.asked, read.paired)
    assert reader(one, read).recovered() == {}


def test_those_not_asked_are_not_told_by_those_spoken_with() -> None:
    [read] = seen([outcome((10, 10, 10, 10, 13))], 56)
    assert read.asked == "hidden"


def test_the_mean_is_not_told_where_the_number_of_people_is_hidden() -> None:
    [read] = seen([outcome((5, 8, 0, 0, 0), lost=4)], 60)
    assert (read.mean is None) == (read.paired == "hidden")
    [all_asked_again] = seen([outcome((5, 8, 0, 0, 0))], 60)
    assert (all_asked_again.paired, all_asked_again.mean is None) == ("15", False)


def test_scales_that_the_same_people_answered_hide_the_same_numbers() -> None:
    some = [outcome((9, 4, 0, 0, 0), lost=4), outcome((0, 13, 0, 0, 0), lost=4)]
    reads = seen(some, 60)
    assert all((a.asked, a.paired, a.lost) == (b.asked, b.paired, b.lost) for a, b in pairwise(reads))


def test_the_care_team_sees_it_exactly() -> None:
    [read] = exactly(Look(60, [outcome((5, 8, 0, 0, 0), lost=4)])).scales
    assert (read.asked, read.paired, read.lost, read.waiting) == ("17", "13", "4", "0")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.tuples(*[st.one_of(st.integers(0, 7), st.integers(0, 30))] * 5), st.integers(0, 20), st.integers(0, 20))
def test_nothing_is_recovered(bands: Any, lost: int, waiting: int) -> None:
    one = outcome(bands, lost, waiting)
    [read] = seen([one], one.asked + 40)
    assert reader(one, read).recovered() == {}
