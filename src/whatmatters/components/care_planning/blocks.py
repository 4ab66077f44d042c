"""The blocks of the conversation view: each a form of its own, saved by itself, told apart by what it changes."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.about_me import MOST_IMPORTANT
from whatmatters.components.care_planning.actions.items import NEEDS
from whatmatters.components.care_planning.actions.writing import last_words
from whatmatters.components.care_planning.forms import ActionForm, ConversationForm, GoalForm
from whatmatters.components.care_planning.forms_together import MattersForm, NeedForm
from whatmatters.components.care_planning.models import Action, Goal, Item, Version
from whatmatters.web.forms import counted

ADDS = {"add-need": "need", "add-goal": "goal", "add-action": "action"}
ALONE = frozenset({"matters", "talk", "add-need", "add-goal"})
"""Blocks that name no row in their address."""


@dataclass
class Block:
    """``of`` is the row it changes, or the goal an action is added to. ``seen`` tells what its page was made from,
    ``key`` is the form's own number; ``differ`` what someone else saved meanwhile, beside what was typed."""

    kind: str
    of: Any
    form: Any
    seen: int
    key: str = field(default_factory=lambda: str(uuid4()))
    answered: bool = False
    differ: list[dict[str, str]] | None = None

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.of.uuid}" if self.of else self.kind


def found(version: Version, kind: str, of: UUID | None) -> Goal | Action | Item | None:
    """The row an address names. Raises DoesNotExist or KeyError where there is none of that kind in the draft."""
    if of is None and kind in ALONE:
        return None
    if of is not None and kind == "need":
        return version.items.get(uuid=of, section=NEEDS)
    if of is not None and kind in ("goal", "add-action"):
        return version.goals.select_related("version__plan").get(uuid=of)
    if of is not None and kind == "action":
        return Action.objects.select_related("goal__version__plan").get(goal__version=version, uuid=of)
    raise KeyError(kind)


def block(version: Version, kind: str, of: Any, data: QueryDict | None = None) -> Block:
    """As it stands on file, or with what was typed into it."""
    ids: dict[str, Any] = {"auto_id": f"{kind}-{of.uuid if of else 'new'}-%s"}
    saved, seen = as_saved(version, kind, of)
    form: Any
    if kind == "matters":
        form = MattersForm(data, initial=saved, **ids)
    elif kind == "talk":
        form = ConversationForm(data, initial=saved, **ids)
    elif ADDS.get(kind, kind) == "need":
        form = NeedForm(data, initial=saved, **ids)
    elif ADDS.get(kind, kind) == "goal":
        form = GoalForm(data, instance=copy(of) if isinstance(of, Goal) else Goal(), **ids)
    else:
        form = ActionForm(data, instance=copy(of) if isinstance(of, Action) else Action(), **ids)
    made = Block(kind, of, form, seen)
    if data is not None:
        made.answered, made.key = True, data.get("key") or made.key
        made.seen = counted(data.get("seen", "")) or 0
    return made


def as_saved(version: Version, kind: str, of: Any) -> tuple[dict[str, Any], int]:
    """What is on file by the form's fields, and the revision it has there."""
    if kind == "matters":
        words = version.words.filter(heading=MOST_IMPORTANT).last()
        return {"text": words.text if words else ""}, last_words(version)
    if kind == "talk":
        chosen = [", ".join(filter(None, (who.name, who.relationship))) for who in version.participants.all()]
        held = {"conversation_on": version.conversation_on, "needs": version.needs, "participants": "\n".join(chosen)}
        return held, version.revision
    if kind == "need" and isinstance(of, Item):
        return {"words": said(of)}, of.revision
    if kind == "goal" and isinstance(of, Goal):
        return {name: getattr(of, name) for name in GoalForm.Meta.fields}, of.revision
    if kind == "action" and isinstance(of, Action):
        return {name: getattr(of, name) for name in ActionForm.Meta.fields}, of.revision
    return {}, 0


def said(item: Item) -> str:
    """A need in words: as it was written, else what its code is called."""
    coded = item.values.get("coded_value") or {}
    return str(item.values.get("free_text") or (coded.get("display", "") if isinstance(coded, dict) else coded))


def save(version: Version, one: Block, by: Actor) -> Any:
    """One block, by the action that its kind has. Raises as that action does."""
    given = {name: value for name, value in one.form.cleaned_data.items() if name != "revision"}
    named = UUID(one.key)
    acts: dict[str, Callable[[], Any]] = {
        "matters": lambda: actions.save_about_me(
            version=version, words={MOST_IMPORTANT: given["text"]}, seen=one.seen, by=by
        ),
        "talk": lambda: actions.save_conversation(
            version=version, revision=one.seen, by=by, conversation_on=given["conversation_on"], needs=given["needs"],
            participants=one.form.people(),
        ),
        "add-need": lambda: actions.add_item(
            version=version, section=NEEDS, values={"free_text": given["words"]}, by=by, uuid=named
        ),
        "need": lambda: actions.change_item(item=one.of, revision=one.seen, by=by, values=_need(one.of, given)),
        "add-goal": lambda: actions.add_goal(version=version, by=by, uuid=named, **given),
        "goal": lambda: actions.change_goal(goal=copy(one.of), revision=one.seen, by=by, **given),
        "add-action": lambda: actions.add_action(goal=one.of, by=by, uuid=named, **given),
        "action": lambda: actions.change_action(action=copy(one.of), revision=one.seen, by=by, **given),
    }  # fmt: skip
    return acts[one.kind]()


def _need(item: Item, given: dict[str, Any]) -> dict[str, Any]:
    return {**item.values, "free_text": given["words"]}


def remove(one: Block, by: Actor) -> None:
    """What a block changes, out of the draft; the agreed version keeps it."""
    if isinstance(one.of, Item):
        actions.remove_item(item=one.of, by=by)
    elif isinstance(one.of, Goal):
        actions.remove_goal(goal=one.of, by=by)
    elif isinstance(one.of, Action):
        actions.remove_action(action=one.of, by=by)
