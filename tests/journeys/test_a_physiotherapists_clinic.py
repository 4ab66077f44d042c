"""A physiotherapist's clinic: a shoulder decided in ten minutes, a knee to think over. Each act is counted."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.driver import SIZES, Site

from whatmatters.access.models import User
from whatmatters.access.roles import Role
from whatmatters.components.care_planning import actions as planning
from whatmatters.components.shared_decision_making.models import Decision, Status
from whatmatters.people.models import Person

MOST_ACTS = 12
SHELF = "I want to reach the top shelf again, and sleep on my right side."


@pytest.fixture
def priya(make_worker: Callable[..., Any], place: SimpleNamespace) -> Any:
    return make_worker(Role.CLINICIAN, place.harbour, "Priya Nair")


@pytest.fixture
def arthur(make_person: Callable[..., Person]) -> Person:
    account = User.objects.create(email="arthur@example.org", name="Arthur Tate")
    return make_person(given_name="Arthur", family_name="Tate", sex="M", account=account)


@pytest.mark.parametrize("size", SIZES)
def test_a_shoulder_and_a_knee(
    size: str, sits_down: Callable[[str, Any], Site], cast: SimpleNamespace, priya: Any, arthur: Person
) -> None:
    # Given that Joan's plan says what matters to her
    draft = planning.start(person=cast.joan, by=priya.actor)
    planning.save_about_me(version=draft, words={"most_important": SHELF}, seen=0, by=priya.actor)
    physio = sits_down(size, priya.user)
    physio.open(f"/people/{cast.joan.uuid}/")
    physio.check()

    acts = the_shoulder(physio)
    assert acts <= MOST_ACTS, f"{acts} acts from the person's page to a valid decision"
    assert Decision.objects.get().status == Status.VALID

    # When the decision goes into her plan
    physio.click("Put it in the plan")
    physio.sees("It is in the draft of the plan now")

    the_knee(physio, arthur)

    # And at the end of the clinic the list says what is to come back to
    physio.open("/decisions/")
    physio.sees("Wants to ask his wife")
    physio.check()

    at_home(size, sits_down, cast, arthur)


def the_shoulder(physio: Site) -> int:
    """From the person's page; returns how many times something was pressed, chosen or filled in."""
    begun = physio.clicks
    physio.click("Share a decision")
    comes_to(physio, "Share a decision with Joan")
    physio.check()
    physio.click("Shoulder pain")

    # Then the team talk begins with what her plan says
    comes_to(physio, "Team talk: Shoulder pain")
    assert physio.page.get_by_label("What matters to them").input_value() == SHELF
    physio.check()
    physio.click("Save and go on")

    # And the options are there, doing nothing among them; two are talked about
    comes_to(physio, "Option talk: Shoulder pain")
    physio.check()
    filled = 0
    for option, good, bad in (
        ("Exercises", "She can do them at home", "Sore for the first weeks"),
        ("Doing nothing for now", "No visits", "It may stay as it is"),
    ):
        group = physio.page.get_by_role("group", name=option)
        group.get_by_label("Benefits").fill(good)
        group.get_by_label("Harms").fill(bad)
        filled += 2
    physio.click("Save and go on")

    # And they decide
    comes_to(physio, "Decision talk: Shoulder pain")
    physio.check()
    physio.choose("What did you decide together?", "Exercises")
    physio.choose("When do you look at it again?", "In six weeks")
    physio.click("Agree the decision")
    physio.sees("The decision is agreed")
    physio.check()
    return physio.clicks - begun + filled


def the_knee(physio: Site, arthur: Person) -> None:
    # When Arthur wants to think about his knee
    physio.open(f"/people/{arthur.uuid}/decisions/")
    physio.click("Knee pain")
    comes_to(physio, "Team talk: Knee pain")
    physio.page.get_by_label("What matters to them").fill("The stairs at my daughter's")
    physio.click("Save and go on")
    comes_to(physio, "Option talk: Knee pain")
    physio.open(physio.page.url.replace("/options/", "/decide/"))
    physio.sees("Talk about two options or more")
    physio.click("Put it off")
    comes_to(physio, "Put the decision off")
    physio.check()
    physio.page.get_by_label("Why?").fill("Wants to ask his wife")
    physio.click("Put it off")
    physio.sees("Provisional: not agreed yet")
    physio.check()


def at_home(size: str, sits_down: Callable[[str, Any], Site], cast: SimpleNamespace, arthur: Person) -> None:
    # Then Joan reads at home what they decided, also in easy words
    own = sits_down(size, cast.account)
    own.open(f"/my/{cast.joan.uuid}/")
    own.click("Shoulder pain")
    own.sees("She can do them at home")
    own.check()
    own.click("Read it in easier words")
    own.sees("We decided this together.")
    own.check()

    # And Arthur writes down his questions for the next time
    his = sits_down(size, arthur.account)
    his.open(f"/my/{arthur.uuid}/")
    his.click("Prepare for a talk")
    his.click("Prepare for a talk")
    comes_to(his, "Before we talk")
    his.check()
    his.page.get_by_label("What do you want to ask?").fill("Can I still go up the stairs?")
    his.click("Send to my team")
    his.sees("Your team sees it before you talk")
    his.check()


def comes_to(site: Site, heading: str) -> None:
    """A page that is saved by the script takes a moment longer."""
    site.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
