"""E-mails about a person. One that did not arrive is told to a named person, and is on a list until it is seen to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from whatmatters.access import audit
from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.access.models import Grant, User
from whatmatters.access.roles import Role, roles_with
from whatmatters.letters import address
from whatmatters.letters.models import LOST, Letter
from whatmatters.letters.outbox import post
from whatmatters.organisations.tree import in_force, levels_up
from whatmatters.people.gate import grant_for
from whatmatters.people.models import Person, Written

SEES = "see a person"
COORDINATE = (Role.CARE_COORDINATOR, Role.LINK_WORKER)
SUBJECT = "An email did not arrive"
WORDS = """An email that was sent for you, or for someone you look after, did not arrive.

Which it was, and what to do, is on this list:

{link}
"""


def write(to: str, subject: str, text: str, *, person: Person, what: str, sender: int | None) -> Letter | None:
    """As ``outbox.post``, in the caller's transaction. ``what``: a few plain words, the same for everyone. ``sender``:
    the account that is told first, if it looks after the person."""
    letter = post(to, subject, text)
    if letter:
        Written.objects.create(letter=letter, person=person, what=what, sender_id=sender)
    return letter


def not_arrived() -> "QuerySet[Written]":
    """Of the living, and not yet seen to."""
    return Written.objects.filter(LOST, settled_on=None, person__died=None)


def of_people(people: "QuerySet[Person]") -> "QuerySet[Written]":
    """What a member of staff sees on the list: of the people they look after, the latest first.

    What is lost is few, and asked for first: whoever looks after thousands is not to wait for each of them.
    """
    waiting = list(not_arrived().values_list("pk", "person"))
    near = people.filter(pk__in={person for _, person in waiting}) if waiting else people.none()
    mine = set(near.values_list("pk", flat=True))
    rows = Written.objects.filter(pk__in=[pk for pk, person in waiting if person in mine])
    return rows.select_related("letter", "person", "told").order_by("-pk")


def address_fails(person: Person) -> str:
    """Why nothing sent to the address on the record arrives, going by the latest letter; empty where it may."""
    latest = Letter.objects.filter(to=person.email).order_by("-pk").first() if person.email else None
    return latest.lost_because if latest and latest.bad_address else ""


def tell() -> int:
    """For the round: whoever sent it, or looks after the person now; one letter each. Returns how many were lost."""
    mine: dict[User | None, list[Written]] = defaultdict(list)
    for row in not_arrived().filter(told_on=None).select_related("person", "sender"):
        mine[named(row)].append(row)
    for to, lost_ones in mine.items():
        _tell(to, lost_ones)
    return sum(map(len, mine.values()))


def named(row: Written) -> User | None:
    """The sender, while they still look after the person; else the nearest care coordinator or link worker, else the
    nearest of the care team; else nobody."""
    if row.sender and row.sender.active and grant_for(row.sender, row.person, SEES):
        return row.sender
    today = date.today()
    held = Grant.objects.filter(in_force(today), role__in=roles_with(SEES), user__active=True).select_related("user")
    lists = row.person.registrations.filter(in_force(today)).values_list("practice", flat=True)
    near = list(levels_up(lists, today))
    for some in (held.filter(role__in=COORDINATE), held):
        for level in near:
            if found := some.filter(organisation__in=level).order_by("pk").first():
                return found.user
    return None


@transaction.atomic
def _tell(to: User | None, rows: Iterable[Written]) -> None:
    """Each once, whoever else is at it."""
    done = 0
    for row in rows:
        audit.record("told someone that an e-mail did not arrive", by=THE_SYSTEM, person=row.person_id)
        unsaid = Written.objects.filter(pk=row.pk, told_on=None)
        done += unsaid.update(told=to, told_on=date.today())
    if done and to:
        post(to.email, SUBJECT, WORDS.format(link=address.of("lost-letters")))


@transaction.atomic
def settle(*, written: Written, by: Actor) -> None:
    """The person was reached in another way. Pressed twice, it stays as it was."""
    audit.record("saw to an e-mail that did not arrive", by=by, person=written.person_id)
    Written.objects.filter(pk=written.pk, settled_on=None).update(settled_on=date.today())
