"""Did people with a support use less care than people like them? Facts of invented people, with a known answer."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measurement.generated_worlds import table

from whatmatters.events.codes import CONDITION, CONDITION_RESOLVED, CONSULTED, SP_CONTACT, SP_REFERRED
from whatmatters.measurement.compared import compare
from whatmatters.measurement.comparison import difference_in_differences
from whatmatters.measurement.comparison_rows import NOT_RECORDED, TOO_FEW
from whatmatters.measurement.conditions import EventOf
from whatmatters.measurement.facts import of
from whatmatters.measurement.matching import strata
from whatmatters.measurement.moments import compared, sides
from whatmatters.measurement.questions import DAYS, FEWEST, Question, Window, window
from whatmatters.periods import period

pytestmark = pytest.mark.slow

REFERRED, CONTACT = EventOf(SP_REFERRED), EventOf(SP_CONTACT)
ASKED = Question("sp-gp-appointments-change", 1, CONTACT, EventOf(CONSULTED, ("gp",)), (REFERRED, CONTACT), (REFERRED,))
BEGAN = date(2022, 10, 3)
AS_AT = date(2024, 3, 31)


class Told:
    """Facts as they are told, one person after another, in one practice under England."""

    def __init__(self):
        self.people, self.registrations, self.events = [], [], []

    def person(self, *, born=date(1950, 1, 1), sex="F", deprivation=3, died=None, since=date(2000, 1, 1), until=None):
        number = len(self.people) + 1
        self.people.append((number, born, sex, "A", deprivation, died))
        self.registrations.append((number, "P1", since, until))
        return number

    def happened(self, who, code, on, detail=None):
        self.events.append((who, code, on, detail))

    def used(self, who, on, *counts):
        """So often three, two and one year before the day, and in the year after it."""
        for year, count in zip((-3, -2, -1, 0), counts, strict=True):
            for nth in range(int(count)):
                away = year * DAYS + 1 + nth * 300 // int(count)
                self.happened(who, CONSULTED, on + timedelta(days=away), "gp")

    def referred(self, who, on=BEGAN):
        self.happened(who, SP_REFERRED, on - timedelta(days=10))
        self.happened(who, SP_CONTACT, on)

    @property
    def facts(self):
        return of(
            {
                "people": table("people", "person born sex ethnicity deprivation died", self.people),
                "registrations": table("registrations", "person practice start end", self.registrations),
                "events": table("events", "person code on detail", self.events),
                "organisations": table("organisations", "code kind", [("P1", "practice"), ("ENG", "nation")]),
                "memberships": table("memberships", "child parent start", [("P1", "ENG", date(2000, 1, 1))]),
            }
        )

    def england(self, asked=ASKED, label="2023-24"):
        [row] = compare(self.facts, [label], [asked], levels=["nation"], as_at=AS_AT).to_pylist()
        return row


def test_a_period_holds_those_whose_year_after_ended_in_it():
    assert window(period("2023-24"), date(2024, 6, 1)) == Window(date(2022, 4, 1), date(2023, 4, 2))
    assert window(period("2023-24"), date(2023, 9, 30)) == Window(date(2022, 4, 1), date(2022, 10, 1))
    assert window(period("2024-25"), date(2024, 3, 31)) is None


@pytest.mark.parametrize(
    ("away", "counts_in"),
    [(-1096, None), (-1095, "prior"), (-731, "prior"), (-730, "earlier"), (-366, "earlier"), (-365, "before"),
     (-1, "before"), (0, None), (1, "after"), (365, "after"), (366, None)],
)  # fmt: skip
def test_which_day_counts_in_which_year(away, counts_in):
    told = Told()
    for _ in range(FEWEST):
        told.referred(told.person())
    for _ in range(40):
        told.person()
    told.happened(1, CONSULTED, BEGAN + timedelta(days=away), "gp")
    row = told.england()
    assert row["before"] == pytest.approx((counts_in == "before") / FEWEST)
    assert row["after"] == pytest.approx((counts_in == "after") / FEWEST)
    # matched on prior use: whoever used care three years ago has no like here
    assert (row["supported"], row["unmatched"]) == ((FEWEST - 1, 1) if counts_in == "prior" else (FEWEST, 0))
    by = {"earlier": -1, "before": 1}.get(counts_in, 0)
    assert row["placebo"] == pytest.approx(by / FEWEST)


def test_only_the_use_that_is_asked_for_counts():
    told = Told()
    for _ in range(FEWEST):
        told.referred(told.person())
    for _ in range(50):
        told.person()
    told.happened(1, CONSULTED, BEGAN + timedelta(days=5), "nurse")
    assert told.england()["after"] == 0


def crowd(told, lots, *, supported, others, rate, after=lambda supported: 1.0, pick=lambda counts: True):
    """People of 20 kinds whose use has the rate of their kind; ``after`` is the factor in the year after."""
    made = {True: 0, False: 0}
    while made[True] < supported or made[False] < others:
        case = made[True] < supported
        kind = int(lots.integers(4))
        counts = lots.poisson([rate(case, kind)] * 3 + [rate(case, kind) * after(case)])
        if case and not pick(counts):
            continue
        who = told.person(born=date(1940 + 10 * kind, 1, 1), sex="FM"[kind % 2])
        # everybody's day is the same here: the others' own day is drawn, so their use is even through the years
        if case:
            told.used(who, BEGAN, *counts)
            told.referred(who)
        else:
            for year in range(-4, 2):
                factor = after(False) if year >= 0 else 1.0
                for _ in range(lots.poisson(rate(False, kind) * factor)):
                    on = BEGAN + timedelta(days=int(year * DAYS + lots.integers(DAYS)))
                    told.happened(who, CONSULTED, on, "gp")
        made[case] += 1


@pytest.mark.slow
def test_a_planted_effect_is_recovered():
    told = Told()
    crowd(told, np.random.default_rng(5), supported=500, others=4000, rate=lambda case, kind: 2 + kind,
          after=lambda case: 0.7 if case else 1.0)  # fmt: skip
    row = told.england()
    assert row["refused"] == ""
    assert row["percent_lower"] < -30 < row["percent_upper"] < -20
    assert row["placebo_lower"] < 0 < row["placebo_upper"]
    assert all(abs(one["after"]) < 0.1 for one in json.loads(row["balance"]))
    assert row["supported"] + row["unmatched"] == 500


@pytest.mark.slow
def test_a_confounder_that_before_and_after_alone_get_wrong():
    """Older people's use rose by half in that year, whoever they were; mostly older people were referred."""
    told, lots = Told(), np.random.default_rng(6)
    for supported, others, born, factor in ((400, 1500, 1935, 1.5), (40, 3000, 1990, 1.0)):
        for nth in range(supported + others):
            who = told.person(born=date(born, 1, 1))
            if nth < supported:
                told.referred(who)
            for year in range(-4, 2):
                for _ in range(lots.poisson(3 * (factor if year >= 0 else 1))):
                    on = BEGAN + timedelta(days=int(year * DAYS + lots.integers(DAYS)))
                    told.happened(who, CONSULTED, on, "gp")
    asked = Question(ASKED.indicator, 1, CONTACT, ASKED.of, ASKED.without, ASKED.referred)
    row = told.england(asked)
    alone = row["after"] / row["before"] - 1
    assert alone > 0.35  # "they cost more": wrong
    balance = {one["characteristic"]: one for one in json.loads(row["balance"])}
    assert balance["age"]["before"] > 0.5
    assert abs(balance["age"]["after"]) < 0.1
    # the others' days are spread over the year, so that a part of the rise is in their year before: what is left of
    # 45% is at most half of it
    assert abs(row["percent"]) < 100 * alone / 2


