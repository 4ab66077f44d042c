"""The parts of a plan beside the person's words and goals: all of them in one plan, an entry or two in others."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.models import Goal, Item, Version
from whatmatters.demo.author import Author
from whatmatters.demo.words import words

MORE = {
    "who": {"role": "Respiratory nurse", "team": "Community breathing team", "contact_details": "01632 960244"},
    "suggested_strategies": "A chair on the landing. Five minutes after breakfast, by the radio.",
    "confidence": 7,
    "stage_goal": [
        {
            "stage_goal": {"free_text": "Hold a note for ten seconds"},
            "outcome": {"free_text": "Held one for twelve, in June"},
            "goal_status": {"code": "achieved", "display": "Achieved"},
        }
    ],
}


def all_of(version: Version, who: str, by: Actor, on: date) -> Version:
    """Every section, as words/parts.toml tells of ``who``; the goals hang on the first need."""
    actions.set_kinds(version=version, revision=version.revision, kinds=["carers"], by=by)
    made: list[Item] = []
    for told in words("parts")[who]:
        parent = made[told["parent"]] if "parent" in told else None
        made.append(_entry(version, told, by, on, parent))
    need = next(item for item in made if item.section == "needs")
    for goal in version.goals.all():
        outcomes = [{"free_text": "Market on three Wednesdays of four"}]
        actions.change_goal(goal=goal, revision=goal.revision, by=by, need=need.key, more={"outcomes": outcomes})
        for action in goal.actions.filter(who="professional"):
            actions.change_action(action=action, revision=action.revision, by=by, more=MORE)
    version.refresh_from_db()
    return version


def renewed(version: Version, by: Actor, on: date) -> Version:
    """The next version: one need in other words, and a goal more. Agreed by ``chapters``."""
    later = actions.start(person=version.plan.person, by=by)
    need = later.items.filter(section="needs").first()
    if need is not None:
        said = {**need.values, "free_text": "Breath: better on the flat. Still the stairs, damp mornings and hurrying."}
        actions.change_item(item=need, revision=need.revision, values=said, by=by, at=_at(on))
        rail = "I want to get up my own stairs without stopping."
        goal: Goal = actions.add_goal(version=later, by=by, outcome=rail, importance=8, need=need.key)
        actions.add_action(goal=goal, by=by, what="Ask for a second rail", who="professional", who_name=by.name)
    return later


def some_of(author: Author, version: Version) -> None:
    """None, one or two entries, by the turn of the author: no lot is drawn, so that the rest is told as before."""
    known = words("parts")["some"]
    for place in range(author.turn % 3):
        _entry(version, known[(author.turn + 3 * place) % len(known)], author.by, author.clock.now)


def _entry(version: Version, told: dict[str, Any], by: Actor, on: date, parent: Item | None = None) -> Item:
    days = {"{made}": on.isoformat(), "{review}": (on + timedelta(days=365)).isoformat()}
    values = json.dumps(told["values"])
    for mark, day in days.items():
        values = values.replace(mark, day)
    return actions.add_item(
        version=version, section=told["section"], values=json.loads(values), by=by, parent=parent,
        condition=told.get("condition", ""), at=_at(on),
    )  # fmt: skip


def _at(on: date) -> datetime:
    return datetime.combine(on, time(10, 45), UTC)
