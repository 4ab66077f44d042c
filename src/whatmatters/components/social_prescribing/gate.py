"""Who may open a case: link workers where the person is registered; where no list leads to one, where it was sent."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Q

from whatmatters.access.gate import View, grants_of
from whatmatters.access.models import Grant
from whatmatters.components.social_prescribing.desk import in_scope
from whatmatters.components.social_prescribing.models import CASE_OPEN, Referral
from whatmatters.people.gate import about_person
from whatmatters.people.models import Person

LATELY = timedelta(days=30)  # what was just ended can still be looked at


def kept(user: Any, person: Person) -> Grant | None:
    """A person on no list, or on one that no link worker covers, stays with the desk that has their open case."""
    today = date.today()
    rows = Referral.objects.filter(Q(status__in=CASE_OPEN) | Q(ended_on__gte=today - LATELY), person=person)
    held = grants_of(user, "work referrals", today)
    return next((grant for grant in held if rows.filter(in_scope([grant], today)).exists()), None)


about_case: Callable[[str], Callable[[View], View]] = partial(about_person, "work referrals", kept=kept)