@pytest.mark.slow
def test_regression_to_the_mean_is_not_put_down_to_the_support():
    """Nothing was done for them; they were chosen because their last year was a bad one."""
    told = Told()
    crowd(told, np.random.default_rng(7), supported=300, others=4000, rate=lambda case, kind: 3,
          pick=lambda counts: counts[2] >= 5)  # fmt: skip
    row = told.england()
    assert row["after"] / row["before"] < 0.7  # before and after alone: "a third fewer"
    assert "drifting apart before" in row["refused"]


def test_too_few_are_refused():
    told = Told()
    for _ in range(FEWEST - 1):
        told.referred(told.person())
    for _ in range(200):
        told.person()
    assert told.england()["refused"] == TOO_FEW


def test_use_that_nobody_records_is_not_taken_for_none():
    told = Told()
    for _ in range(FEWEST):
        told.referred(told.person())
    for _ in range(40):
        told.person()
    assert told.england()["refused"] == NOT_RECORDED


def test_nobody_supported_is_a_refusal_and_not_a_nought():
    told = Told()
    told.person()
    row = told.england()
    assert (row["supported"], row["effect"], row["before"], row["refused"]) == (0, None, None, TOO_FEW)


def test_who_died_or_was_not_on_a_list_throughout_is_left_out_and_counted():
    told = Told()
    for facts in (
        {},
        {"died": BEGAN + timedelta(days=365)},
        {"died": BEGAN + timedelta(days=366)},
        {"until": BEGAN + timedelta(days=300)},
        {"since": BEGAN - timedelta(days=3 * DAYS - 1)},
        {"since": BEGAN - timedelta(days=3 * DAYS)},
    ):
        told.referred(told.person(**facts))
    row = told.england()
    assert (row["unmatched"] + row["supported"], row["died"], row["moved"]) == (3, 1, 2)


