"""The weekly round at a care home on one page, and a plan begun at the bedside while the line comes and goes."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.driver import SIZES, Site

from whatmatters.access.roles import Role
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Goal, SeenOnRound
from whatmatters.events.codes import ADMITTED
from whatmatters.events.models import Event
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.people.models import Person

TODAY = date.today()
WANTS = "To sit by the harbour window after breakfast"
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('wm-kept-')).length"


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def home(place: SimpleNamespace, make_person: Callable[..., Any], make_worker: Callable[..., Any]) -> SimpleNamespace:
    """Quay House: Ada without a plan since a month, Beryl back from hospital, and Cyril, who moves in today."""
    bogdan = make_worker(Role.CARE_COORDINATOR, place.east, "Bogdan Ilie")
    house = Organisation.objects.create(code="V0001", name="Quay House", kind=Kind.CARE_HOME, opened=ago(4000))
    Membership.objects.create(child=house, parent=place.east, start=ago(2000))
    ada, beryl, cyril = (make_person(given_name=name, born=date(1936, 3, 4)) for name in ("Ada", "Beryl", "Cyril"))
    for person in (ada, beryl):
        actions.move_in(person=person, home=house, stay="permanent", on=ago(30), by=bogdan.actor)
    version = actions.start(person=beryl, by=bogdan.actor)
    actions.add_goal(version=version, by=bogdan.actor, outcome="To be treated here")
    actions.agree(
        version=version, seen=stamp(contents_of(version)), by=bogdan.actor, agreed_on=ago(20), agreed_by="Beryl",
        agreed_role="person", review_on=TODAY + timedelta(days=200),
    )  # fmt: skip
    Event.objects.create(person=beryl, code=ADMITTED, on=ago(5), role="clinician")
    return SimpleNamespace(bogdan=bogdan, house=house, ada=ada, beryl=beryl, cyril=cyril)


@pytest.mark.parametrize("size", SIZES)
def test_a_weekly_round_at_a_care_home(size: str, home: SimpleNamespace, sits_down: Callable[[str, Any], Site]) -> None:
    # Given Bogdan, care coordinator, on his way to Quay House
    site = sits_down(size, home.bogdan.user)
    site.open("/care-homes/")
    site.check()
    site.click("Quay House")

    # He sees whose plan is late, and what happened since the others were agreed
    site.sees("No plan, and late")
    site.sees("Went into hospital as an emergency")
    site.check()

    # He saves before he has ticked anyone, is told so, and nothing of it stays on the device
    site.page.wait_for_selector("html[data-keeps]")
    site.click("Save the round")
    site.sees("Nothing is ticked yet")
    site.check()
    assert site.page.evaluate(KEPT) == 0

    # The day he puts in is still to come: what he has ticked is still there
    site.page.wait_for_selector("html[data-keeps]")
    site.day("The day of the round", TODAY + timedelta(days=1))
    site.page.get_by_label("Seen: Ada").check()
    site.click("Save the round")
    site.sees("This day is still to come")
    assert site.page.get_by_label("Seen: Ada").is_checked()

    # He ticks whom else he saw and whom the team talked of, with a note, and saves once
    site.page.wait_for_selector("html[data-keeps]")
    site.day("The day of the round", TODAY)
    site.page.get_by_label("Seen: Beryl").check()
    site.page.get_by_label("Talked of in the team’s meeting: Beryl").check()
    site.page.get_by_label("Note: Beryl").fill("Back from hospital, tired")
    site.click("Save the round")
    site.sees("The round is saved: 2 seen")
    assert SeenOnRound.objects.count() == 2

    # And nothing of it comes up again the next time
    assert site.page.evaluate(KEPT) == 0
    site.open("/care-homes/V0001/")
    site.page.wait_for_selector("html[data-keeps]")
    assert not site.page.get_by_label("Seen: Ada").is_checked()

    # Cyril has moved in this morning
    site.click("Someone has moved in")
    site.check()
    site.page.get_by_label("NHS number").fill(home.cyril.nhs_number)
    site.choose("For how long?", "For good")
    site.click("Save")
    site.sees("No plan yet")

    # Ada’s plan is begun at her bedside, on one page between them
    _at_the_bedside(site, home.ada)


def _at_the_bedside(site: Site, ada: Person) -> None:
    site.click("Begin the plan with Ada")
    site.check()
    site.click("Begin")
    site.page.get_by_text("Write what matters most").click()
    site.page.get_by_label("In their own words").fill("My window")
    site.click("Save what matters")
    site.sees("Saved")
    site.check()

    # The line drops while he types what she wants: it is there again when the page is
    site.page.wait_for_selector("html[data-keeps]")
    site.page.get_by_text("Add a goal").click()
    site.page.context.set_offline(True)
    site.page.get_by_label("What does the person want").fill(WANTS)
    site.page.wait_for_function(f"() => {KEPT} === 1")
    site.page.context.set_offline(False)
    site.open(f"/people/{ada.uuid}/plan/together/")
    site.sees("You wrote this before")
    assert site.page.get_by_label("What does the person want").input_value() == WANTS
    assert not Goal.objects.filter(outcome=WANTS).exists()

    # Pressed without a line it waits, goes when the line is back, and is there once
    site.page.wait_for_selector("html[data-keeps]")
    site.page.context.set_offline(True)
    site.click("Add the goal")
    site.sees("Not sent yet, kept locked on this device")
    site.page.context.set_offline(False)
    site.sees("Sent, and wiped from this device")
    assert Goal.objects.filter(outcome=WANTS).count() == 1
    site.open(f"/people/{ada.uuid}/plan/together/")
    site.check()
    words = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load")
    site.faults[:] = [fault for fault in site.faults if not any(one in fault for one in words)]
