"""How many plans: delivered, created or reviewed in the year, and of any kind."""

from whatmatters.events.codes import PLAN_AGREED, PLAN_MET_CRITERIA, PLAN_OTHERWISE, PLAN_REVIEWED
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import REGISTERED, Episodes, EventOf, Indicator
from whatmatters.programme.indicators.care_planning import AGREED, MET_CRITERIA

OTHERWISE, REVIEWED = EventOf(PLAN_OTHERWISE), EventOf(PLAN_REVIEWED)

DELIVERED = Indicator(
    id="pcsp-delivered",
    title="Care and support plans delivered that meet the five criteria",
    component="care_planning",
    numerator=Episodes((MET_CRITERIA,)),
    denominator=None,
    counted="Plans that were found in the period to meet all five criteria. A plan counts once, however often changed.",
    out_of="",
    unit="count",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (metric M1: number of plans delivered)",
    why="The programme counts plans, and only those in which the person's own words lead to what is done.",
    caveats=(
        "Found to meet the criteria in the period: a plan agreed in March and shared in April is one of April's year.",
        "The criteria are looked at by the system that keeps the plan: one coded in general practice alone meets none.",
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "agreed and met the criteria on one day: one plan",
                (Happened("2022-05-03", PLAN_AGREED, episode=1), Happened("2022-05-03", PLAN_MET_CRITERIA, episode=1)),
            ),
            Someone(
                "Brian",
                "met the criteria again when it was brought up to date: still one plan",
                (
                    Happened("2022-06-01", PLAN_MET_CRITERIA, episode=2),
                    Happened("2023-02-01", PLAN_MET_CRITERIA, episode=2),
                ),
            ),
            Someone(
                "Carol",
                "agreed before the period, met the criteria on its first day: counts",
                (Happened("2022-03-20", PLAN_AGREED, episode=3), Happened("2022-04-01", PLAN_MET_CRITERIA, episode=3)),
            ),
            Someone("Dev", "agreed, never met the criteria", (Happened("2022-07-01", PLAN_AGREED, episode=4),)),
            Someone(
                "Ewa",
                "met the criteria, then died: the plan was delivered and counts",
                (Happened("2022-08-09", PLAN_MET_CRITERIA, episode=5),),
                died="2022-11-30",
            ),
        ),
        numerator=4,
        denominator=None,
    ),
    beside="pcsp-all-per-1000",
)

CREATED_OR_REVIEWED = Indicator(
    id="pcsp-created-or-reviewed",
    title="Plans created or reviewed that meet the five criteria",
    component="care_planning",
    numerator=Episodes((AGREED, REVIEWED), having=(MET_CRITERIA,)),
    denominator=None,
    counted="Plans agreed or reviewed with the person in the period that have met all five criteria, by the day the "
    "facts go up to. A plan counts once a period, however often it was reviewed.",
    out_of="",
    unit="count",
    direction="higher",
    source="Five-year ambition, Humber, Coast and Vale (ltp-pcsp: 750,000 plans created or reviewed, by 2023-24)",
    why="A plan made years ago and kept alive is worth as much as a new one; the promise counts both.",
    caveats=(
        "A plan can come to meet the criteria after the period, when it is shared or its review is set.",
        "Plans coded without a plan number cannot be followed from agreement to review and are left out.",
        "Adding years together counts a plan once for each year in which it was agreed or reviewed.",
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "agreed in the period, meets the criteria: counts",
                (Happened("2022-05-03", PLAN_AGREED, episode=1), Happened("2022-05-03", PLAN_MET_CRITERIA, episode=1)),
            ),
            Someone(
                "Brian",
                "made the year before, reviewed twice in the period: counts once",
                (
                    Happened("2021-06-01", PLAN_MET_CRITERIA, episode=2),
                    Happened("2022-06-01", PLAN_REVIEWED, episode=2),
                    Happened("2023-01-10", PLAN_REVIEWED, episode=2),
                ),
            ),
            Someone(
                "Carol",
                "agreed in March, met the criteria in April when it was shared: counts",
                (Happened("2023-03-20", PLAN_AGREED, episode=3), Happened("2023-04-04", PLAN_MET_CRITERIA, episode=3)),
            ),
            Someone(
                "Dev",
                "reviewed, but the plan never met the criteria",
                (Happened("2021-06-01", PLAN_AGREED, episode=4), Happened("2022-06-01", PLAN_REVIEWED, episode=4)),
            ),
            Someone(
                "Ewa",
                "met the criteria the year before, not reviewed since",
                (Happened("2021-06-01", PLAN_AGREED, episode=5), Happened("2021-06-01", PLAN_MET_CRITERIA, episode=5)),
            ),
        ),
        numerator=3,
        denominator=None,
    ),
)

OF_ANY_KIND = Indicator(
    id="care-plans-of-any-kind-per-1000",
    title="Care plans of any kind agreed, per 1000 registered",
    component="care_planning",
    numerator=Episodes((AGREED, OTHERWISE)),
    denominator=REGISTERED,
    counted="Personalised care and support plans, and every other kind of care plan that general practice codes, "
    "agreed in the period. A plan changed several times counts once.",
    out_of="People registered with the practice and living on the last day of the period.",
    unit="per 1000",
    direction="neither",
    source="Beside metric M1 of the draft PCN specification 2020-21: all activity, whatever code it was given",
    why="Much planning is coded under other names. What the contract counts is read beside all that is done.",
    caveats=(
        "An asthma plan or an advance care plan may have little of a personalised plan in it: more is not better in "
        "itself.",
        "Plans coded without a plan number count once for each day and code: a plan under two codes on one day is two.",
    ),
    example=Example(
        people=(
            Someone("Amina", "a personalised plan: counts", (Happened("2022-05-03", PLAN_AGREED, episode=1),)),
            Someone(
                "Brian",
                "an asthma plan, coded twice on one day: one",
                (
                    Happened("2022-06-01", PLAN_OTHERWISE, detail="asthma"),
                    Happened("2022-06-01", PLAN_OTHERWISE, detail="asthma"),
                ),
            ),
            Someone(
                "Carol",
                "two asthma plans half a year apart, without a plan number: two",
                (
                    Happened("2022-06-01", PLAN_OTHERWISE, detail="asthma"),
                    Happened("2022-12-01", PLAN_OTHERWISE, detail="asthma"),
                ),
            ),
            Someone("Dev", "agreed the day after the period", (Happened("2023-04-01", PLAN_OTHERWISE),)),
            Someone("Ewa", "no plan"),
        ),
        numerator=4,
        denominator=5,
    ),
    beside="pcsp-all-per-1000",
)

INDICATORS = (DELIVERED, CREATED_OR_REVIEWED, OF_ANY_KIND)
