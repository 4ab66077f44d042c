"""What every request passes: the rule is asked for, the session has limits, staff show a second factor."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse

from whatmatters.access.second_factor import is_due

Answer = Callable[[HttpRequest], HttpResponse]
NOTED_EVERY = 30  # seconds: noting every click would cost a write to the disk a page, and buy half a minute


def default_deny(get_response: Answer) -> Answer:
    """A route whose view declares no rule is not found, whoever asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if not hasattr(view, "rule"):
            raise Http404("This page has no rule that says who may see it")

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django's own hook
    return middleware


def session_limits(get_response: Answer) -> Answer:
    """15 minutes idle, 12 hours at most ; both in settings. The next page says why one is signed out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, session = time.time(), request.session
            began, seen = session.get("began", now), session.get("seen", now)
            if now - seen > settings.SESSION_IDLE:
                logout(request)
                messages.info(request, f"You were signed out after {settings.SESSION_IDLE // 60} minutes without use")
            elif now - began > settings.SESSION_LONGEST:
                logout(request)
                messages.info(request, f"You were signed out after {settings.SESSION_LONGEST // 3600} hours")
            elif "began" not in session or now - seen > NOTED_EVERY:
                session["began"], session["seen"] = began, now
        return get_response(request)

    return middleware


def second_factor(get_response: Answer) -> Answer:
    """Staff outside the demo have finished signing in only when their second factor was shown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.second_factor_due = is_due(request.user)  # type: ignore[attr-defined]  # for the gates
        return get_response(request)

    return middleware


def no_store(get_response: Answer) -> Answer:
    """What a signed-in person saw stays in no cache: not the browser's, not a proxy's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    return middleware
