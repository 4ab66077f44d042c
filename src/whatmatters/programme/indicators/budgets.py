"""Personal health budgets: how many people have one, in the year and on the day, and for whom."""

from dataclasses import replace

from whatmatters.events.codes import BUDGET_CLOSED, BUDGET_OFFERED, BUDGET_OPENED
from whatmatters.measurement.details import BUDGET_COHORTS, said
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import LISTED, REGISTERED, By, EventOf, Indicator, Kinds, Largest, Open
from whatmatters.programme.indicators.words import LIST

OPENED, CLOSED = EventOf(BUDGET_OPENED), EventOf(BUDGET_CLOSED)
BY_COHORT = By("budget_cohort", BUDGET_OPENED, BUDGET_COHORTS)
HOLDERS = Open((OPENED,), (CLOSED,), when="period")
"""People who had a budget at some time in the period."""

STATISTICS = "NHS England, personal health budget statistics (DAPB2184)"
_PEOPLE = (
    Someone(
        "Amina",
        "a budget for continuing healthcare since last year, still open",
        (Happened("2021-06-01", BUDGET_OPENED, episode=1, detail="adult-chc"),),
    ),
    Someone(
        "Brian",
        "a maternity budget, opened and ended in the period: had one in the year, has none on the last day",
        (
            Happened("2022-05-03", BUDGET_OPENED, episode=2, detail="maternity"),
            Happened("2022-12-01", BUDGET_CLOSED, episode=2, detail="child born"),
        ),
    ),
    Someone(
        "Carol",
        "ended the day before the period",
        (
            Happened("2021-05-03", BUDGET_OPENED, episode=3, detail="wheelchair"),
            Happened("2022-03-31", BUDGET_CLOSED, episode=3, detail="no longer needed"),
        ),
    ),
    Someone(
        "Dev",
        "two budgets at once: one person",
        (
            Happened("2022-04-01", BUDGET_OPENED, episode=4, detail="wheelchair"),
            Happened("2023-03-31", BUDGET_OPENED, episode=5, detail="section-117"),
        ),
    ),
    Someone(
        "Ewa",
        "a budget for continuing healthcare until she died: had one in the year, has none on the last day",
        (Happened("2022-06-01", BUDGET_OPENED, episode=6, detail="adult-chc"),),
        died="2022-10-09",
    ),
    Someone(
        "Farid",
        "offered one, has not decided",
        (Happened("2023-01-09", BUDGET_OFFERED, episode=7, detail="mental-health"),),
    ),
)

IN_YEAR = Indicator(
    id="phb-in-year",
    title="People with a personal health budget in the year so far",
    component="budgets",
    numerator=HOLDERS,
    denominator=None,
    counted="People with a personal health budget open at some time in the period. Someone with several counts once.",
    out_of="",
    unit="count",
    direction="higher",
    source="NHS England board paper on the Comprehensive Model (ltp-phb: 200,000 by 2023-24; mandate-phb; phb-decade: "
    f"500,000 by 2028-29); metric M7; {STATISTICS}: the year-to-date count",
    why="This is the count that the promises of the programme were made in.",
    caveats=(
        "It starts again each April with those whose budget was open as the year began, and only grows until March.",
        "It is about twice the number with a budget on the last day: 188,489 against 90,409 at the end of 2023-24.",
        "For a quarter it is the people with a budget in that quarter, not since April.",
        "More than half of England's budgets are for wheelchairs.",
    ),
    by=BY_COHORT,
    example=Example(people=_PEOPLE, numerator=4, denominator=None),
    beside="phb-live",
)

LIVE = Indicator(
    id="phb-live",
    title="People with a personal health budget on the last day",
    component="budgets",
    numerator=Open((OPENED,), (CLOSED,), among=LISTED),
    denominator=None,
    counted="People registered and living on the last day of the period with a personal health budget open on it.",
    out_of="",
    unit="count",
    direction="higher",
    source=f"Metric M7: number of personal health budgets; {STATISTICS}: live at the end of the quarter",
    why="How many people hold a budget today: neither last year's nor those that have ended.",
    caveats=(
        "A budget is open until its end is recorded; a budget nobody closed counts on.",
        "Not the year-to-date number, which the promises were made in.",
    ),
    by=BY_COHORT,
    example=Example(people=_PEOPLE, numerator=2, denominator=None),
    beside="phb-in-year",
)

PER_1000 = replace(
    IN_YEAR,
    id="phb-per-1000",
    title="People with a personal health budget in the year so far, per 1000 registered",
    denominator=REGISTERED,
    out_of=LIST,
    unit="per 1000",
    source="Five-year ambition, Humber, Coast and Vale (phb-rate-lower, phb-rate-upper: 3 to 4 per 1000 by 2023-24)",
    why="A system of three million people and a town can be set side by side.",
    needs=(BUDGET_OPENED,),
    example=Example(people=_PEOPLE, numerator=4, denominator=5),
)

COHORTS_REACHED = Indicator(
    id="phb-cohorts",
    title="Groups of people to whom budgets are made available",
    component="budgets",
    numerator=Kinds(HOLDERS, BY_COHORT),
    denominator=None,
    counted="Of the groups that budgets are recorded for, those in which anybody had one open in the period.",
    out_of="",
    unit="count",
    direction="higher",
    source="Quality indicator PHB-Q1: budgets made available to at least 4 cohorts",
    why="Budgets began with continuing healthcare; many others could plan their own care with one.",
    caveats=(
        f"Told apart: {', '.join(map(said, BUDGET_COHORTS))}. Budgets for any other group are not among them.",
        "Made available is taken to be shown by somebody having one.",
        "Found at each organisation from its own people: those below it do not add up to it.",
    ),
    example=Example(people=_PEOPLE, numerator=4, denominator=None),
)

LARGEST = Indicator(
    id="phb-largest-cohort-share",
    title="Largest single group among people with a budget",
    component="budgets",
    numerator=Largest(HOLDERS, BY_COHORT),
    denominator=HOLDERS,
    counted="Those of the group with the most people.",
    out_of="People with a personal health budget open at some time in the period.",
    unit="percent",
    direction="lower",
    source="Quality indicator PHB-Q2: the largest single cohort is at most 50% of all budget holders",
    why="Where one group holds nearly all the budgets, the others have not been offered them.",
    caveats=(
        "Someone with budgets of two groups is in both, and once among all.",
        "Which group is the largest is found at each organisation anew.",
    ),
    example=Example(people=_PEOPLE, numerator=2, denominator=4),
)

INDICATORS = (IN_YEAR, LIVE, PER_1000, COHORTS_REACHED, LARGEST)
