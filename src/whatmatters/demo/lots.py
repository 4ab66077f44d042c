"""Drawing lots: the same seed draws the same."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")
GROWTH = 0.62


def drawn(lots: Random, parts: Mapping[T, float]) -> T:
    """One of the keys, each as likely as its part."""
    return lots.choices(list(parts), list(parts.values()))[0]


def day_between(lots: Random, first: date, last: date) -> date:
    """Both in; ``first`` where they have crossed."""
    return first + timedelta(days=lots.randint(0, max(0, (last - first).days)))


def working(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def growing_day(lots: Random, since: date, on: date) -> date:
    """A day on which something began, of something that grows: at the end 1/GROWTH times as often as on average."""
    return working(since + timedelta(days=int((on - since).days * lots.random() ** GROWTH)))


def chosen(lots: Random, weights: Sequence[float], how_many: int) -> list[int]:
    """Places drawn without putting back, the likelier the heavier (Efraimidis and Spirakis: the largest u^(1/w))."""
    keys = [lots.random() ** (1 / weight) if weight else 0.0 for weight in weights]
    return sorted(range(len(weights)), key=keys.__getitem__, reverse=True)[:how_many]
