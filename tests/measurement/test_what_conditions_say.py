"""What each condition says of a person, on every engine: small lives of whom it is true, and others."""

from functools import cache

import pytest
from tests.measurement.cases import EACH_ENGINE, asks, counted, life

from whatmatters.events.codes import ACTIVATION_SCORE as SCORE
from whatmatters.events.codes import (
    CARER,
    CONSULTED,
    NOT_CARER,
    PLAN_AGREED,
    PLAN_REVIEW_SET,
    PLAN_REVIEWED,
    SP_REFERRED,
)
from whatmatters.measurement.indicators import (
    LISTED,
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Did,
    EventOf,
    Followed,
    Not,
    Overdue,
    Standing,
    did,
    some_time,
)

REFERRED, PLANNED = EventOf(SP_REFERRED), EventOf(PLAN_AGREED)
CARES = Standing((EventOf(CARER),), (EventOf(NOT_CARER),))
LATE = Overdue(EventOf(PLAN_REVIEW_SET), EventOf(PLAN_REVIEWED))


def on(*days, code=SP_REFERRED, value=None, detail=None):
    return life(*((day, code, value, detail) for day in days))


CASES = [
    *asks(
        "an event in the period, its first and last day in it",
        did(SP_REFERRED),
        yes=(on("2022-04-01"), on("2023-03-31"), on("2021-01-01", "2022-05-05")),
        no=(on("2022-03-31"), on("2023-04-01"), on("2022-05-05", code=PLAN_AGREED), life()),
    ),
    *asks(
        "any of several events",
        did(SP_REFERRED, PLAN_AGREED),
        yes=(on("2022-05-05"), on("2022-05-05", code=PLAN_AGREED)),
        no=(on("2022-05-05", code=CARER),),
    ),
    *asks(
        "ever is up to the period's last day",
        did(SP_REFERRED, when="ever"),
        yes=(on("1999-01-01"), on("2020-02-29"), on("2023-03-31")),
        no=(on("2023-04-01"),),
    ),
    *asks(
        "before is up to the day before the period",
        did(SP_REFERRED, when="before"),
        yes=(on("2022-03-31"), on("2020-02-29", "2022-04-01")),
        no=(on("2022-04-01"), on("2023-03-31")),
    ),
    *asks(
        "twelve months up to a quarter's end begin on the same day of the year before",
        did(SP_REFERRED, months=12),
        yes=(on("2021-07-01"), on("2022-06-30")),
        no=(on("2021-06-30"), on("2022-07-01")),
        period="2022-23-Q1",
    ),
    *asks(
        "a month up to the 31st begins on the last day of a shorter one",
        did(SP_REFERRED, months=1),
        yes=(on("2022-02-28"), on("2022-03-30")),
        no=(on("2022-02-27"), on("2022-03-31")),
        period="2022-03-30",
    ),
    *asks(
        "a month up to the 31st begins on the 29th of February of a leap year",
        did(SP_REFERRED, months=1),
        yes=(on("2020-02-29"),),
        no=(on("2020-02-28"),),
        period="2020-03-30",
    ),
    *asks(
        "one of some details",
        Did((EventOf(CONSULTED, details=("gp", "nurse's")),)),
        yes=(on("2022-05-05", code=CONSULTED, detail="gp"), on("2022-05-05", code=CONSULTED, detail="nurse's")),
        no=(on("2022-05-05", code=CONSULTED, detail="GP"), on("2022-05-05", code=CONSULTED)),
    ),
    *asks(
        "an event without a detail is none of those left out",
        Did((EventOf(CONSULTED, but=("gp",)),)),
        yes=(on("2022-05-05", code=CONSULTED), on("2022-05-05", code=CONSULTED, detail="nurse")),
        no=(on("2022-05-05", code=CONSULTED, detail="gp"),),
    ),
    *asks(
        "a value in a range, both ends in it, and no value in none",
        Did((EventOf(SCORE, least=47.1, most=55.1),)),
        yes=(on("2022-05-05", code=SCORE, value=47.1), on("2022-05-05", code=SCORE, value=55.1)),
        no=(
            on("2022-05-05", code=SCORE, value=47.0),
            on("2022-05-05", code=SCORE, value=55.2),
            on("2022-05-05", code=SCORE),
        ),
    ),
    *asks(
        "followed in the period, on the day or later, by what began whenever",
        Followed(REFERRED, PLANNED),
        yes=(
            life(("2022-05-05", SP_REFERRED), ("2022-05-05", PLAN_AGREED)),
            life(("2019-05-05", SP_REFERRED), ("2023-03-31", PLAN_AGREED)),
            life(("2022-05-05", SP_REFERRED), ("2022-05-04", PLAN_AGREED), ("2022-05-06", PLAN_AGREED)),
        ),
        no=(
            life(("2022-05-05", SP_REFERRED), ("2022-05-04", PLAN_AGREED)),
            life(("2022-05-05", SP_REFERRED), ("2023-04-01", PLAN_AGREED)),
            life(("2022-03-01", SP_REFERRED), ("2022-03-31", PLAN_AGREED)),
            on("2022-05-05", code=PLAN_AGREED),
        ),
    ),
    *asks(
        "followed within some days of any one of them, be it not the first",
        Followed(REFERRED, PLANNED, within=7),
        yes=(
            life(("2022-05-05", SP_REFERRED), ("2022-05-12", PLAN_AGREED)),
            life(("2022-03-31", SP_REFERRED), ("2022-04-01", PLAN_AGREED)),
            life(("2019-05-05", SP_REFERRED), ("2022-05-05", SP_REFERRED), ("2022-05-06", PLAN_AGREED)),
            life(("2022-05-05", SP_REFERRED), ("2022-05-06", PLAN_AGREED), ("2022-05-20", SP_REFERRED)),
        ),
        no=(
            life(("2022-05-05", SP_REFERRED), ("2022-05-13", PLAN_AGREED)),
            life(("2022-05-05", SP_REFERRED), ("2022-05-04", PLAN_AGREED)),
            life(("2022-03-29", SP_REFERRED), ("2022-03-31", PLAN_AGREED), ("2022-04-06", PLAN_AGREED)),
            life(("2022-05-06", SP_REFERRED), ("2022-05-05", PLAN_AGREED), ("2022-05-20", PLAN_AGREED)),
        ),
    ),
    *asks(
        "followed on the same day",
        Followed(REFERRED, PLANNED, within=0),
        yes=(life(("2022-05-05", SP_REFERRED), ("2022-05-05", PLAN_AGREED)),),
        no=(life(("2022-05-05", SP_REFERRED), ("2022-05-06", PLAN_AGREED)),),
    ),
    *asks(
        "a state stands on the last day until it ends on a later day than it last began",
        CARES,
        yes=(
            on("2016-01-01", code=CARER),
            on("1969-10-29", code=CARER),
            on("2023-03-31", code=CARER),
            life(("2022-05-05", CARER), ("2022-05-05", NOT_CARER)),
            life(("2020-01-01", CARER), ("2021-01-01", NOT_CARER), ("2022-05-05", CARER)),
            life(("2020-01-01", CARER), ("2023-04-01", NOT_CARER)),
        ),
        no=(
            life(("2020-01-01", CARER), ("2023-03-31", NOT_CARER)),
            life(("2020-01-01", CARER), ("2021-01-01", CARER), ("2021-01-02", NOT_CARER)),
            on("2023-04-01", code=CARER),
            on("2022-05-05", code=NOT_CARER),
        ),
    ),
    *asks(
        "a state stood at some time in the period when it did as it began, or began in it",
        some_time(AllOf((CARES,))),
        yes=(
            life(("2020-01-01", CARER), ("2022-04-01", NOT_CARER)),
            life(("2022-05-05", CARER), ("2022-05-06", NOT_CARER)),
            life(("2022-03-31", CARER), ("2022-03-31", NOT_CARER), ("2022-04-02", NOT_CARER)),
            on("2023-03-31", code=CARER),
        ),
        no=(life(("2020-01-01", CARER), ("2022-03-31", NOT_CARER)), on("2023-04-01", code=CARER), life()),
    ),
    *asks(
        "overdue is past the date last set, of two on one day the sooner, and not done since",
        LATE,
        yes=(
            life(("2022-05-01", PLAN_REVIEW_SET, 333.0)),  # due 30 March
            life(("2022-05-01", PLAN_REVIEW_SET, 333.0), ("2022-05-01", PLAN_REVIEWED)),
            life(("2022-05-01", PLAN_REVIEW_SET, 30.0), ("2022-05-01", PLAN_REVIEW_SET, 400.0)),
            life(("2022-05-01", PLAN_REVIEW_SET, 30.0), ("2022-06-01", PLAN_REVIEW_SET)),
            life(("2022-05-01", PLAN_REVIEW_SET, 30.0), ("2023-04-01", PLAN_REVIEWED)),
        ),
        no=(
            life(("2022-05-01", PLAN_REVIEW_SET, 334.0)),
            life(("2022-05-01", PLAN_REVIEW_SET, 30.0), ("2022-05-02", PLAN_REVIEWED)),
            life(("2022-05-01", PLAN_REVIEW_SET, 30.0), ("2022-06-01", PLAN_REVIEW_SET, 400.0)),
            life(("2022-05-01", PLAN_REVIEW_SET)),
            on("2022-05-01", code=PLAN_REVIEWED),
        ),
    ),
    *asks(
        "listed is registered and living on the last day",
        LISTED,
        yes=(life(), life(left="2023-04-01"), life(died="2023-04-01")),
        no=(life(left="2023-03-31"), life(died="2023-03-31"), life(died="2022-05-05")),
    ),
    *asks(
        "an age is whole years on the last day, both ends in, and never without a birth date",
        Aged(18, 64),
        yes=(life(born="2005-03-01"), life(born="1958-04-01")),
        no=(life(born="2005-04-01"), life(born="1958-03-01"), life(born=None), life(born="2024-01-01")),
    ),
    *asks(
        "all of several",
        AllOf((did(SP_REFERRED), Aged(18))),
        yes=(on("2022-05-05"),),
        no=(on("2021-05-05"), life(("2022-05-05", SP_REFERRED), born="2010-01-01")),
    ),
    *asks(
        "any of several",
        AnyOf((did(SP_REFERRED), Aged(0, 17))),
        yes=(on("2022-05-05"), life(born="2010-01-01")),
        no=(life(),),
    ),
    *asks(
        "so many of several, each counted once",
        AtLeast(2, (did(SP_REFERRED), did(PLAN_AGREED), did(CARER))),
        yes=(life(("2022-05-05", SP_REFERRED), ("2022-06-06", CARER)),),
        no=(on("2022-05-05", "2022-06-06"), life()),
    ),
    *asks(
        "not is also true of someone to whom nothing ever happened",
        Not(did(SP_REFERRED)),
        yes=(life(), on("2021-05-05"), on("2022-05-05", code=CARER)),
        no=(on("2022-05-05"),),
    ),
]


@cache
def found(engine):
    return counted(CASES, engine)


@pytest.mark.parametrize("engine", EACH_ENGINE)
@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number].says)
def test_a_condition_says_of_a_person(number, engine):
    assert found(engine)[number] == CASES[number].expected
