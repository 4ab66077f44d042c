"""What the tests of sharing stand on: a plan in which every part says a word of its own, and readers of every kind."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.test import Client

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.actions.items import add_item
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Version
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.models import Person

TODAY = date.today()
LATER = TODAY + timedelta(days=60)

# What each part says, in a word that stands nowhere else.
SAID = {heading.name: f"zq-{heading.name.replace('_', '-')}" for heading in HEADINGS}
SAID |= {
    "contingency": "zq-contingency", "legal": "zq-legal", "personal_contacts": "zq-sister",
    "professional_contacts": "zq-nurse", "strengths": "zq-strength", "needs": "zq-need", "goals": "zq-goal",
    "support_plans": "zq-other-plan", "formulation": "zq-formulation",
}  # fmt: skip


def full_plan(person: Person, by: Actor, *, review_on: date = LATER, agreed_on: date = TODAY) -> Version:
    """Agreed, with something in every part of SAID."""
    version = actions.start(person=person, by=by)
    words = {heading.name: SAID[heading.name] for heading in HEADINGS}
    actions.save_about_me(version=version, words=words, seen=0, by=by)
    entries: dict[str, dict[str, Any]] = {
        "contingency": {
            "trigger_factors": [{"free_text": SAID["contingency"]}],
            "what_should_happen": [{"free_text": "Ring 01632 960001 before 999"}],
        },
        "legal": {"kind": "lpa health", "what_it_says": SAID["legal"]},
        "personal_contacts": {"name": SAID["personal_contacts"], "contact_details": "01632 960002"},
        "professional_contacts": {"name": SAID["professional_contacts"]},
        "strengths": {"free_text": SAID["strengths"]},
        "needs": {"free_text": SAID["needs"]},
        "support_plans": {"additional_support_plan_content": SAID["support_plans"]},
        "formulation": {"formulation": SAID["formulation"]},
    }
    for section, values in entries.items():
        add_item(version=version, section=section, values=values, by=by)
    goal = actions.add_goal(version=version, by=by, outcome=f"Walk. {SAID['goals']}")
    actions.add_action(goal=goal, by=by, what="Walk to the corner", who="person")
    version.refresh_from_db()
    return actions.agree(
        version=version, seen=stamp(contents_of(version)), by=by, agreed_on=agreed_on, agreed_by="Joan Atkinson",
        agreed_role="person", review_on=review_on, reviewer_name="Sam Okafor",
    )  # fmt: skip


def organisation(code: str, name: str, kind: Kind) -> Organisation:
    return Organisation.objects.create(code=code, name=name, kind=kind)


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def readers(make_worker: Callable[..., Any]) -> SimpleNamespace:
    """A home, a hospital and an out-of-hours service, and someone who signs in at each."""
    home = organisation("CH1", "Greenfields", Kind.CARE_HOME)
    night = organisation("OOH1", "Humber Out of Hours", Kind.PROVIDER)
    ward = organisation("RWA1", "Castle Hospital", Kind.PROVIDER)
    return SimpleNamespace(
        home=home, night=night, ward=ward,
        manager=make_worker("care_home", home, "Ruth Pell"), doctor=make_worker("out_of_hours", night, "Dr Ife Bello"),
        registrar=make_worker("clinician", ward, "Dr Jo Lee"),
    )  # fmt: skip