@pytest.mark.parametrize(
    ("referred", "comparators"), [(None, True), (date(2021, 5, 4), False), (date(2024, 9, 1), True)]
)
def test_whoever_had_the_support_before_or_within_their_own_year_after_is_no_comparator(referred, comparators):
    told = Told()
    for _ in range(FEWEST):
        told.referred(told.person())
    for _ in range(40):
        who = told.person()
        if referred:
            told.referred(who, on=referred)
    row = told.england()
    assert row["supported"] + row["unmatched"] == FEWEST
    assert (row["comparators"] > 0) == comparators


def test_a_contact_without_a_referral_is_not_the_support_that_is_asked_about():
    told = Told()
    told.happened(told.person(), SP_CONTACT, BEGAN)
    row = told.england()
    assert row["supported"] + row["unmatched"] == 0


def test_long_term_conditions_count_until_they_have_resolved():
    told = Told()
    for resolved in (False, True):
        who = told.person()
        told.referred(who)
        told.happened(who, CONDITION, date(2020, 1, 1), "copd")
        if resolved:
            told.happened(who, CONDITION_RESOLVED, date(2021, 1, 1), "copd")
    asked = Question(ASKED.indicator, 1, CONTACT, ASKED.of, ASKED.without, ASKED.referred, conditions=1)
    row = told.england(asked)
    assert row["supported"] + row["unmatched"] == 1


person = st.tuples(st.booleans(), st.integers(0, 2), *[st.integers(0, 9)] * 3)


@settings(max_examples=60)
@given(st.lists(person, min_size=4, max_size=40))
def test_sums_by_kind_and_people_one_by_one_give_the_same_comparison(rows):
    supported, kind, earlier, before, after = (np.array(column) for column in zip(*rows, strict=True))
    theirs = difference_in_differences(
        supported.tolist(), before, after, earlier=earlier, age=[50] * len(rows), sex=kind.tolist(),
        deprivation=[1] * len(rows), cohort=["none"] * len(rows), prior_use=[0] * len(rows),
    )  # fmt: skip
    z = np.column_stack([np.ones(len(rows)), earlier, before, after])
    stratum = strata({"age": np.full(len(rows), 50.0), "prior use": np.zeros(len(rows))}, {"sex": kind.astype(str)})
    both = []
    for side in (supported, ~supported):
        kinds = np.unique(stratum[side])
        both.append(
            (
                kinds,
                np.array([z[side & (stratum == one)].T @ z[side & (stratum == one)] for one in kinds]).reshape(
                    -1, 4, 4
                ),
            )
        )
    ours = compared(*sides(*both), ())
    assert (ours.treated, ours.unmatched, ours.comparators) == (theirs.treated, theirs.unmatched, theirs.comparators)
    for name in ("effect", "percent", "placebo"):
        one, two = getattr(ours, name), getattr(theirs, name)
        assert (one.value is None) == (two.value is None)
        if one.value is not None:
            assert [one.value, one.lower, one.upper] == pytest.approx(
                [two.value, two.lower, two.upper], rel=1e-6, abs=1e-6
            )
