"""How far a version may be relied on today: what every page and every paper that shows one says above it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from whatmatters.components.care_planning.actions.reviewing import due_of
from whatmatters.components.care_planning.models import Item, Share, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.web.words import day

Kind = Share.Kind
A_YEAR = 365  # days after which an agreed plan with no day of review is called old (standards.md 1.4)
# To whom it is not told whether something is kept from them: they may be why it is.
NOT_TOLD = frozenset({Kind.CARER, Kind.COMMUNITY_GROUP})
MAYBE_NOT_ALL = "This may not be all of the plan."
NOT_ALL = "This is not all of the plan: parts of it are kept back, as the person wishes or by what was shared."


@dataclass(frozen=True)
class Standing:
    """``facts`` says which version it is; ``warnings`` are sentences to be read first, the gravest first."""

    version: Version
    due: date | None
    facts: str
    warnings: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.warnings


def standing(
    version: Version, *, audience: str = "", hidden: Collection[str] = (), withheld: bool = False,
    today: date | None = None, contingency: Collection[Item] | None = None,
) -> Standing:  # fmt: skip
    """Four queries. ``hidden``: the parts not shown to the audience; ``withheld``: the version holds some of them;
    ``contingency``: the version's contingency plans, where they were read already (three queries)."""
    today = today or date.today()
    due = due_of(version) if version.agreed_on else None
    warnings = _warnings(version, due, today)
    if "contingency" not in hidden:
        plans = version.items.filter(section="contingency") if contingency is None else contingency
        warnings += _contingency(plans, today)
    return Standing(version, due, _facts(version, due), tuple(warnings), tuple(_notes(version, audience, withheld)))


def _facts(version: Version, due: date | None) -> str:
    if version.state == State.DRAFT:
        return f"Version {version.number}, a draft."
    review = f"To be looked at again on {day(due)}." if due else "No day is set to look at it again."
    return f"Version {version.number}, agreed on {day(version.agreed_on)}. {review}"


def _warnings(version: Version, due: date | None, today: date) -> list[str]:
    person, found = version.plan.person, []
    if person.died:
        found.append(f"{person.full_name} died on {day(person.died)}. This plan is no longer in use.")
    if version.state == State.DRAFT:
        found.append("This is a draft and not agreed: do not rely on it.")
    if version.state == State.SUPERSEDED:
        found.append(f"This is not the plan in force. {_in_force(version)}")
    if due and due < today:
        found.append(
            f"The review was due on {day(due)}, {_ago(today - due)}. What stands here may no longer be right: "
            "check it with the person, or with who knows them."
        )
    elif version.agreed_on and not due and (today - version.agreed_on).days > A_YEAR:
        found.append(f"It was agreed {_ago(today - version.agreed_on)}, and no day was set to look at it again.")
    return found


def _in_force(version: Version) -> str:
    now = version.plan.versions.filter(state=State.AGREED).first()
    return f"Version {now.number} was agreed on {day(now.agreed_on)}: read that one." if now else "Ask for a newer one."


def _contingency(plans: Iterable[Item], today: date) -> list[str]:
    """Each contingency plan that was to be looked at before today: by its own day."""
    days = [str(item.values.get("planned_review_date_interval", "")) for item in plans]
    late = sorted(when[:10] for when in days if when and when[:10] < today.isoformat())
    return [
        f"What to do if something happens was to be looked at on {day(date.fromisoformat(when))}: check it first."
        for when in late
    ]


def _notes(version: Version, audience: str, withheld: bool) -> list[str]:
    found = []
    if version.state == State.AGREED and version.plan.versions.filter(state=State.DRAFT).exists():
        found.append("A newer version is being written. It is not agreed yet, and not shown here.")
    if audience in NOT_TOLD:
        found.append(MAYBE_NOT_ALL)
    elif withheld:
        found.append(NOT_ALL)
    return found


def _ago(span: timedelta) -> str:
    days = span.days
    return f"{days} day{'s' if days != 1 else ''} ago"
