"""One bucket of people from the first birth to the last event: it depends on the work and its own number alone."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from whatmatters.measurement.facts import SCHEMAS
from whatmatters.measurement.synthesis import (
    stories_of_budgets,
    stories_of_choice,
    stories_of_health,
    stories_of_planning,
    stories_of_prescribing,
    stories_of_use,
)
from whatmatters.measurement.synthesis.arrays import NEVER, Days
from whatmatters.measurement.synthesis.country import Country
from whatmatters.measurement.synthesis.crowd import ETHNICITIES, SEXES, Crowd, crowd
from whatmatters.measurement.synthesis.stays import Stays, stays
from whatmatters.measurement.synthesis.told import Told


@dataclass(frozen=True)
class Work:
    """What every bucket is made from. Bucket 0 holds people 1 to ``size``, and so on."""

    country: Country
    people: int
    seed: int
    size: int

    @property
    def buckets(self) -> int:
        return -(-self.people // self.size)


def tables(work: Work, bucket: int) -> dict[str, pa.Table]:
    """``people``, ``registrations`` and ``events`` of a bucket, each sorted by person."""
    lots = np.random.default_rng([work.seed, work.people, bucket + 1])
    first = bucket * work.size + 1
    people = crowd(work.country, bucket, first, min(work.size, work.people + 1 - first), lots)
    lists = stays(people, lots)
    told = Told(people, lists, lots)
    tell(told)
    return {
        "people": _people(people),
        "registrations": _registrations(people, lists, pa.array(work.country.places.codes)),
        "events": told.table(pa.array(work.country.places.codes)),
    }


def tell(told: Told) -> None:
    many = stories_of_health.conditions(told)
    stories_of_health.pain(told)
    stories_of_health.frailty(told)
    resident = stories_of_health.care_homes(told)
    dying = stories_of_health.end_of_life(told)
    alone = stories_of_health.lives(told)
    pregnant, _ = stories_of_health.pregnancies(told)
    referred, on = stories_of_prescribing.prescribing(told, many, alone)
    stories_of_planning.planning(told, many, (resident, 8), (dying, 5), (pregnant, 6))
    stories_of_planning.activation(told, many)
    stories_of_choice.decisions(told, many)
    stories_of_choice.choice(told)
    stories_of_budgets.budgets(told)
    stories_of_use.use(told, many)
    stories_of_use.fewer(told, referred, on)
    stories_of_use.needs_assessments(told, many)


def _people(people: Crowd) -> pa.Table:
    given = {
        "person": pa.array(people.person),
        "born": _days(people.born),
        "sex": pa.array(SEXES).take(pa.array(people.sex)),
        "ethnicity": pa.array(ETHNICITIES).take(pa.array(people.ethnicity)),
        "deprivation": pa.array(people.deprivation),
        "died": _days(people.died),
    }
    return pa.table(given, schema=SCHEMAS["people"])


def _registrations(people: Crowd, lists: Stays, codes: pa.Array) -> pa.Table:
    who, practice, start, end = lists.rows()
    given = {
        "person": pa.array(people.person[who]),
        "practice": codes.take(pa.array(practice)),
        "start": _days(start),
        "end": _days(end),
    }
    return pa.table(given, schema=SCHEMAS["registrations"])


def _days(days: Days) -> pa.Array:
    return pa.array(days, mask=days == NEVER).cast(pa.date32())
