"""When a group meets, in words and as days."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Protocol

from whatmatters.web import words

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}
AHEAD = 366  # days that are looked through for the next


class Regular(Protocol):
    """What is needed of a ``models.Meeting``."""

    weekday: int
    opens: time | None
    closes: time | None
    every: int
    in_month: str
    first: date | None
    last: date | None
    note: str


def said(row: Regular) -> str:
    """Every other Thursday, 10am to 12 noon (not in August)."""
    hours = _hours(row.opens, row.closes)
    whole = ", ".join(part for part in (_day(row), hours, _ends(row)) if part)
    return f"{whole} ({row.note})" if row.note else whole


def together(rows: Iterable[Regular]) -> list[str]:
    """As ``said``, days with the same hours in one line: Mondays to Fridays, 9.30am to 3pm."""
    alike: dict[object, list[Regular]] = {}
    for row in rows:
        weekly = row.every == 1 and not row.in_month and (row.first is None or row.first != row.last)
        key = (row.opens, row.closes, row.last, row.note) if weekly else id(row)
        alike.setdefault(key, []).append(row)
    return [_of_days(some) for some in alike.values()]


def _of_days(rows: list[Regular]) -> str:
    days = sorted({row.weekday for row in rows})
    if len(days) == 7:
        names = "Every day"
    elif len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        names = f"{NAMES[days[0]]}s to {NAMES[days[-1]]}s"
    else:
        names = _and([f"{NAMES[day]}s" for day in days])
    return said(rows[0]) if len(days) == 1 else said(rows[0]).replace(f"{NAMES[rows[0].weekday]}s", names, 1)


def _day(row: Regular) -> str:
    name = NAMES[row.weekday]
    if row.first and row.first == row.last:
        return f"{name} {words.day(row.first)}"
    if row.in_month:
        return f"{_and([NTH[one] for one in row.in_month]).capitalize()} {name} of the month"
    if row.every > 1:
        return f"Every other {name}" if row.every == 2 else f"Every {row.every} weeks on {name}"
    return f"{name}s"


def _ends(row: Regular) -> str:
    if row.last and row.last != row.first:
        return f"until {words.day(row.last)}"
    return ""


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _hours(opens: time | None, closes: time | None) -> str:
    if opens and closes:
        return f"{clock(opens)} to {clock(closes)}"
    return f"from {clock(opens)}" if opens else f"until {clock(closes)}" if closes else ""


def clock(at: time) -> str:
    """As it is said: 9.30am, 12 noon, 7pm."""
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        return "12 noon" if at.hour else "midnight"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def days(row: Regular, since: date, most: int) -> list[date]:
    """The next days on which it meets, the first day counted; at most so many, and none more than a year off."""
    on = since + timedelta(days=(row.weekday - since.weekday()) % 7)
    found: list[date] = []
    while len(found) < most and (on - since).days < AHEAD and (row.last is None or on <= row.last):
        if meets(row, on):
            found.append(on)
        on += timedelta(days=7)
    return found


def meets(row: Regular, on: date) -> bool:
    """Whether it meets on this day."""
    if on.weekday() != row.weekday or (row.first and on < row.first) or (row.last and on > row.last):
        return False
    if row.in_month:
        return str((on.day + 6) // 7) in row.in_month
    if row.every > 1 and row.first:
        begun = row.first + timedelta(days=(row.weekday - row.first.weekday()) % 7)
        return (on - begun).days // 7 % row.every == 0
    return True
