"""The people of the tour: registered, given accounts, and given those who care and speak for them."""

from datetime import date
from typing import Any

from whatmatters.access.accounts import open_account
from whatmatters.access.actors import Actor
from whatmatters.demo.doors import DAUGHTER, HERO
from whatmatters.demo.staff import email_of
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.people import actions, actions_ties
from whatmatters.people.models import Person

LONG_AGO = date(2011, 5, 9)
BESIDES = ("practice", "need", "reason", "says")  # what is not a detail of the person


def register(world: World, key: str, by: Actor, number: str) -> Person:
    """One of words/story.toml, on the list of their practice."""
    told: dict[str, Any] = {k: v for k, v in words("story")[key].items() if k not in BESIDES}
    practice = world.places[words("story")[key]["practice"]].row
    start = max(LONG_AGO, told["born"])
    return actions.register_person(practice=practice, start=start, by=by, nhs_number=number, **told)


def give_accounts(ron: Person, by: Actor, on: date) -> None:
    """Ron's own, and Michelle's, who may see his plan and what comes of his referrals."""
    own = open_account(email=email_of(HERO), name=HERO, by=by)
    actions_ties.give_account(person=ron, account=own, by=by)
    hers = open_account(email=email_of(DAUGHTER), name=DAUGHTER, by=by)
    actions_ties.add_representative(
        person=ron, account=hers, relationship="daughter", authority="nominated", start=on.replace(day=1), by=by,
        may_see_plan=True, may_see_referrals=True,
    )  # fmt: skip
    actions_ties.add_carer(
        person=ron, name="Dennis Fewster", relationship="neighbour", contact="07700 900116", by=by,
        start=on.replace(day=1),
    )  # fmt: skip
