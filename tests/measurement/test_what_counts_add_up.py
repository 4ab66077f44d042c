"""What each count adds up, on every engine: a few lives, and the number that must come out."""

from functools import cache

import pytest
from tests.measurement.cases import EACH_ENGINE, adds, counted, life

from whatmatters.events.codes import ACTIVATION_SCORE, BUDGET_SPENT, EMERGENCY, SP_REFERRED, SP_SIGNPOSTED
from whatmatters.measurement.indicators import (
    Aged,
    Around,
    By,
    Change,
    EventOf,
    Happenings,
    Kinds,
    Largest,
    Pairs,
    People,
    Total,
    did,
)

REFERRED, SPENT, SENT = (EventOf(code) for code in (SP_REFERRED, BUDGET_SPENT, SP_SIGNPOSTED))
SCORE = EventOf(ACTIVATION_SCORE)
VISITS = {side: Around(REFERRED, EventOf(EMERGENCY), 90, side) for side in ("before", "after", "change", "people")}
GROUPS = By("kind", SP_SIGNPOSTED, ("arts", "sport", "green"))


def scores(*told, number=1):
    return life(*((on, ACTIVATION_SCORE, value, None, number) for on, value in told))


def referred(on, *visits, **about):
    return life((on, SP_REFERRED), *((day, EMERGENCY) for day in visits), **about)


TWICE = life(("2022-05-05", BUDGET_SPENT, 0.1), ("2022-05-05", BUDGET_SPENT, 0.2), ("2022-06-06", BUDGET_SPENT))
KINDS = life(
    *((f"2022-05-0{n}", SP_SIGNPOSTED, None, kind) for n, kind in enumerate(("arts", "arts", "sport", "chess"), 1)),
    ("2021-05-05", SP_SIGNPOSTED, None, "green"),
)

CASES = [
    adds(
        "people are counted once",
        People(did(SP_REFERRED)),
        1,
        life(("2022-05-05", SP_REFERRED), ("2022-06-06", SP_REFERRED)),
    ),
    adds("two events on one day are two", Happenings((SPENT,)), 3, TWICE),
    adds("an event that is asked for twice is one", Happenings((REFERRED, REFERRED)), 1, referred("2022-05-05")),
    adds("values add up in millionths: a tenth and two are three", Total((SPENT,)), 0.3, TWICE),
    adds("a count is held to some people", Happenings((SPENT,), among=Aged(0, 17)), 0, TWICE),
    adds(
        "a pair is two readings on different days, the last in the period",
        Pairs(SCORE),
        2,
        scores(("2022-05-05", 50.0), ("2022-06-06", 60.0)),
        scores(("2021-05-05", 50.0), ("2023-03-31", 60.0), ("2023-04-01", 70.0)),
        scores(("2022-05-05", 50.0), ("2022-05-05", 60.0)),
        scores(("2021-05-05", 50.0), ("2022-03-31", 60.0)),
        scores(("2022-05-05", 50.0), ("2022-06-06", None)),
        scores(("2022-05-05", 50.0), ("2022-06-06", 60.0), number=None),
    ),
    adds(
        "readings of different episodes pair only together",
        Pairs(SCORE, together=True),
        1,
        life(("2022-05-05", ACTIVATION_SCORE, 50.0, None, 1), ("2022-06-06", ACTIVATION_SCORE, 60.0)),
    ),
    adds(
        "a rise is at least so much, to the millionth",
        Pairs(SCORE, rise=0.2),
        1,
        scores(("2022-05-05", 0.1), ("2022-06-06", 0.3)),
        scores(("2022-05-05", 0.1), ("2022-06-06", 0.299999)),
    ),
    adds(
        "the first reading is at most",
        Pairs(SCORE, first_most=47.0),
        1,
        scores(("2022-05-05", 47.0), ("2022-06-06", 40.0)),
        scores(("2022-05-05", 47.1), ("2022-06-06", 60.0)),
    ),
    adds(
        "change is the last less the first, the lowest of a day",
        Change(Pairs(SCORE)),
        4.9,
        scores(("2022-05-05", 50.1), ("2022-05-05", 55.0), ("2022-06-06", 60.0), ("2022-06-06", 55.0)),
    ),
    adds("change may be a fall", Change(Pairs(SCORE)), -10.5, scores(("2022-05-05", 50.5), ("2022-06-06", 40.0))),
    adds(
        "before the anchor, so many days",
        VISITS["before"],
        2,
        referred("2022-05-05", "2022-02-03", "2022-02-04", "2022-05-04", "2022-05-05", "2022-05-06"),
    ),
    adds(
        "after it, so many days",
        VISITS["after"],
        2,
        referred("2022-05-05", "2022-05-04", "2022-05-05", "2022-05-06", "2022-08-03", "2022-08-04"),
    ),
    adds("after less before", VISITS["change"], -1, referred("2022-05-05", "2022-05-01", "2022-05-02", "2022-05-06")),
    adds(
        "those whose days after their first anchor end in the period, living",
        VISITS["people"],
        3,
        referred("2022-01-01"),  # 90 days after is 1 April 2022
        referred("2022-12-31"),  # 31 March 2023
        referred("2022-05-05", died="2022-08-04"),
        referred("2022-05-05", died="2022-08-03"),
        referred("2021-12-31"),
        referred("2023-01-01"),
        life(("2020-05-05", SP_REFERRED), ("2022-05-05", SP_REFERRED)),
    ),
    adds(
        "nobody's days have ended after the as-at date",
        VISITS["people"],
        1,
        referred("2023-04-01"),  # 90 days after is 30 June 2023
        referred("2023-04-02"),
        period="2023-24",
    ),
    adds("the largest of the groups that are named", Largest(Happenings((SENT,)), GROUPS), 2, KINDS),
    adds("the groups that are not empty", Kinds(Happenings((SENT,)), GROUPS), 2, KINDS),
]


@cache
def found(engine):
    return counted(CASES, engine)


@pytest.mark.parametrize("engine", EACH_ENGINE)
@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number].says)
def test_a_count_adds_up(number, engine):
    assert found(engine)[number] == CASES[number].expected
