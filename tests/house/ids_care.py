"""Plans and referrals for the addresses that name them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from tests.house.askers import LONG_AGO
from tests.house.world import World

from whatmatters.access.actors import ANYONE
from whatmatters.components.care_planning import actions as planning
from whatmatters.components.care_planning.actions import emergency as looking
from whatmatters.components.care_planning.actions import giving, papers
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Access, Emergency, Goal, Item, MadeElsewhere, Version
from whatmatters.components.social_prescribing import actions as prescribing
from whatmatters.components.social_prescribing.actions import writing
from whatmatters.components.social_prescribing.models import (
    Connection,
    Enquiry,
    Entry,
    Notice,
    OneTimeLink,
    PriorityGroup,
    Question,
    Referral,
    Visit,
)
from whatmatters.directory.actions.links import make_link
from whatmatters.directory.models import Correction, Group, Report
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.people.models import Person
from whatmatters.workforce.models import Worker

TODAY = date.today()


def agreed(world: World, person: Person) -> None:
    version = planning.start(person=person, by=world.by)
    if not version.goals.exists():
        planning.add_action(
            goal=planning.add_goal(version=version, by=world.by, outcome="Walk to the shop"),
            by=world.by, what="Walk on Tuesdays", who="person",
        )  # fmt: skip
    planning.agree(
        version=version, seen=stamp(contents_of(version)), by=world.by, agreed_on=TODAY, agreed_by="Me",
        agreed_role="person", review_on=TODAY + timedelta(days=90),
    )  # fmt: skip


def draft(world: World, person: Person) -> Version:
    """A plan agreed once by the subject, twice by others, and a draft after it: so no version number is shared."""
    found = Version.objects.filter(plan__person=person, state="draft").first()
    if found:
        return found
    for _ in range(1 if person == world.subject else 2):
        agreed(world, person)
    return planning.start(person=person, by=world.by)


def version(world: World, person: Person) -> int:
    number = draft(world, person).number
    return 1 if person == world.subject else number


def home(world: World, code: str) -> str:
    """The code of a care home aligned to the network of a practice."""
    network = Membership.objects.filter(child__code=code, parent__kind=Kind.PCN).first()
    made, new = Organisation.objects.get_or_create(code=f"V{code[1:]}", name=f"Home {code}", kind=Kind.CARE_HOME)
    if new:
        Membership.objects.create(child=made, parent=network.parent if network else world.at[code], start=LONG_AGO)
        lives = world.subject if code == "B81001" else world.stranger
        planning.move_in(person=lives, home=made, stay="permanent", on=TODAY, by=world.by)
    return made.code


def concerns_word(world: World) -> str:
    """Of a private link to the subject's list of concerns."""
    return planning.ask_concerns(person=world.subject, by=world.by)[1]


def made_elsewhere(world: World, person: Person) -> MadeElsewhere:
    """A plan that a hospital made with the person."""
    made, _ = planning.take_in(
        person=person, kind="cancer", source_name="Hull Hospitals", source_code="RWA", made_on=TODAY, by=world.by,
        told={"care_and_support_plan": {"strengths": [{"free_text": "My sister"}]}}, original=str(person.uuid),
    )  # fmt: skip
    return made


def goal(world: World, person: Person) -> Goal:
    return draft(world, person).goals.get()


def access(world: World, person: Person, organisation: Any = None, **facts: Any) -> tuple[Access, str]:
    """To the agreed plan of the person: for an organisation, or by a private link."""
    draft(world, person)
    version = Version.objects.select_related("plan__person", "plan__episode").get(plan__person=person, state="agreed")
    given: dict[str, Any] = {"organisation": organisation} if organisation else {"with_whom": "Kit", "email": "k@x.org"}
    kind = "community health" if organisation else "carer"
    return giving.give_access(
        version=version, kind=kind, purpose="care", until=TODAY + timedelta(days=30), by=world.by, **given, **facts
    )


