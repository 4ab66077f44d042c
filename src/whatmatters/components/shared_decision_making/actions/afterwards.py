"""What becomes of a decision: put off, cancelled, taken up again, or carried into the plan."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions as planning
from whatmatters.components.shared_decision_making.actions.checking import checked_whole
from whatmatters.components.shared_decision_making.actions.deciding import happened, held, locked_decision
from whatmatters.components.shared_decision_making.models import Carried, Decision, Status
from whatmatters.events.codes import DECISION_TOOL_USED

COPIED_NOT = frozenset(
    {
        "id", "uuid", "number", "follows", "status", "revision", "started", "valid_on", "code", "cancelled_on",
        "cancelled_why", "deferred_on", "deferred_why", "by_name", "by_role", "organisation",
    }
)  # fmt: skip


@transaction.atomic
def defer(
    *, decision: Decision, by: Actor, why: str, review_on: date | None = None, on: date | None = None
) -> Decision:
    """Not decided yet, and why; ``review_on``: the day to come back to it. It stays in progress."""
    row = held(decision, by, "put a shared decision off")
    if not why.strip():
        raise ValidationError({"why": "Say why it is put off"})
    day = on or date.today()
    if review_on and review_on < day:
        raise ValidationError({"review_on": "This day has been: enter a day to come"})
    row.deferred_on, row.deferred_why = day, why.strip()
    row.review_on, row.no_review = review_on, False
    checked_whole(row).save()
    if row.tools.exists():
        happened(DECISION_TOOL_USED, row, by)
    return row


@transaction.atomic
def cancel(*, decision: Decision, by: Actor, why: str, on: date | None = None) -> Decision:
    """The person changed their mind, or it no longer matters. What it said stays to be read."""
    row = locked_decision(decision, "cancelled a shared decision", by)
    if row.status == Status.CANCELLED:
        return row
    if not why.strip():
        raise ValidationError({"why": "Say why it is cancelled"})
    row.status, row.cancelled_on, row.cancelled_why = Status.CANCELLED, on or date.today(), why.strip()
    checked_whole(row).save(update_fields=["status", "cancelled_on", "cancelled_why"])
    return row


@transaction.atomic
def take_up_again(*, decision: Decision, by: Actor, on: date | None = None) -> Decision:
    """A new version that points back: what was said is copied, and what it follows stays as it was agreed.

    The one already begun is gone on with.
    """
    row = locked_decision(decision, "took a shared decision up again", by)
    if begun := row.followed_by.exclude(status=Status.CANCELLED).first():
        return begun
    if row.status != Status.VALID:
        raise ValidationError("Only a valid decision is taken up again; one in progress is simply gone on with")
    last = Decision.objects.filter(key=row.key).order_by("-number").values_list("number", flat=True)[0]
    copied = [f.name for f in Decision._meta.concrete_fields if f.name not in COPIED_NOT]
    again = Decision(
        **{name: getattr(row, name) for name in copied}, number=last + 1, follows=row, by_name=by.name,
        by_role=by.role, organisation=by.organisation_code or "",
    )  # fmt: skip
    again.contact_on, again.contact_time, again.review_on, again.no_review = on or date.today(), None, None, False
    again.save()
    parts: list[Any] = [*row.options.all(), *row.tools.all(), *row.involved.all()]
    for part in parts:
        part.pk, part.decision = None, again
        part._state.adding = True
        part.save()
    return again


@transaction.atomic
def carry(*, decision: Decision, by: Actor) -> Carried:
    """Into the draft of the person's plan, once: a goal that says what was decided, with the actions agreed.

    Lines of ``actions_person`` are the person's to do, those of ``actions_professionals`` a professional's.
    """
    row = locked_decision(decision, "carried a decision into the plan", by)
    if done := Carried.objects.filter(decision=row).first():
        return done
    if row.status != Status.VALID:
        raise ValidationError("Only a valid decision goes into the plan")
    draft = planning.start(person=row.person, by=by)
    about = f"{row.title}: " if row.title else ""
    goal = planning.add_goal(
        version=draft, by=by, outcome=f"{about}{row.decided}", professional_name=row.seen_by,
        professional_role=row.seen_by_role,
    )  # fmt: skip
    for who, said in (("person", row.actions_person), ("professional", row.actions_professionals)):
        for what in filter(None, map(str.strip, said.splitlines())):
            name = row.seen_by if who == "professional" else ""
            planning.add_action(goal=goal, by=by, what=what[:1000], who=who, who_name=name)
    return Carried.objects.create(
        decision=row, goal=goal.key, version=draft.number, on=date.today(), by_name=by.name, by_role=by.role
    )
