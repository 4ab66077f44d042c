"""Proactive offers, their lists, meetings and schemes for the addresses that name them."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

from tests.house.world import World

from whatmatters.components.social_prescribing.actions import inviting, meeting, objecting, planning, scheming
from whatmatters.components.social_prescribing.actions.invited_answering import word_of
from whatmatters.components.social_prescribing.actions.moves import NotAllowed
from whatmatters.components.social_prescribing.models import Listed, Objection, Offer, Side
from whatmatters.people.models import Person
from whatmatters.periods import financial_year
from whatmatters.workforce.models import Worker

TODAY = date.today()
YEAR = financial_year(TODAY).label


def offer(world: World, code: str) -> Offer:
    """One that is agreed."""
    found = Offer.objects.filter(service=world.at[code]).first()
    if found:
        return found
    made = planning.plan_offer(
        service=world.at[code], title="A call in winter", need="company", why="Many live alone", what="We ring",
        starts=TODAY, cohort="lonely-or-isolated", least_age=65, by=world.by,
    )  # fmt: skip
    for side in Side:
        planning.add_partner(offer=made, side=side, who="The Shed", said="Ring in the morning", by=world.by)
    return planning.agree(offer=made, by=world.by)


def letter_word(world: World) -> str:
    """Of the link in a letter of invitation."""
    row = listed(world, world.subject)
    sent = row.invitations.last()
    return word_of(sent) if sent else "no-such-word"


def listed(world: World, person: Person) -> Listed:
    """Invited, and not answered yet."""
    practice = person.registrations.get().practice.code
    where = offer(world, practice)
    found = Listed.objects.filter(offer=where, person=person).first()
    if found:
        return found
    made = Listed.objects.create(offer=where, person=person, on=TODAY, because="lives alone")
    with suppress(NotAllowed):  # who has a case by now is listed and not invited
        inviting.invite(listed=made, how="letter", by=world.by)
    return made


def objected(world: World, person: Person) -> Objection:
    return objecting.object_to(person=person, kind="asked", by=world.by)


def met(world: World) -> None:
    meeting.attend(practice=world.at["B81001"], workers=list(Worker.objects.all()[:2]), by=world.by)
    meeting.attest_involved(practice=world.at["B81001"], by=world.by)


def scheme(world: World, code: str) -> str:
    """The code of a service whose scheme of this year has something in it."""
    row = scheming.scheme_of(service=world.at[code], year=YEAR, by=world.by)
    scheming.plan_numbers(scheme=row, referrals=400, wte=Decimal(2), pence=9_000_000, by=world.by)
    scheming.state(scheme=row, item="protocol-costs", text="Pay and places", by=world.by)
    scheming.set_targets(scheme=row, targets={"sp-referred-per-1000": Decimal(12)}, by=world.by)
    return code
