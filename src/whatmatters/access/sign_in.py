"""Coming in and going out: the session, where one wanted to go, and what is kept from guessing."""

import time
from typing import Any

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from whatmatters.access import audit
from whatmatters.access.gate import public_actor
from whatmatters.access.models import User

TOO_MANY = 429


@transaction.atomic
def enter(request: HttpRequest, user: User) -> None:
    """Begin a session: both its clocks start now, whatever session there was."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session["began"] = request.session["seen"] = time.time()
    audit.record("signed in", by=public_actor(request))


@transaction.atomic
def leave(request: HttpRequest) -> None:
    if request.user.is_authenticated:
        audit.record("signed out", by=public_actor(request))
    logout(request)


def remember_where(request: HttpRequest) -> None:
    """Keep the page asked for until sign-in is finished; an address outside this host is forgotten."""
    where = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(where, {request.get_host()}, require_https=request.is_secure()):
        request.session["next"] = where


def onward(request: HttpRequest) -> HttpResponse:
    """To the second factor where it is due, else to the page asked for, else to the first page."""
    second_factor = getattr(request, "second_factor_due", False)
    return redirect("second-factor" if second_factor else request.session.pop("next", "home"))


def guessed_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """For settings.AXES_USERNAME_CALLABLE: one name an account, or each spelling would have its own five guesses."""
    typed = credentials or {}
    return str(typed.get("username") or typed.get("email") or "").strip().lower().replace("\0", "")


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """For settings.AXES_LOCKOUT_CALLABLE: says nothing of the account, not even whether there is one."""
    return render(request, "access/locked.jinja", status=TOO_MANY)
