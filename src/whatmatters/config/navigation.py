"""What every page needs to know of its reader: the account, and the rooms it may enter."""

import hmac
from base64 import b64encode
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from whatmatters.access.gate import fully_signed_in
from whatmatters.access.roles import roles_with
from whatmatters.organisations.tree import in_force

ITEMS: tuple[tuple[str, str, str], ...] = (  # (route name, words, capability or "" for everyone)
    ("find-person", "Find a person", "find people"),
    ("care-homes", "Care homes", "write a plan"),
    ("plan-delivery", "Plans by cohort", "see plan delivery"),
    ("referral-desk", "Referrals", "work referrals"),
    ("waiting-referrals", "Waiting too long", "watch referrals"),
    ("unmet-needs", "Unmet needs", "see exact numbers"),
    ("service-outcomes", "Outcomes", "see exact numbers"),
    ("groups-asked", "Groups asked", "watch referrals"),
    ("my-referrals", "My referrals", "refer"),
    ("supervision", "Supervision", "supervise"),
    ("minimum-dataset", "Minimum dataset", "see completeness"),
    ("offers", "Offers", "see offers"),
    ("decisions-due", "Decisions", "share decisions"),
    ("library", "Decision library", "see the decision library"),
    ("embedded", "Embedded situations", "declare embedded situations"),
    ("answers", "How decisions felt", "see exact numbers"),
    ("screens", "Screens and sheets", "ask about decisions"),
    ("audits", "Audits of decisions", "see audits"),
    ("self-assessments", "Self-assessment", "assess shared decisions"),
    ("take-down", "Take down a referral", "take down a referral"),
    ("groups", "Community groups", ""),
    ("numbers", "Numbers", ""),
    ("team", "Team", "manage the team"),
    ("accounts", "Accounts", "manage accounts"),
    ("shared-plans", "Shared plans", "see shared plans"),
    ("audit", "Who saw what", "see the audit"),
    ("emergencies", "Opened in an emergency", "see the audit"),
)
if "whatmatters.demo" in settings.INSTALLED_APPS:
    ITEMS = (("demo-tour", "Tour", ""), *ITEMS)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``account``, ``navigation``, ``key_for_keeping`` and ``demo`` for the layout."""
    user = getattr(request, "user", None)  # an error page may come before sign-in was looked at
    roles = _roles(user) if user is not None and fully_signed_in(request) else set()
    shown = [
        {"text": text, "href": reverse(name), "current": request.path == reverse(name)}
        for name, text, capability in ITEMS
        if not capability or roles & roles_with(capability)
    ]
    return {
        "account": user if user is not None and user.is_authenticated else None,
        "navigation": shown,
        "key_for_keeping": _key_for_keeping(user) if user is not None and fully_signed_in(request) else "",
        "demo": "whatmatters.demo" in settings.INSTALLED_APPS,
    }


def _key_for_keeping(user: Any) -> str:
    """What locks the notes that the account's browser keeps while it has no signal (``web/keep.js``): the same each
    time they sign in, another for every account, and nowhere on the device."""
    words = f"notes kept on a device by account {user.pk}"
    return b64encode(hmac.digest(settings.SECRET_KEY.encode(), words.encode(), "sha256")).decode()


def _roles(user: Any) -> set[str]:
    """Held anywhere today: one query for the whole menu, and no more for each line of it."""
    return set(user.grants.filter(in_force(date.today())).values_list("role", flat=True))
