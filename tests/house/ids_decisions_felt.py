"""Answers, audits and self-assessments for the addresses that name them."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from tests.house.world import World

from whatmatters.components.shared_decision_making.actions import asking, assessing, auditing, improving, kiosk, packing
from whatmatters.components.shared_decision_making.models import Ask, Audit, Improvement, State
from whatmatters.events.codes import SHARED_DECISION
from whatmatters.events.record import record
from whatmatters.periods import financial_year

TODAY = date.today()
YEAR = financial_year(TODAY).label


def word(world: World) -> str:
    row: Any = Ask.objects.filter(audit=None, answered=False).first()
    return asking.word_of(row or asking.ask(person=world.subject, instrument="collaborate", by=world.by))


def audit(world: World, code: str) -> Audit:
    """One whose sample is being asked; of a place where a decision was shared."""
    where = world.at[code]
    row = Audit.objects.filter(network=where).exclude(state=State.SIGNED).first()
    if row:
        return row
    person = world.subject if code == "B81001" else world.stranger
    with transaction.atomic():
        record(SHARED_DECISION, person, on=TODAY - timedelta(days=3), by=world.by)
    row = auditing.plan(
        network=where, title="After a decision", cohort="everyone", after=SHARED_DECISION, instrument="collaborate",
        basis="percent", amount=100, by=world.by,
    )  # fmt: skip
    auditing.send_all(audit=auditing.draw(audit=row, by=world.by), by=world.by)
    return Audit.objects.get(pk=row.pk)


def closed(world: World, code: str) -> Audit:
    row = audit(world, code)
    return auditing.close(audit=row, by=world.by) if row.state == State.ASKING else row


def improvement(world: World, code: str) -> Improvement:
    row = closed(world, code)
    found = improving.consider(audit=row, what="Ask what matters first", by=world.by)
    improving.decide(audit=row, decision="At once", chosen={found: ("Sam", TODAY)}, by=world.by)
    return found


def signed(world: World, code: str) -> Audit:
    row = Audit.objects.filter(network=world.at[code], state=State.SIGNED).first()
    if row is None:
        row = audit(world, code)
        improving.made(improvement=improvement(world, code), came_of_it="Done", by=world.by)
        row.refresh_from_db()
        packing.sign(audit=row, signatory="Sam", role="Lead", by=world.by)
    return row


def board(world: World, code: str) -> str:
    """The code of a place with a self-assessment of this year."""
    step(world, code)
    return code


def step(world: World, code: str) -> Any:
    row = assessing.assessment_of(board=world.at[code], year=YEAR, by=world.by)
    return row.plan.first() or assessing.plan_step(
        assessment=row, statement="tools", what="A tool at hand", owner="Sam", by_day=TODAY, by=world.by
    )


def screen(world: World, code: str) -> Any:
    return kiosk.switch_on(practice=world.at[code], instrument="sure", days=1, by=world.by)[0].uuid
