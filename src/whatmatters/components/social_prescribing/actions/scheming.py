"""The scheme's protocol is written, item by item, and attested to the commissioner; targets for access are set."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, day
from whatmatters.components.social_prescribing.models import AccessTarget, Item, Scheme, Statement
from whatmatters.events.codes import ATTESTED
from whatmatters.events.record import record_for
from whatmatters.measurement.details import ACCESS_TARGETS_SET
from whatmatters.organisations.models import Organisation
from whatmatters.people.revisions import claim, locked
from whatmatters.periods import period, year_named

MOST = Decimal(10_000)


@transaction.atomic
def scheme_of(*, service: Organisation, year: str, by: Actor) -> Scheme:
    """The service's scheme of a financial year; begun if there is none."""
    if year_named(year) is None:
        raise NotAllowed("A scheme is of a financial year, like 2022-23")
    row, new = Scheme.objects.get_or_create(service=service, year=year)
    if new:
        audit.record("began a scheme's protocol", by=by, detail={"scheme": row.pk})
    return row


@transaction.atomic
def plan_numbers(
    *, scheme: Scheme, referrals: int | None, wte: Decimal | None, pence: int | None, by: Actor,
    revision: int | None = None,
) -> Scheme:  # fmt: skip
    """What is expected of the year: referrals, whole-time link workers, and what it costs. None: not planned."""
    row = _held(scheme, "changed what a scheme expects", by=by, revision=revision)
    if any(value is not None and value < 0 for value in (referrals, wte, pence)):
        raise NotAllowed("Nothing planned can be less than nothing")
    row.referrals, row.wte, row.pence = referrals, wte, pence
    checked(row).save()
    return row


@transaction.atomic
def state(
    *, scheme: Scheme, item: str, text: str, by: Actor, evidence: str = "", revision: int | None = None
) -> Statement:
    """What the protocol says of one item. What is changed must be attested again."""
    row = _held(scheme, "changed a scheme's protocol", by=by, revision=revision)
    statement = row.statements.filter(item=item).first() or Statement(scheme=row, item=item)
    statement.text, statement.evidence, statement.attested_on = text, evidence, None
    checked(statement).save()
    return statement


@transaction.atomic
def attest_protocol(
    *, scheme: Scheme, by: Actor, on: date | None = None, revision: int | None = None
) -> list[Statement]:
    """All that is stated and not attested yet, as of the day; at least one."""
    row = _held(scheme, "attested a scheme's protocol", by=by, revision=revision)
    when = day(on)
    if when not in period(row.year):
        raise NotAllowed(f"The day must be in {row.year}, the year of the protocol")
    rows = list(row.statements.filter(attested_on=None))
    if not rows:
        raise NotAllowed("Write what the protocol says first: everything written is attested already")
    for statement in rows:
        statement.attested_on = when
        statement.save()
        record_for(row.service, ATTESTED, on=when, by=by, detail=statement.item)
    return rows


def unsaid(scheme: Scheme) -> list[Item]:
    """Items of which the protocol says nothing yet."""
    there = set(scheme.statements.values_list("item", flat=True))
    return [item for item in Item if item not in there]


@transaction.atomic
def set_targets(
    *, scheme: Scheme, targets: Mapping[str, Decimal | None], by: Actor, on: date | None = None,
    revision: int | None = None,
) -> Scheme:  # fmt: skip
    """At least so much for better access (DES22-SP6), by Aim; None: no target. Attested when the first is set."""
    row = _held(scheme, "set targets for access", by=by, revision=revision)
    first = not row.targets.exists()
    if any(value is not None and not 0 < value <= MOST for value in targets.values()):
        raise NotAllowed("Enter targets above 0")
    row.targets.filter(aim__in=targets).delete()
    kept = [AccessTarget(scheme=row, aim=aim, at_least=value) for aim, value in targets.items() if value is not None]
    for target in kept:
        checked(target).save()
    if first and kept:
        record_for(row.service, ATTESTED, on=day(on), by=by, detail=ACCESS_TARGETS_SET)
    return row


def _held(scheme: Scheme, act: str, *, by: Actor, revision: int | None = None) -> Scheme:
    row = locked(scheme, act, by=by, detail={"scheme": scheme.pk}, also=("service",))
    claim(row, revision)
    return row
