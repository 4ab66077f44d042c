"""A version as a whole: read in a fixed number of queries, compared, and stamped."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.models import Action, Goal, Item, Participant, Progress, Share, Version, Words


@dataclass(frozen=True)
class Contents:
    """``words`` holds the latest under each heading, ``earlier`` those they replaced, oldest first.

    ``progress`` is the latest of each key; ``items`` are those of each section.
    """

    version: Version
    words: dict[str, Words]
    earlier: dict[str, list[Words]]
    participants: Sequence[Participant]
    goals: Sequence[Goal]
    actions: dict[int, list[Action]]
    progress: dict[UUID, Progress]
    shares: Sequence[Share]
    items: dict[str, list[Item]]

    @property
    def supported_by(self) -> str:
        """The standard's "Supported to write this by", of the words written last."""
        return max(self.words.values(), key=lambda words: words.pk).supported_by if self.words else ""


def contents_of(version: Version, beside: Contents | None = None) -> Contents:
    """Seven queries, however long the plan; five for a draft ``beside`` another version of its plan. A draft is never
    shared, and how goals stand is of the plan."""
    written: dict[str, list[Words]] = {}
    for words in version.words.all():
        written.setdefault(words.heading, []).append(words)
    actions: dict[int, list[Action]] = {}
    for action in Action.objects.filter(goal__version=version):
        actions.setdefault(action.goal_id, []).append(action)
    items: dict[str, list[Item]] = {}
    for item in version.items.all():
        items.setdefault(item.section, []).append(item)
    steps = Progress.objects.filter(plan=version.plan_id)
    return Contents(
        version=version,
        words={heading: rows[-1] for heading, rows in written.items() if rows[-1].text},
        earlier={heading: rows[:-1] for heading, rows in written.items() if len(rows) > 1},
        participants=list(version.participants.all()),
        goals=list(version.goals.all()),
        actions=actions,
        progress=beside.progress if beside else {step.of: step for step in steps},
        shares=[] if version.is_draft else list(version.shares.all()),
        items=items,
    )


def stamp(contents: Contents) -> str:
    """Sixteen hex digits that change with anything the version says: to agree is to agree to what one saw."""
    said = [
        contents.version.number,
        str(contents.version.conversation_on),
        contents.version.needs,
        [[heading.name, contents.words[heading.name].text] for heading in HEADINGS if heading.name in contents.words],
        [[who.name, who.relationship] for who in contents.participants],
        [
            [
                goal.outcome, goal.importance, goal.professional_name, str(goal.need), goal.more,
                [[a.what, a.who, a.who_name, str(a.due), a.more] for a in contents.actions.get(goal.pk, [])],
            ]
            for goal in contents.goals
        ],
        contents.version.kinds,
        [
            [item.section, str(item.key), item.condition, item.parent_id, item.values]
            for some in contents.items.values() for item in some
        ],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
