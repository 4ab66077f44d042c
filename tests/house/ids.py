"""How to make what an address names. The one place to touch when a route has a new kind of id in it.

An ``Id`` says whose the thing is: a person's, a place's (an organisation's own), or ``open`` to all who may open the
page. ``make`` gets the world and the owner (a Person, or an organisation's code) and returns the value in the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from tests.house.askers import LONG_AGO
from tests.house.routes import Route
from tests.house.world import World, account

from whatmatters.access.actors import ANYONE
from whatmatters.access.models import Grant, User
from whatmatters.components.social_prescribing import actions as social_prescribing
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.directory.models import Group
from whatmatters.people.models import Carer, Person, Representative
from whatmatters.workforce.models import Post, Worker

PERSON, PLACE, OPEN = "a person's", "a place's", "open"


@dataclass(frozen=True)
class Id:
    of: str
    make: Callable[[World, Any], Any]


def colleague(world: World, code: str) -> User:
    """An account whose one role is at the place."""
    found = User.objects.filter(email=f"colleague-{code}@example.org").first() or account(f"colleague {code}")
    if not found.grants.exists():
        Grant.objects.create(user=found, role="clinician", organisation=world.at[code], start=LONG_AGO)
    return found


def post(world: World, code: str) -> Post:
    worker, _ = Worker.objects.get_or_create(name=f"Worker of {code}")
    found = worker.posts.first()
    return found or Post.objects.create(
        worker=worker, role="link_worker", organisation=world.at[code], wte=1, start=LONG_AGO
    )


def carer(world: World, person: Person) -> Any:
    return Carer.objects.create(person=person, name="Kit", relationship="Friend", start=LONG_AGO).uuid


def representative(world: World, person: Person) -> Any:
    return Representative.objects.create(
        person=person, account=account(f"for {uuid4()}"), relationship="Son", authority="nominated", start=LONG_AGO
    ).uuid


def group(world: World, _: None) -> Any:
    return Group.objects.create(name="Holderness Road Shed", kind="company", about="Tea and tools", words="shed").uuid


def referral(world: World, person: Person) -> Any:
    """A case of the person's that a link worker has accepted."""
    row = Referral.objects.filter(person=person).first()
    if row is None:
        row = social_prescribing.refer(person=person, need="company", by=world.by)
        social_prescribing.accept(referral=row, by=world.by)
    return row.uuid


def connection(world: World, person: Person) -> Any:
    case = Referral.objects.get(uuid=referral(world, person))
    told_about = Group.objects.get(uuid=group(world, None))
    return social_prescribing.signpost(referral=case, group=told_about, by=world.by).uuid


def unmatched(world: World, code: str) -> tuple[Referral, str]:
    """A request sent to a practice by a public form, and the word of its tracking link."""
    return social_prescribing.receive(
        practice=world.at[code], source="self", need="company", name="Given0 Family0", born=date(1950, 1, 1), by=ANYONE
    )


def at_the_desk(world: World) -> None:
    referral(world, world.subject)
    unmatched(world, "B81001")


# (route, parameter), or the parameter alone for whichever route has it
IDS: dict[str | tuple[str, str], Id] = {
    "person": Id(PERSON, lambda world, person: person.uuid),
    "carer": Id(PERSON, carer),
    "representative": Id(PERSON, representative),
    "account": Id(PLACE, lambda world, code: colleague(world, code).pk),
    "grant": Id(PLACE, lambda world, code: colleague(world, code).grants.get().pk),
    "worker": Id(PLACE, lambda world, code: post(world, code).worker_id),
    "post": Id(PLACE, lambda world, code: post(world, code).pk),
    "group": Id(OPEN, group),
    "referral": Id(PERSON, referral),
    "connection": Id(PERSON, connection),
    ("unmatched", "referral"): Id(PLACE, lambda world, code: unmatched(world, code)[0].uuid),
    ("unmatched-act", "referral"): Id(PLACE, lambda world, code: unmatched(world, code)[0].uuid),
    ("unmatched-act", "name"): Id(OPEN, lambda world, _: "decline"),
    ("case-act", "name"): Id(OPEN, lambda world, _: "contact"),
    "word": Id(OPEN, lambda world, _: unmatched(world, "B81001")[1]),
    ("invitation", "account"): Id(OPEN, lambda world, _: colleague(world, "B81001").pk),
    "token": Id(OPEN, lambda world, _: "no-such-token"),
}

# What must be there before a page has anything to show: route name -> what makes it, for the subject.
FIRST: dict[str, Callable[[World], object]] = {
    "referral-desk": at_the_desk,
    "my-referrals": at_the_desk,
}

NEVER = {"uuid": uuid4, "int": lambda: 987654321, "str": lambda: "ZZZ99", "slug": lambda: "zzz-99"}


def whose(route: Route, parameter: str) -> str:
    """Unknown ones are thought to be a person's until someone says."""
    found = IDS.get((route.name, parameter)) or IDS.get(parameter)
    return found.of if found else PERSON


def id_of(route: Route, parameter: str) -> Id:
    found = IDS.get((route.name, parameter)) or IDS.get(parameter)
    assert found, f"the route {route.name} has <{parameter}> in its address: add it to IDS in tests/house/ids.py"
    return found


def values(world: World, route: Route, person: Person | None = None, code: str = "B81001") -> dict[str, Any]:
    """The ids of one address: what belongs to the person (the subject) and to the place. Each is made once."""
    owners = {PERSON: person or world.subject, PLACE: code, OPEN: None}
    return {parameter: once(world, id_of(route, parameter), owners) for parameter in route.params}


def once(world: World, one: Id, owners: dict[str, Any]) -> Any:
    owner = owners[one.of]
    key = (one, owner if isinstance(owner, str | None) else owner.pk)
    if key not in world.made:
        world.made[key] = one.make(world, owner)
    return world.made[key]
