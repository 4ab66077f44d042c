"""What real use says of a group: how soon it answers, and how often it can take someone."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from whatmatters.directory.models import Group

ENOUGH = 5  # replies; from fewer nothing is said
LATELY = timedelta(days=365)


@dataclass(frozen=True)
class Figures:
    """``days``: the middle one, from being asked to the answer. ``days`` and ``accepted`` are None until enough."""

    replies: int
    days: float | None = None
    accepted: int | None = None


def figures(group: Group) -> Figures:
    """Of the answers of the last year. What was never answered is in none of it: nobody knows yet how long it takes."""
    since = date.today() - LATELY
    rows = group.replies.filter(answered_on__gte=since).values_list("asked_on", "answered_on", "accepted")
    told = list(rows)
    if len(told) < ENOUGH:
        return Figures(len(told))
    waits = [(answered - asked).days for asked, answered, _ in told]
    return Figures(len(told), median(waits), sum(accepted for *_, accepted in told))
