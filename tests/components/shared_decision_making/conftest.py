"""A physiotherapist, a person with a shoulder, and a decision filled in piece by piece."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.models import Decision, Wording
from whatmatters.instruments import EXPERIENCE
from whatmatters.people.models import Person

TODAY = date.today()
EXERCISE = {"what": "Exercises", "benefits": "May reach further", "harms": "Sore at first", "view": "I can do that"}
NOTHING = {"what": "Doing nothing for now", "nothing": True, "benefits": "No visits", "harms": "It may stiffen"}


@pytest.fixture
def physio(make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> SimpleNamespace:
    return make_worker("clinician", place.harbour, "Priya Nair")


@pytest.fixture
def by(physio: SimpleNamespace) -> Actor:
    actor: Actor = physio.actor
    return actor


@pytest.fixture
def load_wording() -> Callable[..., Wording]:
    """The questions of an instrument, as a deployment with a licence loads them."""

    def load(name: str) -> Wording:
        questions = [f"{name} {n}" for n in range(1, EXPERIENCE[name].items + 1)]
        facts = {"questions": questions, "lowest": "least", "highest": "most", "licence": "Ours"}
        return Wording.objects.create(instrument=name, **facts)

    return load


@pytest.fixture
def joan(make_person: Callable[..., Person]) -> Person:
    return make_person()


@pytest.fixture
def begun(joan: Person, by: Actor) -> Decision:
    return actions.start(person=joan, situation="shoulder-pain", by=by)


@pytest.fixture
def fill(by: Actor) -> Callable[..., Decision]:
    """Fills a decision and leaves out the pieces named; ``tools`` are those used."""

    def fill(row: Decision, *without: str, tools: tuple[str, ...] = ()) -> Decision:
        team: dict[str, Any] = {"matters": "Reach the top shelf", "problems": "Shoulder pain"}
        team |= {name: "" for name in ("matters", "problems") if name in without}
        if "seen_by" in without:
            team |= {"seen_by": "", "seen_by_role": ""}
        if "responsible" in without:
            team |= {"responsible": "", "responsible_role": ""}
        row = actions.save_team(decision=row, revision=row.revision, by=by, **team)
        options = [{k: v for k, v in one.items() if k not in without} for one in (EXERCISE, NOTHING)]
        options = options[:1] if "second option" in without else options
        row = actions.save_options(decision=row, revision=row.revision, by=by, options=options, tools=tools)
        facts: dict[str, Any] = {"decided": "Exercises", "review_on": TODAY + timedelta(days=42)}
        facts |= {name: value for name, value in (("decided", ""), ("review_on", None)) if name in without}
        return actions.save_decision(decision=row, revision=row.revision, by=by, valid=False, **facts)

    return fill


@pytest.fixture
def agree(by: Actor) -> Callable[..., Decision]:
    def agree(row: Decision, **facts: Any) -> Decision:
        return actions.save_decision(decision=row, revision=row.revision, by=by, valid=True, **facts)

    return agree


@pytest.fixture
def valid(begun: Decision, fill: Callable[..., Decision], agree: Callable[..., Decision]) -> Decision:
    return agree(fill(begun))
