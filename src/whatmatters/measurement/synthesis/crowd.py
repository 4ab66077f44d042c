"""The people of one bucket: who they are, when they are born and die, and how ill and how well off they are."""

from dataclasses import dataclass

import numpy as np

from whatmatters.measurement.synthesis import england
from whatmatters.measurement.synthesis.arrays import NEVER, YEAR, YEARS, Days, Flags, Index, Numbers, Whole
from whatmatters.measurement.synthesis.country import Country

SEXES = ("F", "M", "X")
ETHNICITIES = (*england.WHITE, *england.OTHERS, "Z")


@dataclass(frozen=True)
class Crowd:
    """Arrays by person, in order of ``person``; a *place* in them stands for someone everywhere else.

    ``age`` is in years in the middle of the span (below 0: born after it). ``illness`` multiplies what illness makes
    likely. ``minority`` is not White. ``practice`` is their first, as a place in the country.
    """

    country: Country
    bucket: int
    person: Whole
    practice: Index
    sex: Index
    age: Numbers
    born: Days
    died: Days
    ethnicity: Index
    minority: Flags
    deprivation: Whole
    illness: Numbers

    @property
    def women(self) -> Flags:
        found: Flags = self.sex == 0
        return found

    def __len__(self) -> int:
        return len(self.person)

    def age_on(self, who: Index, on: Days) -> Numbers:
        return (on - self.born[who]) / YEAR


def crowd(country: Country, bucket: int, first: int, count: int, lots: np.random.Generator) -> Crowd:
    """People ``first`` to ``first + count - 1`` of the country, who stand in order of practice."""
    person = np.arange(first, first + count, dtype=np.int64)
    practice = np.searchsorted(country.ends, person - 1, "right")
    sex, age = _ages(count, lots)
    deprivation = _deciles(country.deprived[practice], lots)
    ethnicity, minority = _ethnicities(country.diverse[practice], lots)
    born = _first_of_month((country.years.day(YEARS / 2) - age * YEAR).astype(np.int32))
    illness = np.exp(lots.normal(-0.1, 0.5, count) + 0.06 * (5.5 - deprivation))
    died = _deaths(country, born, age, england.dying(np.maximum(age, 0), sex == 0) * illness, lots)
    return Crowd(country, bucket, person, practice, sex, age, born, died, ethnicity, minority, deprivation, illness)


def _ages(count: int, lots: np.random.Generator) -> tuple[Index, Numbers]:
    """Sex and age in the middle of the span: those born later in it come before the first band, at its rate."""
    weights = np.array([england.FEMALE[0] / 2, *england.FEMALE, england.MALE[0] / 2, *england.MALE], float)
    drawn = np.searchsorted(np.cumsum(weights / weights.sum()), lots.random(count))
    sex, band = np.divmod(np.minimum(drawn, len(weights) - 1), len(england.FEMALE) + 1)
    within = lots.random(count)
    age = np.where(band == 0, -YEARS / 2 * within, 5.0 * (band - 1 + within))
    sex[lots.random(count) < 0.0001] = 2
    return sex, age


def _deciles(deprived: Numbers, lots: np.random.Generator) -> Whole:
    """What varies within practices makes up the rest of a variance of 1: so the deciles come out even."""
    own = deprived + lots.normal(0, np.sqrt(1 - england.BETWEEN_PRACTICES**2), len(deprived))
    return np.searchsorted(england.DECILES, own).astype(np.int64) + 1


def _ethnicities(diverse: Numbers, lots: np.random.Generator) -> tuple[Index, Flags]:
    count = len(diverse)
    minority = lots.random(count) < diverse
    which = lots.random(count)
    white = np.searchsorted(np.cumsum(list(england.WHITE.values()))[:-1], which)
    others = np.searchsorted(np.cumsum(list(england.OTHERS.values()))[:-1], which) + len(england.WHITE)
    told = np.where(minority, others, white)
    told[lots.random(count) < england.NOT_STATED] = len(ETHNICITIES) - 1
    return told, minority


def _first_of_month(days: Days) -> Days:
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int32)


def _deaths(country: Country, born: Days, age: Numbers, hazard: Numbers, lots: np.random.Generator) -> Days:
    """The day of death where it falls in the span, at so much a year; more in winter."""
    since, until = country.years
    lived = np.clip(age + YEARS / 2, 0, YEARS)  # years of the span
    dies = lots.random(len(age)) < 1 - np.exp(-hazard * lived)
    place = np.flatnonzero(dies)
    on = np.maximum(since, born[place]) + lots.random(len(place)) * (until + 1 - np.maximum(since, born[place]))
    season = np.sin(2 * np.pi * (on - since) / YEAR)  # a span starts in April: autumn and winter are below 0
    on = np.where((season > 0) & (lots.random(len(place)) < 0.1), np.minimum(on + YEAR / 2, until), on)
    died = np.full(len(age), NEVER, np.int32)
    died[place] = on.astype(np.int32)
    return died
