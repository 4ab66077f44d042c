"""Coded events as CSV, for a GP system to take in and for our own ``import coded-events`` to read back.

    person     NHS number, or a pseudonym (the same in every file of this system)
    snomed     SNOMED CT concept id
    term       the concept in words
    date       the day, as 2026-11-22
    value      of a score; empty for everything else
    practice   ODS code of the practice on whose list the person was on that day

Only what has a public code is in the file; ``without_code`` says what is not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from whatmatters.components.social_prescribing.hiding import kept_from_anyone
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.events.codes import ACTIVATION_SCORE, CONCEPTS, SWEMWBS
from whatmatters.events.models import Event
from whatmatters.interop.social_prescribing import coding
from whatmatters.interop.social_prescribing.who import named
from whatmatters.people.models import Person, Registration
from whatmatters.periods import Period
from whatmatters.programme import tables

CONCEPTS_SENT = (
    *(name for name in CONCEPTS if name.startswith("social-prescribing-")), SWEMWBS, ACTIVATION_SCORE,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    person: str
    snomed: str
    term: str
    date: str
    value: str
    practice: str


COLUMNS = tuple(field.name for field in fields(Line))


def text(rows: Iterable[Line]) -> str:
    return tables.text(COLUMNS, (astuple(row) for row in rows))


def events(people: QuerySet[Person], during: Period) -> QuerySet[Event]:
    """Of these people in the period, as the working record has them, without cases that a person keeps from someone."""
    asked = Referral.objects.filter(person__in=people.values("pk"), hidings__isnull=False).distinct()
    kept = kept_from_anyone(asked)
    whole = [row.episode_id for row in asked if row.uuid in kept and row.episode_id]
    found = Event.objects.filter(
        person__in=people.values("pk"), code__in=CONCEPTS_SENT, on__gte=during.start, on__lt=during.end
    )
    return found.exclude(Q(episode__isnull=False) & Q(episode__in=whole))


def lines(found: QuerySet[Event], *, by_number: bool) -> Iterator[Line]:
    """One for each event that has a code, the oldest first; none for someone without an NHS number where that names
    people."""
    there = Registration.objects.filter(person=OuterRef("person"), start__lte=OuterRef("on"))
    there = there.filter(Q(end__isnull=True) | Q(end__gt=OuterRef("on")))
    with_code = [concept for concept in CONCEPTS_SENT if coding.of_event(concept).code]
    rows = found.filter(code__in=with_code).select_related("person").order_by("on", "pk")
    for event in rows.annotate(list_of=Subquery(there.values(code_of=F("practice__code"))[:1])):
        if who := named(event.person, by_number):
            code = coding.of_event(event.code)
            value = "" if event.value is None else f"{event.value:g}"
            yield Line(who, code.code, code.term, event.on.isoformat(), value, event.list_of or "")


def without_code(found: QuerySet[Event]) -> dict[str, int]:
    """How many events of each concept, by its title, have no public code and are not in the file."""
    counts = Counter(found.values_list("code", flat=True))
    return {CONCEPTS[name].title: n for name, n in sorted(counts.items()) if not coding.of_event(name).code}
