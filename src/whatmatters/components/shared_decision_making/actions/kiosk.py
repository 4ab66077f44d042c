"""A practice's own screen is switched on for some days, with a code, and off again."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from whatmatters.access import audit as trail
from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.actions.asking import LENGTH, LETTERS, digest
from whatmatters.components.shared_decision_making.actions.checking import checked
from whatmatters.components.shared_decision_making.models import Kiosk
from whatmatters.organisations.models import Organisation

LONGEST = 31


@transaction.atomic
def switch_on(
    *, practice: Organisation, instrument: str, days: int, by: Actor, situation: str = "", now: datetime | None = None
) -> tuple[Kiosk, str]:
    """The row, and the code to be typed on the device; it is told once and only its digest is kept."""
    if not 1 <= days <= LONGEST:
        raise ValidationError(f"A screen is switched on for 1 to {LONGEST} days")
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    row = Kiosk(
        practice=practice, instrument=instrument, situation=situation, key=digest(code),
        expires=(now or timezone.now()) + timedelta(days=days),
    )  # fmt: skip
    checked(row).save()
    trail.record("switched on a screen for answers", by=by, detail={"kiosk": row.pk})
    return row, code


@transaction.atomic
def switch_off(*, kiosk: Kiosk, by: Actor) -> Kiosk:
    kiosk.expires = min(kiosk.expires, timezone.now())
    kiosk.save(update_fields=["expires"])
    trail.record("switched off a screen for answers", by=by, detail={"kiosk": kiosk.pk})
    return kiosk


def by_code(code: str) -> Kiosk | None:
    """The screen that the code switches on; case and gaps do not matter."""
    return running().filter(key=digest(code)).first()


def running() -> QuerySet[Kiosk]:
    return Kiosk.objects.filter(expires__gt=timezone.now()).select_related("practice")
