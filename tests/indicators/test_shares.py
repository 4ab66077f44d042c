"""Whoever is counted in a share is among those it is a share of: exclusions and adjustments in the right order."""

from datetime import date
from random import Random

import pytest

from whatmatters.events.codes import CARE_HOME, CARE_HOME_PRACTICE_DECLINED, PLAN_AGREED, PLAN_DECLINED, SP_DECLINED
from whatmatters.measurement.indicators import People, events_of
from whatmatters.measurement.one_person import Seen, holds
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS

YEAR = period("2022-23")
SHARES = [
    one
    for one in INDICATORS.values()
    if one.unit == "percent" and isinstance(one.numerator, People) and isinstance(one.denominator, People)
]
DAYS = [date(2019, 5, 1), date(2022, 3, 31), date(2022, 4, 1), date(2022, 10, 3), date(2023, 3, 31), date(2023, 4, 1)]
BIRTHS = [None, date(1940, 1, 1), date(2005, 3, 31), date(2005, 4, 1)]


def someone(kinds, dice):
    """On the list; up to eight things happened, all of these kinds."""
    events = [
        {
            "code": one.code,
            "on": dice.choice(DAYS),
            "detail": dice.choice([None, *one.details, *one.but]),
            "value": dice.choice([None, 30, one.least, one.most]),
        }
        for one in dice.choices(kinds, k=dice.randint(1, 8))
    ]
    return Seen({"born": dice.choice(BIRTHS)}, events, True, YEAR, date(2023, 6, 30))


@pytest.mark.parametrize("indicator", SHARES, ids=lambda indicator: indicator.id)
def test_whoever_is_in_the_numerator_is_in_the_denominator(indicator):
    kinds, dice = list(dict.fromkeys(events_of(indicator.counts))), Random(indicator.id)
    people = [someone(kinds, dice) for _ in range(600)]
    counted = [person for person in people if holds(indicator.numerator.where, person)]
    assert counted, "nobody was counted: this shows nothing"
    assert [person for person in counted if not holds(indicator.denominator.where, person)] == []


def side(name, *events, born=date(1940, 1, 1)):
    """(in the numerator, in the denominator) for someone on the list with these events: (day, code, detail)."""
    rows = [
        {"on": date.fromisoformat(on), "code": code, "detail": detail, "value": None} for on, code, detail in events
    ]
    person = Seen({"born": born}, rows, True, YEAR, date(2023, 6, 30))
    indicator = INDICATORS[name]
    return holds(indicator.numerator.where, person), holds(indicator.denominator.where, person)


HOME = ("2021-01-04", CARE_HOME, "permanent")


@pytest.mark.parametrize(
    ("declined", "stays"), [("2022-03-31", True), ("2022-04-01", False), ("2023-03-31", False), ("2023-04-01", True)]
)
def test_a_declined_plan_takes_a_resident_out_for_the_twelve_months_to_the_end(declined, stays):
    assert side("ehch02-plan", HOME, (declined, PLAN_DECLINED, None)) == (False, stays)


def test_an_adjustment_takes_nobody_out_who_is_counted():
    plan = ("2020-01-04", PLAN_AGREED, None)
    refused = [("2022-09-01", PLAN_DECLINED, None), ("2021-02-01", CARE_HOME_PRACTICE_DECLINED, None)]
    assert side("ehch02-plan", HOME, plan, *refused) == (True, True)
    assert side("ehch02-plan", HOME, *refused) == (False, False)


def test_an_exclusion_takes_out_whoever_is_counted_too():
    plan = ("2022-06-01", PLAN_AGREED, None)
    assert side("ehch02-plan", HOME, plan, born=date(2005, 4, 1)) == (False, False)
    assert side("ehch02-plan", HOME, plan, born=date(2005, 3, 31)) == (True, True)
    assert side("ehch02-plan", plan) == (False, False)


@pytest.mark.parametrize(
    ("why", "stays"), [(None, False), ("person", False), ("not reached", True), ("service: no capacity", True)]
)
def test_only_the_persons_own_no_takes_them_out_of_the_contracts_referrals(why, stays):
    assert side("pc01-referred", ("2018-05-01", SP_DECLINED, why)) == (False, stays)
