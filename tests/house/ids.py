"""How to make what an address names. The one place to touch when a route has a new kind of id in it.

An ``Id`` says whose the thing is: a person's, a place's (an organisation's own), or ``open`` to all who may open the
page. ``make`` gets the world and the owner (a Person, or an organisation's code) and returns the value in the address.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.house import ids_care as care
from tests.house import ids_decisions as decisions
from tests.house import ids_decisions_felt as felt
from tests.house import ids_offers as offers
from tests.house.askers import LONG_AGO
from tests.house.routes import Route
from tests.house.world import World, account

from whatmatters.access.models import Grant, User
from whatmatters.directory.models import Place
from whatmatters.events.codes import TRAINED
from whatmatters.interop.open_referral.terms import NEEDS, term_of
from whatmatters.people.models import Carer, Person, Representative
from whatmatters.workforce.models import Post, StaffEvent, Worker

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


def training(world: World, code: str) -> StaffEvent:
    """Of a worker there."""
    return StaffEvent.objects.create(
        worker=post(world, code).worker, code=TRAINED, detail="other", on=LONG_AGO, role="pcn_manager"
    )


def carer(world: World, person: Person) -> Any:
    return Carer.objects.create(person=person, name="Kit", relationship="Friend", start=LONG_AGO).uuid


def representative(world: World, person: Person) -> Any:
    return Representative.objects.create(
        person=person, account=account(f"for {uuid4()}"), relationship="Son", authority="nominated", start=LONG_AGO
    ).uuid


# (route, parameter), or the parameter alone for whichever route has it
IDS: dict[str | tuple[str, str], Id] = {
    "person": Id(PERSON, lambda world, person: person.uuid),
    "carer": Id(PERSON, carer),
    "representative": Id(PERSON, representative),
    "account": Id(PLACE, lambda world, code: colleague(world, code).pk),
    "grant": Id(PLACE, lambda world, code: colleague(world, code).grants.get().pk),
    "worker": Id(PLACE, lambda world, code: post(world, code).worker_id),
    "record": Id(PLACE, lambda world, code: training(world, code).pk),
    "post": Id(PLACE, lambda world, code: post(world, code).pk),
    "group": Id(OPEN, lambda world, _: care.group().uuid),
    "code": Id(OPEN, lambda world, _: "B81001"),
    "service": Id(OPEN, lambda world, _: care.group().uuid),
    "organization": Id(OPEN, lambda world, _: care.group().uuid),
    ("open-referral-place", "place"): Id(
        OPEN, lambda world, _: Place.objects.create(group=care.group(), name="The shed").uuid
    ),
    "taxonomy": Id(OPEN, lambda world, _: NEEDS.id),
    "term": Id(OPEN, lambda world, _: term_of(NEEDS, "company").id),
    ("indicator", "name"): Id(OPEN, lambda world, _: "reached"),
    ("example-csv", "name"): Id(OPEN, lambda world, _: "reached"),
    ("numbers-of-indicator", "name"): Id(OPEN, lambda world, _: "reached"),
    ("numbers-of-indicator-csv", "name"): Id(OPEN, lambda world, _: "reached"),
    ("numbers-below-indicator-csv", "name"): Id(OPEN, lambda world, _: "reached"),
    ("contract-csv", "table"): Id(OPEN, lambda world, _: "requirements"),
    "goal": Id(PERSON, lambda world, person: care.goal(world, person).uuid),
    "action": Id(PERSON, lambda world, person: care.goal(world, person).actions.get().uuid),
    "made": Id(PERSON, lambda world, person: care.made_elsewhere(world, person).uuid),
    **{
        (f"{door}{page}", "section"): Id(OPEN, lambda world, _: "strengths")
        for door in ("plan", "my-plan")
        for page in ("-section", "-item-add")
    },
    **{
        (f"{door}{page}", "item"): Id(PERSON, lambda world, person: care.item(world, person).uuid)
        for door in ("plan", "my-plan")
        for page in ("-item", "-item-remove")
    },
    "number": Id(PERSON, care.version),
    "kind": Id(OPEN, lambda world, _: "goal"),
    ("plan-together-block", "kind"): Id(OPEN, lambda world, _: "add-goal"),
    ("my-plan-together-block", "kind"): Id(OPEN, lambda world, _: "add-goal"),
    ("plan-together-part", "kind"): Id(OPEN, lambda world, _: "goal"),
    ("my-plan-together-part", "kind"): Id(OPEN, lambda world, _: "goal"),
    "of": Id(PERSON, lambda world, person: care.goal(world, person).uuid),
    "referral": Id(PERSON, lambda world, person: care.referral(world, person).uuid),
    "connection": Id(PERSON, lambda world, person: care.connection(world, person).uuid),
    "entry": Id(PERSON, lambda world, person: care.entry(world, person, "needs").uuid),
    ("safeguarding-note", "entry"): Id(PERSON, lambda world, person: care.entry(world, person, "safeguarding").uuid),
    "section": Id(OPEN, lambda world, _: "risks"),
    "question": Id(PERSON, lambda world, person: care.question(world, person).uuid),
    "visit": Id(PERSON, lambda world, person: care.visit(world, person).uuid),
    "offer": Id(PLACE, lambda world, code: offers.offer(world, code).uuid),
    "listed": Id(PERSON, lambda world, person: offers.listed(world, person).uuid),
    ("listed-act", "name"): Id(OPEN, lambda world, _: "leave-out"),
    "network": Id(PLACE, offers.scheme),
    "year": Id(OPEN, lambda world, _: offers.YEAR),
    "item": Id(OPEN, lambda world, _: "protocol-costs"),
    ("case-act", "name"): Id(OPEN, lambda world, _: "contact"),
    ("unmatched", "referral"): Id(PLACE, lambda world, code: care.unmatched(world, code)[0].uuid),
    ("unmatched-act", "referral"): Id(PLACE, lambda world, code: care.unmatched(world, code)[0].uuid),
    ("unmatched-act", "name"): Id(OPEN, lambda world, _: "decline"),
    ("register-unmatched", "referral"): Id(PLACE, lambda world, code: care.unmatched(world, code)[0].uuid),
    ("told-by-voice", "referral"): Id(PLACE, lambda world, code: care.unmatched(world, code)[0].uuid),
    ("one-time-referral", "word"): Id(OPEN, lambda world, _: care.one_time_link(world, "B81001")[1]),
    "link": Id(PLACE, lambda world, code: care.one_time_link(world, code)[0].uuid),
    ("service", "code"): Id(PLACE, lambda world, code: code),
    ("add-priority-group", "code"): Id(PLACE, lambda world, code: code),
    ("priority-group", "code"): Id(PLACE, lambda world, code: code),
    "priority": Id(PLACE, lambda world, code: care.priority_group(world, code).uuid),
    "enquiry": Id(PERSON, lambda world, person: care.enquiry(world, person).uuid),
    ("group-asked", "word"): Id(OPEN, lambda world, _: care.group_word(world)),
    ("group-answer", "word"): Id(OPEN, lambda world, _: care.group_word(world)),
    ("group-answer", "enquiry"): Id(OPEN, lambda world, _: care.enquiry(world, world.subject).uuid),
    ("group-ring", "word"): Id(OPEN, lambda world, _: care.group_word(world)),
    ("group-ring", "enquiry"): Id(OPEN, lambda world, _: care.enquiry(world, world.subject).uuid),
    ("how-it-felt", "word"): Id(OPEN, lambda world, _: felt.word(world)),
    "kiosk": Id(PLACE, felt.screen),
    "audit": Id(PLACE, lambda world, code: felt.audit(world, code).uuid),
    ("audit-consider", "audit"): Id(PLACE, lambda world, code: felt.closed(world, code).uuid),
    ("audit-pack", "audit"): Id(PLACE, lambda world, code: felt.signed(world, code).uuid),
    ("audit-pack-pdf", "audit"): Id(PLACE, lambda world, code: felt.signed(world, code).uuid),
    "improvement": Id(PLACE, lambda world, code: felt.improvement(world, code).uuid),
    "board": Id(PLACE, felt.board),
    "step": Id(PLACE, lambda world, code: felt.step(world, code).uuid),
    "word": Id(OPEN, lambda world, _: care.unmatched(world, "B81001")[1]),
    ("plan-cohort", "cohort"): Id(OPEN, lambda world, _: "care-home-resident"),
    ("care-home", "code"): Id(PLACE, care.home),
    ("new-resident", "code"): Id(PLACE, care.home),
    ("concerns-by-link", "word"): Id(OPEN, lambda world, _: care.concerns_word(world)),
    ("offer-invitation", "word"): Id(OPEN, lambda world, _: offers.letter_word(world)),
    ("own-entry", "word"): Id(OPEN, lambda world, _: care.own_link()),
    ("own-change", "word"): Id(OPEN, lambda world, _: care.own_link()),
    "report": Id(OPEN, lambda world, _: care.report()),
    "correction": Id(OPEN, lambda world, _: care.correction()),
    "act": Id(OPEN, lambda world, _: "checked"),
    ("invitation", "account"): Id(OPEN, lambda world, _: colleague(world, "B81001").pk),
    "decision": Id(PERSON, lambda world, person: decisions.decision(world, person).uuid),
    "embedded": Id(PLACE, lambda world, code: decisions.embedded(world, code).uuid),
    "situation": Id(OPEN, lambda world, _: "knee-osteoarthritis"),
    "tool": Id(OPEN, lambda world, _: decisions.tool()),
    ("prepare-by-link", "word"): Id(OPEN, lambda world, _: decisions.word(world)),
    "access": Id(PERSON, lambda world, person: care.access(world, person)[0].uuid),
    ("shared-plan", "access"): Id(PLACE, lambda world, code: care.shared_with(world, code).uuid),
    ("shared-plan-print", "access"): Id(PLACE, lambda world, code: care.shared_with(world, code).uuid),
    "opening": Id(PERSON, lambda world, person: care.emergency(world, person).uuid),
    ("shared-with-you", "word"): Id(OPEN, lambda world, _: care.access(world, world.subject, opens=20)[1]),
    ("paper", "word"): Id(OPEN, lambda world, _: care.paper(world)),
    "part": Id(OPEN, lambda world, _: "goals"),
    "look": Id(OPEN, lambda world, _: "easy"),
    "token": Id(OPEN, lambda world, _: "no-such-token"),
}

FIRST: dict[str, Callable[[World], object]] = {
    "decisions": lambda world: decisions.decision(world, world.subject),
    "my-decisions": lambda world: decisions.decision(world, world.subject),
    "decisions-due": lambda world: decisions.decision(world, world.subject),
    "embedded": lambda world: decisions.embedded(world, "B81001"),
    "shared-plans": lambda world: care.shared_with(world, "B81001"),
    "emergencies": lambda world: care.emergency(world, world.subject),
    "groups-asked": lambda world: care.enquiry(world, world.subject),
    "offers": lambda world: offers.offer(world, "B81001"),
    "offer-list": lambda world: offers.listed(world, world.subject),
    "offer-letters": lambda world: offers.listed(world, world.subject),
    "practice-meetings": offers.met,
    "objections": lambda world: offers.objected(world, world.subject),
    "plan-elsewhere": lambda world: care.made_elsewhere(world, world.subject),
    "my-plan-elsewhere": lambda world: care.made_elsewhere(world, world.subject),
    "plan-file": lambda world: care.draft(world, world.subject),
    "my-plan-file": lambda world: care.draft(world, world.subject),
    "referral-desk": care.at_the_desk,
    "my-referrals": care.at_the_desk,
    "waiting-referrals": care.long_unread,
    "one-time-links": lambda world: care.one_time_link(world, "B81001"),
    "case-priorities": lambda world: care.priority_group(world, "U10001"),
}

PLAN = re.compile(r"(my-)?plan\b")


def first(world: World, route: Route) -> None:
    """What must be there before a page has anything to show."""
    FIRST.get(route.name, lambda world: None)(world)
    if PLAN.match(route.name):
        care.draft(world, world.subject)


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
