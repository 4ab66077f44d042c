"""Goals and actions of a draft; and how they go, which may be noted at any time."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import progress as statuses
from whatmatters.components.care_planning.actions.writing import drafted
from whatmatters.components.care_planning.models import Action, Goal, Plan, Progress, Version
from whatmatters.people.revisions import claim

Row = TypeVar("Row", Goal, Action)
GOAL_FIELDS = frozenset({"outcome", "importance", "professional_name", "professional_role"})
ACTION_FIELDS = frozenset({"what", "who", "who_name", "due"})


@transaction.atomic
def add_goal(*, version: Version, by: Actor, outcome: str, **facts: Any) -> Goal:
    """What the person wants to come of it. ``facts``: importance (1 to 10), professional_name, professional_role."""
    version = drafted(version, by, "added a goal")
    goal = Goal(version=version, by_name=by.name, by_role=by.role)
    return _saved(goal, GOAL_FIELDS, {"outcome": outcome, **facts})


@transaction.atomic
def change_goal(*, goal: Goal, revision: int, by: Actor, **facts: Any) -> Goal:
    drafted(goal.version, by, "changed a goal")
    claim(goal, revision)
    goal.refresh_from_db()
    return _saved(goal, GOAL_FIELDS, facts)


@transaction.atomic
def remove_goal(*, goal: Goal, by: Actor) -> None:
    """From the draft, with its actions; an agreed version keeps it."""
    drafted(goal.version, by, "removed a goal")
    goal.delete()


@transaction.atomic
def add_action(*, goal: Goal, by: Actor, what: str, who: str, **facts: Any) -> Action:
    """What will be done. ``who``: person, carer, professional or group; ``facts``: who_name, due."""
    drafted(goal.version, by, "added an action")
    return _saved(Action(goal=goal), ACTION_FIELDS, {"what": what, "who": who, **facts})


@transaction.atomic
def change_action(*, action: Action, revision: int, by: Actor, **facts: Any) -> Action:
    drafted(action.goal.version, by, "changed an action")
    claim(action, revision)
    action.refresh_from_db()
    return _saved(action, ACTION_FIELDS, facts)


@transaction.atomic
def remove_action(*, action: Action, by: Actor) -> None:
    drafted(action.goal.version, by, "removed an action")
    action.delete()


@transaction.atomic
def note_progress(*, plan: Plan, of: Goal | Action, status: str, by: Actor, on: date | None = None) -> Progress:
    """How a goal or an action stands; kept with the plan, so that agreed words need no change."""
    audit.record("noted progress", by=by, person=plan.person_id, detail={"of": str(of.key)})
    known = statuses.GOAL if isinstance(of, Goal) else statuses.ACTION
    if status not in known:
        raise ValidationError({"status": "Choose how it stands"})
    day = on or date.today()
    if not plan.person.born <= day <= date.today():
        raise ValidationError({"on": "Enter a day that has been"})
    return Progress.objects.create(plan=plan, of=of.key, status=status, on=day, by_name=by.name, by_role=by.role)


def _saved(row: Row, fields: frozenset[str], facts: dict[str, Any]) -> Row:
    if unknown := facts.keys() - fields:
        raise TypeError(f"{type(row).__name__} has no facts named {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(row, name, value.replace("\r\n", "\n").strip() if isinstance(value, str) else value)
    row.full_clean()
    row.save()
    return row
