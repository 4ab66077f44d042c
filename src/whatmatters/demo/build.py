"""The whole demo: the same seed and day make the same record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import transaction

from whatmatters.demo import community, lists, places, population, staff
from whatmatters.demo.places import Place
from whatmatters.demo.population import Soul
from whatmatters.directory.models import Group
from whatmatters.people.models import Person, Registration
from whatmatters.periods import financial_year

SEED, PEOPLE = 1948, 5_000
BATCH = 500


@dataclass(frozen=True)
class World:
    """What the lives are made in. ``since`` is the day the record begins, ``on`` the day it ends."""

    seed: int
    since: date
    on: date
    places: dict[str, Place]
    staff: staff.Staff
    groups: dict[str, list[Group]]
    people: list[Soul]

    def lots(self, about: str) -> Random:
        """Lots of their own for each part, so that a change in one leaves the others as they were."""
        return Random(f"{self.seed} {about}")


def first_day(on: date) -> date:
    """Two whole financial years are told, and the one that runs."""
    return date(financial_year(on).start.year - 2, 4, 1)


def build(*, seed: int = SEED, on: date, people: int = PEOPLE, say: Callable[[str], None] = lambda _: None) -> World:
    """Writes the record into an empty database. Raises ValueError where people are on file already."""
    if Person.objects.exists():
        raise ValueError("There are people on file here: the demo is made in an empty database only")
    since = first_day(on)
    with transaction.atomic():
        say("organisations, workers and community groups")
        practices = places.make(on)
        workers = staff.make(on)
        groups = community.make(on, workers.at("link_worker", practices["X99002"], on))
    say(f"{people:,} people")
    world = World(seed, since, on, practices, workers, groups, [])
    with transaction.atomic():
        _people(world, people)
    return world


def _people(world: World, how_many: int) -> None:
    lots = world.lots("people")
    made = population.souls(lots, world.places, how_many, world.on, population.nhs_numbers())
    lists.deaths(lots, made, world.since, world.on)
    Person.objects.bulk_create([soul.person for soul in made], BATCH)
    merger = places.merger_day(world.on)
    rows = lists.registrations(lots, made, world.places, world.since, world.on, merger)
    Registration.objects.bulk_create(rows, BATCH)
    world.people.extend(made)
