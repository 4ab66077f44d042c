"""Who is in a cohort, from recorded codes; on a day, over a period, and told why."""

import subprocess
import sys
from datetime import date

import pytest

from whatmatters.events.codes import (
    CARE_HOME,
    CARER,
    CONDITION,
    CONDITION_RESOLVED,
    FRAILTY,
    FRAILTY_INDEX,
    LIVES_ELSEWHERE,
    NOT_CARER,
    PAIN,
    PALLIATIVE,
    PALLIATIVE_ENDED,
    PREGNANCY_ENDED,
    PREGNANT,
)
from whatmatters.measurement.cohort_reasons import because
from whatmatters.measurement.cohorts import COHORTS, CONDITIONS
from whatmatters.measurement.conditions import AllOf, Followed, Not, did, events_of, some_time
from whatmatters.measurement.engines import Plan
from whatmatters.measurement.engines.reference import run
from whatmatters.measurement.example_facts import facts_of
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.in_words import said
from whatmatters.measurement.indicators import EventOf, Indicator, Overdue, People, Standing, registered
from whatmatters.measurement.long_term import has, recorded
from whatmatters.measurement.one_person import Seen, holds
from whatmatters.periods import period

YEAR = period("2022-23")
LAST_DAY = YEAR.last_day


def rows(*events):
    """Rows of one person: (day, code, detail or value)."""
    return [
        {
            "on": date.fromisoformat(on),
            "code": code,
            "detail": rest[0] if rest and isinstance(rest[0], str) else None,
            "value": rest[0] if rest and not isinstance(rest[0], str) else None,
        }
        for on, code, *rest in events
    ]


def inside(cohort, *events, born="1958-06-01", throughout=False):
    rule = some_time(COHORTS[cohort].rule) if throughout else COHORTS[cohort].rule
    about = {"born": date.fromisoformat(born) if born else None}
    return holds(rule, Seen(about, rows(*events), True, YEAR, LAST_DAY))


def test_a_cohort_says_where_its_rule_comes_from_and_is_found_under_its_id():
    for name, cohort in COHORTS.items():
        assert name == cohort.id
        assert cohort.title
        assert cohort.source


def test_every_condition_has_a_cohort_of_its_own():
    assert set(CONDITIONS) <= set(COHORTS)


def test_the_latest_living_status_decides_who_lives_in_a_care_home():
    moved_in = ("2021-02-01", CARE_HOME, "permanent")
    assert inside("care-home-resident", moved_in)
    assert inside("care-home-resident", ("2021-02-01", CARE_HOME, "temporary"))
    assert not inside("care-home-resident", moved_in, ("2022-09-01", LIVES_ELSEWHERE))
    assert inside("care-home-resident", moved_in, ("2022-09-01", LIVES_ELSEWHERE), ("2023-03-31", CARE_HOME))


def test_only_a_permanent_stay_that_no_temporary_one_followed_is_for_good():
    moved_in = ("2021-02-01", CARE_HOME, "permanent")
    assert inside("care-home-permanent", moved_in)
    assert not inside("care-home-permanent", moved_in, ("2022-05-01", CARE_HOME, "temporary"))
    assert not inside("care-home-permanent", ("2021-02-01", CARE_HOME))


def test_who_left_the_palliative_register_in_the_period_was_in_it_at_some_time():
    left = (("2021-01-04", PALLIATIVE), ("2022-06-01", PALLIATIVE_ENDED))
    assert not inside("last-year-of-life", *left)
    assert inside("last-year-of-life", *left, throughout=True)
    assert not inside(
        "last-year-of-life", ("2021-01-04", PALLIATIVE), ("2022-03-31", PALLIATIVE_ENDED), throughout=True
    )


def test_the_latest_frailty_diagnosis_decides():
    worse = (("2020-01-01", FRAILTY, "moderate"), ("2022-05-01", FRAILTY, "severe"))
    assert inside("severe-frailty", *worse)
    assert not inside("moderate-frailty", *worse)
    better = (("2020-01-01", FRAILTY, "severe"), ("2022-05-01", FRAILTY, "mild"))
    assert inside("mild-frailty", *better)
    assert not inside("severe-frailty", *better)


def test_over_036_is_severe_by_score_and_036_itself_is_not():
    assert inside("severe-frailty", ("2022-05-01", FRAILTY_INDEX, 13 / 36))
    assert not inside("severe-frailty", ("2022-05-01", FRAILTY_INDEX, 0.36))
    assert not inside("severe-frailty", ("2022-05-01", FRAILTY_INDEX, 0.45), ("2022-06-01", FRAILTY_INDEX, 0.3))


def test_a_diagnosis_of_frailty_goes_before_a_score():
    assert not inside("severe-frailty", ("2020-05-01", FRAILTY, "mild"), ("2022-05-01", FRAILTY_INDEX, 0.45))


