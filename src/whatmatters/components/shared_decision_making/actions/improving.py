"""What an audit leads to: improvements considered, decided and made."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.actions.auditing import held, move, only
from whatmatters.components.shared_decision_making.actions.checking import checked, day
from whatmatters.components.shared_decision_making.models import Audit, Improvement, State


@transaction.atomic
def consider(*, audit: Audit, what: str, by: Actor) -> Improvement:
    """An option, while the answers are looked at."""
    row = held(audit, "considered an improvement", by=by)
    only(row, State.CLOSED)
    option = Improvement(audit=row, what=what)
    checked(option).save()
    return option


@transaction.atomic
def decide(
    *, audit: Audit, decision: str, chosen: Mapping[Improvement, tuple[str, date]], by: Actor, on: date | None = None,
    revision: int | None = None,
) -> Audit:  # fmt: skip
    """``decision``: what was decided and why. ``chosen``: each option that is done, with who does it and by when; the
    others were considered and are not done. At least one is."""
    row = held(audit, "decided on improvements", by=by, revision=revision)
    row.decision, row.decided_on = decision, _day(row, on)
    if not decision.strip():
        raise ValidationError("Write what was decided, and why")
    if not chosen:
        raise ValidationError("Choose at least one improvement: the contract asks for one to be made")
    for option in row.improvements.all():
        option.chosen = option in chosen
        option.owner, option.by_day = chosen.get(option, ("", None))
        if option.chosen and not option.owner.strip():
            raise ValidationError("Write who does each improvement that is chosen")
        checked(option).save()
    checked(row)
    return move(row, State.DECIDED, by=by, on=row.decided_on)


@transaction.atomic
def made(*, improvement: Improvement, came_of_it: str, by: Actor, on: date | None = None) -> Improvement:
    """One improvement is made. With the last of those chosen, the audit's improvements are made."""
    row = held(improvement.audit, "recorded that an improvement was made", by=by)
    only(row, State.DECIDED)
    option = Improvement.objects.get(pk=improvement.pk)
    if not option.chosen:
        raise ValidationError("This improvement was considered, and not chosen")
    option.done_on, option.came_of_it = _day(row, on), came_of_it
    checked(option).save()
    if not row.improvements.filter(chosen=True, done_on=None).exists():
        move(row, State.DONE, by=by, on=option.done_on)
    return option


def _day(row: Audit, on: date | None) -> date:
    return day(on, row.steps.values_list("on", flat=True).last())
