"""What is done to accounts and to the roles they hold. Nobody changes their own roles: that takes another."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from whatmatters.access import audit, second_factor
from whatmatters.access.actors import Actor
from whatmatters.access.models import Grant, User
from whatmatters.organisations.models import Organisation


@transaction.atomic
def open_account(*, email: str, name: str, by: Actor) -> User:
    """The account with this address, made if there is none; it has no password until its invitation is used."""
    found = User.objects.filter(email__iexact=email).first()
    if found:
        return found
    account = User(email=email.lower(), name=name)
    account.set_unusable_password()
    account.save()
    audit.record("account opened", by=by, detail={"account": account.pk})
    return account


@transaction.atomic
def grant_role(
    account: User, *, role: str, organisation: Organisation, start: date, end: date | None = None, by: Actor
) -> Grant:
    """Raises PermissionDenied when the actor would raise themselves."""
    _not_oneself(account, by)
    grant = Grant.objects.create(user=account, role=role, organisation=organisation, start=start, end=end)
    audit.record("role granted", by=by, detail=_told(grant))
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, on: date, by: Actor) -> None:
    """``on`` is the first day without the role; a grant that had not begun is over on the day it begins."""
    _not_oneself(grant.user, by)
    grant.end = max(on, grant.start)
    grant.save(update_fields=["end"])
    audit.record("role ended", by=by, detail=_told(grant))


@transaction.atomic
def set_active(account: User, active: bool, *, by: Actor) -> None:
    """An account that is not active is signed out at its next click."""
    _not_oneself(account, by)
    account.active = active
    account.save(update_fields=["active"])
    audit.record("account opened again" if active else "account closed", by=by, detail={"account": account.pk})


@transaction.atomic
def reset_second_factor(account: User, *, by: Actor) -> None:
    _not_oneself(account, by)
    second_factor.forget(account)
    audit.record("second factor reset", by=by, detail={"account": account.pk})


@transaction.atomic
def set_password(account: User, password: str, *, by: Actor) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])
    audit.record("password set", by=by, detail={"account": account.pk})


def _not_oneself(account: User, by: Actor) -> None:
    if by.user == account.pk:
        raise PermissionDenied("Nobody changes their own account's roles: ask another administrator")


def _told(grant: Grant) -> dict[str, object]:
    end = grant.end.isoformat() if grant.end else None
    return {
        "account": grant.user_id, "grant": grant.pk, "role": grant.role, "at": grant.organisation.code,
        "from": grant.start.isoformat(), "until": end,
    }  # fmt: skip
