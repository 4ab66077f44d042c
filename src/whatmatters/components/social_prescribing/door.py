"""Not too many public forms an hour from one address of the network, and never a door shut on a whole surgery.

Only forms that were taken in are counted: whoever mends a slip or reads is never turned away, and a one-time link or
an account is not counted at all. An address is kept as a digest, for an hour.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from whatmatters.components.social_prescribing.models import Sent

MOST, SPAN = 30, timedelta(hours=1)
TOO_MANY = 429


def again_at(request: HttpRequest) -> datetime | None:
    """When the next may be sent from there; None for now."""
    if request.user.is_authenticated:
        return None
    times = Sent.objects.filter(address=_address(request), at__gt=timezone.now() - SPAN).order_by("-at")
    oldest = times.values_list("at", flat=True)[MOST - 1 : MOST].first()
    return oldest + SPAN if oldest else None


def came(request: HttpRequest) -> None:
    """One was taken in. Those of more than an hour ago are forgotten."""
    Sent.objects.filter(at__lte=timezone.now() - SPAN).delete()
    if not request.user.is_authenticated:
        Sent.objects.create(address=_address(request))


def _address(request: HttpRequest) -> str:
    """Of whoever our own proxy says it was, which is the last in the list: what stands before it anyone may write."""
    passed_on = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    address = passed_on or request.META.get("REMOTE_ADDR", "")
    return salted_hmac("whatmatters.sent", address, algorithm="sha256").hexdigest()
