"""A condition in plain words, for pages that show what a definition or a cohort asks."""

from collections.abc import Sequence

from whatmatters.events.codes import CONCEPTS, CONDITION, CONDITION_RESOLVED
from whatmatters.measurement.conditions import (
    Aged,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Did,
    EventOf,
    Followed,
    Listed,
    Not,
    Overdue,
    Standing,
)
from whatmatters.measurement.long_term import CONDITIONS


def said(condition: Condition) -> str:
    """What must be true, as a phrase: ``type 2 diabetes, not resolved since``."""
    phrase = ""
    match condition:
        case AllOf(of):
            phrase = " and ".join(_bracketed(one) for one in of)
        case AnyOf(of):
            phrase = " or ".join(_alternatives(of))
        case AtLeast(number, of):
            phrase = f"{number} or more of these: {'; '.join(_alternatives(of)).removeprefix('one of ')}"
        case Not(of):
            phrase = f"no record of {said(of)}" if isinstance(of, Did) else f"not {_bracketed(of)}"
        case Did():
            phrase = f"{any_event(condition.any_of)} {_when(condition)}"
        case Followed(first, then, within):
            soon = "on or after" if within is None else _within(within)
            phrase = f"{said_event(then)} in the period, {soon} {said_event(first)}"
        case Standing(on, off, when):
            throughout = " at some time in the period" if when == "period" else ""
            phrase = any_event(on) + _until(on, off) + throughout
        case Overdue(set_by, done_by):
            phrase = f"the date of {said_event(set_by)} has passed without {said_event(done_by)}"
        case Listed():
            phrase = "registered and living on the last day"
        case Aged(least, most):
            phrase = aged(least, most)
    return phrase


def said_event(wanted: EventOf) -> str:
    """One kind of event: its title, or the condition it records; then its details and the values it must have."""
    details = " or ".join(detail.replace("-", " ") for detail in wanted.details)
    if wanted.code in (CONDITION, CONDITION_RESOLVED) and wanted.details:
        words = " or ".join(CONDITIONS.get(one, one) for one in wanted.details)
        words += " resolved" if wanted.code == CONDITION_RESOLVED else ""
    else:
        words = _small(CONCEPTS[wanted.code].title).removesuffix(" recorded") + (f" ({details})" if details else "")
    if wanted.least is not None:
        words += f" of {wanted.least:g} or more"
    if wanted.most is not None:
        words += f" {'and' if wanted.least is not None else 'of'} {wanted.most:g} or less"
    return words + (f" (not {', '.join(wanted.but)})" if wanted.but else "")


def any_event(wanted: Sequence[EventOf]) -> str:
    return " or ".join(said_event(one) for one in wanted)


def aged(least: int, most: int) -> str:
    if most >= Aged.most:
        return f"aged {least} or over"
    return f"aged {least} to {most}" if least else f"aged {most} or under"


def _when(condition: Did) -> str:
    if condition.months:
        return f"in the {condition.months} months to the period's end"
    return {"period": "in the period", "ever": "by the period's end", "before": "before the period"}[condition.when]


def _until(on: Sequence[EventOf], off: Sequence[EventOf]) -> str:
    if not off:
        return ""
    return ", not resolved since" if _resolves(on, off) else f", with no later record of: {any_event(off)}"


def _resolves(on: Sequence[EventOf], off: Sequence[EventOf]) -> bool:
    return [(one.code, one.details) for one in off] == [(CONDITION_RESOLVED, one.details) for one in on]


def _alternatives(of: Sequence[Condition]) -> list[str]:
    """Each in words; conditions that end when resolved are told together, or every one would say so."""
    illnesses = [one for one in of if isinstance(one, Standing) and _resolves(one.on, one.off)]
    if len(illnesses) < 2 or len({one.when for one in illnesses}) > 1:
        return [_bracketed(one) for one in of]
    names = ", ".join(any_event(one.on) for one in illnesses)
    throughout = " at some time in the period" if illnesses[0].when == "period" else ""
    others = [_bracketed(one) for one in of if one not in illnesses]
    return [*others, f"one of {names}, not resolved since{throughout}"]


def _bracketed(condition: Condition) -> str:
    text = said(condition)
    joins = isinstance(condition, AllOf | AnyOf | AtLeast) or ": " in text
    return f"({text})" if joins else text


def _within(days: int) -> str:
    return f"within {days} day{'s' * (days != 1)} after" if days else "on the same day as"


def _small(title: str) -> str:
    """Without its capital, unless the first word is a name in capitals."""
    return title if title[1:2].isupper() else title[0].lower() + title[1:]
