"""The person does not want to be invited, and may change their mind. An objection holds from the next request on.

What they asked for themself is a wish of theirs too (``people.wishes``): other rooms, which do not see this one, then
leave them out of their samples. The national data opt-out is none: it is about research and planning.
"""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, day
from whatmatters.components.social_prescribing.models import Objection
from whatmatters.people.actions_wishes import say
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish
from whatmatters.people.revisions import locked


def in_force(person: Person) -> list[Objection]:
    return list(person.objections.filter(taken_back=None))


@transaction.atomic
def object_to(*, person: Person, kind: str, by: Actor, on: date | None = None) -> Objection:
    """To invitations. A second objection of a kind is the first one still."""
    # Locked, so that an invitation under way is finished first.
    locked(person, "recorded an objection to invitations", by=by, person=person.pk)
    there = person.objections.filter(kind=kind, taken_back=None).first()
    if there:
        return there
    made = checked(Objection(person=person, kind=kind, on=day(on)))
    made.save()
    _wished(made, by, yes=False)
    return made


@transaction.atomic
def take_back(*, objection: Objection, by: Actor, on: date | None = None) -> Objection:
    """The person may be invited again from this day."""
    act = "recorded that an objection is taken back"
    row = locked(objection, act, by=by, person=objection.person_id, also=("person",))
    if row.taken_back:
        raise NotAllowed("It was taken back already")
    row.taken_back = day(on, since=row.on)
    row.save()
    _wished(row, by, yes=True)
    return row


def _wished(objection: Objection, by: Actor, *, yes: bool) -> None:
    if objection.kind == Objection.Kind.ASKED:
        say(person=objection.person, about=Wish.About.INVITATIONS, yes=yes, by=by)
