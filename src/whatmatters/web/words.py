"""How dates and figures are written on a page."""

from datetime import date, datetime

from django.utils.timezone import localtime
from markupsafe import Markup, escape


def day(when: date | datetime | None) -> str:
    """21 November 2026; with the hour where there is one; empty for none."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        moment = localtime(when)
        return f"{day(moment.date())}, {moment:%H:%M}"
    return f"{when.day} {when:%B %Y}"


def number(value: float | None, places: int = 0) -> str:
    """1,234 or 1,234.5; a dash for none."""
    return "–" if value is None else f"{value:,.{places}f}"


def lines(text: str) -> Markup:
    """Escaped, with the line breaks a person typed."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())
