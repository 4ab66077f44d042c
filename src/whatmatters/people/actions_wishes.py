"""The person says whether they want to be written to, or asked; it holds from that moment."""

from django.db import transaction
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish
from whatmatters.people.revisions import locked
from whatmatters.people.wishes import says


@transaction.atomic
def say(*, person: Person, about: str, yes: bool, by: Actor) -> Wish:
    """Row and audit entry; the same said once more is no second row."""
    locked(person, "recorded whether the person wants to be asked", by=by, person=person.pk, detail={"about": about})
    last = says(person)[about]
    if last and last.yes == yes:
        return last
    wish = Wish(person=person, about=about, yes=yes, at=timezone.now(), by_name=by.name, by_role=by.role)
    wish.full_clean()
    wish.save()
    return wish
