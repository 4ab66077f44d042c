"""Somebody finds a group on an old phone; a group keeps its own entry from a letter."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from tests.journeys.driver import SIZES, Site

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.directory import actions
from whatmatters.directory.models import Correction, Group
from whatmatters.letters import outbox

TODAY = date.today()


def a_group(name: str, town: str, where: tuple[float, float], weekday: int, languages: str, **facts: Any) -> Group:
    place = {"name": "Parish hall", "town": town, "postcode": "HU5 2AA", "latitude": where[0], "longitude": where[1]}
    return actions.add(
        by=THE_SYSTEM, name=name, kind="company", about="Tea and talk", languages=languages,
        places=[{**place, "step_free": facts.pop("step_free", True)}],
        meetings=[{"weekday": weekday, "opens": time(10), "closes": time(12), "place": 0}],
        **{"last_verified": TODAY, **facts},
    )  # fmt: skip


@pytest.fixture
def groups(transactional_db: None) -> None:
    hull, leeds = (53.745, -0.34), (53.8, -1.55)
    a_group("Herbata i ciasto", "Hull", hull, 3, "Polish, English")
    a_group("Polska biblioteka", "Hull", hull, 3, "Polish", step_free=False)
    a_group("Piątkowy chór", "Hull", hull, 4, "Polish")
    a_group("Dom polski", "Leeds", leeds, 3, "Polish")
    a_group("Thursday tea", "Hull", hull, 3, "English")


@pytest.mark.parametrize("javascript", [True, False], ids=["phone", "old phone, no script"])
def test_a_step_free_polish_speaking_group_on_thursdays_near_hull(
    javascript: bool, open_site: Callable[..., Site], groups: None
) -> None:
    # Given somebody who comes to the directory on a phone
    visitor = open_site("phone", javascript=javascript)
    visitor.open("/groups/")
    if javascript:
        visitor.check()

    # When they say where, on which day, in which language, and that there must be no step
    visitor.fill(Near="Hull")
    visitor.page.get_by_text("Day, access, language, cost and more").click()
    visitor.page.get_by_label("Day", exact=False).first.select_option("Thursday")
    visitor.page.get_by_label("Language").first.select_option("Polish")
    visitor.page.get_by_label("Step-free").check()
    visitor.click("Search")

    # Then one group is left, how far it is, and how the distance was come by
    visitor.sees("1 found")
    visitor.sees("as the crow flies, from Hull")
    if javascript:
        visitor.check()

    # And it is on the map, with a table that says the same
    visitor.click("Show on a map")
    visitor.sees("The groups on the map")
    if javascript:
        visitor.check()

    # And its page says when, where and how to get in
    visitor.click("Herbata i ciasto")
    assert visitor.heading() == "Herbata i ciasto"
    visitor.sees("Thursdays, 10am to 12 noon")
    visitor.sees("Has: step-free.")
    if javascript:
        visitor.check()


@pytest.mark.parametrize("size", SIZES)
def test_a_group_keeps_its_own_entry_from_a_letter(size: str, open_site: Callable[..., Site], groups: None) -> None:
    # Given a group that nobody has asked for a year, and a round that sends its letter
    old = TODAY - timedelta(days=400)
    shed = a_group(
        "Men in Sheds", "Hull", (53.745, -0.34), 1, "English", last_verified=old, letters_to="a@shed.example"
    )
    actions.round_of_letters()
    outbox.deliver()
    (text,) = [str(letter.body) for letter in mail.outbox if letter.to == ["a@shed.example"]]
    link = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert link

    # When it opens the link, it reads what is said of it, without an account
    group = open_site(size)
    group.open(link[1])
    assert group.heading() == "Is this still true?"
    group.sees("Tuesdays, 10am to 12 noon")
    group.check()

    # And one thing is not: it changes the hour and the phone number
    group.click("No, something must be changed")
    group.check()
    group.page.locator("[name=day0_opens]").fill("half past")
    group.page.get_by_label("Phone").fill("01482 000111")
    group.click("Save")
    group.sees("enter a time like 10.30am")
    group.check()
    group.page.locator("[name=day0_opens]").fill("10.30am")
    group.click("Save")

    # Then the hour is shown at once, and the phone number waits for a keeper
    assert group.heading() == "Thank you"
    group.check()
    shed.refresh_from_db()
    assert (shed.last_verified, shed.phone) == (TODAY, "")
    assert Correction.objects.get().facts == {"phone": "01482 000111"}
    group.click("See the group’s page")
    group.sees("Tuesdays, 10.30am to 12 noon")
    group.check()

    # And the link has done its work
    group.open(link[1])
    assert group.heading() == "This link no longer works"
    group.check()
