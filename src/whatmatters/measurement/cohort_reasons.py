"""Why a person is in a cohort, told from their own records: for the offer made to them, and for whoever asks."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from whatmatters.events.codes import CONDITION
from whatmatters.measurement.cohort import Cohort
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
from whatmatters.measurement.in_words import any_event, said, said_event
from whatmatters.measurement.one_person import Row, Seen, holds, matches, months_before
from whatmatters.periods import Period, age

YEAR = 12


def because(cohort: Cohort, events: Sequence[Row], day: date, *, born: date | None = None) -> list[str]:
    """How this person comes to be in the cohort on a day, each a phrase after "because"; empty when they are not.

    ``events`` are rows of the facts' ``events`` table of one person, in any order (code, on, value and detail are
    read); later ones than ``day`` are not looked at. What a rule asks of a period is asked of the 12 months to the day.
    """
    known = [event for event in events if event["on"] <= day]
    end = day + timedelta(days=1)
    period = Period(months_before(end, YEAR), end, day.isoformat())
    person = Seen({"born": born}, known, True, period, day)
    if not holds(cohort.rule, person):
        return []
    found = list(dict.fromkeys(_reasons(cohort.rule, person)))
    return [one for one in found if not any(other != one and other.startswith(one) for other in found)]


def _reasons(condition: Condition, person: Seen) -> Iterator[str]:
    """Of a condition that holds, the parts that make it so."""
    match condition:
        case AllOf(of) | AnyOf(of) | AtLeast(_, of):
            for one in of:
                if holds(one, person):
                    yield from _reasons(one, person)
        case Did(any_of):
            yield _latest(any_of, person)
        case Standing(on, off):
            yield _latest(on, person) + (_ended(on) if off else "")
        case Followed(first, then):
            yield f"{_latest((then,), person)}, after {_latest((first,), person)}"
        case Overdue(set_by, _):
            yield f"{_latest((set_by,), person)}, and the date has passed"
        case Aged():
            yield f"aged {age(person.about['born'], person.period.last_day)}"
        case Not(Did(any_of, when, months)):
            earlier = "earlier " if when == "before" else ""
            lately = f" in the last {months} months" if months else ""
            yield f"no {earlier}record of {any_event(any_of)}{lately}"
        case Not(of):
            yield f"not {said(of)}"
        case Listed():
            yield said(condition)


def _latest(wanted: Sequence[EventOf], person: Seen) -> str:
    """The last of these events, as it was recorded; of several on that day, the last row."""
    found = [(event, one) for event in person.events for one in wanted if matches(event, one)]
    last = max(event["on"] for event, _ in found)
    event, one = [pair for pair in found if pair[0]["on"] == last][-1]
    value = f" of {event['value']:.3g}" if event["value"] is not None else ""
    what = said_event(EventOf(one.code, (event["detail"],) if event["detail"] else ())) + value
    return f"{what}{'' if one.code == CONDITION else ','} recorded on {last.day} {last:%B %Y}"


def _ended(on: Sequence[EventOf]) -> str:
    return ", not resolved since" if any(one.code == CONDITION for one in on) else ", and nothing later has ended it"
