"""What managers see of a service's outcomes gives nobody away, by subtraction either."""

from itertools import pairwise
from random import Random
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


STATES = ("paired", "lost", "waiting")
GROWS = ("spoken", "asked", "paired")  # from month to month, within a year's cases; the others come and go


def two_months(then: Look, now: Look) -> Reader:
    """Who looked in two months. How many were spoken with and not asked is on no page."""
    rows, tree = [], {}
    for which, looks in enumerate(([then], [then, now])):
        look, read = looks[-1], by_others(looks)
        rows += [{**one, "indicator": f"i {which}"} for one in seen_of(look, read.spoken, read.scales[0], tree)]
    found = Reader(rows, tree)
    for name in [name for name in found.exact if name[0] == "i 1 numerator" and name[2] in GROWS]:
        later, earlier = name, ("i 0 numerator", *name[1:])
        rest = ("i 1 less i 0", *name[1:])
        found.bounds[rest], found.exact[rest] = (0, float("inf")), found.exact[later] - found.exact[earlier]
        assert found.exact[rest] >= 0, "the test's own counts are wrong"
        found.sums.append({later: 1, earlier: -1, rest: -1})
    found._problem()
    return found


def seen_of(look: Look, spoken: str, read: Seen, tree: dict[str, list[str]]) -> list[dict[str, Any]]:
    [one] = look.outcomes
    not_asked = {**row("not asked", "asked", look.spoken - one.asked, "hidden")}
    states = [row(state, "state", getattr(one, state), getattr(read, state)) for state in STATES]
    bands = [row(name, "band", exact, said) for (name, exact), (_, _, said) in zip(one.bands, read.bands, strict=True)]
    tree |= {"asked": ["spoken"], "not asked": ["spoken"]} | {state: ["asked"] for state in STATES}
    tree |= {band["organisation"]: ["paired"] for band in bands}
    whole = [row("spoken", "all", look.spoken, spoken), row("asked", "asked", one.asked, read.asked), not_asked]
    return [*whole, *states, *bands]


def counts_told(of: Reader) -> dict[Any, Any]:
    return {name: found for name, found in of.recovered().items() if " less " not in name[0]}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_recovered_by_who_looked_in_two_months(seed: int) -> None:
    chance = Random(seed)
    few = [0, 0, 1, 3, 6, 7, 8, 21]
    bands, lost, waiting = [chance.choice(few) for _ in range(5)], chance.choice(few), chance.choice(few)
    left = chance.choice([1, 7, 9, 40])
    then = Look(sum(bands) + lost + waiting + left, [outcome(tuple(bands), lost, waiting)])
    more = [count + chance.choice([0, 0, 1, 2, 6]) for count in bands]
    lost, waiting = lost + chance.choice([0, 1, 5]), waiting + chance.choice([0, 1, 2])
    now = Look(sum(more) + lost + waiting + left, [outcome(tuple(more), lost, waiting)])
    assert counts_told(two_months(then, now)) == {}
