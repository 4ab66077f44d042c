"""A copy on paper or in a file: dated, with a last day, and a word by which anyone can ask whether it is the latest."""

from datetime import date, timedelta
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.reviewing import due_of
from whatmatters.components.care_planning.models import Copy, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.private import digest
from whatmatters.letters.private import fresh_word
from whatmatters.people.revisions import Stale, locked

LONGEST = timedelta(days=182)
OVERDUE = timedelta(days=14)  # of a plan whose review was missed a paper is good for a fortnight

Says = Literal["latest", "newer", "expired", "ask", "unknown"]


@transaction.atomic
def make_copy(*, version: Version, seen: int, look: str, by: Actor, audience: str = "") -> tuple[Copy, str]:
    """The row, and the word of its QR code. ``seen`` is the number of the version that the page showed (Stale)."""
    about = {"version": version.pk, "look": look}
    held = locked(version, "printed the plan", by=by, person=version.plan.person_id, detail=about)
    if held.number != seen:
        raise Stale("Another version was agreed since the page was opened")
    if held.state == State.SUPERSEDED:
        raise ValidationError("A later version was agreed: print that one")
    word = fresh_word()
    copy = Copy(
        version=held, digest=digest(word), look=look, audience=audience, at=timezone.now(),
        expires=last_day(held, date.today()), by_name=by.name, by_role=by.role,
    )  # fmt: skip
    copy.full_clean()
    copy.save()
    return copy, word


def last_day(version: Version, today: date) -> date:
    """Half a year, or the day of the review where that comes first; a fortnight where it was missed."""
    due = due_of(version)
    if due and due < today:
        return today + OVERDUE
    return min(filter(None, (due, today + LONGEST)))


def says(word: str) -> Says:
    """What anyone may know of a paper by the word on it: nothing of whom it is about."""
    copy = Copy.objects.filter(digest=digest(word)).select_related("version__plan__person").first()
    if copy is None:
        return "unknown"
    if copy.version.plan.person.died:
        return "ask"
    if copy.version.state == State.SUPERSEDED or _agreed_since(copy.version):
        return "newer"
    return "expired" if copy.expires < date.today() else "latest"


def _agreed_since(version: Version) -> bool:
    """A draft that was printed is out of date once anything is agreed."""
    return version.state == State.DRAFT and version.plan.versions.filter(state=State.AGREED).exists()
