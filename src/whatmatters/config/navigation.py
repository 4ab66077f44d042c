"""What every page needs to know of its reader: the account, and the rooms it may enter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from whatmatters.access.gate import fully_signed_in, grants_of

ITEMS: tuple[tuple[str, str, str], ...] = (  # (route name, words, capability or "" for everyone)
    ("referral-desk", "Referrals", "work referrals"),
    ("my-referrals", "My referrals", "refer"),
    ("groups", "Community groups", ""),
    ("numbers", "Numbers", ""),
    ("team", "Team", "manage the team"),
    ("accounts", "Accounts", "manage accounts"),
    ("audit", "Who saw what", "see the audit"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``account``, ``navigation`` and ``demo`` for the layout."""
    user = getattr(request, "user", None)  # an error page may come before sign-in was looked at
    signed_in = user is not None and fully_signed_in(request)
    shown = [
        {"text": text, "href": reverse(name), "current": request.path == reverse(name)}
        for name, text, capability in ITEMS
        if not capability or (signed_in and grants_of(request.user, capability))
    ]
    return {
        "account": user if user is not None and user.is_authenticated else None,
        "navigation": shown,
        "demo": "whatmatters.demo" in settings.INSTALLED_APPS,
    }
