"""What happens to a plan after it is agreed: progress, reviews in time, late or never, and new versions."""

from datetime import date, timedelta

from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions.reviewing import review_due
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Goal, Plan, Share
from whatmatters.components.care_planning.models.version import State
from whatmatters.demo.author import Author
from whatmatters.demo.lots import drawn, working

GOALS = {"in-progress": 30, "improving": 25, "achieved": 25, "sustaining": 5, "no-change": 10, "not-achieved": 5}


def follow(author: Author, plan: Plan) -> None:
    """Until the clock stops it: each review when it is due, or not at all."""
    while due := review_due(plan):
        _progress(author, plan)
        late = drawn(author.lots, {0: 60, 30: 15, 90: 8, 10_000: 17})  # the last: it is never reviewed
        _until(author, due + timedelta(days=late))
        if author.lots.random() < 0.15:
            actions.ask_for_review(plan=plan, by=author.by, why=author.of_all("reviewed"), on=author.clock.now)
        next_on = working(author.clock.now + timedelta(days=drawn(author.lots, {182: 50, 364: 50})))
        said = author.of_all("reviewed")
        actions.review(plan=plan, on=author.clock.now, next_on=next_on, words=said, by=author.by)
        if author.lots.random() < 0.25:
            _renew(author, plan, next_on)


def _until(author: Author, day: date) -> None:
    """On to a working day about then."""
    days = max(1, (day - author.clock.now).days)
    author.clock.later(max(1, days - 10), days)


def _progress(author: Author, plan: Plan) -> None:
    if author.lots.random() < 0.6:
        author.clock.later(20, 60)
        version = plan.versions.get(state=State.AGREED)
        for goal in Goal.objects.filter(version=version)[:2]:
            status = drawn(author.lots, GOALS)
            actions.note_progress(plan=plan, of=goal, status=status, by=author.by, on=author.clock.now)


def _renew(author: Author, plan: Plan, review_on: date) -> None:
    """The next version: what was agreed, with another goal, agreed anew."""
    version = actions.start(person=plan.person, by=author.by)
    actions.save_conversation(
        version=version, revision=version.revision, by=author.by, conversation_on=author.clock.now,
        needs=author.of_all("needs"), participants=author.participants(),
    )  # fmt: skip
    told = author.lots.choice(author.theme["goals"])
    actions.add_goal(
        version=version, by=author.by, outcome=author.fill(told["outcome"]), professional_name=author.by.name
    )
    version.refresh_from_db()
    person = plan.person
    actions.agree(
        version=version, seen=stamp(contents_of(version)), by=author.by, agreed_on=author.clock.now,
        agreed_by=f"{person.given_name} {person.family_name}", agreed_role="person", review_on=review_on,
        reviewer_name=author.by.name, reviewer_role=author.role_words,
    )  # fmt: skip
    actions.share(version=version, kind="person", how=Share.How.PAPER, on=author.clock.now, by=author.by)
