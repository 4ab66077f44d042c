"""Whether personal health budgets are looked at again, each year, with the people who hold them."""

from whatmatters.events.codes import BUDGET_CLOSED, BUDGET_OPENED, BUDGET_REVIEWED
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import LISTED, AllOf, Indicator, Not, Open, did
from whatmatters.programme.indicators.budgets import CLOSED, OPENED

_OVER_A_YEAR = AllOf((LISTED, Not(did(BUDGET_OPENED, months=12))))


def _since(on: str, episode: int, *reviewed: str) -> tuple[Happened, ...]:
    reviews = tuple(Happened(day, BUDGET_REVIEWED, episode=episode) for day in reviewed)
    return (Happened(on, BUDGET_OPENED, episode=episode, detail="adult-chc"), *reviews)


REVIEWED = Indicator(
    id="phb-reviewed-share",
    title="People whose personal health budget was reviewed in the last 12 months",
    component="budgets",
    numerator=Open((OPENED,), (CLOSED,), among=AllOf((_OVER_A_YEAR, did(BUDGET_REVIEWED, months=12)))),
    denominator=Open((OPENED,), (CLOSED,), among=_OVER_A_YEAR),
    counted="Those with a review of a budget in the 12 months to the end of the period.",
    out_of="People registered and living on the last day of the period with a personal health budget open on it, "
    "who have had one for over 12 months and none agreed since.",
    unit="percent",
    direction="higher",
    source="NHS (Direct Payments) Regulations 2013 (SI 2013/1617), regulation 14: a direct payment is reviewed at "
    "least every 12 months; held here to budgets of every kind",
    why="Needs change and money runs short; a budget nobody looks at again stops fitting the life it was made for.",
    caveats=(
        "The law asks it of direct payments; a one-off wheelchair budget stays open and so asks for its review too.",
        "The first review, due three months after the first payment, counts when it falls in the 12 months.",
        "Someone with an older and a newer budget is left out until the newer is a year old.",
        "With several budgets, a review of one of them is enough.",
        "Where the system that keeps the budgets sends no reviews, the share is nought and not unknown.",
    ),
    example=Example(
        people=(
            Someone("Amina", "reviewed in the period: counts", _since("2019-06-01", 1, "2020-06-03", "2022-06-01")),
            Someone("Brian", "reviewed last in February 2022: over a year ago", _since("2019-06-01", 2, "2022-02-20")),
            Someone(
                "Carol", "reviewed on the first day of the 12 months: counts", _since("2022-03-31", 3, "2022-04-01")
            ),
            Someone(
                "Dev", "agreed on the first day of the 12 months: not a year old", _since("2022-04-01", 4, "2022-07-01")
            ),
            Someone("Ewa", "reviewed in April, after the period", _since("2021-01-10", 5, "2023-04-03")),
            Someone(
                "Farid",
                "reviewed, and ended before the last day: on neither side",
                (*_since("2020-06-01", 6, "2022-06-01"), Happened("2023-03-01", BUDGET_CLOSED, episode=6)),
            ),
            Someone(
                "Grace",
                "reviewed, then died: on neither side",
                _since("2020-06-01", 7, "2022-06-01"),
                died="2023-01-01",
            ),
            Someone(
                "Hari",
                "one for years, and a second agreed in the period: left out",
                (*_since("2019-06-01", 8, "2022-06-01"), *_since("2022-10-01", 9)),
            ),
        ),
        numerator=2,
        denominator=4,
    ),
    beside="phb-live",
)

INDICATORS = (REVIEWED,)
