"""Which episodes count and which are open, on every engine: a few events each, and the number that must come out."""

from functools import cache

import pytest
from tests.measurement.cases import EACH_ENGINE, adds, counted, life

from whatmatters.events.codes import BUDGET_MANAGED, BUDGET_OPENED, SP_ACCEPTED, SP_CLOSED, SP_REFERRED
from whatmatters.measurement.indicators import Episodes, EventOf, Open

REFERRED, ACCEPTED, CLOSED = ((EventOf(code),) for code in (SP_REFERRED, SP_ACCEPTED, SP_CLOSED))
ANSWERED = Episodes(REFERRED, then=ACCEPTED)
SOON = Episodes(REFERRED, then=ACCEPTED, within=7)
DIRECT = Episodes((EventOf(BUDGET_OPENED),), having=(EventOf(BUDGET_MANAGED, details=("direct-payment",)),))
CASELOAD = Open(REFERRED, CLOSED)
WORDS = {
    "referred": SP_REFERRED,
    "accepted": SP_ACCEPTED,
    "closed": SP_CLOSED,
    "opened": BUDGET_OPENED,
    "managed": BUDGET_MANAGED,
}


def case(*told, number=1):
    """One episode's events: its day, a word, and the detail where there is one."""
    words = [line.split(" ") for line in told]
    return life(*((on, WORDS[word], None, detail[0] if detail else None, number) for on, word, *detail in words))


def cases(*told):
    """Two episodes of one person, of one event each."""
    return life(*(event for number, line in enumerate(told) for event in case(line, number=number).events))


UNNUMBERED = case(
    "2022-05-05 referred gp",
    "2022-05-05 referred nurse",
    "2022-05-06 referred",
    "2021-05-06 referred",
    number=None,
)
TWO = cases("2022-05-05 referred", "2022-05-05 referred")

CASES = [
    adds(
        "an episode counts once, whatever happened in it",
        Episodes(REFERRED),
        1,
        case("2022-05-05 referred", "2022-06-06 referred"),
    ),
    adds("an event without an episode is one of its own, once a day", Episodes(REFERRED), 2, UNNUMBERED),
    adds("unless only numbered ones are asked for", Episodes(REFERRED, numbered=True), 0, UNNUMBERED),
    adds("one number of two people is two episodes", Episodes(REFERRED), 2, *(case("2022-05-05 referred"),) * 2),
    adds("an answer counts on the day itself", ANSWERED, 1, case("2022-05-05 referred", "2022-05-05 accepted")),
    adds("not before the first", ANSWERED, 0, case("2022-05-05 referred", "2022-05-04 accepted")),
    adds(
        "a first of an earlier year is a first",
        ANSWERED,
        1,
        case("2021-05-05 referred", "2021-06-05 accepted", "2022-05-05 referred"),
    ),
    adds("an answer may come after the period", ANSWERED, 1, case("2023-03-31 referred", "2023-06-30 accepted")),
    adds("but not after the as-at date", ANSWERED, 0, case("2023-03-31 referred", "2023-07-01 accepted")),
    adds("nor in another episode", ANSWERED, 0, cases("2022-05-05 referred", "2022-05-06 accepted")),
    adds("nor where no episode is known", ANSWERED, 0, case("2022-05-05 referred", "2022-05-06 accepted", number=None)),
    adds("seven days after is within seven", SOON, 1, case("2022-05-05 referred", "2022-05-12 accepted")),
    adds("eight days after is not", SOON, 0, case("2022-05-05 referred", "2022-05-13 accepted")),
    adds(
        "days are counted from the first",
        SOON,
        0,
        case("2022-05-01 referred", "2022-05-05 referred", "2022-05-12 accepted"),
    ),
    adds(
        "one answer too early and one too late is none in time",
        SOON,
        0,
        case("2022-05-05 referred", "2022-05-01 accepted", "2022-05-30 accepted"),
    ),
    adds(
        "an episode is held to what was last said of it",
        DIRECT,
        1,
        case("2022-05-05 opened", "2022-05-05 managed notional", "2023-05-05 managed direct-payment"),
        case("2022-05-05 opened", "2022-05-05 managed direct-payment", "2022-06-05 managed notional"),
        case("2022-05-05 opened"),
    ),
    adds(
        "of two things last said on one day, either",
        DIRECT,
        1,
        case("2022-05-05 opened", "2022-05-05 managed notional", "2022-05-05 managed direct-payment"),
    ),
    adds(
        "open until it ends, on the last day",
        CASELOAD,
        3,
        case("2020-05-05 referred"),
        case("2023-03-31 referred", "2023-04-01 closed"),
        case("2022-05-05 referred", "2022-05-06 closed", "2022-05-07 referred"),
        case("2022-05-05 referred", "2022-05-05 closed"),
        case("2022-05-05 referred", "2023-03-31 closed"),
        case("2023-04-01 referred"),
        case("2022-05-05 referred", number=None),
    ),
    adds(
        "open at some time in the period",
        Open(REFERRED, CLOSED, when="period"),
        2,
        case("2020-05-05 referred", "2022-04-01 closed"),
        case("2022-05-05 referred", "2022-05-05 closed"),
        case("2020-05-05 referred", "2022-03-31 closed"),
        case("2023-04-01 referred"),
    ),
    adds("two open episodes of one person are one person", CASELOAD, 1, TWO),
    adds("and two episodes", Open(REFERRED, CLOSED, each="episode"), 2, TWO),
    adds(
        "open ones are held to what was last said by the period's end",
        Open((EventOf(BUDGET_OPENED),), (), having=DIRECT.having),
        1,
        case("2022-05-05 opened", "2022-05-05 managed direct-payment", "2023-04-01 managed notional"),
        case("2022-05-05 opened", "2023-04-01 managed direct-payment"),
    ),
]


@cache
def found(engine):
    return counted(CASES, engine)


@pytest.mark.parametrize("engine", EACH_ENGINE)
@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number].says)
def test_an_episode_counts(number, engine):
    assert found(engine)[number] == CASES[number].expected