def test_two_conditions_that_have_not_resolved_are_several():
    asthma, cancer = ("2015-01-01", CONDITION, "asthma"), ("2021-05-01", CONDITION, "cancer")
    assert inside("several-conditions", asthma, cancer)
    assert not inside("several-conditions", asthma, ("2021-05-01", CONDITION, "asthma"))
    assert not inside("several-conditions", asthma, cancer, ("2022-05-01", CONDITION_RESOLVED, "cancer"))
    assert inside("long-term-condition", asthma)


def test_one_condition_that_resolves_ends_no_other():
    both = (("2015-01-01", CONDITION, "asthma"), ("2021-05-01", CONDITION, "depression"))
    assert inside("asthma", *both, ("2022-05-01", CONDITION_RESOLVED, "depression"))


def test_autism_is_no_illness_to_be_managed():
    assert not inside("long-term-condition", ("2015-01-01", CONDITION, "autism"))
    assert inside("learning-disability-or-autism", ("2015-01-01", CONDITION, "autism"))


def test_newly_diagnosed_is_first_recorded_in_the_period():
    assert inside("new-type-2-diabetes", ("2022-04-01", CONDITION, "type-2-diabetes"))
    again = (("2019-04-01", CONDITION, "type-2-diabetes"), ("2022-04-01", CONDITION, "type-2-diabetes"))
    assert not inside("new-type-2-diabetes", *again)
    wrong = (("2022-04-01", CONDITION, "type-2-diabetes"), ("2022-04-09", CONDITION_RESOLVED, "type-2-diabetes"))
    assert not inside("new-type-2-diabetes", *wrong)


@pytest.mark.parametrize(
    "other", ["heart-failure", "hypertension", "type-1-diabetes", "stroke", "coronary-heart-disease"]
)
def test_atrial_fibrillation_with_one_more_point_is_at_risk_of_stroke(other):
    fibrillation = ("2020-01-01", CONDITION, "atrial-fibrillation")
    assert inside("af-at-risk-of-stroke", fibrillation, ("2021-01-01", CONDITION, other), born="1970-01-01")
    assert not inside("af-at-risk-of-stroke", ("2021-01-01", CONDITION, other), born="1970-01-01")
    assert not inside("af-at-risk-of-stroke", fibrillation, ("2021-01-01", CONDITION, "asthma"), born="1970-01-01")


def test_atrial_fibrillation_at_65_is_at_risk_of_stroke_whatever_else_is_known():
    fibrillation = ("2020-01-01", CONDITION, "atrial-fibrillation")
    assert inside("af-at-risk-of-stroke", fibrillation, born="1958-03-31")
    assert not inside("af-at-risk-of-stroke", fibrillation, born="1958-04-01")
    assert not inside("af-at-risk-of-stroke", fibrillation, born=None)


def test_pain_counts_for_the_twelve_months_after_it_was_recorded():
    assert inside("joint-pain", ("2022-04-01", PAIN, "knee"))
    assert not inside("joint-pain", ("2022-03-31", PAIN, "knee"))


def test_a_pregnancy_ends_when_recorded_or_after_ten_months():
    assert inside("pregnant", ("2022-06-01", PREGNANT))
    assert not inside("pregnant", ("2022-05-31", PREGNANT))
    ended = (("2022-04-15", PREGNANT), ("2022-10-01", PREGNANCY_ENDED))
    assert not inside("pregnant", *ended)
    assert inside("pregnant", *ended, throughout=True)


def test_members_are_counted_by_the_same_rule_on_the_last_day_and_over_the_period():
    people = (
        Someone("Amina", "carer all along", (Happened("2020-01-01", CARER),)),
        Someone("Brian", "until June", (Happened("2020-01-01", CARER), Happened("2022-06-01", NOT_CARER))),
        Someone("Carol", "from the day after", (Happened("2023-04-01", CARER),)),
    )
    facts = facts_of(Example(people=people, numerator=0, denominator=None))
    rule = COHORTS["carer"].rule
    assert count(facts, registered(rule)) == 1
    assert count(facts, People(some_time(rule))) == 2


def count(facts, what):
    words = dict.fromkeys(("title", "counted", "out_of", "source", "why"), "")
    indicator = Indicator(
        id="x", component="all", numerator=what, denominator=None, unit="count", direction="neither",
        caveats=(), example=None, **words,
    )  # fmt: skip
    table = run(facts, Plan([YEAR], [indicator], ["nation"], ["all"], "then", LAST_DAY))
    return table.to_pylist()[0]["numerator"]


def test_a_misspelt_condition_is_refused_with_the_choices():
    with pytest.raises(ValueError, match="one of asthma, atrial-fibrillation"):
        recorded("diabetes")


