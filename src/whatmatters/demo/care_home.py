"""Quay House: a dozen people in a care home, their plans as they really stand, and the weekly rounds there.

And what two people of the tour said was on their minds: Beverley twice, so that the two can be compared; Winston once.
"""

from datetime import UTC, date, datetime, time, timedelta

from whatmatters.access.actors import Actor
from whatmatters.access.roles import PERSON
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions.homes import OnRound
from whatmatters.components.care_planning.concerns import words_of
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Checklist, Plan, Share
from whatmatters.demo.doors import NETWORK
from whatmatters.demo.population import Soul
from whatmatters.demo.story import before
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.events.codes import ADMITTED, CONDITION
from whatmatters.events.models import Event
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.people import actions_ties
from whatmatters.people.models import Person

OLD, HOW_MANY, WEDNESDAY = 74, 12, 2
MOVED_IN = (700, 620, 540, 480, 430, 390, 350, 300, 40, 2, 3, 60)  # days before the demo's day
REVIEW_IN = (200, 150, -9, 10, 120, 130, 170, 90)  # days from it; of the first eight, who have a plan
ADMITTED_ONE, BEREAVED, NEW_CONDITION, ASKING, WRITING, REFUSED = 3, 4, 5, 6, 10, 11
NOTES = ("Ate well, slept well.", "Sat by the window with us.", "Quieter than last week; the GP is asked to look in.")


def tell(world: World) -> None:
    """After the last days: nobody moves in who is not there."""
    bogdan = world.staff.at("care_coordinator", world.places["X99002"], world.on)
    home, people = _home(), [soul.person for soul in _old(world)]
    for place, person in enumerate(people):
        moved = before(world.on, MOVED_IN[place])
        actions.move_in(
            person=person, home=home, stay="temporary" if place == WRITING else "permanent", on=moved, by=bogdan
        )
        if place < len(REVIEW_IN):
            _plan(world, person, place, bogdan)
    _meanwhile(world, people, bogdan)
    _rounds(world, home, people, bogdan)
    _minds(world)


def _home() -> Organisation:
    told = words("care_home")
    home = Organisation.objects.create(
        code=told["code"], name=told["name"], kind=Kind.CARE_HOME, postcode=told["postcode"], opened=date(1998, 5, 1)
    )
    network = Organisation.objects.get(code=NETWORK)
    Membership.objects.create(child=home, parent=network, start=date(2020, 10, 1))
    return home


def _old(world: World) -> list[Soul]:
    """The oldest of the network who are well enough to be here, and have no plan yet."""
    latest, planned = max(MOVED_IN), set(Plan.objects.values_list("person", flat=True))
    born = before(world.on, OLD * 365)
    here = [
        soul for soul in world.people
        if soul.dies is None and soul.person.born < born and soul.person.pk not in planned
        and (then := soul.at(before(world.on, latest))) and then.pcn == NETWORK and soul.at(world.on)
    ]  # fmt: skip
    return sorted(here, key=lambda soul: (soul.person.born, soul.person.nhs_number or ""))[:HOW_MANY]


def _plan(world: World, person: Person, place: int, by: Actor) -> None:
    told, on = words("care_home")["resident"][place], before(world.on, MOVED_IN[place] - 6)
    agreed = before(world.on, min(MOVED_IN[place] - 6, 150))
    version = actions.start(person=person, by=by, on=on)
    at = datetime.combine(on, time(11), UTC)
    actions.save_about_me(version=version, words={"most_important": told["matters"]}, seen=0, by=by, at=at)
    version.refresh_from_db()
    actions.save_conversation(
        version=version,
        revision=version.revision,
        by=by,
        conversation_on=agreed,
        needs="",
        participants=[tuple(told["chosen"])],
    )
    goal = actions.add_goal(version=version, by=by, outcome=told["wants"], professional_name=by.name)
    actions.add_action(
        goal=goal, by=by, what="Say so at the handover, morning and night", who="professional", who_name="Quay House"
    )
    version.refresh_from_db()
    actions.agree(
        version=version, seen=stamp(contents_of(version)), by=by, agreed_on=agreed, agreed_by=person.full_name,
        agreed_role="person", review_on=world.on + timedelta(days=REVIEW_IN[place]), reviewer_name=by.name,
        reviewer_role="Care coordinator",
    )  # fmt: skip
    if place != 1:  # one does not count yet: nobody was given it
        actions.share(version=version, kind="care home", how=Share.How.PAPER, on=agreed, by=by)


def _meanwhile(world: World, people: list[Person], by: Actor) -> None:
    """What a round should find: someone was in hospital, someone lost her husband, someone has a new illness."""
    facts = {"organisation": "X99002", "role": "clinician"}
    for place, person in enumerate(people):
        if place == ADMITTED_ONE:
            Event.objects.create(person=person, code=ADMITTED, on=before(world.on, 6), **facts)
        elif place == BEREAVED:
            start, died = before(world.on, 400), before(world.on, 12)
            carer = actions_ties.add_carer(person=person, name="Walter", relationship="husband", start=start, by=by)
            actions_ties.end_carer(carer=carer, on=died, ended="died", by=by)
        elif place == NEW_CONDITION:
            Event.objects.create(
                person=person, code=CONDITION, detail="type-2-diabetes", on=before(world.on, 20), **facts
            )
        elif place == ASKING:
            actions.ask_for_review(plan=person.plan, why="I would like to go out more", on=before(world.on, 4), by=by)
        elif place == WRITING:
            actions.start(person=person, by=by, on=before(world.on, 2))
        elif place == REFUSED:
            actions.record_declined(person=person, on=before(world.on, 50), by=by, why="unwell")


def _rounds(world: World, home: Organisation, people: list[Person], by: Actor) -> None:
    """The last four Wednesdays, each time most of those who were there; the team talks of two."""
    lots = world.lots("rounds")
    last = before(world.on, (world.on.weekday() - WEDNESDAY) % 7 or 7)
    for week in range(4):
        on = before(last, 7 * week)
        there = [person for place, person in enumerate(people) if before(world.on, MOVED_IN[place]) <= on]
        seen = [person for person in there if lots.random() < 0.85]
        done = {
            person: OnRound(seen=True, note=NOTES[place] if place < len(NOTES) else "")
            for place, person in enumerate(seen)
        }
        for person in seen[:2]:
            done[person] = OnRound(seen=True, meeting=True, note=done[person].note)
        if done:
            actions.record_round(home=home, on=on, done=done, by=by)


def _minds(world: World) -> None:
    first = {"tiredness": 9, "looking-after-someone": 9, "breath": 8, "worry": 6, "money": 3}
    lately = {"looking-after-someone": 7, "breath": 6, "being-myself": 5, "tiredness": 4}
    for day, said in ((213, first), (3, lately)):
        _told(world, "Beverley", "Thundercliffe", before(world.on, day), said)
    _told(
        world, "Winston", "Bailey", before(world.on, 2), {"moving-falling": 8, "company": 5, "enjoyment": 4, "sleep": 2}
    )


def _told(world: World, given: str, family: str, on: date, said: dict[str, int]) -> None:
    person = Person.objects.get(given_name=given, family_name=family)
    own = Actor(person.full_name, PERSON)
    row = actions.begin_concerns(person=person, by=own, on=on)
    marked = {key: (words_of(key), score) for key, score in said.items()}
    row = actions.save_concerns(checklist=row, revision=row.revision, said=marked, by=own)
    actions.send_concerns(checklist=row, how=Checklist.How.LINK, by=own, at=datetime.combine(on, time(19, 40), UTC))
