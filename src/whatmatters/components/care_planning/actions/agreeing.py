"""The person agrees, and the version becomes the plan."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.drafting import drafted
from whatmatters.components.care_planning.actions.kinds import maternity_budget
from whatmatters.components.care_planning.actions.offering import day_in_life
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.criteria import criteria, met_on
from whatmatters.components.care_planning.models import Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.events.codes import PLAN_AGREED, PLAN_MET_CRITERIA, PLAN_REVIEW_SET
from whatmatters.events.record import record
from whatmatters.people.revisions import Stale


@transaction.atomic
def agree(
    *, version: Version, seen: str, by: Actor, agreed_on: date, agreed_by: str, agreed_role: str,
    review_on: date | None = None, reviewer_name: str = "", reviewer_role: str = "", reviewer_contact: str = "",
) -> Version:  # fmt: skip
    """The version becomes the plan, and the one before it history. ``agreed_role``: person or representative.

    ``seen`` is ``stamp(contents_of(version))`` as it stood on the page: nobody agrees to words that were put in
    while they read (Stale). A plan may be agreed before all five criteria hold; it then does not count yet.
    """
    version = drafted(version, by, "agreed the plan")
    contents = contents_of(version)
    if stamp(contents) != seen:
        raise Stale("The plan was changed while it was being agreed")
    if not contents.words and not contents.goals:
        raise ValidationError("There is nothing to agree yet: write what matters, or a goal")
    person = version.plan.person
    day_in_life(person, agreed_on, "agreed_on")
    if version.conversation_on and agreed_on < version.conversation_on:
        raise ValidationError({"agreed_on": "The agreement cannot be before the conversation"})
    if review_on and review_on <= agreed_on:
        raise ValidationError({"review_on": "Enter a day after the plan was agreed"})
    version.plan.versions.filter(state=State.AGREED).update(state=State.SUPERSEDED)
    version.state = State.AGREED
    version.agreed_on, version.agreed_by, version.agreed_role = agreed_on, agreed_by.strip(), agreed_role
    version.review_on, version.reviewer_name, version.reviewer_role = review_on, reviewer_name, reviewer_role
    version.reviewer_contact = reviewer_contact
    version.revision += 1
    if not version.agreed_by or not version.agreed_role:
        raise ValidationError({"agreed_by": "Enter who agreed it, and whether they are the person"})
    version.full_clean()
    version.save()
    episode = version.plan.episode
    record(PLAN_AGREED, person, on=agreed_on, by=by, episode=episode)
    if review_on:
        days = (review_on - agreed_on).days
        record(PLAN_REVIEW_SET, person, on=agreed_on, by=by, value=days, episode=episode)
    maternity_budget(version, by)
    count_once(version, by)
    return version


def count_once(version: Version, by: Actor) -> None:
    """Once for a version: the day on which the last of the five criteria came to hold."""
    day = met_on(criteria(contents_of(version)))
    if day and version.met_on is None:
        version.met_on = day
        version.save(update_fields=["met_on"])
        record(PLAN_MET_CRITERIA, version.plan.person, on=day, by=by, episode=version.plan.episode)
