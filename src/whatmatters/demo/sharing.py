"""Plans seen where they are needed: at a care home, by the night doctor, and in an emergency that is looked into."""

from datetime import UTC, date, datetime, time, timedelta

from whatmatters.access.accounts import grant_role, open_account
from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.components.care_planning.actions import emergency, giving, papers
from whatmatters.components.care_planning.models import Emergency, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.demo.doors import CARE_HOME_MANAGER, NIGHT_DOCTOR, PRACTICE, SYSTEM
from whatmatters.demo.staff import email_of
from whatmatters.demo.world import World
from whatmatters.organisations.models import Kind, Organisation

HOME, NIGHT = ("VX001", "Sandpiper House"), ("YX001", "Kingsmouth Out of Hours")
RESIDENTS = 4


def tell(world: World) -> None:
    """After everything that is told of plans."""
    home, night = _place(*HOME, Kind.CARE_HOME), _place(*NIGHT, Kind.PROVIDER)
    _account(world, CARE_HOME_MANAGER, "care_home", home)
    doctor = _account(world, NIGHT_DOCTOR, "out_of_hours", night)
    _residents(world, home)
    _beverley(world, home, night, doctor)
    _rozhan(world, doctor)


def _place(code: str, name: str, kind: Kind) -> Organisation:
    return Organisation.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})[0]


def _account(world: World, name: str, role: str, at: Organisation) -> Actor:
    account = open_account(email=email_of(name), name=name, by=THE_SYSTEM)
    grant_role(account, role=role, organisation=at, start=world.on - timedelta(days=400), by=THE_SYSTEM)
    return Actor(name, role, account.pk, at.pk, at.code)


def _agreed(**of: object) -> Version:
    """Raises IndexError where nobody has one."""
    agreed = Version.objects.filter(state=State.AGREED, plan__person__died=None, **of)
    return agreed.select_related("plan__person", "plan__episode").order_by("plan__person__born", "pk")[0]


def _residents(world: World, home: Organisation) -> None:
    """The oldest with a plan, of those who were invented by lot: the home looks after them for a while."""
    agreed = Version.objects.filter(state=State.AGREED, plan__person__died=None, agreed_on__lt=world.on)
    oldest = agreed.select_related("plan__person", "plan__episode").order_by("plan__person__born", "pk")[:RESIDENTS]
    for version in oldest:
        giving.give_access(
            version=version, kind="care home", purpose="care", organisation=home, on=world.on,
            until=world.on + timedelta(days=180), by=_coordinator(world),
        )  # fmt: skip


def _beverley(world: World, home: Organisation, night: Organisation, doctor: Actor) -> None:
    """Her plan is shared with the night service now; a week at the home is over; before, it had to be broken open."""
    tess, version = _tess(world), _agreed(plan__person__family_name="Thundercliffe")
    on = version.agreed_on or world.on
    giving.give_access(
        version=version, by=tess, purpose="care", kind="care home", organisation=home,
        on=max(on, world.on - timedelta(days=30)), until=world.on - timedelta(days=1),
        parts=("most_important", "please_do", "contingency", "personal_contacts"),
    )  # fmt: skip
    opened = _opened(version, doctor, world.on - timedelta(days=9), "unable", "Too breathless to speak; 999 is called")
    officer = _officer(world)
    emergency.look_into(emergency=opened, finding="right", words="Rang the service: it was.", by=officer)
    giving.give_access(
        version=version, by=tess, purpose="urgent", kind="out of hours", organisation=night, on=world.on,
        until=world.on + timedelta(days=330),
    )  # fmt: skip
    giving.hide(plan=version.plan, part="wellness", audiences=["care home", "community group"], by=tess)
    papers.make_copy(version=version, seen=version.number, look="large", by=tess)


def _rozhan(world: World, doctor: Actor) -> None:
    version = _agreed(plan__person__family_name="Mustafa", plan__person__given_name="Rozhan")
    words = "Fever after the birth; husband on the phone, no interpreter to be had at 3 in the morning"
    _opened(version, doctor, world.on - timedelta(days=1), "urgent", words)


def _opened(version: Version, by: Actor, on: date, reason: str, words: str) -> Emergency:
    person = version.plan.person
    at = datetime.combine(on, time(2, 40), UTC)
    number = person.nhs_number or ""
    return emergency.look(nhs_number=number, born=person.born, reason=reason, words=words, by=by, now=at)


def _tess(world: World) -> Actor:
    return world.staff.at("link_worker", world.places[PRACTICE], world.on)


def _coordinator(world: World) -> Actor:
    return world.staff.at("care_coordinator", world.places[PRACTICE], world.on)


def _officer(world: World) -> Actor:
    ((actor, _, _),) = world.staff.actors["privacy_officer", SYSTEM]
    return actor
