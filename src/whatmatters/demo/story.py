"""The tour's people, and a desk with something on it: day by day, through the same actions as everyone's."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from whatmatters.access.actors import ANYONE, Actor
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import How, Referral
from whatmatters.demo import cast, chapters, conversations
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.people.models import Person


@transaction.atomic
def tell(world: World, numbers: Iterator[str]) -> None:
    """Ron has everything before him; Beverley and Rozhan have been through it; the others are on the desk."""
    tess = world.staff.at("link_worker", world.places["X99002"], world.on)
    gp = world.staff.at("clinician", world.places["X99002"], world.on)
    people = {key: cast.register(world, key, tess, next(numbers)) for key in words("story")}
    cast.give_accounts(people["ron"], tess, world.on)
    chapters.beverley(world, people["beverley"], tess)
    chapters.rozhan(world, people["rozhan"], tess)
    _new(people["dorota"], gp, before(world.on, 1))
    _waiting(people["kevin"], gp, tess, world.on)
    _quiet(people["sandra"], gp, tess, world.on)
    _due(people["winston"], gp, tess, world)
    _unmatched(people["stanley"], world)
    conversations.tell(world, people, tess)


def before(on: date, days: int) -> date:
    return on - timedelta(days=days)


def _new(person: Person, gp: Actor, on: date) -> Referral:
    """As words/story.toml says it."""
    key = person.given_name.lower()
    told = words("story")[key]
    return actions.refer(person=person, need=told["need"], reason=told["reason"], on=on, by=gp)


def _waiting(person: Person, gp: Actor, tess: Actor, on: date) -> None:
    row = _new(person, gp, before(on, 6))
    actions.accept(referral=row, on=before(on, 4), by=tess)
    note = "Rang out twice. A neighbour says he is up early: try before eight."
    actions.record_contact(referral=row, how=How.PHONE, spoke=False, note=note, on=before(on, 2), by=tess)


def _talked(row: Referral, tess: Actor, on: date, *said: tuple[int, str, str]) -> None:
    """Each: days ago, how, and the note."""
    for days, how, note in said:
        actions.record_contact(referral=row, how=how, spoke=True, note=note, on=before(on, days), by=tess)


def _quiet(person: Person, gp: Actor, tess: Actor, on: date) -> None:
    row = _new(person, gp, before(on, 75))
    actions.accept(referral=row, on=before(on, 73), by=tess)
    first = "Sandra would like to sing again and not yet in that hall. We talked about him, and about Verdi."
    second = "Not this month, she says; the anniversary is coming. I am to ring when it is past."
    _talked(row, tess, on, (66, How.IN_PERSON, first), (41, How.PHONE, second))
    answers = {"life_satisfaction": 3, "worthwhile": 4, "happiness": 2, "anxiety": 6}
    actions.record_ons4(referral=row, stage="before", answers=answers, on=before(on, 66), by=tess)


def _due(person: Person, gp: Actor, tess: Actor, world: World) -> None:
    on, row = world.on, _new(person, gp, before(world.on, 130))
    actions.accept(referral=row, on=before(on, 128), by=tess)
    first = (
        "Winston was a dancer. He counts his steps to the shop and stops at a hundred, from fear and not from breath."
    )
    _talked(row, tess, on, (120, How.IN_PERSON, first))
    answers = {"life_satisfaction": 4, "worthwhile": 5, "happiness": 4, "anxiety": 7}
    actions.record_ons4(referral=row, stage="before", answers=answers, on=before(on, 120), by=tess)
    link = actions.connect(referral=row, group=chapters.group(world, "Walk and Talk"), on=before(on, 110), by=tess)
    actions.taken_up(connection=link, on=before(on, 96), by=tess)
    _talked(row, tess, on, (60, How.PHONE, "Does the slow route, and the café. Talks about the quick one."))
    _talked(row, tess, on, (3, How.IN_PERSON, "Leads the slow group on Fridays now. We agreed this is enough."))
    after = {"life_satisfaction": 7, "worthwhile": 8, "happiness": 7, "anxiety": 3}
    actions.record_ons4(referral=row, stage="after", answers=after, on=before(on, 3), by=tess)


def _unmatched(person: Person, world: World) -> None:
    """Stan wrote himself, and put his number of the house and not of the NHS."""
    told = words("story")["stanley"]
    actions.receive(
        practice=world.places[told["practice"]].row, source="self", need=told["need"], reason=told["reason"],
        name="Stan Elvidge", born=person.born, postcode=person.postcode, phone=person.phone, by=ANYONE, on=world.on,
    )  # fmt: skip
