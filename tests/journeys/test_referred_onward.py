"""Mr Kowalski is referred to a men's shed, which is full until March; another group takes him, and it helps."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core import mail
from tests.journeys.driver import SIZES, Site

from whatmatters.components.social_prescribing import actions
from whatmatters.directory import actions as directory
from whatmatters.directory.models import Group

MARCH = date(date.today().year + 1, 3, 31)


@pytest.fixture
def kowalski(cast: Any, make_person: Callable[..., Any]) -> Any:
    """His case is Tess's, and they have spoken."""
    person = make_person(given_name="Jan", family_name="Kowalski", sex="M", phone="01482 000222")
    row = actions.refer(person=person, need="company", by=cast.gp.actor)
    actions.accept(referral=row, by=cast.tess.actor)
    actions.record_contact(referral=row, how="phone", spoke=True, by=cast.tess.actor)
    for name, email in (("Tiger Shed", "hello@shed.example"), ("Dock Choir", "sing@choir.example")):
        directory.add(
            by=cast.tess.actor, name=name, kind="company", about="Company", email=email, last_verified=date.today()
        )
    return row


def letter_to(address: str) -> str:
    """The address of the private link in the last letter there."""
    body = next(one.body for one in reversed(mail.outbox) if one.to == [address])
    found = re.search(r"/asked/[\w-]+/", body)
    assert found
    return found[0]


def refer(tess: Site, case: str, group: str) -> None:
    tess.open(case)
    tess.click("Find a community group")
    tess.page.get_by_label(group).check()
    tess.click("Refer: ask the group")


@pytest.mark.parametrize("size", SIZES)
def test_a_man_is_referred_onward_until_he_has_help(
    size: str, cast: Any, kowalski: Any, sits_down: Callable[[str, Any], Site], open_site: Callable[..., Site]
) -> None:
    case = f"/people/{kowalski.person.uuid}/social-prescribing/{kowalski.uuid}/"

    # Given a link worker who asks the shed, with his first name and number to be told if it says yes
    tess = sits_down(size, cast.tess.user)
    refer(tess, case, "Tiger Shed")
    tess.sees("The group gets a letter with a private link")
    tess.check()
    tess.choose("If the group says yes, what does the person agree that it is told?", "First name")
    tess.click("Ask the group")
    tess.sees("Asked: a letter is on its way")
    tess.check()

    # When someone of the shed opens the letter on their phone, they are told nothing of who it is
    shed = open_site("phone")
    shed.open(letter_to("hello@shed.example"))
    assert "Kowalski" not in shed.page.content()
    assert "Jan" not in shed.page.locator("main").inner_text()
    shed.check()

    # And says that they are full until March
    shed.choose("Can you?", "We are full just now")
    shed.day("If you are full, until when?", MARCH)
    shed.click("Send answer")
    shed.sees("Thank you")
    shed.check()
    assert Group.objects.get(name="Tiger Shed").capacity_until == MARCH

    # Then the link worker sees it, and whoever would ask the shed next is warned before anything is sent
    tess.open("/social-prescribing/groups-asked/")
    tess.sees("full at the moment")
    tess.check()
    tess.open(f"{case}ask/{Group.objects.get(name='Tiger Shed').uuid}/")
    tess.sees("It is full until the end of 31 March")
    tess.check()

    # When the choir is asked and says yes, it learns his first name and how to reach him
    refer(tess, case, "Dock Choir")
    tess.choose("If the group says yes, what does the person agree that it is told?", "First name")
    tess.click("Ask the group")
    tess.sees("Asked: a letter is on its way")
    choir = open_site("phone")
    choir.open(letter_to("sing@choir.example"))
    choir.choose("Can you?", "Yes, they are welcome")
    choir.click("Send answer")
    choir.sees("01482 000222")
    choir.check()

    # And later tells that he came and that it helped
    choir.open(letter_to("sing@choir.example"))
    choir.choose("Did they come?", "Yes, they came")
    choir.choose("Did it help them", "Yes")
    choir.click("Send answer")
    choir.sees("Nothing is asked of you just now")
    choir.check()

    # Then the link worker and the GP who referred him both read it
    tess.open(case)
    tess.sees("Dock Choir: got help")
    gp = sits_down(size, cast.gp.user)
    gp.open("/social-prescribing/sent/")
    gp.sees("Went to Dock Choir, and it helped.")
    gp.check()


def test_a_link_that_was_used_is_kindly_refused_and_a_call_can_be_asked_for(
    cast: Any, kowalski: Any, open_site: Callable[..., Site]
) -> None:
    # Given a group that has answered by its link
    kowalski.refresh_from_db()
    shed = Group.objects.get(name="Tiger Shed")
    actions.enquire(referral=kowalski, group=shed, by=cast.tess.actor)
    link = letter_to("hello@shed.example")
    site = open_site("phone", javascript=False)
    site.open(link)
    site.choose("Can you?", "No, not us")
    site.choose("If no, why?", "Something else")
    site.click("Send answer")

    # When the same letter is opened again, it says so and shows nothing
    site.open(link)
    assert site.heading() == "This link is no longer good"

    # Then they can still ask to be rung
    site.click("ask us to ring you")
    site.page.get_by_label("Your phone number, and a good time to ring").fill("01482 000333, after four")
    site.click("Ask for a call")
    assert site.heading() == "We will ring you"
