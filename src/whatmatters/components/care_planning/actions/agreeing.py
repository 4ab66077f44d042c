"""The person agrees; the plan is shared; or the person declines."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.drafting import drafted
from whatmatters.components.care_planning.actions.kinds import maternity_budget
from whatmatters.components.care_planning.actions.offering import day_in_life, offered
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.criteria import criteria, met_on
from whatmatters.components.care_planning.models import Plan, Share, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.events.codes import PLAN_AGREED, PLAN_DECLINED, PLAN_MET_CRITERIA, PLAN_REVIEW_SET, PLAN_SHARED
from whatmatters.events.record import record
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.words import day as in_words


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
    _count(version, by)
    return version


@transaction.atomic
def share(*, version: Version, kind: str, how: str, on: date, by: Actor, with_whom: str = "") -> Share:
    """A copy of the agreed version was given, or access to it. The first share may be what makes the plan count."""
    person = version.plan.person
    audit.record("shared the plan", by=by, person=person.pk, detail={"version": version.pk, "kind": kind})
    held = Version.objects.select_for_update().get(pk=version.pk)
    held.plan = version.plan
    if held.state != State.AGREED or held.agreed_on is None:
        raise ValidationError("Only the agreed plan is shared: agree the draft first")
    day_in_life(person, on, "on")
    if on < held.agreed_on:
        raise ValidationError({"on": "Enter the day it was agreed, or a later one"})
    given = Share(
        version=held, kind=kind, with_whom=with_whom.strip(), how=how, on=on, by_name=by.name, by_role=by.role
    )
    given.full_clean()
    given.save()
    record(PLAN_SHARED, person, on=on, by=by, detail=kind, episode=held.plan.episode)
    _count(held, by)
    return given


@transaction.atomic
def record_declined(*, person: Person, on: date, by: Actor, why: str = Plan.SaidNo.NOT_SAID) -> Plan:
    """The person was offered a plan and said no; ``why`` is a Plan.SaidNo. A draft is left as it is."""
    audit.record("recorded that a plan was declined", by=by, person=person.pk)
    day_in_life(person, on, "on")
    plan = offered(person, on=on, by=by)
    if plan.offered_on and on < plan.offered_on:
        raise ValidationError({"on": f"Enter the day it was offered, {in_words(plan.offered_on)}, or a later one"})
    plan.declined_on, plan.declined_why = on, why
    try:
        plan.full_clean(exclude=["person", "episode"], validate_constraints=False)
    except ValidationError as problem:
        raise ValidationError({"why": problem.messages}) from None
    plan.save()
    record(PLAN_DECLINED, person, on=on, by=by, episode=plan.episode)
    return plan


def _count(version: Version, by: Actor) -> None:
    """Once for a version: the day on which the last of the five criteria came to hold."""
    day = met_on(criteria(contents_of(version)))
    if day and version.met_on is None:
        version.met_on = day
        version.save(update_fields=["met_on"])
        record(PLAN_MET_CRITERIA, version.plan.person, on=day, by=by, episode=version.plan.episode)
