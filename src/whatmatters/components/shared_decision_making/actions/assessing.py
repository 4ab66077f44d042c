"""A commissioner judges its shared decision making, plans what to improve, and says when that is done."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit as trail
from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.actions.checking import checked
from whatmatters.components.shared_decision_making.models import Judged, Level, PlannedStep, SelfAssessment, Statement
from whatmatters.events.codes import ATTESTED
from whatmatters.events.record import record_for
from whatmatters.measurement.details import DECISIONS_IMPROVED, DECISIONS_SELF_ASSESSED
from whatmatters.organisations.models import Organisation
from whatmatters.people.revisions import claim, locked
from whatmatters.periods import period, year_named


@transaction.atomic
def assessment_of(*, board: Organisation, year: str, by: Actor) -> SelfAssessment:
    """That of a financial year; begun if there is none."""
    if year_named(year) is None:
        raise ValidationError("A self-assessment is of a financial year, like 2026-27")
    row, new = SelfAssessment.objects.get_or_create(board=board, year=year)
    if new:
        trail.record("began a self-assessment", by=by, detail={"assessment": row.pk})
    return row


@transaction.atomic
def judge(
    *, assessment: SelfAssessment, levels: Mapping[str, tuple[int, str]], by: Actor, revision: int | None = None
) -> SelfAssessment:
    """``levels``: by statement, the level and where it can be seen. May be changed until it is completed."""
    row = _held(assessment, "judged shared decision making", by=by, revision=revision)
    if row.completed_on:
        raise ValidationError("This self-assessment is completed: begin the next year’s")
    for statement, (level, evidence) in levels.items():
        judged = row.judged.filter(statement=statement).first() or Judged(assessment=row, statement=statement)
        judged.level, judged.evidence = level, evidence
        checked(judged).save()
    return row


@transaction.atomic
def plan_step(
    *, assessment: SelfAssessment, statement: str, what: str, owner: str, by_day: date, by: Actor
) -> PlannedStep:
    row = _held(assessment, "planned an improvement", by=by)
    if row.delivered_on:
        raise ValidationError("This plan is delivered: plan in the next year’s")
    step = PlannedStep(assessment=row, statement=statement, what=what, owner=owner, by_day=by_day)
    checked(step).save()
    return step


@transaction.atomic
def complete(*, assessment: SelfAssessment, by: Actor, on: date | None = None) -> SelfAssessment:
    """Every statement is judged and there is a plan: the self-assessment is attested."""
    row = _held(assessment, "completed a self-assessment", by=by)
    when = _day(row, on)
    if row.completed_on:
        raise ValidationError("This self-assessment is completed already")
    if left := len(Statement) - row.judged.count():
        raise ValidationError(f"{left} of {len(Statement)} statements are not judged yet")
    low = row.judged.filter(level__lt=Level.EVERYWHERE).exists()
    if low and not row.plan.exists():
        raise ValidationError("Plan at least one improvement: an improvement plan belongs to it")
    row.completed_on = when
    row.save(update_fields=["completed_on"])
    record_for(row.board, ATTESTED, on=when, by=by, detail=DECISIONS_SELF_ASSESSED)
    return row


@transaction.atomic
def step_done(*, step: PlannedStep, by: Actor, on: date | None = None) -> PlannedStep:
    """With the last step, a completed self-assessment's plan is delivered, and that is attested."""
    row = _held(step.assessment, "carried out a step of an improvement plan", by=by)
    step.done_on = _day(row, on)
    step.save(update_fields=["done_on"])
    if row.completed_on and not row.delivered_on and not row.plan.filter(done_on=None).exists():
        row.delivered_on = max(step.done_on, row.completed_on)
        row.save(update_fields=["delivered_on"])
        record_for(row.board, ATTESTED, on=row.delivered_on, by=by, detail=DECISIONS_IMPROVED)
    return step


def _held(assessment: SelfAssessment, act: str, *, by: Actor, revision: int | None = None) -> SelfAssessment:
    row = locked(assessment, act, by=by, detail={"assessment": assessment.pk}, also=("board",))
    claim(row, revision)
    return row


def _day(row: SelfAssessment, on: date | None) -> date:
    when = on or date.today()
    if when > date.today() or when < period(row.year).start:
        raise ValidationError(f"The day must be in {row.year} or later, and not be still to come")
    return when
