"""The directory of community groups: what they are, how they answered, and what their keepers have to do."""

from datetime import date, time, timedelta
from typing import Any

from whatmatters.access.actors import ANYONE, THE_SYSTEM, Actor
from whatmatters.demo.words import words
from whatmatters.directory import actions
from whatmatters.directory.actions.links import make_link
from whatmatters.directory.models import Group

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOT_FACTS = ("verified", "place", "days", "answers", "full_for")
REPORTED, MOVED = "Ravensbeck Foodbank Plus", "Breathe Easy Wold"


def make(on: date, by: Actor) -> dict[str, list[Group]]:
    """Adds every group; gives those that are for everyone and run, by the kind of need they help with."""
    made: dict[str, list[Group]] = {}
    for told in words("groups")["group"]:
        group = _add(told, on, by)
        for number, (days, accepted) in enumerate(told.get("answers", ())):
            asked = on - timedelta(days=20 + 31 * number + days)
            actions.replied(
                group=group, asked_on=asked, answered_on=asked + timedelta(days=days), accepted=accepted, by=THE_SYSTEM
            )
        if not (group.sex or group.faded or group.age_to):
            made.setdefault(group.kind, []).append(group)
    _to_look_after()
    return made


def _add(told: dict[str, Any], on: date, by: Actor) -> Group:
    facts = {name: value for name, value in told.items() if name not in NOT_FACTS}
    if "full_for" in told:
        facts |= {"capacity": "full", "capacity_until": on + timedelta(days=told["full_for"])}
    checked = on - timedelta(days=told["verified"]) if told["verified"] else None
    places = [_place(told["place"])] if "place" in told else []
    meetings = [{**_day(text, on), "place": 0 if places else None} for text in told.get("days", ())]
    return actions.add(by=by, last_verified=checked, places=places, meetings=meetings, **facts)


def _place(told: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = told["at"]
    facts = {name: value for name, value in told.items() if name not in ("at", "yes", "no")}
    access = dict.fromkeys(told.get("yes", ()), True) | dict.fromkeys(told.get("no", ()), False)
    access.pop("bus", None)  # said in words
    return {**facts, **access, "latitude": latitude, "longitude": longitude}


def _day(text: str, on: date) -> dict[str, Any]:
    """Of "Thu 12:00-14:00 every 2": the fields of a meeting."""
    day, hours, *more = text.split(" ", 3)
    opens, closes = (time.fromisoformat(hour) for hour in hours.split("-"))
    facts: dict[str, Any] = {"weekday": DAYS.index(day), "opens": opens, "closes": closes}
    how, what = more or ("", "")
    if how == "every":
        facts |= {"every": int(what), "first": on - timedelta(days=365)}
    elif how:
        facts["in_month" if how == "month" else "note"] = what
    return facts


def _to_look_after() -> None:
    """Something a reader reported, and a new phone number that a group sent by its link."""
    said = "Wednesday is now at the Salvation Army hall, the church has builders in"
    actions.report(group=Group.objects.get(name=REPORTED), fault="when", words=said, by=ANYONE)
    group = Group.objects.get(name=MOVED)
    link = make_link(group)[1]
    actions.correct(
        link=link, revision=group.revision, phone="01632 960164", about=f"{group.about} New people come early."
    )
