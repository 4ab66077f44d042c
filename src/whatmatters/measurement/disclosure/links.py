"""Which counts are parts of one another, as far as their definitions show it."""

from whatmatters.measurement.conditions import AllOf, AnyOf, Condition, Did, EventOf, Standing
from whatmatters.measurement.counts import Count, Doings, Episodes, Happenings, Open, People


def within(part: Count, whole: Count) -> bool:
    """Whether whatever ``part`` counts is counted by ``whole`` too, beyond doubt (False: perhaps)."""
    match part, whole:
        case People(), People():
            return implies(part.where, whole.where)
        case Happenings(), Happenings():
            return _events(part.any_of, whole.any_of) and _among(part.among, whole.among)
        case Doings(some, False), Doings(others, False):
            return _events(some, others)
        case Episodes(), Episodes():
            return _episodes(part, whole)
        case Open(), Open():
            same = part.started == whole.started and part.ended == whole.ended and part.each == whole.each
            when = whole.when in (part.when, "period")
            return same and when and set(whole.having) <= set(part.having) and _among(part.among, whole.among)
    return False


def _episodes(part: Episodes, whole: Episodes) -> bool:
    if not (_events(part.any_of, whole.any_of) and _among(part.among, whole.among)):
        return False
    numbered = part.numbered or bool(part.then) or bool(part.having)
    followed = not whole.then or (part.any_of == whole.any_of and _events(part.then, whole.then) and bool(part.then))
    soon = whole.within is None or (part.within is not None and part.within <= whole.within)
    return followed and soon and set(whole.having) <= set(part.having) and (numbered or not whole.numbered)


def _among(part: Condition | None, whole: Condition | None) -> bool:
    return whole is None or (part is not None and implies(part, whole))


def implies(one: Condition, other: Condition) -> bool:  # noqa: PLR0911  # one return a kind
    """Whether the other is true of everyone of whom the one is, beyond doubt (False: perhaps)."""
    if isinstance(other, AllOf):
        return all(implies(one, each) for each in other.of)
    if isinstance(one, AllOf):
        return any(implies(each, other) for each in one.of)
    if isinstance(one, AnyOf):
        return all(implies(each, other) for each in one.of)
    if isinstance(other, AnyOf):
        return any(implies(one, each) for each in other.of)
    if isinstance(one, Did) and isinstance(other, Did):
        wider = other.when == "ever" or (other.when == one.when and other.months == one.months)
        return wider and _events(one.any_of, other.any_of)
    if isinstance(one, Standing) and isinstance(other, Standing):
        same = one.on == other.on and one.off == other.off
        return same and other.when in (one.when, "period")
    return one == other


def _events(some: tuple[EventOf, ...], others: tuple[EventOf, ...]) -> bool:
    return all(any(narrower(one, other) for other in others) for one in some)


def apart(one: EventOf, other: EventOf) -> bool:
    """Whether no event can be both, beyond doubt."""
    if one.code != other.code:
        return True
    if one.details:
        return set(one.details).isdisjoint(other.details or one.details) or set(one.details) <= set(other.but)
    return bool(other.details) and set(other.details) <= set(one.but)


def narrower(one: EventOf, other: EventOf) -> bool:
    """Whether every event that is the one is the other too, beyond doubt."""

    def inside() -> bool:
        low = other.least is None or (one.least is not None and one.least >= other.least)
        return low and (other.most is None or (one.most is not None and one.most <= other.most))

    details = not other.details or (bool(one.details) and set(one.details) <= set(other.details))
    but = set(other.but) <= set(one.but) or (bool(one.details) and not set(one.details) & set(other.but))
    return one.code == other.code and details and but and inside()
