"""What comes next in a case, and how much it asks of whoever holds it."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, held, only_while
from whatmatters.components.social_prescribing.models import CASE_OPEN, Complexity, Referral


@transaction.atomic
def plan(
    *,
    referral: Referral,
    by: Actor,
    next_on: date | None = None,
    next_what: str = "",
    complexity: str = "",
    revision: int | None = None,
) -> Referral:
    """The next step, a day and a few words, both or neither; and the complexity, empty where nobody has judged it."""
    row = held(referral, "planned the next step of a case", by=by, revision=revision)
    only_while(row, *CASE_OPEN)
    if complexity and complexity not in Complexity.values:
        raise NotAllowed("Choose one of the three")
    unchanged = next_on == row.next_on  # one that is overdue may stay so while the rest is changed
    if next_on and next_on < date.today() and not unchanged:
        raise NotAllowed("The day of the next step has passed: enter today or a later day")
    row.complexity = complexity
    set_next(row, next_on, next_what)
    return row


def set_next(row: Referral, on: date | None, what: str) -> None:
    """Raises NotAllowed for a day without words, or words without a day."""
    if bool(on) != bool(what):
        missing = "Say in a few words what the next step is" if on else "Enter the day of the next step"
        raise NotAllowed(missing)
    row.next_on, row.next_what = on, what
    checked(row).save(update_fields=["next_on", "next_what", "complexity"])
