"""Shared decisions, preparations and what is declared embedded, for the addresses that name them."""

from datetime import date

from tests.house.world import World

from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.models import Decision, Embedded
from whatmatters.people.models import Person

TODAY = date.today()


def decision(world: World, person: Person) -> Decision:
    """In progress, with two options and no decision yet."""
    row = actions.start(person=person, situation="shoulder-pain", by=world.by)
    if not row.options.exists():
        told = [{"what": what, "benefits": "Some good", "harms": "Some harm"} for what in ("Exercises", "Injection")]
        row = actions.save_options(decision=row, revision=row.revision, by=world.by, options=told)
    return row


def embedded(world: World, code: str) -> Embedded:
    found = Embedded.objects.filter(service=world.at[code], ended=None).first()
    return found or actions.declare(
        service=world.at[code], situation="knee-pain", at=world.at[code], since=TODAY, evidence="Seen", by=world.by
    )


def word(world: World) -> str:
    return actions.ask_to_prepare(person=world.subject, situation="knee-pain", by=world.by)[1]


def tool() -> str:
    return "nhs-england-knee-osteoarthritis"
