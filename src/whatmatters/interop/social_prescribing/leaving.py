"""A file leaves: by the act of someone with the capability, for a stated purpose, written on the audit chain."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.models import Grant
from whatmatters.components.social_prescribing.minimum import CASES
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.interop.social_prescribing import coded_events, minimum
from whatmatters.people.gate import people_of
from whatmatters.periods import Period

EXPORT = "export personal data"


class Purpose(TextChoices):
    """A closed list: what is written here stays on the chain for ever, and no name may."""

    RECORD = "record", "For the person's own GP record"
    RETURN = "return", "A return that the commissioner is entitled to"
    QUALITY = "quality", "To check what we hold and mend it"
    EVALUATION = "evaluation", "An evaluation that was approved"


@dataclass(frozen=True)
class File:
    """``rows`` without the header; ``left_out`` says in words what is not in it."""

    name: str
    content: str
    rows: int
    left_out: tuple[str, ...] = ()


@transaction.atomic
def minimum_dataset(
    *, grants: list[Grant], during: Period, purpose: str, by_number: bool, free_text: bool, by: Actor
) -> File:
    """The cases made in the period of the people that the grants look after."""
    people = people_of(grants)
    cases = Referral.objects.filter(
        person__in=people.values("pk"), status__in=CASES, made_on__gte=during.start, made_on__lt=during.end
    )
    rows = list(minimum.lines(cases, by_number=by_number, free_text=free_text))
    held = {row.case for row in rows}
    kept = cases.count() - len(held)
    file = File(f"minimum-dataset-{during.label}.csv", minimum.text(rows), len(rows), _kept(kept))
    detail = {"period": during.label, "rows": len(rows), "cases": len(held), "nhs_numbers": by_number}
    detail["free_text"] = free_text
    audit.record("exported the minimum dataset", by=by, why=Purpose(purpose).label, detail=detail)
    if by_number:
        _each(cases.values_list("person", flat=True), "sent out the case with the NHS number", by)
    return file


@transaction.atomic
def events_coded(*, grants: list[Grant], during: Period, purpose: str, by_number: bool, by: Actor) -> File:
    """The coded events in the period of the people that the grants look after."""
    found = coded_events.events(people_of(grants), during)
    rows = list(coded_events.lines(found, by_number=by_number))
    missing = coded_events.without_code(found)
    told = tuple(f"no public code is known: {title} ({n:,})" for title, n in missing.items())
    file = File(f"coded-events-{during.label}.csv", coded_events.text(rows), len(rows), told)
    detail = {"period": during.label, "rows": len(rows), "nhs_numbers": by_number}
    audit.record("exported coded events", by=by, why=Purpose(purpose).label, detail=detail)
    if by_number:
        _each(found.values_list("person", flat=True), "sent out coded events with the NHS number", by)
    return file


def _kept(cases: int) -> tuple[str, ...]:
    return (f"cases that the person keeps from someone: {cases:,}",) if cases else ()


def _each(people: Iterable[int | None], act: str, by: Actor) -> None:
    """On each person's own list of who looked: it is their number that left."""
    for person in sorted({one for one in people if one}):
        audit.record(act, by=by, person=person)
