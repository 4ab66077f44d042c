"""Two versions of a plan beside one another: what is new, what was left out, what is said in other words."""

from dataclasses import dataclass

from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.contents import Contents
from whatmatters.components.care_planning.said import entries
from whatmatters.components.care_planning.standard import sections
from whatmatters.web.words import day

Said = dict[tuple[str, str], tuple[str, str]]  # (where, key): (title, all it says)
REVIEW = ("review", "")  # set with the agreement: a draft has none yet


@dataclass(frozen=True)
class Change:
    """Of one entry: ``was`` is empty where it is new, ``now`` where it was left out."""

    where: str
    was: str
    now: str


def differences(before: Contents | None, after: Contents) -> list[Change]:
    """In the order of the plan. ``before`` None: everything is new."""
    was, now = _said(before) if before else {}, _said(after)
    keys = [*now, *(key for key in was if key not in now and not (key == REVIEW and after.version.is_draft))]
    where = {key: (now.get(key) or was[key])[0] for key in keys}
    changed = [key for key in keys if was.get(key, ("", ""))[1] != now.get(key, ("", ""))[1]]
    return [Change(where[key], was.get(key, ("", ""))[1], now.get(key, ("", ""))[1]) for key in changed]


def _said(contents: Contents) -> Said:
    said: Said = {}
    for heading in HEADINGS:
        if heading.name in contents.words:
            said["words", heading.name] = (heading.title, contents.words[heading.name].text)
    version = contents.version
    if version.needs:
        said["conversation", ""] = ("The conversation", version.needs)
    for who in contents.participants:
        said["participant", who.name] = ("Involved", _joined(who.name, who.relationship))
    for goal in contents.goals:
        importance = f" (importance {goal.importance} of 10)" if goal.importance else ""
        said["goal", str(goal.key)] = ("Goal", f"{goal.outcome}{importance}")
        for action in contents.actions.get(goal.pk, []):
            said["action", str(action.key)] = ("Action", _joined(action.what, action.who_name, str(action.due or "")))
    for name, field in sections(version.standard).items():
        for entry in entries(contents, name):
            words = "\n".join(f"{line.label.rstrip('?')}: {'; '.join(line.texts)}" for line in entry.lines)
            said[name, str(entry.key)] = (field.label, words)
    if version.review_on and not version.is_draft:
        said[REVIEW] = ("To be looked at again", _joined(day(version.review_on), version.reviewer_name))
    return said


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
