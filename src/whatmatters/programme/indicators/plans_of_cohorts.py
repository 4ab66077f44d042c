"""Who should have a plan and has one: the groups the draft specification required, those it allowed, and two more."""

from dataclasses import dataclass

from whatmatters.events.codes import (
    ANTICIPATORY_CARE,
    ANTICIPATORY_CARE_ENDED,
    CARE_HOME,
    CONDITION,
    CONDITION_RESOLVED,
    FRAILTY,
    LIVES_ELSEWHERE,
    PALLIATIVE,
    PALLIATIVE_ENDED,
    PLAN_AGREED,
    PLAN_MET_CRITERIA,
    PLAN_REVIEWED,
    PREGNANCY_ENDED,
    PREGNANT,
)
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import AllOf, did
from whatmatters.programme.indicators.of_cohorts import share

DRAFT = "Summary of the draft PCN specification 2020-21"
EVER_MET = did(PLAN_MET_CRITERIA, when="ever")
PLANNED = AllOf((EVER_MET, did(PLAN_AGREED, PLAN_REVIEWED, months=12)))
"""Has had a plan that meets the criteria, and had a plan agreed or reviewed in the last 12 months."""


@dataclass(frozen=True)
class _Group:
    """``joined`` makes someone a member through the example's year; ``left`` are those events and their end."""

    cohort: str
    whom: str
    source: str
    why: str
    joined: tuple[Happened, ...]
    left: tuple[Happened, ...]


REQUIRED = f"{DRAFT} (DRAFT20-2, metric M1: plans must include this group)"
OPTIONAL = f"{DRAFT} (DRAFT20-2b: plans may also go to this group)"

GROUPS = (
    _Group(
        "last-year-of-life",
        "in the last 12 months of life",
        f"{REQUIRED}; NHS England board paper (plans-end-of-life)",
        "What matters most to someone who is dying can only be asked in time.",
        (Happened("2022-02-01", PALLIATIVE),),
        (Happened("2021-02-01", PALLIATIVE), Happened("2022-01-10", PALLIATIVE_ENDED)),
    ),
    _Group(
        "anticipatory-care",
        "under the anticipatory care service",
        REQUIRED,
        "Anticipatory care begins with what the person wants to happen, and not to happen.",
        (Happened("2022-02-01", ANTICIPATORY_CARE),),
        (Happened("2021-02-01", ANTICIPATORY_CARE), Happened("2022-01-10", ANTICIPATORY_CARE_ENDED)),
    ),
    _Group(
        "care-home-resident",
        "living in a care home",
        REQUIRED,
        "Someone who lives where others work needs a plan in their own words most of all.",
        (Happened("2022-02-01", CARE_HOME, detail="permanent"),),
        (Happened("2021-02-01", CARE_HOME, detail="temporary"), Happened("2021-03-10", LIVES_ELSEWHERE)),
    ),
    _Group(
        "several-conditions",
        "with two long-term conditions or more",
        OPTIONAL,
        "Several illnesses are treated one by one; a plan is where they meet in one life.",
        (Happened("2018-02-01", CONDITION, detail="copd"), Happened("2022-02-01", CONDITION, detail="depression")),
        (
            Happened("2018-02-01", CONDITION, detail="copd"),
            Happened("2020-02-01", CONDITION, detail="depression"),
            Happened("2022-01-10", CONDITION_RESOLVED, detail="depression"),
        ),
    ),
    _Group(
        "severe-frailty",
        "with severe frailty",
        f"{OPTIONAL}: high risk of admission, for which severe frailty stands here",
        "People who are severely frail are those most often admitted in a crisis that a plan could have met at home.",
        (Happened("2022-02-01", FRAILTY, detail="severe"),),
        (Happened("2021-02-01", FRAILTY, detail="severe"), Happened("2022-01-10", FRAILTY, detail="moderate")),
    ),
    _Group(
        "cancer",
        "with cancer",
        f"{OPTIONAL}; NHS England board paper (plans-cancer: everyone with cancer, where appropriate)",
        "A diagnosis of cancer changes a whole life; the plan is about the life.",
        (Happened("2022-02-01", CONDITION, detail="cancer"),),
        (
            Happened("2015-02-01", CONDITION, detail="cancer"),
            Happened("2022-01-10", CONDITION_RESOLVED, detail="cancer"),
        ),
    ),
    _Group(
        "pregnant",
        "who were pregnant",
        "NHS England board paper (plans-maternity: personalised care plans for pregnant women)",
        "How and where a child is born is the mother's to decide, with what she needs to decide it.",
        (Happened("2022-07-01", PREGNANT),),
        (Happened("2021-06-01", PREGNANT), Happened("2022-01-10", PREGNANCY_ENDED)),
    ),
)


def _people(group: _Group) -> tuple[Someone, ...]:
    joined, whom = group.joined, group.whom
    return (
        Someone(
            "Amina",
            f"{whom}; a plan that meets the criteria, agreed in the period: counts",
            (
                *joined,
                Happened("2022-09-03", PLAN_AGREED, episode=1),
                Happened("2022-09-03", PLAN_MET_CRITERIA, episode=1),
            ),
        ),
        Someone(
            "Brenda",
            f"{whom}; a plan of three years ago, reviewed in the period: counts",
            (
                *joined,
                Happened("2020-03-03", PLAN_AGREED, episode=2),
                Happened("2020-03-03", PLAN_MET_CRITERIA, episode=2),
                Happened("2022-10-10", PLAN_REVIEWED, episode=2),
            ),
        ),
        Someone(
            "Carol",
            f"{whom}; a plan of three years ago, not reviewed since: does not count",
            (
                *joined,
                Happened("2020-03-03", PLAN_AGREED, episode=3),
                Happened("2020-03-03", PLAN_MET_CRITERIA, episode=3),
            ),
        ),
        Someone(
            "Dee",
            f"{whom}; a plan that does not meet the criteria: does not count",
            (*joined, Happened("2022-09-03", PLAN_AGREED, episode=4)),
        ),
        Someone(
            "Ewa",
            f"{whom}; a plan that meets the criteria, then died: counts on both sides",
            (
                *joined,
                Happened("2022-08-01", PLAN_AGREED, episode=5),
                Happened("2022-08-01", PLAN_MET_CRITERIA, episode=5),
            ),
            died="2022-12-24",
        ),
        Someone(
            "Freya",
            "left the group before the period: on neither side, whatever her plan",
            (
                *group.left,
                Happened("2022-09-03", PLAN_AGREED, episode=6),
                Happened("2022-09-03", PLAN_MET_CRITERIA, episode=6),
            ),
        ),
    )


INDICATORS = tuple(
    share(
        group.cohort,
        PLANNED,
        id=f"pcsp-{group.cohort}-share",
        title=f"People {group.whom} who have a plan that meets the five criteria",
        component="care_planning",
        counted="Those who have had a plan that meets all five criteria, and had a plan agreed or reviewed in the 12 "
        "months to the end of the period.",
        source=group.source,
        why=group.why,
        caveats=(
            "The numerator is also the count of people with a plan in this group.",
            "A plan made before someone joined the group counts, if it was agreed or reviewed within the 12 months.",
            "The criteria are looked at by the system that keeps the plan: where no practice of a place keeps plans "
            "in such a system, the share is not known.",
        ),
        needs=(PLAN_MET_CRITERIA,),
        example=Example(people=_people(group), numerator=3, denominator=5),
    )
    for group in GROUPS
)
