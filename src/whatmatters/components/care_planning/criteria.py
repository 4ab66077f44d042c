"""The five criteria by which a plan counts as a personalised care and support plan.

The criteria are NHS England's (the checklist its regions publish); which fields show that one holds is our reading,
written in standards.md 1.2. Pure: it looks at what it is given and at nothing else.
"""

from dataclasses import dataclass, replace
from datetime import date

from whatmatters.components.care_planning.about_me import MOST_IMPORTANT
from whatmatters.components.care_planning.contents import Contents
from whatmatters.components.care_planning.models import Action
from whatmatters.web.words import day


@dataclass(frozen=True)
class Lack:
    """A sentence to act on, and the page of a draft on which it is put right (the route's name after ``plan-``)."""

    words: str
    page: str


@dataclass(frozen=True)
class Criterion:
    """``since`` is the day from which it has held, None while it does not; ``who`` made it so, and ``proof`` names the
    part of the version that shows it (an anchor of said.jinja, or ``shares``)."""

    number: int
    title: str
    lacks: tuple[Lack, ...]
    evidence: str
    since: date | None
    who: str
    proof: str

    @property
    def met(self) -> bool:
        return not self.lacks

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(lack.words for lack in self.lacks)


def criteria(contents: Contents) -> list[Criterion]:
    """All five, in order."""
    return [_central(contents), _conversation(contents), _outcomes(contents), _sharable(contents), _review(contents)]


def met_on(all_five: list[Criterion]) -> date | None:
    """The day from which the plan counts: when the last of the five came to hold. None while one does not."""
    days = [criterion.since for criterion in all_five if criterion.met and criterion.since]
    return max(days) if len(days) == len(all_five) else None


def _criterion(criterion: Criterion) -> Criterion:
    """What does not hold has no evidence yet, nor a day."""
    return criterion if criterion.met else replace(criterion, evidence="", since=None, who="")


def _central(contents: Contents) -> Criterion:
    version, lacks = contents.version, []
    if not version.agreed_on:
        lacks.append(Lack("The person, or who may act for them, has not agreed it yet.", "agree"))
    elif not (version.agreed_by and version.agreed_role):
        lacks.append(
            Lack("It does not say who agreed it, and whether they are the person or their representative.", "agree")
        )
    if not contents.participants:
        lacks.append(Lack("It does not say whom the person chose to be involved.", "conversation"))
    chosen = ", ".join(who.name for who in contents.participants)
    evidence = f"Agreed on {day(version.agreed_on)} by {version.agreed_by}. Chosen to be involved: {chosen}."
    title = "The person is at the centre: they agree the plan, and decide who is involved"
    return _criterion(Criterion(1, title, tuple(lacks), evidence, version.agreed_on, version.agreed_by, "agreement"))


def _conversation(contents: Contents) -> Criterion:
    version, lacks = contents.version, []
    words = contents.words.get(MOST_IMPORTANT)
    if not version.conversation_on:
        lacks.append(Lack("The day of the conversation is not recorded.", "conversation"))
    if words is None:
        lacks.append(Lack("“What is most important to me” is empty.", "words"))
    evidence = f"Talked on {day(version.conversation_on)}; what is most important is written down."
    title, since = "There was a conversation about what matters to them", version.agreed_on or version.conversation_on
    return _criterion(Criterion(2, title, tuple(lacks), evidence, since, words.by_name if words else "", "matters"))


def _outcomes(contents: Contents) -> Criterion:
    wanted = [goal for goal in contents.goals if goal.outcome]
    with_whom = {goal.pk: goal.professional_name or _professional(contents, goal.pk) for goal in wanted}
    shared = list(filter(None, with_whom.values()))
    lacks = []
    if not wanted:
        lacks.append(Lack("There is no goal: what does the person want to come of it?", "goals"))
    elif not shared:
        lacks.append(Lack("No goal names the professional with whom it was agreed, or who will act on it.", "goals"))
    evidence = f"{len(shared)} of {len(wanted)} goals agreed with a professional."
    title = "They agree the outcomes they want, together with a professional"
    since = contents.version.agreed_on or contents.version.started.date()
    return _criterion(Criterion(3, title, tuple(lacks), evidence, since, ", ".join(dict.fromkeys(shared)), "goals"))


def _professional(contents: Contents, goal: int) -> str:
    """Who acts on it, of the professionals."""
    acts = contents.actions.get(goal, [])
    return next((act.who_name for act in acts if act.who == Action.Who.PROFESSIONAL and act.who_name), "")


def _sharable(contents: Contents) -> Criterion:
    shares = contents.shares
    lacks = [] if shares else [Lack("It has not been shared: give the person their copy, and record it.", "share")]
    evidence = f"Shared {len(shares)} times, first on {day(shares[0].on)}." if shares else ""
    first = shares[0] if shares else None
    title = "They have a plan that can be shared"
    since, who = (first.on, first.by_name) if first else (None, "")
    return _criterion(Criterion(4, title, tuple(lacks), evidence, since, who, "shares"))


def _review(contents: Contents) -> Criterion:
    version, lacks = contents.version, []
    if not version.review_on:
        lacks.append(Lack("There is no review date.", "agree"))
    if not version.reviewer_name:
        lacks.append(Lack("Nobody is named who will see to the review.", "agree"))
    evidence = (
        f"To be reviewed on {day(version.review_on)} by {version.reviewer_name}. "
        "The person can ask for it sooner, from their own pages or through anyone of the team."
    )
    who = version.reviewer_name
    return _criterion(
        Criterion(5, "They can have it reviewed", tuple(lacks), evidence, version.agreed_on, who, "agreement")
    )
