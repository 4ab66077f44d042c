"""Network Contract DES indicators of plans and shared decisions, as its dictionaries word them."""

from dataclasses import replace

from whatmatters.events.codes import (
    CONDITION,
    CONDITION_RESOLVED,
    PLAN_AGREED,
    PLAN_OTHERWISE,
    PLAN_REVIEWED,
    SHARED_DECISION,
)
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import REGISTERED, Aged, Indicator, did, registered
from whatmatters.programme.indicators.words import LIST, NETWORK_FROM, TO_2023_24, TO_2024_25

_BY_THE_END = (
    "By the end of the period, as the dictionary words it, with no first day: so at any time up to then. It rises from "
    "year to year while people stay; it does not show this year's work."
)

_PLANS = Example(
    people=(
        Someone("Amina", "a plan agreed years ago: counts", (Happened("2019-06-03", PLAN_AGREED, episode=1),)),
        Someone(
            "Brian",
            "agreed, and reviewed on the last day: counts in both",
            (Happened("2022-05-03", PLAN_AGREED, episode=2), Happened("2023-03-31", PLAN_REVIEWED, episode=2)),
        ),
        Someone("Carol", "agreed the day after the period", (Happened("2023-04-01", PLAN_AGREED, episode=3),)),
        Someone("Dev", "another kind of plan", (Happened("2022-07-01", PLAN_OTHERWISE, detail="emergency"),)),
        Someone(
            "Ewa",
            "agreed, then moved away: on neither side",
            (Happened("2022-06-01", PLAN_AGREED, episode=4),),
            registered=(("Bridge Street", "2015-04-01", "2023-03-31"),),
        ),
    ),
    numerator=2,
    denominator=4,
)

AGREED = Indicator(
    id="pc14-plan-agreed",
    title="Registered people with a care and support plan agreed (contract)",
    component="care_planning",
    numerator=registered(did(PLAN_AGREED, when="ever")),
    denominator=REGISTERED,
    counted="Those who by the end of the period had a personalised care and support plan agreed.",
    out_of=LIST,
    unit="percent",
    direction="higher",
    source="Network Contract DES indicators: PC14 (2024-25), NCDMI001 (2022-23, 2023-24)",
    why="The contract's own count of plans.",
    caveats=(_BY_THE_END, "One code counts. Whether the plan meets the five criteria is not asked: see pcsp-per-1000."),
    valid_from=NETWORK_FROM,
    valid_to=TO_2024_25,
    beside="pcsp-per-1000",
    example=_PLANS,
)

REVIEWED = replace(
    AGREED,
    id="pc15-plan-reviewed",
    title="Registered people with a care and support plan reviewed (contract)",
    numerator=registered(did(PLAN_REVIEWED, when="ever")),
    counted="Those who by the end of the period had a personalised care and support plan reviewed.",
    source="Network Contract DES indicators: PC15 (2024-25), NCDMI002 (2022-23, 2023-24)",
    why="A plan that is never looked at again goes stale.",
    caveats=(_BY_THE_END, "A review is not tied to the last plan: pcsp-review-overdue-share shows who waits for one."),
    beside="pcsp-review-overdue-share",
    example=replace(_PLANS, numerator=1),
)


def _has(which: str, on: str = "2018-02-01") -> Happened:
    return Happened(on, CONDITION, detail=which)


_DECISIONS = Example(
    people=(
        Someone(
            "Amina",
            "type 2 diabetes, and a decision shared years ago: counts",
            (_has("type-2-diabetes"), Happened("2020-11-02", SHARED_DECISION)),
        ),
        Someone("Brian", "no lasting condition; a decision shared", (Happened("2022-08-01", SHARED_DECISION),)),
        Someone("Carol", "asthma, and no decision shared", (_has("asthma"),)),
        Someone(
            "Dev",
            "asthma, a decision shared, aged 17: too young for the second indicator",
            (_has("asthma"), Happened("2022-09-05", SHARED_DECISION)),
            born="2005-04-01",
        ),
        Someone(
            "Ewa",
            "her depression has resolved: no lasting condition any more",
            (_has("depression"), Happened("2022-06-01", CONDITION_RESOLVED, detail="depression")),
        ),
    ),
    numerator=3,
    denominator=5,
)

DECIDED = replace(
    AGREED,
    id="pc17-shared-decision",
    title="Registered people whose care was discussed in shared decision making (contract)",
    component="shared_decision_making",
    numerator=registered(did(SHARED_DECISION, when="ever")),
    counted="Those whose care was by the end of the period discussed in a shared decision making process.",
    source="Network Contract DES indicators: PC17 (2024-25), NCDMI003 (2022-23, 2023-24)",
    why="The contract's own count of shared decisions.",
    caveats=(_BY_THE_END, "That it was coded says nothing of how good the conversation was."),
    beside="",
    example=_DECISIONS,
)

_ILL = COHORTS["long-term-condition"]

DECIDED_LONG_TERM = replace(
    DECIDED,
    id="ncdmi064-shared-decision-long-term",
    title="People with a long-term condition whose care was discussed in shared decision making (contract)",
    numerator=registered(_ILL.rule, Aged(18), did(SHARED_DECISION, when="ever")),
    denominator=registered(_ILL.rule, Aged(18)),
    out_of="People aged 18 or over on the list at the end with a long-term condition (PAT_AGEU18 excluded).",
    source="Network Contract DES indicators: NCDMI064 (2022-23, 2023-24)",
    why="People who live with a condition decide about it again and again.",
    caveats=(*DECIDED.caveats, *_ILL.caveats),
    valid_to=TO_2023_24,
    beside="pc17-shared-decision",
    example=replace(_DECISIONS, numerator=1, denominator=2),
)

INDICATORS = (AGREED, REVIEWED, DECIDED, DECIDED_LONG_TERM)
