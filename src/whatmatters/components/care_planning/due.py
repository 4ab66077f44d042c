"""The plans that wait to be looked at again: because someone asked, or because the day has come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from whatmatters.access.models import Grant
from whatmatters.components.care_planning.models import Review, ReviewRequest, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.organisations.tree import in_force, with_descendants
from whatmatters.people.models import Person, Registration

MOST = 200


@dataclass(frozen=True)
class Waiting:
    """``due`` is the day the review was due; ``asked`` the open request, if there is one."""

    person: Person
    due: date | None
    asked: ReviewRequest | None


def waiting(grants: list[Grant], on: date) -> list[Waiting]:
    """Of the living people registered on the day where the grants are: who asked first, then the longest overdue.

    At most MOST. Two queries beside the walk over the organisations.
    """
    places = with_descendants({grant.organisation_id for grant in grants}, on)
    here = Registration.objects.filter(in_force(on), practice__in=places, person=OuterRef("plan__person"))
    latest = Review.objects.filter(version=OuterRef("pk")).order_by("-on", "-pk").values("next_on")[:1]
    open_requests = ReviewRequest.objects.filter(plan=OuterRef("plan"), answered=None)
    agreed = Version.objects.filter(Exists(here), state=State.AGREED, plan__person__died=None)
    agreed = agreed.annotate(due=Coalesce(Subquery(latest), "review_on"), asked=Exists(open_requests))
    found = (agreed.filter(due__lt=on) | agreed.filter(asked=True)).order_by(
        "-asked", F("due").asc(nulls_last=True), "pk"
    )
    asking = Prefetch("plan__requests", ReviewRequest.objects.filter(answered=None), to_attr="open")
    rows = found.select_related("plan__person").prefetch_related(asking)[:MOST]
    return [Waiting(row.plan.person, row.due, next(iter(row.plan.open), None)) for row in rows]  # type: ignore[attr-defined]  # from Prefetch(to_attr=)
