"""An audit is planned, drawn, sent and closed; each move only from where it may be made."""

import secrets
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit as trail
from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.actions.asking import begun, registered_at, send
from whatmatters.components.shared_decision_making.actions.checking import checked, day
from whatmatters.components.shared_decision_making.models import MOVES, After, Ask, Audit, Basis, State, Step
from whatmatters.components.shared_decision_making.population import EVERYONE, members
from whatmatters.components.shared_decision_making.sampling import (
    digest_of,
    drawn,
    rationale_by_margin,
    rationale_by_percent,
    size_by_margin,
    size_by_percent,
)
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.organisations.models import Organisation
from whatmatters.people.revisions import claim, locked
from whatmatters.people.wishes import refusers
from whatmatters.periods import financial_year


@transaction.atomic
def plan(
    *, network: Organisation, title: str, cohort: str, after: str, instrument: str, basis: str, amount: int, by: Actor,
    least_age: int = 18, months: int = 12, situation: str = "", expected: int = 100, seed: str = "",
    again: Audit | None = None, on: date | None = None,
) -> Audit:  # fmt: skip
    """Due on the last day of the financial year, 31 March. ``seed``: drawn by lot where none is given."""
    when = day(on)
    if cohort not in {EVERYONE, *COHORTS}:
        raise ValidationError("Choose whom the audit is about")
    if cohort == EVERYONE and after == After.ANY:
        raise ValidationError("Choose a group of people, or what must have happened to them: it cannot be everyone")
    if not (1 <= amount <= (100 if basis == Basis.PERCENT else 50) and 1 <= expected <= 100):
        raise ValidationError("Enter 1 to 100 percent, or a margin of 1 to 50 percentage points")
    row = Audit(
        network=network, title=title, planned_on=when, due=financial_year(when).last_day, cohort=cohort, after=after,
        months=months, least_age=least_age, instrument=instrument, situation=situation, basis=basis, amount=amount,
        expected=expected, seed=seed or str(secrets.randbelow(10**12)), again=again,
    )  # fmt: skip
    checked(row).save()
    trail.record("planned an audit of shared decisions", by=by, detail={"audit": row.pk})
    Step.objects.create(audit=row, on=when, who=by.name, state=row.state)
    return row


@transaction.atomic
def draw(*, audit: Audit, by: Actor, on: date | None = None, revision: int | None = None) -> Audit:
    """The population is listed as of the day, its size and digest kept, and the sample taken by the seed."""
    row = held(audit, "drew the sample of an audit", by=by, revision=revision)
    only(row, State.PLANNED)
    when = day(on, since=row.planned_on)
    people = {one.uuid: one for one in members(row, when).values()}
    row.population, row.drawn_on = len(people), when
    if not people:
        raise ValidationError("Nobody fits this description in the network: plan an audit of other people")
    row.size, row.rationale = _sized(row, len(people))
    row.digest = digest_of(people)
    for one in drawn(people, row.seed, row.size):
        at = registered_at(people[one], when)
        begun(person=people[one], practice=at, instrument=row.instrument, situation=row.situation, audit=row)
    return move(row, State.DRAWN, by=by, on=when)


def _sized(row: Audit, population: int) -> tuple[int, str]:
    if row.basis == Basis.PERCENT:
        size = size_by_percent(population, row.amount)
        return size, rationale_by_percent(population, row.amount, size)
    answers, size = size_by_margin(population, row.amount, row.expected)
    return size, rationale_by_margin(population, row.amount, row.expected, answers, size)


def drawn_again(audit: Audit) -> Mapping[str, bool]:
    """Whether the list as of that day is still the ``same_list``, and drawn anew gives the ``same_sample``."""
    if audit.drawn_on is None or audit.size is None:
        raise ValidationError("The sample is not drawn yet")
    people = {one.uuid for one in members(audit, audit.drawn_on).values()}
    before = set(audit.sample.values_list("person__uuid", flat=True))
    return {
        "same_list": digest_of(people) == audit.digest,
        "same_sample": set(drawn(people, audit.seed, audit.size)) == before,
    }


@transaction.atomic
def send_all(
    *, audit: Audit, by: Actor, sent: str = "", on: date | None = None, revision: int | None = None
) -> tuple[int, int]:
    """Everyone in the sample is asked: as ``sent`` says, or by e-mail where they agreed to that, else by a letter to be
    printed. Whoever has died, left or refused since is not, and stays in the sample. Returns how many were asked, and
    not."""
    row = held(audit, "sent the questions of an audit", by=by, revision=revision)
    only(row, State.DRAWN)
    when = day(on, since=row.drawn_on)
    sample = list(row.sample.select_related("person").order_by("pk"))
    refused = refusers([one.person_id for one in sample])
    asked = [one.person_id not in refused and _sent(one, by, when, sent) for one in sample]
    row.sent_on = when
    move(row, State.ASKING, by=by, on=when)
    return sum(asked), len(asked) - sum(asked)


def _sent(one: Ask, by: Actor, when: date, sent: str) -> bool:
    try:
        registered_at(one.person, when)
    except ValidationError:
        return False
    send(one, by=by, on=when, sent=sent)
    return True


@transaction.atomic
def close(*, audit: Audit, by: Actor, on: date | None = None, revision: int | None = None) -> Audit:
    """No more answers; from now on the results can be read."""
    row = held(audit, "closed the answers of an audit", by=by, revision=revision)
    row.closed_on = day(on, since=row.sent_on)
    return move(row, State.CLOSED, by=by, on=row.closed_on)


@transaction.atomic
def abandon(*, audit: Audit, why: str, by: Actor, on: date | None = None, revision: int | None = None) -> Audit:
    row = held(audit, "gave up an audit", by=by, revision=revision)
    return move(row, State.ABANDONED, by=by, on=day(on, since=row.planned_on), why=why)


def held(audit: Audit, act: str, *, by: Actor, revision: int | None = None) -> Audit:
    """The row, locked and one revision on. Raises Stale when it has moved on since ``revision``."""
    row = locked(audit, act, by=by, detail={"audit": audit.pk}, also=("network",))
    claim(row, revision)
    return row


def only(row: Audit, state: str) -> None:
    if row.state != state:
        raise ValidationError(f"This cannot be done now: the audit stands at “{row.get_state_display()}”")


def move(row: Audit, to: str, *, by: Actor, on: date, why: str = "") -> Audit:
    was = row.state
    if to not in MOVES[was]:
        raise ValidationError(f"This cannot be done now: the audit stands at “{row.get_state_display()}”")
    row.state = to
    row.save()
    step = Step(audit=row, on=on, who=by.name, was=was, state=to, why=why)
    checked(step).save()
    return row
