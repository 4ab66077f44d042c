"""The plan is looked at again: because the day came, or because the person asked."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.models import Plan, Review, ReviewRequest, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.events.codes import PLAN_REVIEW_SET, PLAN_REVIEWED
from whatmatters.events.record import record
from whatmatters.people.revisions import locked


@transaction.atomic
def review(*, plan: Plan, on: date, next_on: date, by: Actor, words: str = "") -> Review:
    """Looked at together, and still right until ``next_on``. Every open request for a review is answered by it."""
    person = plan.person
    audit.record("reviewed the plan", by=by, person=person.pk)
    version = plan.versions.select_for_update().filter(state=State.AGREED).first()
    if version is None or version.agreed_on is None:
        raise ValidationError("There is no agreed plan to review")
    if on > date.today():
        raise ValidationError({"on": "This day is still to come: enter the day you looked at it together"})
    if on < version.agreed_on or (person.died and on > person.died):
        raise ValidationError({"on": "Enter a day since the plan was agreed, in the person's life"})
    if next_on <= on:
        raise ValidationError({"next_on": "Enter a day after this review"})
    done = Review(
        plan=plan, version=version, on=on, next_on=next_on, words=words.strip(), by_name=by.name, by_role=by.role
    )
    done.full_clean()
    done.save()
    plan.requests.filter(answered=None).update(answered=done)
    record(PLAN_REVIEWED, person, on=on, by=by, episode=plan.episode)
    record(PLAN_REVIEW_SET, person, on=on, by=by, value=(next_on - on).days, episode=plan.episode)
    return done


@transaction.atomic
def ask_for_review(*, plan: Plan, by: Actor, why: str = "", on: date | None = None) -> ReviewRequest:
    """By the person, by who acts for them, or by staff whom they asked. Asking twice changes nothing."""
    locked(plan, "asked for a review of the plan", by=by, person=plan.person_id)
    if asked := plan.requests.filter(answered=None).first():
        return asked
    asked = ReviewRequest(plan=plan, on=on or date.today(), why=why.strip(), by_name=by.name, by_role=by.role)
    asked.full_clean()
    asked.save()
    return asked


def review_due(plan: Plan) -> date | None:
    """The day the next review of the plan is due; None where nothing is agreed, or no day was set."""
    agreed = plan.versions.filter(state=State.AGREED).first()
    return due_of(agreed) if agreed else None


def due_of(agreed: Version) -> date | None:
    """As set at the agreement, or at the latest review since."""
    since = agreed.reviews.last()
    return since.next_on if since else agreed.review_on
