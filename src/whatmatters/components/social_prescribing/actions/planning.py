"""A proactive offer is planned with its partners, agreed, and later reviewed with them; never a list before that."""

from datetime import date
from typing import Any

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, day
from whatmatters.components.social_prescribing.models import Offer, Outcome, Partner, Reach, Review, Side, Standing
from whatmatters.components.social_prescribing.models.offer import DEPRIVED, RULE
from whatmatters.events.codes import ATTESTED
from whatmatters.events.record import record_for
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.details import PROACTIVE_PLAN_AGREED, PROACTIVE_REVIEWED
from whatmatters.organisations.models import Organisation
from whatmatters.people.revisions import claim, locked
from whatmatters.periods import financial_year

OLDEST = 120


@transaction.atomic
def plan_offer(
    *, service: Organisation, title: str, need: str, why: str, what: str, starts: date, cohort: str, by: Actor,
    least_age: int | None = None, most_age: int | None = None, quiet_months: int = 12, deprived: int | None = None,
    on: date | None = None,
) -> Offer:  # fmt: skip
    """Who, when and what. Nobody can be listed until it is agreed."""
    when = day(on)
    row = Offer(service=service, title=title, need=need, why=why, what=what, starts=starts, year=_year(starts))
    checked(row).save()
    _reach(
        row, when, by, cohort=cohort, least_age=least_age, most_age=most_age, quiet_months=quiet_months,
        deprived=deprived,
    )  # fmt: skip
    audit.record("planned a proactive offer", by=by, detail={"offer": row.pk})
    return row


@transaction.atomic
def change_offer(*, offer: Offer, by: Actor, revision: int | None = None, **facts: Any) -> Offer:
    """The facts of ``plan_offer``, but the service, while it is not agreed."""
    row = held_offer(offer, "changed the plan of a proactive offer", by=by, revision=revision)
    _only_while(row, Standing.DRAFT)
    whom = {name: facts.pop(name) for name in RULE if name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    row.year = _year(row.starts)
    checked(row).save()
    if whom:
        now = row.reach
        was = {name: getattr(now, name) for name in RULE}
        row.reaches.all().delete()
        _reach(row, now.since, by, **{**was, **whom})
    return row


@transaction.atomic
def add_partner(
    *, offer: Offer, side: str, who: str, said: str, by: Actor, on: date | None = None, revision: int | None = None
) -> Partner:
    """Someone had a say in the plan, and what it was."""
    row = held_offer(offer, "recorded who had a say in a proactive offer", by=by, revision=revision)
    if row.standing == Standing.ENDED:
        raise NotAllowed("This offer has ended")
    partner = checked(Partner(offer=row, side=side, who=who, said=said, on=day(on)))
    partner.save()
    return partner


def missing(offer: Offer) -> list[str]:
    """Whose say the plan still lacks, in words."""
    there = set(offer.partners.values_list("side", flat=True))
    return [str(side.label) for side in Side if side not in there]


@transaction.atomic
def agree(*, offer: Offer, by: Actor, on: date | None = None, revision: int | None = None) -> Offer:
    """With every side of ``Side`` (DES22-SP1). Attested to the commissioner as of the day."""
    row = held_offer(offer, "agreed a proactive offer", by=by, revision=revision)
    _only_while(row, Standing.DRAFT)
    if lacking := missing(row):
        raise NotAllowed(f"Record first what these said of the plan: {'; '.join(lacking)}")
    when = day(on, since=max(row.partners.values_list("on", flat=True)))
    row.standing, row.agreed_on = Standing.AGREED, when
    row.save()
    record_for(row.service, ATTESTED, on=when, by=by, detail=PROACTIVE_PLAN_AGREED)
    return row


@transaction.atomic
def review(
    *, offer: Offer, population: str, capacity: str, outcome: str, by: Actor, on: date | None = None,
    cohort: str = "", least_age: int | None = None, most_age: int | None = None, quiet_months: int = 12,
    deprived: int | None = None, revision: int | None = None,
) -> Review:  # fmt: skip
    """After looking at need and capacity (DES22-SP3); an outcome of ``extend`` says whom it is for from now on."""
    row = held_offer(offer, "reviewed a proactive offer", by=by, revision=revision)
    _only_while(row, Standing.AGREED)
    when = day(on, since=row.agreed_on)
    made = checked(Review(offer=row, on=when, population=population, capacity=capacity, outcome=outcome))
    made.save()
    if outcome == Outcome.EXTEND:
        _reach(
            row, when, by, cohort=cohort, least_age=least_age, most_age=most_age, quiet_months=quiet_months,
            deprived=deprived,
        )  # fmt: skip
    elif outcome == Outcome.END:
        row.standing, row.ended_on = Standing.ENDED, when
        row.save()
    record_for(row.service, ATTESTED, on=when, by=by, detail=PROACTIVE_REVIEWED)
    return made


def held_offer(offer: Offer, act: str, *, by: Actor, revision: int | None = None) -> Offer:
    """The row, locked and one revision on."""
    row = locked(offer, act, by=by, detail={"offer": offer.pk}, also=("service",))
    claim(row, revision)
    return row


def _only_while(row: Offer, standing: Standing) -> None:
    if row.standing != standing:
        raise NotAllowed(f"This cannot be done now: the offer stands at “{row.get_standing_display()}”")


def _year(starts: date) -> str:
    return financial_year(starts).label


def _reach(
    row: Offer, since: date, by: Actor, *, cohort: str, least_age: int | None, most_age: int | None,
    quiet_months: int, deprived: int | None,
) -> Reach:  # fmt: skip
    """The rule goes into the audit too: where someone lives may only decide in the open."""
    if cohort not in COHORTS:
        raise NotAllowed("Choose whom the offer is for")
    if any(age is not None and age > OLDEST for age in (least_age, most_age)):
        raise NotAllowed(f"Enter ages of at most {OLDEST}")
    if least_age is not None and most_age is not None and least_age > most_age:
        raise NotAllowed("The lowest age is above the highest: swap them")
    if deprived is not None and deprived not in dict(DEPRIVED):
        raise NotAllowed("Choose one of the shares of places, or wherever they live")
    made = Reach.objects.create(
        offer=row, since=since, cohort=cohort, least_age=least_age, most_age=most_age, quiet_months=quiet_months,
        deprived=deprived,
    )  # fmt: skip
    rule = {name: getattr(made, name) for name in RULE}
    audit.record("said whom a proactive offer is for", by=by, detail={"offer": row.pk, **rule})
    return made
