"""Starting a version, and writing what matters and the conversation into it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.about_me import TITLES
from whatmatters.components.care_planning.actions.carrying import carry_over
from whatmatters.components.care_planning.actions.copying import copy
from whatmatters.components.care_planning.actions.drafting import drafted
from whatmatters.components.care_planning.actions.offering import offered
from whatmatters.components.care_planning.merging import Merge, merged
from whatmatters.components.care_planning.models import Action, Goal, Participant, Plan, Version, Words
from whatmatters.components.care_planning.models.version import State
from whatmatters.events.record import begin
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale, claim
from whatmatters.people.text import tidied


class WordsChanged(Stale):
    """Someone else wrote under the same headings meanwhile. ``merge`` holds both; the message neither."""

    def __init__(self, merge: Merge) -> None:
        super().__init__("Someone else has written under the same heading since the page was opened")
        self.merge = merge


@transaction.atomic
def start(*, person: Person, by: Actor, on: date | None = None) -> Version:
    """The draft of the person's plan: the one there is, or a new one that begins as a copy of what was agreed.

    Where none was offered before, to begin one together is the offer, ``on`` this day (today).
    The agreed version is copied and never written over. The day of the conversation and the agreement are not
    copied: they belong to the version they were made for.
    """
    audit.record("started a plan", by=by, person=person.pk)
    plan = _offered(person, on or date.today(), by)
    if draft := plan.versions.filter(state=State.DRAFT).first():
        return draft
    if plan.declined_on:
        plan.declined_on, plan.declined_why = None, ""
        plan.save(update_fields=["declined_on", "declined_why"])
    last = plan.versions.last()
    facts = {"needs": last.needs, "kinds": last.kinds} if last else {}
    version = Version.objects.create(plan=plan, number=last.number + 1 if last else 1, **facts)
    if last:
        copy(last, version)
    carry_over(version=version, by=by)
    return version


def _offered(person: Person, day: date, by: Actor) -> Plan:
    """A plan that is begun after the person died, from what they had said, was never offered to them."""
    if person.died and day > person.died:
        plan = Plan.objects.select_for_update().filter(person=person).first()
        return plan or Plan.objects.create(person=person, episode=begin(person))
    return offered(person, on=day, by=by)


@transaction.atomic
def save_about_me(
    *, version: Version, words: dict[str, str], seen: int, by: Actor, supported_by: str = "", at: datetime | None = None
) -> list[Words]:
    """What is new under each heading is added, as the words of ``by``. Returns what was added.

    ``words`` maps names of headings to text; ``seen`` is ``last_words(version)`` when the page was opened. Two may
    write at once under different headings. Under the same one the second is told (WordsChanged), and nothing of
    theirs is saved before they have seen the first's.
    """
    if unknown := words.keys() - TITLES.keys():
        raise TypeError(f"About Me has no heading named {', '.join(sorted(unknown))}")
    version = drafted(version, by, "wrote what matters")
    merge = merged(version.words.all(), words, seen)
    if merge.clashes:
        raise WordsChanged(merge)
    added = []
    for name, text in merge.add.items():
        row = Words(
            version=version, heading=name, text=text, by_name=by.name, by_role=by.role,
            supported_by=supported_by, at=at or timezone.now(),
        )  # fmt: skip
        checked(row, name)
        row.save()
        added.append(row)
    return added


@transaction.atomic
def save_conversation(
    *, version: Version, revision: int, by: Actor, conversation_on: date | None, needs: str,
    participants: Sequence[tuple[str, str]],
) -> Version:  # fmt: skip
    """The day of the conversation, what came up, and whom the person chose: (name, relationship) of each."""
    version = drafted(version, by, "wrote the conversation")
    claim(version, revision)
    if conversation_on and conversation_on > date.today():
        raise ValidationError({"conversation_on": "This day is still to come: enter the day you talked"})
    if conversation_on and conversation_on < version.plan.person.born:
        raise ValidationError({"conversation_on": "This day is before the person was born: check the year"})
    version.conversation_on, version.needs = conversation_on, tidied(needs)
    version.full_clean(validate_constraints=False)
    version.save()
    version.participants.all().delete()
    for name, relationship in participants:
        who = Participant(version=version, name=name.strip(), relationship=relationship.strip())
        checked(who, "participants")
        who.save()
    return version


def last_words(version: Version) -> int:
    """The newest row of About Me: what a page has seen."""
    return version.words.order_by("-pk").values_list("pk", flat=True).first() or 0


def checked(row: Words | Participant | Goal | Action, field: str) -> None:
    """Django's checks of the row, told of the one field the page shows."""
    try:
        row.full_clean(exclude=["version", "goal"])
    except ValidationError as problem:
        raise ValidationError({field: problem.messages}) from None
