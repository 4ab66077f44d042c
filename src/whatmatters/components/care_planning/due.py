"""The plans that wait to be looked at again: because someone asked, or because the day has come."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from whatmatters.access.models import Grant
from whatmatters.components.care_planning.actions.nudging import AHEAD
from whatmatters.components.care_planning.delivery import cohorts_of
from whatmatters.components.care_planning.models import Checklist, Nudge, Review, ReviewRequest, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.letters.outbox import is_address
from whatmatters.organisations.tree import in_force, with_descendants
from whatmatters.people.models import Person, Registration
from whatmatters.people.wishes import by_email

MOST = 200


@dataclass(frozen=True)
class Waiting:
    """``due`` is the day the review was due; ``asked`` the open request, if there is one. ``responsible`` is whom the
    plan names, ``told`` the day they were last reminded, ``asking`` whether the person has an open list to answer,
    ``by_hand`` whether they can only be asked by letter or phone; ``cohorts`` are those of delivery.py that the person
    is in."""

    person: Person
    due: date | None
    asked: ReviewRequest | None
    responsible: str = ""
    told: date | None = None
    asking: bool = False
    by_hand: bool = False
    cohorts: tuple[str, ...] = ()


def waiting(grants: list[Grant], on: date) -> list[Waiting]:
    """Of the living people registered on the day where the grants are: who asked first, then the longest overdue, then
    what comes due soon enough for the person to be asked before (``nudging.AHEAD``).

    At most MOST. Four queries beside the walk over the organisations.
    """
    places = with_descendants({grant.organisation_id for grant in grants}, on)
    here = Registration.objects.filter(in_force(on), practice__in=places, person=OuterRef("plan__person"))
    latest = Review.objects.filter(version=OuterRef("pk")).order_by("-on", "-pk").values("next_on")[:1]
    open_requests = ReviewRequest.objects.filter(plan=OuterRef("plan"), answered=None)
    agreed = Version.objects.filter(Exists(here), state=State.AGREED, plan__person__died=None)
    agreed = agreed.annotate(due=Coalesce(Subquery(latest), "review_on"), asked=Exists(open_requests))
    found = (agreed.filter(due__lte=on + AHEAD) | agreed.filter(asked=True)).order_by(
        "-asked", F("due").asc(nulls_last=True), "pk"
    )
    asking = Prefetch("plan__requests", ReviewRequest.objects.filter(answered=None), to_attr="open")
    told = Nudge.objects.filter(version=OuterRef("pk"), whom=Nudge.Whom.RESPONSIBLE).order_by("-on").values("on")[:1]
    lists = Checklist.objects.filter(person=OuterRef("plan__person"), sent=None, withdrawn=None)
    found = found.annotate(told=Subquery(told), asking=Exists(lists), agrees=by_email("plan__person"))
    rows: list[Any] = list(found.select_related("plan__person").prefetch_related(asking)[:MOST])
    cohorts = cohorts_of([row.plan.person_id for row in rows], on)
    return [
        Waiting(
            row.plan.person, row.due, next(iter(row.plan.open), None), row.reviewer_name, row.told, row.asking,
            not (row.agrees and is_address(row.plan.person.email)),
            tuple(cohorts.get(row.plan.person_id, ())),
        )
        for row in rows
    ]  # fmt: skip
