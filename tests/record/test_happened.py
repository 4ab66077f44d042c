"""What a person's page tells of what happened lately."""

from collections.abc import Callable
from datetime import date

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.events import codes
from whatmatters.events.record import record
from whatmatters.people.models import Person
from whatmatters.record.happened import happened


def test_the_answers_of_one_sitting_stand_on_one_line(make_person: Callable[..., Person]) -> None:
    person = make_person()
    for on, code, value in (
        (date(2026, 5, 1), codes.SP_ACCEPTED, None),
        (date(2026, 5, 2), codes.ONS4_SATISFIED, 3.0),
        (date(2026, 5, 2), codes.ONS4_HAPPY, 0.0),
        (date(2026, 8, 2), codes.ONS4_HAPPY, 6.0),
    ):
        record(code, person, on=on, by=THE_SYSTEM, value=value)
    assert [(line.on, line.title, line.more) for line in happened(person)] == [
        (date(2026, 8, 2), "ONS4: happy yesterday", "6"),
        (date(2026, 5, 2), "ONS4", "satisfied with life 3, happy yesterday 0"),
        (date(2026, 5, 1), "Referral accepted by the link worker", ""),
    ]
