"""The whole demo: the same seed and day make the same record."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction

from whatmatters.demo import (
    care_home,
    community,
    decisions,
    elsewhere,
    feed,
    felt,
    lists,
    lives,
    onward,
    places,
    plans,
    population,
    sharing,
    staff,
    story,
    ways_in,
    week,
    winter,
)
from whatmatters.demo.world import World
from whatmatters.people.models import Person, Registration
from whatmatters.people.models_wishes import Wish
from whatmatters.periods import financial_year

SEED, PEOPLE = 1948, 5_000
BATCH = 500


def first_day(on: date) -> date:
    """The record begins with a financial year: two whole ones are told, and the one that runs."""
    return date(financial_year(on).start.year - 2, 4, 1)


def build(
    *,
    seed: int = SEED,
    on: date,
    people: int = PEOPLE,
    told: int | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> World:
    """Writes the record into an empty database. Raises ValueError where people are on file already.

    ``told``: of so many people the lives are told too (default: of all). 5,000 lives take half a minute of processor
    time, 5,000 people a second.
    """
    if Person.objects.exists():
        raise ValueError("There are people on file here: the demo is made in an empty database only")
    say("organisations, workers and community groups")
    with transaction.atomic():
        world = _places(seed, on)
    say(f"{people:,} people")
    numbers = population.nhs_numbers()
    story.tell(world, numbers)
    with transaction.atomic():
        _people(world, people, numbers)
    say("referrals, conversations and community groups")
    lives.live(world, world.people[:told])
    say("plans")
    plans.write(world, world.people[:told])
    say("last days")
    with transaction.atomic():
        _deaths(world)
        ways_in.tell(world)
        onward.tell(world)
    say("a working week")
    with transaction.atomic():
        week.tell(world)
    say("shared decisions")
    with transaction.atomic():
        decisions.tell(world)
    say("a care home")
    with transaction.atomic():
        care_home.tell(world)
    say("a proactive offer, meetings and schemes")
    with transaction.atomic():
        winter.tell(world)
        elsewhere.tell(world)
    say("how decisions felt")
    with transaction.atomic():
        felt.tell(world)
    say("plans shared, at night and in an emergency")
    with transaction.atomic():
        sharing.tell(world)
    return world


def _places(seed: int, on: date) -> World:
    practices = places.make(on)
    workers = staff.make(on)
    feed.read(on)
    groups = community.make(on, workers.at("link_worker", practices["X99002"], on))
    return World(seed, first_day(on), on, practices, workers, groups, [])


def _people(world: World, how_many: int, numbers: Iterator[str]) -> None:
    lots = world.lots("people")
    made = population.souls(lots, world.places, how_many, world.on, numbers)
    lists.deaths(lots, made, world.since, world.on)
    lists.stay(lots, made, world.places, world.since, world.on)
    Person.objects.bulk_create([soul.person for soul in made], BATCH)
    Registration.objects.bulk_create(lists.registrations(made), BATCH)
    Wish.objects.bulk_create(population.wishes(made, world.since), BATCH)
    world.people.extend(made)


def _deaths(world: World) -> None:
    """Last, for nothing but tidying up is done after a death."""
    dead = [soul for soul in world.people if soul.dies]
    for soul in dead:
        soul.person.died = soul.dies
    Person.objects.bulk_update([soul.person for soul in dead], ["died"], BATCH)
    lives.close_after_deaths(world)
