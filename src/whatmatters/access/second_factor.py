"""The second factor: time-based codes (RFC 6238) from an app, and backup codes for the day the phone is lost."""

from typing import Any

import django_otp
import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from whatmatters.access import audit
from whatmatters.access.gate import public_actor
from whatmatters.access.models import User

BACKUP_CODES = 10
WRONG = "This code is not right, or was used before. Wait for the next one and enter that"


def is_due(user: Any) -> bool:
    """Staff, outside the demo, who have not shown it in this session."""
    staff = settings.SECOND_FACTOR and user.is_authenticated and user.grants.exists()
    shown = getattr(user, "is_verified", bool)  # django_otp adds it at the next request, not at login()
    return bool(staff and not shown())


def is_set_up(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def being_set_up(user: User) -> TOTPDevice:
    """The one device that waits for its first code."""
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return waiting or TOTPDevice.objects.create(user=user, confirmed=False, name="Authenticator app")


def picture(device: TOTPDevice) -> str:
    """The QR code as an address that an <img> takes: no request, so the secret is in no log."""
    return str(segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="#fff"))


def set_up(request: HttpRequest, code: str) -> str | None:
    """Confirm the waiting device by its first code, and show it for this session. A sentence when it cannot be."""
    with transaction.atomic():
        if is_set_up(request.user):  # type: ignore[arg-type]  # signed in
            return "A second step is set up already: ask your administrator if you need a new one"
        device = being_set_up(request.user)  # type: ignore[arg-type]  # signed in
        if problem := _try(request, device, code):
            return problem
        device.refresh_from_db()
        device.confirmed = True
        device.save()
        django_otp.login(request, device)
        audit.record("second factor set up", by=public_actor(request))
    return None


def show(request: HttpRequest, code: str) -> str | None:
    """Show the second factor for this session: six digits from the app, else a backup code. Or a sentence why not."""
    kind = TOTPDevice if code.isdigit() else StaticDevice
    device = kind.objects.filter(user=request.user, confirmed=True).order_by("pk").first()
    if device is None:
        return WRONG
    if problem := _try(request, device, code):
        return problem
    django_otp.login(request, device)
    return None


def _try(request: HttpRequest, device: Any, code: str) -> str | None:
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return f"Too many wrong codes: wait until {why['locked_until'].astimezone():%H:%M:%S} and try again"
    return None if django_otp.verify_token(request.user, device.persistent_id, code) else WRONG


@transaction.atomic
def new_backup_codes(request: HttpRequest) -> list[str]:
    """Ten codes, each good for one sign-in; the old ones stop working."""
    device, _ = StaticDevice.objects.get_or_create(user=request.user, name="Backup codes")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    audit.record("backup codes made", by=public_actor(request))
    return codes


def forget(user: User) -> None:
    """Every device and code of the account: at the next sign-in it sets up a new one."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
