"""Whether a number is where it should be by now."""

from datetime import date
from fractions import Fraction

from django.db.models import TextChoices

from whatmatters.measurement.indicators import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Count,
    Did,
    Episodes,
    Followed,
    Happenings,
    Indicator,
    Kinds,
    Pairs,
    People,
    Total,
)
from whatmatters.periods import Period

ENOUGH = 0.8  # the least share of practices that reported


class Judgement(TextChoices):
    NOT_YET_DUE = "not yet due", "Not yet due"
    MET = "met", "Met"
    ON_TRACK = "on track", "On track"
    BEHIND = "behind", "Behind"
    MISSED = "missed", "Missed"
    NOT_KNOWN = "not known", "Not known"


def judge(
    value: Fraction | float | None,
    *,
    bound: float,
    direction: str,
    over: Period,
    as_at: date | None,
    coverage: float | None,
    grows: bool = True,
) -> Judgement:
    """``value`` of the whole period ``over``, as at a day, against the ``bound`` it should reach by the period's end.

    ``direction`` is the indicator's: ``higher`` is met at or above the bound, ``lower`` at or below it, whatever the
    sign of the bound. A number that ``grows`` from nothing through the period (people referred, over the list) is on
    track pro rata to the days gone, the as-at day included; a share or an average is on track at the bound itself.
    Higher is met as soon as it is there; lower only when the period is over, because until then it can still rise.
    No value, no as-at day or a coverage under 80% is not known, save before the period has begun: nothing is due yet.
    A coverage that the source does not state (None) is taken as whole: a published figure.
    """
    if as_at is not None and as_at < over.start:
        return Judgement.NOT_YET_DUE
    if value is None or as_at is None or (coverage is not None and coverage < ENOUGH):
        return Judgement.NOT_KNOWN
    there = value >= bound if direction == "higher" else value <= bound
    if as_at > over.last_day or (as_at == over.last_day and there):
        return Judgement.MET if there else Judgement.MISSED
    if there and direction == "higher":
        return Judgement.MET
    whole, gone = (over.end - over.start).days, (as_at - over.start).days + 1
    by_now = Fraction(bound) * gone / whole if grows else Fraction(bound)
    enough = value >= by_now if direction == "higher" else value <= by_now
    return Judgement.ON_TRACK if enough else Judgement.BEHIND


def grows(indicator: Indicator) -> bool:
    """Whether the number starts at nothing on the period's first day: happenings over the list, not over each other."""
    over = indicator.denominator
    return _happens(indicator.numerator) and (over is None or (isinstance(over, People) and not _happens(over)))


def _happens(count: Count) -> bool:
    if isinstance(count, People):
        return _is_done(count.where)
    if isinstance(count, Kinds):
        return _happens(count.of)
    return isinstance(count, Happenings | Total | Episodes | Pairs)


def _is_done(condition: Condition) -> bool:
    """Whether it is true of nobody before something is done in the period."""
    match condition:
        case Did(_, when, months):
            return when == "period" and not months
        case AllOf(of):
            return any(_is_done(one) for one in of)
        case AnyOf(of) | AtLeast(_, of):
            return all(_is_done(one) for one in of)
    return isinstance(condition, Followed)
