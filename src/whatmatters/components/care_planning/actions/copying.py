"""A new version begins as a copy of the one before it: the same words, by whom they were written and when."""

from typing import TypeVar

from django.db.models import Model

from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.models import Action, Goal, Item, Participant, Version, Words

Row = TypeVar("Row", bound=Model)
AFRESH = {"id", "uuid", "revision"}


def copy(last: Version, version: Version) -> None:
    """Thirteen statements at most, however long the plan."""
    contents = contents_of(last)
    Words.objects.bulk_create(_again(words, version=version) for words in contents.words.values())
    Participant.objects.bulk_create(_again(who, version=version) for who in contents.participants)
    goals = Goal.objects.bulk_create(_again(goal, version=version) for goal in contents.goals)
    now = {goal.key: goal for goal in goals}
    Action.objects.bulk_create(
        _again(action, goal=now[goal.key]) for goal in contents.goals for action in contents.actions.get(goal.pk, [])
    )
    before = [item for some in contents.items.values() for item in some]
    items = {
        item.key: item
        for item in Item.objects.bulk_create(_again(item, version=version, parent=None) for item in before)
    }
    keys = {item.pk: item.key for item in before}
    for item in before:
        if item.parent_id:
            items[item.key].parent = items[keys[item.parent_id]]
    Item.objects.bulk_update([item for item in items.values() if item.parent_id], ["parent"])


def _again(row: Row, **where: object) -> Row:
    """The same row, not saved yet, as part of another version."""
    named = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in AFRESH
    }
    for name in where:
        named.pop(f"{name}_id", None)
    return type(row)(**{**named, **where})
