"""An entry of a plan made elsewhere is copied into the draft of the person's own plan, by a worker with the person."""

from calendar import monthrange
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.goals import add_action, add_goal
from whatmatters.components.care_planning.actions.items import add_item
from whatmatters.components.care_planning.actions.writing import last_words, save_about_me, start
from whatmatters.components.care_planning.elsewhere import entry_at
from whatmatters.components.care_planning.models import Action, MadeElsewhere, TakenOver, Version, Words
from whatmatters.components.care_planning.standard import Field, section

WHO = frozenset(Action.Who.values)
NOTHING = "There is nothing there to take over: open the page again"


@transaction.atomic
def take_over(*, made: MadeElsewhere, item: str, by: Actor) -> TakenOver:
    """The draft is begun where there is none. The same entry twice is once in a draft; words under a heading of About
    Me never take the place of others. Raises ValidationError."""
    try:
        part, values = entry_at(made, item)
    except KeyError:
        raise ValidationError(NOTHING) from None
    version = start(person=made.person, by=by)
    if already := TakenOver.objects.filter(made=made, item=item, version=version).first():
        return already
    if part.like == "heading":
        _words(part, values, version, made, by)
        key = None
    elif part.rows == "goal":
        key = _goal(part, values, version, _need(made, item, version), by)
    else:
        condition = "cancer" if part.condition and made.kind == MadeElsewhere.Kind.CANCER else ""
        kept = _kept(part, values)
        key = add_item(version=version, section=part.section, values=kept, by=by, condition=condition).key
    return TakenOver.objects.create(made=made, item=item, version=version, key=key, by_name=by.name, by_role=by.role)


def _kept(part: Field, values: Any) -> Any:
    """What a row of it can hold: columns and entries of their own are left out."""
    children = {child.key: child for child in part.kept()}
    found = {}
    for key, child in children.items():
        value = values.get(key)
        if value is not None and child.group:
            value = [_kept(child, one) for one in value] if child.many else _kept(child, value)
        if value not in (None, {}, []):
            found[key] = value
    return found


def _words(part: Field, values: Any, version: Version, made: MadeElsewhere, by: Actor) -> None:
    text = values.get("about_me_response", {}).get("free_text", "")
    if not text:
        raise ValidationError(NOTHING)
    held = Words.objects.filter(version=version, heading=part.key).last()
    if held and held.text:
        raise ValidationError(f"Words stand under “{part.title}” already: read both, and write there what holds now")
    source = f"{made.source_name}, in a plan made there"[:150]
    seen = last_words(version)
    save_about_me(version=version, words={part.key: text}, seen=seen, by=by, supported_by=source)


def _need(made: MadeElsewhere, item: str, version: Version) -> UUID | None:
    """The need of this draft that was taken over from the one it stood under there."""
    above = "/".join(item.split("/")[:-2])
    taken = TakenOver.objects.filter(made=made, item=above, version=version).first()
    key = taken.key if taken else None
    return key if key and version.items.filter(key=key).exists() else None


def _goal(part: Field, values: Any, version: Version, need: UUID | None, by: Actor) -> UUID:
    """With its actions. How it stood there is not how it stands here."""
    with_whom = values.get("agreed_with", {})
    goal = add_goal(
        version=version, by=by, outcome=_text(values), importance=values.get("goal_importance_score"), need=need,
        professional_name=with_whom.get("name", ""), professional_role=with_whom.get("role", ""),
        more=_kept(part, values),
    )  # fmt: skip
    for told in values.get("actions_and_activities", []):
        who = told.get("who", {})
        kind = who.get("kind", "") if who.get("kind") in WHO else Action.Who.PERSON
        add_action(
            goal=goal, by=by, what="\n".join(filter(None, map(_text, told.get("what", [])))) or "…", who=kind,
            who_name=who.get("name", ""), due=_by(told.get("when", "")), more=_kept(_action(version), told),
        )  # fmt: skip
    return goal.key


def _action(version: Version) -> Field:
    return section("actions", version.standard)


def _text(values: Any) -> str:
    code = values.get("coded_value", {})
    return str(values.get("free_text") or code.get("display") or code.get("code") or "")


def _by(when: str) -> date | None:
    """By the last day of a month that is named without a day."""
    if not when:
        return None
    year, month, *rest = when[:10].split("-")
    return date.fromisoformat(when[:10]) if rest else date(int(year), int(month), monthrange(int(year), int(month))[1])