def shared_with(world: World, code: str) -> Access:
    """With an organisation under the place, as a team's would be."""
    team, new = Organisation.objects.get_or_create(code=f"T{code}", name=f"Team {code}", kind="provider")
    if new:
        Membership.objects.create(child=team, parent=world.at[code], start=TODAY)
    return access(world, world.stranger if code == "B83001" else world.subject, team)[0]


def paper(world: World) -> str:
    draft(world, world.subject)
    version = Version.objects.get(plan__person=world.subject, state="agreed")
    return papers.make_copy(version=version, seen=version.number, look="plain", by=world.by)[1]


def emergency(world: World, person: Person) -> Emergency:
    row = Emergency.objects.filter(person=person).first()
    return row or looking.look(
        nhs_number=person.nhs_number or "", born=person.born, reason="unable", words="Found on the floor", by=world.by
    )


def item(world: World, person: Person) -> Item:
    """A strength of the person's, in the draft."""
    version = draft(world, person)
    found = version.items.filter(section="strengths").first()
    return found or planning.add_item(version=version, section="strengths", values={"free_text": "Sings"}, by=world.by)


def referral(world: World, person: Person) -> Referral:
    """A case of the person's that a link worker has accepted."""
    found = Referral.objects.filter(person=person).first()
    if found:
        return found
    row = prescribing.refer(person=person, need="company", by=world.by)
    return prescribing.accept(referral=row, by=world.by)


def connection(world: World, person: Person) -> Connection:
    return prescribing.signpost(referral=referral(world, person), group=group(), by=world.by)


def enquiry(world: World, person: Person) -> Enquiry:
    """What a community group was asked for the person, and has not answered."""
    found = Enquiry.objects.filter(referral__person=person).first()
    return found or prescribing.enquire(referral=referral(world, person), group=group(), by=world.by)


def group_word(world: World) -> str:
    return writing.fresh(enquiry(world, world.subject))


def unmatched(world: World, code: str) -> tuple[Referral, str]:
    """A request sent to a practice by a public form, and the word of its tracking link."""
    name, born = f"{world.subject.given_name} {world.subject.family_name}", world.subject.born
    return prescribing.receive(practice=world.at[code], source="self", need="company", name=name, born=born, by=ANYONE)


def question(world: World, person: Person) -> Question:
    return prescribing.ask(referral=referral(world, person), question="How long can I go on?", by=world.by)


def visit(world: World, person: Person) -> Visit:
    """Of a worker of the house, who named another."""
    case, (one, other) = referral(world, person), Worker.objects.order_by("pk")[:2]
    return Visit.objects.create(
        referral=case, worker=one, colleague=other, where="At home", back_by=timezone.now() + timedelta(hours=2)
    )


def at_the_desk(world: World) -> None:
    referral(world, world.subject)
    unmatched(world, "B81001")


def one_time_link(world: World, code: str) -> tuple[OneTimeLink, str]:
    return prescribing.send_link(practice=world.at[code], source="agency", sector="housing", by=world.by)


def priority_group(world: World, code: str) -> PriorityGroup:
    found = PriorityGroup.objects.filter(service=world.at[code]).first()
    return found or prescribing.add_priority_group(service=world.at[code], name="Carers", by=world.by)


def long_unread(world: World) -> None:
    """One of each: past its time, with somebody who holds no post, and declined with nobody having read it."""
    at_the_desk(world)
    Referral.objects.update(made_on=TODAY - timedelta(days=40))
    row, _ = unmatched(world, "B81001")
    prescribing.decline(referral=row, reason="service: no capacity", by=world.by)
    Notice.objects.update(on=TODAY - timedelta(days=30))


def group() -> Any:
    return Group.objects.create(name="Holderness Road Shed", kind="company", about="Tea and tools", words="shed")


def entry(world: World, person: Person, section: str) -> Entry:
    """Something written down of the person's conversation."""
    (written,) = prescribing.write(referral=referral(world, person), section=section, text="The stairs", by=world.by)
    return written


def own_link() -> str:
    """The word of a link to a group's own entry."""
    return make_link(group())[0]


def report() -> int:
    return Report.objects.create(group=group(), fault="other").pk


def correction() -> int:
    return Correction.objects.create(group=group(), facts={"phone": "01632 960000"}).pk
