"""Two years and more of social prescribing, told through the same actions that the pages use."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

from django.db import transaction

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import CASE_OPEN, CloseReason, Elsewhere, Referral, Status
from whatmatters.demo.case import Case
from whatmatters.demo.case_told import tell
from whatmatters.demo.clock import Clock, Over
from whatmatters.demo.lots import GROWTH, chosen, drawn, growing_day, working
from whatmatters.demo.population import Soul
from whatmatters.demo.world import World
from whatmatters.periods import age

A_YEAR = 0.045  # of a list are referred in a year by now; fewer in the first
BATCH = 40


def live(world: World, souls: list[Soul]) -> None:
    """Referrals for about so many of ``souls`` as the years ask, over all the record's time."""
    lots = world.lots("social prescribing")
    years = (world.on - world.since).days / 365.25
    order = chosen(lots, [_likely(soul, world.on) for soul in souls], round(len(souls) * A_YEAR * GROWTH * years))
    told = [(souls[index], growing_day(lots, world.since, world.on)) for index in order]
    for start in range(0, len(told), BATCH):
        with transaction.atomic():
            for soul, day in told[start : start + BATCH]:
                if soul.here(day, world.on) and age(soul.person.born, day) >= 16:
                    _life(world, soul, day, lots)


def _likely(soul: Soul, on: date) -> float:
    years = age(soul.person.born, on)
    by_age = 0.0 if years < 17 else 1.0 if years < 40 else 1.3 if years < 65 else 2.2
    return by_age * (1.5 - (soul.person.deprivation or 5) / 12) * float(soul.place.refers)


def _life(world: World, soul: Soul, day: date, lots: Random) -> None:
    """A case, and for one in eight another some months after it ended."""
    for _ in range(2):
        told = Case(world, soul, Clock(lots, day, soul.stay_ends(day, world.on)), _need(lots, soul, world.on))
        with suppress(Over):
            tell(told)
        if lots.random() > 0.12 or _still_open(told):
            return
        day = working(told.clock.now + timedelta(days=lots.randint(40, 300)))
        if not soul.here(day, world.on):
            return


def _still_open(told: Case) -> bool:
    """Whoever has left the list with a case open has it closed, or passed on, by the link worker they had."""
    if told.referral is None:
        return False
    status = Referral.objects.values_list("status", flat=True).get(pk=told.referral.pk)
    end = told.clock.end
    if status not in CASE_OPEN or end >= told.world.on or told.soul.dies:
        return status in CASE_OPEN
    by = told.worker(end)
    if status == Status.RECEIVED:
        actions.redirect(referral=told.referral, where=Elsewhere.LINK_WORKERS, on=end, by=by)
    else:
        actions.close(referral=told.referral, reason=CloseReason.MOVED, on=end, by=by)
    return False


def close_after_deaths(world: World) -> None:
    """For those who died with a case open, once their death is on file."""
    for soul in world.people:
        if soul.dies:
            for row in Referral.objects.filter(person=soul.person, status__in=CASE_OPEN):
                place, day = soul.at(soul.dies - timedelta(days=1)) or soul.place, soul.dies + timedelta(days=3)
                by = world.staff.at("link_worker", place, soul.dies)
                if day <= world.on and row.status != Status.RECEIVED:
                    actions.close(referral=row, reason=CloseReason.DIED, on=day, by=by)


def _need(lots: Random, soul: Soul, on: date) -> str:
    years, poor = age(soul.person.born, on), (soul.person.deprivation or 5) <= 3
    return drawn(
        lots,
        {
            "company": 4 if years >= 65 else 2,
            "activity": 2,
            "mood": 1.5 if years >= 65 else 4,
            "money": 3 if poor else 1.2,
            "home": 1.6 if poor else 0.6,
            "food": 1.2 if poor else 0.3,
            "work": 2 if years < 60 else 0.05,
            "caring": 1.4 if 30 < years < 85 else 0.3,
            "loss": 2 if years >= 60 else 0.8,
            "condition": 2 if years >= 45 else 0.6,
            "travel": 1.5 if years >= 70 else 0.2,
            "other": 0.4,
        },
    )
