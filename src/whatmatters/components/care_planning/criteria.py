"""The five criteria by which a plan counts as a personalised care and support plan.

The criteria are NHS England's (the checklist its regions publish); which fields show that one holds is our reading,
written in standards.md 1.2. Pure: it looks at what it is given and at nothing else.
"""

from dataclasses import dataclass
from datetime import date

from whatmatters.components.care_planning.about_me import MOST_IMPORTANT
from whatmatters.components.care_planning.contents import Contents
from whatmatters.components.care_planning.models import Action
from whatmatters.web.words import day


@dataclass(frozen=True)
class Criterion:
    """``since`` is the day from which it has held, None while it does not; ``missing`` are sentences to act on."""

    number: int
    title: str
    missing: tuple[str, ...]
    evidence: str
    since: date | None

    @property
    def met(self) -> bool:
        return not self.missing


def criteria(contents: Contents) -> list[Criterion]:
    """All five, in order."""
    return [_central(contents), _conversation(contents), _outcomes(contents), _sharable(contents), _review(contents)]


def met_on(all_five: list[Criterion]) -> date | None:
    """The day from which the plan counts: when the last of the five came to hold. None while one does not."""
    days = [criterion.since for criterion in all_five if criterion.met and criterion.since]
    return max(days) if len(days) == len(all_five) else None


def _criterion(number: int, title: str, missing: list[str], evidence: str, since: date | None) -> Criterion:
    return Criterion(number, title, tuple(missing), "" if missing else evidence, None if missing else since)


def _central(contents: Contents) -> Criterion:
    version, missing = contents.version, []
    if not version.agreed_on:
        missing.append("The person, or who may act for them, has not agreed it yet.")
    elif not (version.agreed_by and version.agreed_role):
        missing.append("It does not say who agreed it, and whether they are the person or their representative.")
    if not contents.participants:
        missing.append("It does not say whom the person chose to be involved.")
    chosen = ", ".join(who.name for who in contents.participants)
    evidence = f"Agreed on {day(version.agreed_on)} by {version.agreed_by}. Chosen to be involved: {chosen}."
    title = "The person is at the centre: they agree the plan, and decide who is involved"
    return _criterion(1, title, missing, evidence, version.agreed_on)


def _conversation(contents: Contents) -> Criterion:
    version, missing = contents.version, []
    if not version.conversation_on:
        missing.append("The day of the conversation is not recorded.")
    if MOST_IMPORTANT not in contents.words:
        missing.append("“What is most important to me” is empty.")
    evidence = f"Talked on {day(version.conversation_on)}; what is most important is written down."
    title = "There was a conversation about what matters to them"
    return _criterion(2, title, missing, evidence, version.agreed_on or version.conversation_on)


def _outcomes(contents: Contents) -> Criterion:
    wanted = [goal for goal in contents.goals if goal.outcome]
    shared = [goal for goal in wanted if goal.professional_name or _professional_acts(contents, goal.pk)]
    missing = []
    if not wanted:
        missing.append("There is no goal: what does the person want to come of it?")
    elif not shared:
        missing.append("No goal names the professional with whom it was agreed, or who will act on it.")
    evidence = f"{len(shared)} of {len(wanted)} goals agreed with a professional."
    title = "They agree the outcomes they want, together with a professional"
    return _criterion(3, title, missing, evidence, contents.version.agreed_on or contents.version.started.date())


def _professional_acts(contents: Contents, goal: int) -> bool:
    return any(action.who == Action.Who.PROFESSIONAL and action.who_name for action in contents.actions.get(goal, []))


def _sharable(contents: Contents) -> Criterion:
    shares = contents.shares
    missing = [] if shares else ["It has not been shared: give the person their copy, and record it."]
    evidence = f"Shared {len(shares)} times, first on {day(shares[0].on)}." if shares else ""
    title = "They have a plan that can be shared"
    return _criterion(4, title, missing, evidence, shares[0].on if shares else None)


def _review(contents: Contents) -> Criterion:
    version, missing = contents.version, []
    if not version.review_on:
        missing.append("There is no review date.")
    if not version.reviewer_name:
        missing.append("Nobody is named who will see to the review.")
    evidence = (
        f"To be reviewed on {day(version.review_on)} by {version.reviewer_name}. "
        "The person can ask for it sooner, from their own pages or through anyone of the team."
    )
    return _criterion(5, "They can have it reviewed", missing, evidence, version.agreed_on)
