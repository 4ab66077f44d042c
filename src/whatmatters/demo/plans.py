"""Plans: written in people's own words, agreed, shared, reviewed or not."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction

from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Plan, Share, Version
from whatmatters.demo import parts, reviews
from whatmatters.demo.author import Author
from whatmatters.demo.clock import Clock, Over
from whatmatters.demo.lots import GROWTH, chosen, drawn, growing_day, working
from whatmatters.demo.population import Soul
from whatmatters.demo.world import World
from whatmatters.periods import age

A_YEAR = 0.026  # of a list begin a plan in a year by now; fewer in the first
BATCH = 20
ROLES = {"care_coordinator": 50, "link_worker": 25, "clinician": 25}


def write(world: World, souls: list[Soul]) -> None:
    """Plans for about so many of ``souls`` as the years ask, over all the record's time."""
    lots = world.lots("plans")
    years = (world.on - world.since).days / 365.25
    order = chosen(lots, [_likely(soul, world.on) for soul in souls], round(len(souls) * A_YEAR * GROWTH * years))
    for start in range(0, len(order), BATCH):
        with transaction.atomic():
            for soul in (souls[index] for index in order[start : start + BATCH]):
                day = growing_day(lots, world.since, world.on)
                if soul.here(day, world.on) and age(soul.person.born, day) >= 18:
                    _life(world, soul, day, lots)


def _likely(soul: Soul, on: date) -> float:
    years = age(soul.person.born, on)
    return 0.0 if years < 19 else 1.0 if years < 50 else 2.0 if years < 70 else 4.0


def _life(world: World, soul: Soul, day: date, lots: Random) -> None:
    clock = Clock(lots, day, soul.stay_ends(day, world.on))
    author = Author(world, soul, clock, drawn(lots, ROLES))
    with suppress(Over):
        if lots.random() < 0.08:
            actions.record_declined(person=soul.person, on=clock.now, by=author.by, why=_why(clock.now))
            return
        reviews.follow(author, agreed(author))


def _why(day: date) -> str:
    """One of the answers, in turn: no lot is drawn for it, so that all others stay as they were."""
    answers = Plan.SaidNo.values
    return str(answers[day.toordinal() % len(answers)])


def agreed(author: Author) -> Plan:
    """A plan from the first words to the copy in the person's hand; about one in four misses a criterion."""
    version = actions.start(person=author.soul.person, by=author.by, on=author.clock.now)
    own = author.own_words()
    at = datetime.combine(author.clock.now, time(10, 30), UTC)
    actions.save_about_me(version=version, words=own, seen=0, by=author.by, at=at)
    version.refresh_from_db()
    actions.save_conversation(
        version=version, revision=version.revision, by=author.by, conversation_on=author.clock.now,
        needs=author.of_all("needs"), participants=author.participants(),
    )  # fmt: skip
    _goals(author, version)
    parts.some_of(author, version)
    author.clock.later(0, 12)
    _agree(author, version)
    if author.lots.random() < 0.9:
        _share(author, version)
    return version.plan


def _goals(author: Author, version: Version) -> None:
    named = author.lots.random() < 0.95
    wanted = author.lots.sample(author.theme["goals"], drawn(author.lots, {1: 45, 2: 40, 3: 15}))
    for place, told in enumerate(wanted):
        professional = {"professional_name": author.by.name, "professional_role": author.role_words} if named else {}
        goal = actions.add_goal(
            version=version, by=author.by, outcome=author.fill(told["outcome"]), importance=10 - place, **professional
        )
        for who, what in told["actions"]:
            due = author.clock.now + timedelta(days=author.lots.randint(14, 120))
            if named or who != "professional":
                facts = {"what": author.fill(what), "who": who, "who_name": author.doer(who), "due": due}
                actions.add_action(goal=goal, by=author.by, **facts)


def _agree(author: Author, version: Version) -> None:
    on, person = author.clock.now, author.soul.person
    review: dict[str, Any] = {
        "review_on": working(on + timedelta(days=drawn(author.lots, {91: 10, 182: 45, 364: 45}))),
        "reviewer_name": author.by.name,
        "reviewer_role": author.role_words,
    }
    if left_open := drawn(author.lots, {"": 92, "reviewer_name": 5, "review_on": 3}):  # then it does not count yet
        review[left_open] = "" if left_open == "reviewer_name" else None
    version.refresh_from_db()
    actions.agree(
        version=version, seen=stamp(contents_of(version)), by=author.by, agreed_on=on, agreed_role="person",
        agreed_by=f"{person.given_name} {person.family_name}", **review,
    )  # fmt: skip


def _share(author: Author, version: Version) -> None:
    kinds = ["person", *drawn(author.lots, {(): 55, ("practice",): 25, ("carer",): 12, ("out of hours",): 8})]
    for kind in kinds:
        how = Share.How.PAPER if kind in {"person", "carer"} else Share.How.EMAIL
        actions.share(version=version, kind=kind, how=how, on=author.clock.now, by=author.by)
