"""The directory of community groups."""

from datetime import date, timedelta

from whatmatters.access.actors import Actor
from whatmatters.demo.words import words
from whatmatters.directory import actions
from whatmatters.directory.models import Group


def make(on: date, by: Actor) -> dict[str, list[Group]]:
    """Adds every group; gives them by the kind of need they help with."""
    made: dict[str, list[Group]] = {}
    for told in words("groups")["group"]:
        facts = {name: value for name, value in told.items() if name != "verified"}
        checked = on - timedelta(days=told["verified"]) if told["verified"] else None
        group = actions.add(by=by, last_verified=checked, **facts)
        made.setdefault(group.kind, []).append(group)
    return made