def test_a_person_is_told_how_they_come_into_a_cohort():
    events = rows(
        ("2021-05-03", CONDITION, "type-2-diabetes"),
        ("2020-01-03", CONDITION, "atrial-fibrillation"),
        ("2022-02-14", CONDITION, "depression"),
        ("2022-03-01", CONDITION_RESOLVED, "depression"),
    )
    assert because(COHORTS["type-2-diabetes"], events, LAST_DAY) == [
        "type 2 diabetes recorded on 3 May 2021, not resolved since"
    ]
    assert because(COHORTS["several-conditions"], events, LAST_DAY) == [
        "atrial fibrillation recorded on 3 January 2020, not resolved since",
        "type 2 diabetes recorded on 3 May 2021, not resolved since",
    ]
    assert because(COHORTS["af-at-risk-of-stroke"], events, LAST_DAY, born=date(1950, 1, 1)) == [
        "atrial fibrillation recorded on 3 January 2020, not resolved since",
        "aged 73",
        "type 2 diabetes recorded on 3 May 2021, not resolved since",
    ]


def test_who_is_not_in_a_cohort_is_given_no_reason():
    events = rows(("2020-01-01", CARER), ("2022-06-01", NOT_CARER))
    assert because(COHORTS["carer"], events, LAST_DAY) == []
    assert because(COHORTS["carer"], events, date(2022, 5, 31)) == [
        "is a carer, recorded on 1 January 2020, and nothing later has ended it"
    ]


def test_what_comes_later_than_the_day_is_no_reason():
    events = rows(("2022-06-02", PALLIATIVE))
    assert because(COHORTS["last-year-of-life"], events, date(2022, 6, 1)) == []
    assert because(COHORTS["last-year-of-life"], events, date(2022, 6, 2))


def test_the_latest_record_and_its_value_are_told():
    events = rows(("2022-06-02", FRAILTY_INDEX, 15 / 36), ("2021-06-02", FRAILTY_INDEX, 14 / 36))
    assert because(COHORTS["severe-frailty"], events, LAST_DAY) == [
        "no record of frailty",
        "electronic frailty index of 0.417, recorded on 2 June 2022, and nothing later has ended it",
    ]


def test_newly_is_within_the_twelve_months_to_the_day():
    events = rows(("2022-04-01", CONDITION, "type-2-diabetes"))
    assert because(COHORTS["new-type-2-diabetes"], events, LAST_DAY) == [
        "no earlier record of type 2 diabetes",
        "type 2 diabetes recorded on 1 April 2022, not resolved since",
    ]
    assert because(COHORTS["new-type-2-diabetes"], events, date(2023, 4, 1)) == []


def test_every_member_of_every_cohort_can_be_told_why():
    """One person with everything that begins a state, and nothing that ends one."""
    endings = {"resolved", "ended", "declined", "elsewhere", "not-a-carer", "not-housebound"}
    codes = {event.code for cohort in COHORTS.values() for event in events_of(cohort.rule)}
    begun = [("2023-01-02", code) for code in sorted(codes) if not any(end in code for end in endings)]
    begun = [one for one in begun if one[1] not in (CONDITION, FRAILTY, FRAILTY_INDEX, CARE_HOME)]
    begun += [("2023-01-02", CONDITION, name) for name in CONDITIONS] + [("2023-01-02", CARE_HOME, "permanent")]
    for grade in ("mild", "moderate", "severe"):
        person = rows(*begun, ("2023-01-03", FRAILTY, grade))
        for cohort in COHORTS.values():
            told = because(cohort, person, LAST_DAY, born=date(1940, 1, 1))
            assert told or "frailty" in cohort.id, cohort.id
        assert because(COHORTS[f"{grade}-frailty"], person, LAST_DAY)


def test_a_rule_is_said_in_plain_words():
    assert said(has("type-2-diabetes")) == "type 2 diabetes, not resolved since"
    assert said(COHORTS["care-home-resident"].rule) == (
        "lives in a care home, with no later record of: lives somewhere other than a care home"
    )
    assert said(COHORTS["diabetes"].rule) == "one of type 1 diabetes, type 2 diabetes, not resolved since"
    assert said(COHORTS["several-conditions"].rule).startswith("2 or more of these: asthma, atrial fibrillation, ")
    assert said(COHORTS["joint-pain"].rule) == (
        "pain or arthritis of back, hip, knee or shoulder in the 12 months to the period's end"
    )
    assert said(some_time(has("asthma"))) == "asthma, not resolved since at some time in the period"
    assert said(AllOf((did(CARER, when="ever"), Not(did(PAIN))))) == (
        "is a carer by the period's end and no record of pain or arthritis of back, hip, knee or shoulder in the period"
    )
    assert said(Followed(EventOf(CARER), EventOf(PAIN))).endswith("in the period, on or after is a carer")
    assert said(Overdue(EventOf(CARER), EventOf(NOT_CARER))) == (
        "the date of is a carer has passed without is no longer a carer"
    )
    assert said(Standing((EventOf(FRAILTY_INDEX, least=0.2, most=0.3),))) == (
        "electronic frailty index of 0.2 or more and 0.3 or less"
    )


def test_a_page_can_tell_why_without_loading_an_engine():
    told = (
        "import sys, whatmatters.measurement.cohort_reasons, whatmatters.measurement.in_words;"
        "print([name for name in ('pyarrow', 'duckdb', 'numpy', 'django') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
