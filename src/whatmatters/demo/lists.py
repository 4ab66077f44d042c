"""On whose list each person was: born, moved, died, and the surgery that closed."""

import math
from datetime import date, timedelta
from random import Random

from whatmatters.demo.lots import day_between
from whatmatters.demo.places import Place, merger_day
from whatmatters.demo.population import Soul
from whatmatters.people.models import Registration
from whatmatters.periods import age

MOVES, ARRIVES, LEAVES = 0.03, 0.05, 0.025  # shares of a list in a year
YEAR = timedelta(days=365)


def deaths(lots: Random, people: list[Soul], since: date, on: date) -> None:
    """Decides who dies and when; it goes on file once their lives are told.

    The chance of dying in a year doubles with every eight years of age (Gompertz).
    """
    years = (on - since).days / 365.25
    for soul in people:
        chance = 0.00004 * math.exp(0.087 * age(soul.person.born, on)) * years
        day = day_between(lots, max(since, soul.person.born), on - timedelta(days=1))
        if lots.random() < chance:
            soul.dies = day


def stay(lots: Random, people: list[Soul], places: dict[str, Place], since: date, on: date) -> None:
    """Writes ``stays``. A closed list passes to the practice it merged into on the day of the merger."""
    merger = merger_day(on)
    for soul in people:
        for code, start, end in _stays(lots, soul, list(places), since, on):
            here, into = places[code], places.get(places[code].facts.get("merges_into", ""))
            if into and start < merger < (end or date.max):
                soul.stays += [(here, start, merger), (into, merger, end)]
            else:
                soul.stays.append((into if into and start >= merger else here, start, end))


def registrations(people: list[Soul]) -> list[Registration]:
    """For saved people."""
    return [
        Registration(person=soul.person, practice=place.row, start=start, end=end)
        for soul in people
        for place, start, end in soul.stays
    ]


def _stays(lots: Random, soul: Soul, codes: list[str], since: date, on: date) -> list[tuple[str, date, date | None]]:
    """(practice, start, end). The person lives where they live now; they may have moved within the system."""
    person, code, years = soul.person, soul.place.code, (on - since).days / 365.25
    last = (soul.dies or on) - timedelta(days=60)
    arrived = lots.random() < ARRIVES * years
    start = day_between(lots, since, last) if arrived else since - timedelta(days=lots.randint(90, 9000))
    start = max(start, person.born + timedelta(days=lots.randint(7, 40)))
    stays: list[tuple[str, date, date | None]] = [(code, start, None)]
    change = day_between(lots, since, last)
    if start < change - timedelta(days=30) < last:
        if lots.random() < MOVES * years:
            former = lots.choice([c for c in codes if c != code])
            stays = [(former, start, change), (code, change, None)]
        elif lots.random() < LEAVES * years and not soul.dies:
            stays = [(code, start, change)]
    if soul.dies:  # taken off the list some days after the death
        code, start, _ = stays[-1]
        off = soul.dies + timedelta(days=lots.randint(2, 21))
        stays[-1] = (code, min(start, soul.dies), off if off <= on else None)
    return stays
