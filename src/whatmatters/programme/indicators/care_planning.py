"""Personalised care and support plans: how many, how good, and whether they are kept alive."""

from whatmatters.events.codes import PLAN_AGREED, PLAN_MET_CRITERIA, PLAN_REVIEW_SET, PLAN_REVIEWED
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import REGISTERED, Did, Episodes, EventOf, Indicator, Overdue, registered

AGREED, MET_CRITERIA = EventOf(PLAN_AGREED), EventOf(PLAN_MET_CRITERIA)
EVER_AGREED = Did((AGREED,), when="ever")

_PLANS = (
    Someone(
        "Amina",
        "a plan that meets the criteria",
        (Happened("2022-05-03", PLAN_AGREED, episode=1), Happened("2022-05-03", PLAN_MET_CRITERIA, episode=1)),
    ),
    Someone(
        "Brian",
        "agreed, and once more when it was brought up to date: one plan; it never met the criteria",
        (Happened("2022-06-01", PLAN_AGREED, episode=2), Happened("2022-10-01", PLAN_AGREED, episode=2)),
    ),
    Someone(
        "Carol",
        "agreed in the period, met the criteria when it was shared in April, after the period",
        (Happened("2023-03-20", PLAN_AGREED, episode=3), Happened("2023-04-04", PLAN_MET_CRITERIA, episode=3)),
    ),
    Someone(
        "Dev",
        "agreed before the period",
        (Happened("2022-03-31", PLAN_AGREED, episode=4), Happened("2022-03-31", PLAN_MET_CRITERIA, episode=4)),
    ),
    Someone("Ewa", "no plan"),
)

PLANS = Indicator(
    id="pcsp-per-1000",
    title="Care and support plans that meet the five criteria, per 1000 registered",
    component="care_planning",
    numerator=Episodes((MET_CRITERIA,)),
    denominator=REGISTERED,
    counted="Plans that were found in the period to meet all five criteria. A plan counts once, however often changed.",
    out_of="People registered with the practice and living on the last day of the period.",
    unit="per 1000",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (DRAFT20-2, DRAFT21-1, DRAFT23-1, metric M1); the five "
    "criteria are those of NHS England's checklist",
    why="The programme asked for 5-10 plans per 1000 people in 2020-21 and 20-25 in 2023-24.",
    caveats=(
        "What each criterion takes is our reading of a published checklist, shown on every plan.",
        "The criteria are looked at by the system that keeps the plan: one coded in general practice alone meets none.",
    ),
    example=Example(people=_PLANS, numerator=1, denominator=5),
    beside="pcsp-all-per-1000",
)

ALL_PLANS = Indicator(
    id="pcsp-all-per-1000",
    title="All care and support plans agreed, per 1000 registered",
    component="care_planning",
    numerator=Episodes((AGREED,)),
    denominator=REGISTERED,
    counted="Plans agreed with the person in the period, whether or not they meet the criteria. One plan counts once.",
    out_of="People registered with the practice and living on the last day of the period.",
    unit="per 1000",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (metric M1: plans delivered)",
    why="Set beside the plans that meet the criteria, it shows how much planning is done that does not yet count.",
    caveats=("Other kinds of care plan, by codes the contract does not count, are not in it.",),
    example=Example(people=_PLANS, numerator=3, denominator=5),
    beside="care-plans-of-any-kind-per-1000",
)

MEETING_CRITERIA = Indicator(
    id="pcsp-meeting-criteria-share",
    title="Plans that meet the five criteria",
    component="care_planning",
    numerator=Episodes((AGREED,), then=(MET_CRITERIA,)),
    denominator=Episodes((AGREED,), numbered=True),
    counted="Those plans that met all five criteria on or after the day first agreed, up to the as-at date.",
    out_of="Plans agreed with the person in the period.",
    unit="percent",
    direction="higher",
    source="Five-year ambition, Humber, Coast and Vale (ltp-pcsp); the criteria are those of NHS England's checklist",
    why="A plan is worth having when the person is at its centre, it is shared and it will be reviewed.",
    caveats=(
        "A plan can come to meet the criteria after the period, when it is shared or its review is set; plans are "
        "followed as far as the facts go, so the share of the latest period still rises.",
        "Agreements coded without a plan number cannot be followed and are left out of both sides.",
    ),
    example=Example(people=_PLANS, numerator=2, denominator=3),
)

REVIEW_OVERDUE = Indicator(
    id="pcsp-review-overdue-share",
    title="People whose plan review is overdue",
    component="care_planning",
    numerator=registered(EVER_AGREED, Overdue(EventOf(PLAN_REVIEW_SET), EventOf(PLAN_REVIEWED))),
    denominator=registered(EVER_AGREED),
    counted="Those whose review date, as last set, was before the last day of the period with no review held since.",
    out_of="People registered and living on the last day who have ever had a plan agreed.",
    unit="percent",
    direction="lower",
    source="NHS England's checklist for plans, criterion 5: people can have it reviewed, formally and informally",
    why="A stale plan used in an emergency can do harm, and a person's needs and wishes change.",
    caveats=(
        "A review due on the last day is not overdue yet. While a period runs, its as-at date stands for its last day.",
        "A plan without any review date is not counted as overdue; it does not meet the criteria.",
        "A person with several plans is judged by the review date set last.",
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "review due 1 June 2022, not held: overdue",
                (Happened("2022-03-03", PLAN_AGREED, episode=1), Happened("2022-03-03", PLAN_REVIEW_SET, 90, 1)),
            ),
            Someone(
                "Brian",
                "held, and a new date set for 2023-08-01: not overdue",
                (
                    Happened("2022-03-03", PLAN_AGREED, episode=2),
                    Happened("2022-03-03", PLAN_REVIEW_SET, 90, 2),
                    Happened("2022-08-01", PLAN_REVIEWED, episode=2),
                    Happened("2022-08-01", PLAN_REVIEW_SET, 365, 2),
                ),
            ),
            Someone(
                "Carol",
                "due on the last day itself: not overdue yet",
                (Happened("2023-03-01", PLAN_AGREED, episode=3), Happened("2023-03-01", PLAN_REVIEW_SET, 30, 3)),
            ),
            Someone(
                "Dev",
                "held late, no new date: not overdue",
                (
                    Happened("2022-03-03", PLAN_AGREED, episode=4),
                    Happened("2022-03-03", PLAN_REVIEW_SET, 90, 4),
                    Happened("2023-01-10", PLAN_REVIEWED, episode=4),
                ),
            ),
            Someone(
                "Ewa",
                "overdue, but left the practice: not on the list",
                (Happened("2022-03-03", PLAN_AGREED, episode=5), Happened("2022-03-03", PLAN_REVIEW_SET, 90, 5)),
                registered=(("Bridge Street", "2015-04-01", "2023-02-01"),),
            ),
            Someone("Frank", "no plan"),
        ),
        numerator=1,
        denominator=4,
    ),
)

INDICATORS = (PLANS, ALL_PLANS, MEETING_CRITERIA, REVIEW_OVERDUE)
