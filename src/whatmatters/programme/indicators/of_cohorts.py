"""The share of a cohort for whom something was done: one shape for every delivery rate."""

from typing import Any

from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.indicators import AllOf, Condition, Indicator, People, some_time


def share(cohort: str, done: Condition, *, source: str, caveats: tuple[str, ...] = (), **said: Any) -> Indicator:
    """Of everyone in the cohort at some time in the period, those of whom ``done`` is true. The rest is as said."""
    whom = COHORTS[cohort]
    members = some_time(whom.rule)
    return Indicator(
        numerator=People(AllOf((members, done))),
        denominator=People(members),
        out_of=f"Everyone who at some time in the period was of this group: {whom.title}. The dead and departed "
        "are among them.",
        unit="percent",
        direction="higher",
        source=f"{source}. The group: {whom.source}",
        caveats=(*caveats, *whom.caveats),
        **said,
    )
