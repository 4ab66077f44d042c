"""Goals and actions of a draft; and how they go, which may be noted at any time."""

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import progress as statuses
from whatmatters.components.care_planning.actions.drafting import drafted
from whatmatters.components.care_planning.actions.items import NEEDS, numbered
from whatmatters.components.care_planning.models import Action, Goal, Plan, Progress, Version
from whatmatters.components.care_planning.standard import section
from whatmatters.components.care_planning.values import checked
from whatmatters.people.revisions import claim
from whatmatters.people.text import tidied

Row = TypeVar("Row", Goal, Action)
GOAL_FIELDS = frozenset({"outcome", "importance", "professional_name", "professional_role", "need", "more"})
ACTION_FIELDS = frozenset({"what", "who", "who_name", "due", "more"})


@transaction.atomic
def add_goal(*, version: Version, by: Actor, outcome: str, **facts: Any) -> Goal:
    """What the person wants to come of it. ``facts``: importance (1 to 10), professional_name, professional_role,
    need (the key of the Item it hangs on), more (what else the standard has of a goal). ``uuid`` is the form's own
    number: the same form sent twice adds one."""
    version = drafted(version, by, "added a goal")
    number = numbered(facts.pop("uuid", None))
    if number and (made := version.goals.filter(**number).first()):
        return made
    goal = Goal(version=version, **number)
    return _saved(goal, version, by, GOAL_FIELDS, {"outcome": outcome, **facts})


@transaction.atomic
def change_goal(*, goal: Goal, revision: int, by: Actor, **facts: Any) -> Goal:
    version = drafted(goal.version, by, "changed a goal")
    claim(goal, revision)
    goal.refresh_from_db()
    return _saved(goal, version, by, GOAL_FIELDS, facts)


@transaction.atomic
def remove_goal(*, goal: Goal, by: Actor) -> None:
    """From the draft, with its actions; an agreed version keeps it."""
    drafted(goal.version, by, "removed a goal")
    goal.delete()


@transaction.atomic
def add_action(*, goal: Goal, by: Actor, what: str, who: str, **facts: Any) -> Action:
    """What will be done. ``who``: person, carer, professional or group; ``facts``: who_name, due, more (what else
    the standard has of an action: role, team, strategies, confidence, stage goals). ``uuid`` as a goal's."""
    version = drafted(goal.version, by, "added an action")
    number = numbered(facts.pop("uuid", None))
    if number and (made := goal.actions.filter(**number).first()):
        return made
    return _saved(Action(goal=goal, **number), version, by, ACTION_FIELDS, {"what": what, "who": who, **facts})


@transaction.atomic
def change_action(*, action: Action, revision: int, by: Actor, **facts: Any) -> Action:
    version = drafted(action.goal.version, by, "changed an action")
    claim(action, revision)
    action.refresh_from_db()
    return _saved(action, version, by, ACTION_FIELDS, facts)


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


def _saved(row: Row, version: Version, by: Actor, fields: frozenset[str], facts: dict[str, Any]) -> Row:
    if unknown := facts.keys() - fields:
        raise TypeError(f"{type(row).__name__} has no facts named {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(row, name, tidied(value) if isinstance(value, str) else value)
    row.more = checked(section(type(row).__name__.lower() + "s", version.standard), row.more, strict=False)
    if isinstance(row, Goal) and row.need and not version.items.filter(key=row.need, section=NEEDS).exists():
        raise ValidationError({"need": "Choose a need of this plan"})
    row.by_name, row.by_role, row.at = by.name, by.role, timezone.now()
    row.full_clean()
    row.save()
    return row
