"""How budgets are managed, and whether one is the usual way in continuing healthcare at home."""

from whatmatters.events.codes import BUDGET_CLOSED, BUDGET_MANAGED, BUDGET_OPENED, CHC_AT_HOME, CHC_AT_HOME_ENDED
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import LISTED, AllOf, EventOf, Indicator, Open, registered
from whatmatters.programme.indicators.budgets import CLOSED

_NOT_WHEELCHAIR = EventOf(BUDGET_OPENED, but=("wheelchair",))
_AT_HOME = COHORTS["continuing-care-at-home"]


def _opened(on: str, episode: int, cohort: str, *managed: tuple[str, str]) -> tuple[Happened, ...]:
    ways = tuple(Happened(day, BUDGET_MANAGED, episode=episode, detail=way) for day, way in managed)
    return (Happened(on, BUDGET_OPENED, episode=episode, detail=cohort), *ways)


DIRECT = Indicator(
    id="phb-direct-or-third-party-share",
    title="Budgets managed as a direct payment or by a third party",
    component="budgets",
    numerator=Open(
        (_NOT_WHEELCHAIR,),
        (CLOSED,),
        when="period",
        each="episode",
        having=(EventOf(BUDGET_MANAGED, ("direct-payment", "third-party")),),
    ),
    denominator=Open((_NOT_WHEELCHAIR,), (CLOSED,), when="period", each="episode"),
    counted="Those that, by the latest record of the period or before, are paid to the person or to a third party.",
    out_of="Personal health budgets open at some time in the period, personal wheelchair budgets left out.",
    unit="percent",
    direction="higher",
    source="Quality indicator PHB-Q3: at least 40%, personal wheelchair budgets excluded; Five-year ambition, Humber, "
    "Coast and Vale (phb-direct)",
    why="Control is real where the money is in the person's hands, or in those of somebody they chose.",
    caveats=(
        "A budget whose management is not recorded counts among all, not among these.",
        "A budget in a mixed form counts by the way recorded last.",
        "England's published shares (15% direct payment, 5% third party in 2023-24) include wheelchair budgets.",
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "a direct payment: counts",
                _opened("2021-06-01", 1, "adult-chc", ("2021-06-01", "direct-payment")),
            ),
            Someone(
                "Brian",
                "notional at first, a third party since May: counts",
                _opened("2022-04-10", 2, "section-117", ("2022-04-10", "notional"), ("2022-05-10", "third-party")),
            ),
            Someone(
                "Carol",
                "a direct payment at first, notional since: does not count",
                _opened("2022-04-10", 3, "mental-health", ("2022-04-10", "direct-payment"), ("2022-09-01", "notional")),
            ),
            Someone(
                "Dev",
                "a wheelchair budget, left out; another that nobody said how it is managed, which does not count",
                (
                    *_opened("2022-07-01", 4, "wheelchair", ("2022-07-01", "direct-payment")),
                    *_opened("2022-07-01", 5, "learning-disability-or-autism"),
                ),
            ),
            Someone(
                "Ewa",
                "ended before the period",
                (
                    *_opened("2020-07-01", 6, "adult-chc", ("2020-07-01", "direct-payment")),
                    Happened("2022-03-31", BUDGET_CLOSED, episode=6),
                ),
            ),
        ),
        numerator=2,
        denominator=4,
    ),
)

CONTINUING_CARE = Indicator(
    id="phb-continuing-care-share",
    title="Continuing healthcare packages at home that are delivered through a budget",
    component="budgets",
    numerator=Open((EventOf(BUDGET_OPENED, ("adult-chc",)),), (CLOSED,), among=AllOf((LISTED, _AT_HOME.rule))),
    denominator=registered(_AT_HOME.rule),
    counted="Those with a personal health budget for continuing healthcare open on that day.",
    out_of="People registered and living on the last day of the period with an NHS continuing healthcare package at "
    "home on that day.",
    unit="percent",
    direction="higher",
    source="Quality indicator PHB-Q6: at least 85% of packages; NHS England board paper (phb-chc-default: budgets are "
    "the default in community continuing healthcare)",
    why="A budget is meant to be the usual way to have such care at home, not something to ask for.",
    caveats=(
        "A package in a care home is not one at home.",
        "Packages are recorded by the commissioner: where none is recorded there is no share.",
        "A budget for another purpose, such as a wheelchair, does not make the package one.",
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "a package and a budget for it: counts",
                (Happened("2021-06-01", CHC_AT_HOME), *_opened("2021-06-01", 1, "adult-chc")),
            ),
            Someone("Brian", "a package, no budget", (Happened("2022-06-01", CHC_AT_HOME),)),
            Someone(
                "Carol",
                "a package, and a budget for a wheelchair: does not count",
                (Happened("2022-06-01", CHC_AT_HOME), *_opened("2022-08-01", 2, "wheelchair")),
            ),
            Someone(
                "Dev",
                "the package ended in March: on neither side",
                (
                    Happened("2021-06-01", CHC_AT_HOME),
                    *_opened("2021-06-01", 3, "adult-chc"),
                    Happened("2023-03-01", CHC_AT_HOME_ENDED),
                ),
            ),
            Someone(
                "Ewa",
                "died before the last day: on neither side",
                (Happened("2021-06-01", CHC_AT_HOME), *_opened("2021-06-01", 4, "adult-chc")),
                died="2023-03-30",
            ),
        ),
        numerator=1,
        denominator=3,
    ),
)

INDICATORS = (DIRECT, CONTINUING_CARE)
