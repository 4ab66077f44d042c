"""Five thousand people: who they are, and on whose list from when to when."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from whatmatters.demo import needs
from whatmatters.demo.lots import drawn
from whatmatters.demo.places import Place
from whatmatters.demo.words import words
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish
from whatmatters.people.nhs_number import check_digit
from whatmatters.periods import age

WIDEST = 5  # years of an age band
AGREE = 7  # in ten agree to e-mail
OLD_BAND = 13  # bands from 65 on


@dataclass
class Soul:
    """A person with what the rest of the story needs to know; ``stays`` are the lists they were on."""

    person: Person
    place: Place
    community: str
    dies: date | None = None
    stays: list[tuple[Place, date, date | None]] = field(default_factory=list)

    def at(self, day: date) -> Place | None:
        """Whose list they are on."""
        return next((place for place, start, end in self.stays if start <= day and (end is None or day < end)), None)

    def here(self, day: date, on: date) -> bool:
        """On a list, alive, and not after the demo's day."""
        return self.at(day) is not None and day <= self.last(on)

    def last(self, on: date) -> date:
        """The day before they die, or ``on``."""
        return self.dies - timedelta(days=1) if self.dies else on

    def stay_ends(self, day: date, on: date) -> date:
        """The last day with the network whose list they are on, of their life, or ``on``."""
        here = self.at(day)
        later = [(place, start, end) for place, start, end in self.stays if end is None or day < end]
        left = next((start for place, start, _ in later if here and place.pcn != here.pcn), later[-1][2] or date.max)
        return min(self.last(on), left - timedelta(days=1))


def nhs_numbers() -> Iterator[str]:
    """Valid numbers 999 xxx xxxx, scattered over the range, none twice; no real number begins with 999."""
    for serial in range(1, 1_000_000):
        stem = f"999{serial * 618_033 % 1_000_000:06d}"
        if check_digit(stem) < 10:
            yield f"{stem}{check_digit(stem)}"


def souls(lots: Random, places: dict[str, Place], how_many: int, on: date, numbers: Iterator[str]) -> list[Soul]:
    """People not yet saved, as they are on the day."""
    shares = {place.code: place.share for place in places.values()}
    return [_soul(lots, places[drawn(lots, shares)], next(numbers), on) for _ in range(how_many)]


def _soul(lots: Random, place: Place, number: str, on: date) -> Soul:
    community = drawn(lots, place.people)
    sex, born = _sex_and_birth(lots, place.older * words("names")[community]["older"], on)
    facts = {**_name(lots, community, sex, born), **_home(lots, place), **needs.of(lots, community, age(born, on))}
    person = Person(
        uuid=uuid.UUID(int=lots.getrandbits(128), version=4),
        nhs_number=number,
        born=born,
        sex=sex if lots.random() > 0.002 else "X",
        ethnicity=_ethnicity(lots, community),
        **facts,
    )
    if age(born, on) >= 16 and lots.random() < 0.4:
        plain = "".join(c for c in f"{person.given_name}.{person.family_name}".lower() if c.isascii() and c not in " ’")
        person.email = f"{plain}{number[-4:]}@example.org"
    return Soul(person, place, community)


def wishes(souls: list[Soul], on: date) -> Iterator[Wish]:
    """Seven in ten of those with an e-mail address agreed, when they joined, that private links come there. By their
    number and not by lot, so that all other lots stay as they were."""
    at = datetime.combine(on, time(9), UTC)
    facts = {"about": Wish.About.EMAIL, "yes": True, "at": at, "by_name": "Reception", "by_role": "receptionist"}
    for soul in souls:
        if soul.person.email and int(soul.person.nhs_number or 0) // 10 % 10 < AGREE:
            yield Wish(person=soul.person, **facts)


def _sex_and_birth(lots: Random, older: float, on: date) -> tuple[str, date]:
    bands = {
        (sex, band): part * (older if band >= OLD_BAND else 1)
        for sex, parts in words("ages").items()
        for band, part in enumerate(parts)
    }
    sex, band = drawn(lots, bands)
    days = lots.randrange(band * WIDEST * 365 + 30, (band + 1) * WIDEST * 365)
    return sex, on - timedelta(days=int(days * 365.25 / 365))


def _name(lots: Random, community: str, sex: str, born: date) -> dict[str, Any]:
    names = words("names")[community]
    years = sorted((int(year) for year in names if year.isdigit()), reverse=True)
    usual = names[str(next(year for year in years if year <= born.year))] if years else names
    given, family = lots.choice(usual[sex]), lots.choice(names["family"])
    titles = {"M": {"Mr": 1}, "F": {"Mrs": 5, "Ms": 3, "Miss": 2}}[sex]
    grown = born.year < 2009
    return {
        "given_name": given,
        "family_name": family,
        "title": drawn(lots, {**titles, "Dr": 0.1}) if grown else "",
        "preferred_name": given[:3] if len(given) > 5 and lots.random() < 0.03 else "",
    }


def _home(lots: Random, place: Place) -> dict[str, Any]:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    stem = "07700 900" if lots.random() < 0.8 else "01632 960"  # kept free for drama (Ofcom)
    decile = round(lots.gauss(place.decile, 1.3))
    return {
        "deprivation": min(10, max(1, decile)) if lots.random() > 0.015 else None,
        "address": f"{lots.randint(1, 140)} {lots.choice(words('homes')['streets'])}, {place.town}",
        "postcode": f"{place.postcode} {lots.randint(1, 9)}{lots.choice(letters)}{lots.choice(letters)}",
        "phone": f"{stem}{lots.randrange(1000):03d}" if lots.random() < 0.92 else "",
    }


def _ethnicity(lots: Random, community: str) -> str:
    """Not known for six in a hundred, not stated by two more."""
    stated: str = drawn(lots, words("names")[community]["ethnicity"])
    return drawn(lots, {stated: 92, "": 6, "Z": 2})
