"""A physiotherapist's clinics: decisions shared, put off and cancelled; a library kept; what is embedded.

Told in words/decisions.toml. Whom it happens to is drawn among those on the lists of the network who are at home today.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.models import Decision
from whatmatters.demo.doors import NETWORK, PRACTICE
from whatmatters.demo.lots import working
from whatmatters.demo.story import before
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person
from whatmatters.periods import age


def tell(world: World) -> None:
    """After the last days: who is chosen is living, and on a list of the network."""
    told, place = words("decisions"), world.places[PRACTICE]
    clinicians = [actor for actor, *_ in world.staff.actors["clinician", NETWORK]]
    pharmacist, physio = clinicians[0], clinicians[-1]
    lead = world.staff.at("clinical_lead", place, world.on)
    manager = world.staff.at("pcn_manager", place, world.on)
    _library(world, told, lead)
    _embedded(world, told, manager)
    people = _people(world, len(told["talk"]) + 1)
    for one, person in zip(told["talk"], people, strict=False):
        _talk(world, one, person, pharmacist if one.get("by") == "pharmacist" else physio)
    actions.ask_to_prepare(person=people[-1], situation=told["prepare"]["situation"], by=physio, post_it=False)
    actions.prepare(person=people[-1], by=Actor(people[-1].name, "person"), **told["prepare"])


def _people(world: World, many: int) -> list[Person]:
    home = [
        soul.person for soul in world.people
        if soul.here(world.on, world.on) and (at := soul.at(world.on)) and at.pcn == NETWORK
        and 45 <= age(soul.person.born, world.on) <= 84
        and soul.at(world.on - timedelta(days=120)) == at
    ]  # fmt: skip
    return world.lots("decisions").sample(home, min(many, len(home)))


def _library(world: World, told: dict[str, Any], lead: Actor) -> None:
    """One situation filled in by the clinic, one tool that runs out soon, and one that has."""
    facts = {**told["library"], "asks": told["library"]["asks"].strip()}
    actions.keep_situation(seen=0, by=lead, **facts)
    for tool in told["tool"]:
        given = {name: value for name, value in tool.items() if name != "expires_in"}
        expires = world.on + timedelta(days=tool["expires_in"])
        actions.keep_tool(by=lead, expires=expires, **given)


def _embedded(world: World, told: dict[str, Any], manager: Actor) -> None:
    service = Organisation.objects.get(code=NETWORK)
    for one in told["embedded"]:
        since = before(world.on, one["ago"])
        facts = {"situation": one["situation"], "evidence": one["evidence"]}
        actions.declare(service=service, at=world.places[PRACTICE].row, since=since, by=manager, **facts)


def _talk(world: World, one: dict[str, Any], person: Person, by: Actor) -> None:
    """From the first of the three talks to where it stands today."""
    day = working(before(world.on, one["ago"] + 3))
    at = timezone.make_aware(datetime.combine(day, time(10, 40)))
    row = actions.start(person=person, situation=one["situation"], problem=one.get("problem", ""), by=by, at=at)
    row = actions.save_team(decision=row, revision=row.revision, by=by, matters=one["matters"])
    names = ("what", "benefits", "harms", "view")
    options = [
        {**dict(zip(names, option, strict=True)), "nothing": option[0].startswith("Doing nothing")}
        for option in one["options"]
    ]
    tools = [one["tool"]] if "tool" in one else []
    row = actions.save_options(decision=row, revision=row.revision, by=by, options=options, tools=tools)
    again = day + timedelta(days=one["again"]) if one.get("again") else None
    if one["end"] == "deferred":
        actions.defer(decision=row, by=by, why=one["why"], review_on=again, on=day)
        return
    facts = {"decided": one["decided"], "review_on": again, "no_review": one.get("again") == 0}
    facts |= {"actions_person": one.get("mine", ""), "actions_professionals": one.get("theirs", "")}
    valid = one["end"] != "provisional"
    row = actions.save_decision(decision=row, revision=row.revision, by=by, valid=valid, on=day, **facts)
    _afterwards(one, row, by)


def _afterwards(one: dict[str, Any], row: Decision, by: Actor) -> None:
    if one["end"] == "cancelled":
        actions.cancel(decision=row, by=by, why=one["why"], on=row.contact_on + timedelta(days=20))
    elif one.get("carried"):
        actions.carry(decision=row, by=by)
