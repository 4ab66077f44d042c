"""One value of a field, as it ought to be: mended where what was meant is plain, left out where it is not."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from whatmatters.interop.open_referral.fields import Field, Type
from whatmatters.interop.open_referral.findings import AS_IT_IS, LEFT_OUT, MENDED, Kind
from whatmatters.interop.open_referral.plain import LONGEST, plain, tidy
from whatmatters.people.text import LAYOUT, hidden

Read = tuple[Any, Kind | None, str]  # the value or None, what was found, and what was done about it
WEB = URLValidator(["http", "https"])
BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?\s*([ap]m)?", re.IGNORECASE)
NUMBER = re.compile(r"\s*£?\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*")
FIRST, LAST = date(1900, 1, 1), date(2100, 1, 1)


def read(field: Field, given: Any) -> Read:
    """Whole and silent, mended, or left out."""
    return READERS[field.type](given, field)


def _text(given: Any, field: Field) -> Read:
    kind, done = None, AS_IT_IS
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None, Kind.TYPE, LEFT_OUT
    if not isinstance(given, str):
        given, kind, done = f"{given}", Kind.TYPE, MENDED
    text = plain(given)
    if field.type is Type.LINE:
        text = " ".join(text.split())
    if len(given) > LONGEST:
        kind, done = Kind.LONG, f"cut to {LONGEST:,} letters"
    elif not given.isprintable() and any(hidden(letter) for letter in given if letter not in LAYOUT):
        kind, done = Kind.HIDDEN, MENDED
    elif kind is None and text != given and text.split() != tidy(given).split():
        kind, done = Kind.MARKUP, "kept as words alone"
    return text, kind, done


def _id(given: Any, _: Field) -> Read:
    if isinstance(given, bool) or not isinstance(given, str | int) or not f"{given}".strip():
        return None, Kind.TYPE, LEFT_OUT
    try:
        return str(UUID(given.strip() if isinstance(given, str) else "")), None, ""
    except ValueError:
        text = tidy(f"{given}")
        fits = len(text) <= 100 and not any(hidden(letter) for letter in text)
        return (text, Kind.ID, AS_IT_IS) if fits else (None, Kind.ID, LEFT_OUT)


def _url(given: Any, _: Field) -> Read:
    if not isinstance(given, str):
        return None, Kind.TYPE, LEFT_OUT
    text = tidy(given)
    if not text:
        return None, None, ""
    for address, done in ((text, ""), (f"https://{text}", MENDED)):
        try:
            WEB(address)
        except ValidationError:
            continue
        if len(address) <= 500 and (done == "" or "." in text.split("/")[0]):
            return address, Kind.URL if done else None, done
    return None, Kind.URL, LEFT_OUT


def _email(given: Any, _: Field) -> Read:
    if not isinstance(given, str):
        return None, Kind.TYPE, LEFT_OUT
    text = tidy(given).removeprefix("mailto:")
    if not text:
        return None, None, ""
    try:
        validate_email(text)
    except ValidationError:
        return None, Kind.EMAIL, LEFT_OUT
    return (text, None, "") if len(text) <= 254 else (None, Kind.EMAIL, LEFT_OUT)


def _day(given: Any, _: Field) -> Read:
    """2026-07-01; 2026-07-01T00:00:00Z and 1/7/2026, which is the first of July here, are mended."""
    if not isinstance(given, str):
        return None, Kind.TYPE, LEFT_OUT
    text, kind, done = given.strip(), None, ""
    if not text:
        return None, None, ""
    try:
        if british := BRITISH.fullmatch(text):
            found = date(int(british[3]), int(british[2]), int(british[1]))
            kind, done = Kind.DATE, f"read as {found}"
        elif len(text) > 10:
            found = datetime.fromisoformat(text).date()
            kind, done = Kind.DATE, f"read as {found}"
        else:
            found = date.fromisoformat(text)
    except ValueError:
        return None, Kind.DATE, LEFT_OUT
    return (found, kind, done) if FIRST <= found < LAST else (None, Kind.DATE, LEFT_OUT)


def _moment(given: Any, _: Field) -> Read:
    if not isinstance(given, str):
        return None, Kind.TYPE, LEFT_OUT
    try:
        found = datetime.fromisoformat(given.strip())
        zoned = found.tzinfo is not None
        found = found.astimezone(UTC) if zoned else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None, Kind.DATE, LEFT_OUT
    if not FIRST <= found.date() < LAST:
        return None, Kind.DATE, LEFT_OUT
    return found, None if zoned else Kind.DATE, "" if zoned else "read as universal time"


def _time(given: Any, _: Field) -> Read:
    if not isinstance(given, str):
        return None, Kind.TYPE, LEFT_OUT
    clock = CLOCK.fullmatch(given.strip())
    if clock is None:
        return None, Kind.DATE if given.strip() else None, LEFT_OUT
    hour, minute = int(clock[1]), int(clock[2])
    if clock[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock[3].lower() == "pm" else 0)
    if hour > 23 or minute > 59:
        return None, Kind.DATE, LEFT_OUT
    return time(hour, minute), None, ""


def _number(given: Any, _: Field) -> Read:
    if isinstance(given, str) and (digits := NUMBER.fullmatch(given)):
        return float(digits[1]), Kind.TYPE, MENDED
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        return None, Kind.TYPE, LEFT_OUT
    return given, None, ""


def _choice(given: Any, field: Field) -> Read:
    if not isinstance(given, str):
        return None, Kind.TYPE, LEFT_OUT
    if given in field.choices:
        return given, None, ""
    near = {choice.casefold(): choice for choice in field.choices}.get(" ".join(given.split()).casefold())
    return (near, Kind.VALUE, MENDED) if near else (None, Kind.VALUE, LEFT_OUT)


def _unread(given: Any, _: Field) -> Read:
    return None, None, ""


READERS: dict[Type, Callable[[Any, Field], Read]] = {
    Type.ID: _id, Type.LINE: _text, Type.TEXT: _text, Type.URL: _url, Type.EMAIL: _email, Type.DAY: _day,
    Type.MOMENT: _moment, Type.TIME: _time, Type.NUMBER: _number, Type.CHOICE: _choice, Type.PERSONAL: _unread,
    Type.PASSED: _unread,
}  # fmt: skip
