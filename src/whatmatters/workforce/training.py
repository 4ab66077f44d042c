"""Who has yet to complete the e-learning that the contract asks of every clinical member of staff by 30 September."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef

from whatmatters.access.roles import Role
from whatmatters.events.codes import TRAINED
from whatmatters.organisations.tree import in_force
from whatmatters.workforce.models import Course, Post, StaffEvent

CLINICAL = (Role.CLINICIAN,)
"""The roles of the record that the indicator counts as clinical (sdm-e-learning-share; a test compares)."""


def due(today: date) -> date:
    """The next 30 September."""
    this = date(today.year, 9, 30)
    return this if today <= this else date(today.year + 1, 9, 30)


def posts(area: Collection[int], today: date) -> list[tuple[Post, bool]]:
    """One post of everyone clinical who is in post today, by name, and whether the e-learning is completed."""
    done = StaffEvent.objects.filter(worker=OuterRef("worker"), code=TRAINED, detail=Course.DECISIONS_ONLINE)
    rows = Post.objects.filter(in_force(today), role__in=CLINICAL, organisation__in=area)
    found = rows.annotate(done=Exists(done)).select_related("worker", "organisation").order_by("worker__name", "pk")
    each = {row.worker_id: (row, row.done) for row in reversed(found)}
    return list(reversed(each.values()))
