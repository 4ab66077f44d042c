"""A plan that counts, and the steps by which it is made."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.components.care_planning.sharing import full_plan

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Version
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.people.models import Person

TALKED, AGREED, SHARED, REVIEW = date(2024, 5, 1), date(2024, 5, 8), date(2024, 5, 10), date(2025, 5, 8)


@pytest.fixture
def coordinator(make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> SimpleNamespace:
    return make_worker("care_coordinator", place.east)


@pytest.fixture
def staff(client: Client, settings: Any, coordinator: SimpleNamespace) -> Client:
    settings.SECOND_FACTOR = False
    client.force_login(coordinator.user)
    return client


@pytest.fixture
def by(coordinator: SimpleNamespace) -> Actor:
    actor: Actor = coordinator.actor
    return actor


@pytest.fixture
def draft(make_person: Callable[..., Person], by: Actor) -> Version:
    return actions.start(person=make_person(preferred_name="Joanie"), by=by, on=TALKED)


@pytest.fixture
def version(person: Person, by: Actor) -> Version:
    """Of whom each test says: a plan in which every part says something."""
    return full_plan(person, by)


@pytest.fixture
def write(by: Actor) -> Callable[..., Version]:
    """Fills a draft; a step named in ``without`` is left out."""

    def write(version: Version, *without: str) -> Version:
        if "words" not in without:
            actions.save_about_me(
                version=version, words={"most_important": "My dog Biscuit, and the allotment"}, seen=0, by=by
            )
        actions.save_conversation(
            version=version, revision=version.revision, by=by, needs="Stiff hips, and lonely since Derek died",
            conversation_on=None if "conversation" in without else TALKED,
            participants=[] if "participants" in without else [("Maureen Atkinson", "sister")],
        )  # fmt: skip
        if "goal" not in without:
            professional = "" if "professional" in without else "Sam Okafor"
            goal = actions.add_goal(
                version=version, by=by, outcome="Walk Biscuit to the allotment", importance=9,
                professional_name=professional,
            )  # fmt: skip
            actions.add_action(goal=goal, by=by, what="Walk to the corner each morning", who="person", due=REVIEW)
        version.refresh_from_db()
        return version

    return write


@pytest.fixture
def agree(by: Actor) -> Callable[..., Version]:
    def agree(version: Version, **facts: Any) -> Version:
        given = {
            "agreed_on": AGREED, "agreed_by": "Joan Atkinson", "agreed_role": "person", "review_on": REVIEW,
            "reviewer_name": "Sam Okafor", "reviewer_role": "Care coordinator",
        }  # fmt: skip
        return actions.agree(version=version, seen=stamp(contents_of(version)), by=by, **{**given, **facts})

    return agree


@pytest.fixture
def counting(draft: Version, write: Any, agree: Any, by: Actor) -> Version:
    """A plan of which all five criteria hold."""
    version: Version = agree(write(draft))
    actions.share(version=version, kind="person", how="paper", on=SHARED, by=by)
    version.refresh_from_db()
    return version


@pytest.fixture
def make_home(place: SimpleNamespace) -> Callable[..., Organisation]:
    """A care home aligned to a network: East Hull's where nobody says otherwise."""

    def make(code: str = "V0001", name: str = "Quay House", network: Organisation | None = None) -> Organisation:
        home = Organisation.objects.create(code=code, name=name, kind=Kind.CARE_HOME, opened=date(2010, 1, 1))
        Membership.objects.create(child=home, parent=network or place.east, start=date(2020, 1, 1))
        return home

    return make
