"""What a cohort is; cohorts.py lists them."""

from dataclasses import dataclass

from whatmatters.measurement.conditions import Condition, EventOf, Standing

CLUSTERS = "Primary care domain reference sets of NHS England (the QOF registers)"
DRAFT = "Summary of the draft PCN specification 2020-21"
NETWORK = "Network Contract DES indicator dictionary"


@dataclass(frozen=True)
class Cohort:
    """``rule`` is read on a period's last day; ``some_time(rule)`` reads it over the period."""

    id: str
    title: str
    rule: Condition
    source: str
    caveats: tuple[str, ...] = ()


def lasting(on: str, *off: str) -> Standing:
    """From the day it is recorded until one of ``off`` is."""
    return Standing((EventOf(on),), tuple(EventOf(code) for code in off))
