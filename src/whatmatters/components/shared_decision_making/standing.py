"""How a person's decisions stand: what holds, is open, was replaced or cancelled; and what wants looking at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from whatmatters.access.models import Grant
from whatmatters.components.shared_decision_making.models import Decision, Preparation, Status
from whatmatters.people.gate import people_of
from whatmatters.people.models import Person

MOST, LATELY = 200, timedelta(days=90)
REPLACED = Exists(Decision.objects.filter(follows=OuterRef("pk"), status=Status.VALID))


@dataclass(frozen=True)
class Standing:
    """``holds``: valid, and not replaced by a later version."""

    holds: Sequence[Decision]
    open: Sequence[Decision]
    past: Sequence[Decision]


def standing(person: Person) -> Standing:
    """Newest first. One query."""
    rows = list(person.decisions.annotate(replaced=REPLACED))
    holds = [row for row in rows if row.status == Status.VALID and not row.replaced]
    opened = [row for row in rows if row.in_progress]
    return Standing(holds, opened, [row for row in rows if row not in holds and row not in opened])


def same(situation: str, title: str) -> Q:
    """Decisions about the same situation, or about the problem that was named so by hand."""
    return Q(situation=situation) if situation else Q(situation="", title__iexact=title.strip())


def about(person: Person, situation: str, problem: str) -> Decision | None:
    """The latest decision that holds about the same; None where one about it is open, for that is gone on with."""
    alike = same(situation, problem)
    if person.decisions.filter(alike, status=Status.IN_PROGRESS).exists():
        return None
    return holding().filter(alike, person=person).order_by("-contact_on", "-pk").first()


def holding() -> QuerySet[Decision]:
    """Valid decisions that no later version has replaced."""
    return Decision.objects.filter(~Q(REPLACED), status=Status.VALID)


def prepared(person: Person) -> Preparation | None:
    """What they wrote for a talk that has not been, the newest."""
    found = Preparation.objects.filter(person=person, decision=None, answered_at__isnull=False)
    return found.order_by("-answered_at").first()


@dataclass(frozen=True)
class Waiting:
    """Of the people of the asker, at most MOST each: reviews due, put off, begun and left, and cancelled lately;
    ``prepared``: what was written for a talk that has not been."""

    due: Sequence[Decision]
    deferred: Sequence[Decision]
    begun: Sequence[Decision]
    cancelled: Sequence[Decision]
    prepared: Sequence[Preparation]


def waiting(grants: list[Grant], on: date) -> Waiting:
    """Six queries beside the walk over the organisations. The dead are left out."""
    people = people_of(grants, on).filter(died=None)
    mine = Decision.objects.filter(person__in=people).select_related("person")
    opened = mine.filter(status=Status.IN_PROGRESS)
    held = holding().filter(person__in=people, review_on__lte=on).select_related("person")
    prepared = Preparation.objects.filter(person__in=people, decision=None, answered_at__isnull=False)
    return Waiting(
        due=list(held.order_by("review_on", "pk")[:MOST]),
        deferred=list(opened.filter(deferred_on__isnull=False).order_by("review_on", "pk")[:MOST]),
        begun=list(opened.filter(deferred_on=None).order_by("contact_on", "pk")[:MOST]),
        cancelled=list(mine.filter(cancelled_on__gte=on - LATELY).order_by("-cancelled_on", "-pk")[:MOST]),
        prepared=list(prepared.select_related("person").order_by("answered_at")[:MOST]),
    )
