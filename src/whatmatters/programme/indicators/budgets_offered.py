"""Who is offered a personal health budget."""

from whatmatters.events.codes import BUDGET_OFFERED, BUDGET_OPENED, CHC_AT_HOME, CONDITION
from whatmatters.measurement.details import BUDGET_COHORTS
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import By, Indicator, People, did
from whatmatters.programme.indicators.of_cohorts import share

OFFERED = did(BUDGET_OFFERED, BUDGET_OPENED, when="ever")


OFFERED_PEOPLE = Indicator(
    id="phb-offered",
    title="People offered a personal health budget",
    component="budgets",
    numerator=People(did(BUDGET_OFFERED)),
    denominator=None,
    counted="People to whom a budget was offered in the period, whatever they answered. Someone asked twice "
    "counts once.",
    out_of="",
    unit="count",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (DRAFT20-3: promoted to everyone with a legal right and to "
    "the cohorts of the local offer; record by cohort)",
    why="A right that nobody mentions is a right for the well informed.",
    caveats=(
        "An offer recorded without saying for which group is among the other ones.",
        "Leaflets and posters are not seen: an offer is one to a person.",
    ),
    by=By("budget_cohort", BUDGET_OFFERED, BUDGET_COHORTS),
    example=Example(
        people=(
            Someone(
                "Amina",
                "offered, and accepted later: counts",
                (
                    Happened("2022-05-03", BUDGET_OFFERED, detail="wheelchair"),
                    Happened("2022-07-01", BUDGET_OPENED, episode=1, detail="wheelchair"),
                ),
            ),
            Someone(
                "Brian",
                "offered twice, for two purposes: one person",
                (
                    Happened("2022-06-01", BUDGET_OFFERED, detail="adult-chc"),
                    Happened("2022-09-01", BUDGET_OFFERED, detail="wheelchair"),
                ),
            ),
            Someone(
                "Carol",
                "has a budget; no offer was recorded",
                (Happened("2022-06-01", BUDGET_OPENED, episode=2, detail="adult-chc"),),
            ),
            Someone("Dev", "offered the day after the period", (Happened("2023-04-01", BUDGET_OFFERED),)),
        ),
        numerator=2,
        denominator=None,
    ),
)


def _offered(cohort: str, whom: str, source: str, why: str, joined: tuple[Happened, ...]) -> Indicator:
    return share(
        cohort,
        OFFERED,
        id=f"phb-offered-{cohort}-share",
        title=f"People {whom} who were offered a personal health budget",
        component="budgets",
        counted="Those who by the end of the period had ever been offered a budget, or had one.",
        source=source,
        why=why,
        caveats=("An offer of years ago counts; whether it was asked again is not seen.",),
        needs=(BUDGET_OFFERED,),
        example=Example(
            people=(
                Someone("Amina", "offered in the period: counts", (*joined, Happened("2022-12-01", BUDGET_OFFERED))),
                Someone(
                    "Brian",
                    "has a budget since years: counts",
                    (*joined, Happened("2019-12-01", BUDGET_OPENED, episode=1)),
                ),
                Someone("Carol", "never offered", joined),
                Someone("Dev", "offered the day after the period", (*joined, Happened("2023-04-01", BUDGET_OFFERED))),
                Someone("Ewa", "offered, but not of this group", (Happened("2022-12-01", BUDGET_OFFERED),)),
            ),
            numerator=2,
            denominator=4,
        ),
    )


TO_CONTINUING_CARE = _offered(
    "continuing-care-at-home",
    "with continuing healthcare at home",
    "Summary of the draft PCN specification 2020-21 (DRAFT20-3: everyone with a legal right)",
    "Adults with continuing healthcare have had a right to a budget since October 2014.",
    (Happened("2019-06-01", CHC_AT_HOME),),
)
TO_LEARNING_DISABILITY = _offered(
    "learning-disability-or-autism",
    "with a learning disability, autism or both",
    "NHS England board paper on the Comprehensive Model (phb-ld-autism)",
    "Care that fits one person seldom fits another; a budget lets people put their own together.",
    (Happened("1999-06-01", CONDITION, detail="autism"),),
)

INDICATORS = (OFFERED_PEOPLE, TO_CONTINUING_CARE, TO_LEARNING_DISABILITY)
