"""Drawing lots: the same seed draws the same."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


def drawn(lots: Random, parts: Mapping[T, float]) -> T:
    """One of the keys, each as likely as its part."""
    return lots.choices(list(parts), list(parts.values()))[0]


def day_between(lots: Random, first: date, last: date) -> date:
    """Both in; ``first`` where they have crossed."""
    return first + timedelta(days=lots.randint(0, max(0, (last - first).days)))


def working(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
