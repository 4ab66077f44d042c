"""A housing officer refers by one-time link, a receptionist takes one down by phone: both senders learn the outcome."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from tests.journeys.driver import SIZES, Site

from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing.models import Change, Referral
from whatmatters.letters.models import Letter

BORN = date(1948, 5, 17)


@pytest.fixture
def reception(make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> SimpleNamespace:
    return make_worker(Role.RECEPTIONIST, place.harbour, "Nicola Harland")


@pytest.mark.parametrize("size", SIZES)
def test_a_housing_officer_refers_by_a_one_time_link_and_learns_the_outcome(
    size: str, cast: SimpleNamespace, sits_down: Callable[..., Site], open_site: Callable[..., Site]
) -> None:
    # Given a link worker who sends the housing officer a private link
    desk = sits_down(size, cast.tess.user)
    desk.open("/social-prescribing/")
    desk.click("Send a one-time link")
    desk.check()
    desk.choose("Who will fill it in?", "Another organisation")
    desk.page.get_by_label("What kind of organisation is it, if it is one?").select_option("housing")
    desk.page.get_by_label("Name of the organisation").fill("Hull Homes")
    desk.page.get_by_label("GP practice of the person").fill("B81001")
    desk.click("Make the link")
    desk.sees("It is shown here once")
    desk.check()
    link = desk.page.locator(".nhsuk-inset-text .wm-words").inner_text().strip()

    # When the officer opens it, forgets to ask the person, and then asks and sends it
    officer = open_site(size)
    officer.open("/" + link.split("/", 3)[3])
    officer.sees("Harbour Surgery")
    officer.check()
    officer.page.get_by_label("Full name of the person").fill("Joan Atkinson")
    officer.day("Their date of birth", BORN)
    officer.page.get_by_label("Their phone number").fill("01632 960000")
    officer.choose("What would help most?", "Housing and the home")
    officer.page.get_by_label("Your name").fill("Kim Lee")
    officer.page.get_by_label("Your phone number or email address").fill("kim@homes.example.org")
    officer.click("Send")
    officer.sees("ask them first, then tick the box")
    officer.check()
    assert officer.page.get_by_label("Full name of the person").input_value() == "Joan Atkinson"
    officer.page.get_by_label("The person knows about this and agrees").check()
    officer.click("Send")
    officer.sees("We have it. A link worker will look at it.")
    followed = officer.page.url

    # Then the link is used up, and says so kindly
    officer.open("/" + link.split("/", 3)[3])
    assert officer.heading() == "This link was used"
    officer.check()

    # And when the link worker matches it and takes it on, the officer reads so on the private page
    desk.open("/social-prescribing/")
    desk.page.locator("td a").first.click()
    desk.check()
    desk.page.get_by_label("ATKINSON, Joan, born").check()
    desk.click("Match to this person")
    desk.click("Accept: I will get in touch")
    officer.open(followed)
    officer.sees("A link worker has taken it on.")
    assert Letter.objects.filter(to="kim@homes.example.org", subject="There is news for you").exists()


@pytest.mark.parametrize("size", SIZES)
def test_a_receptionist_takes_one_down_by_phone_and_the_caller_is_told(
    size: str, cast: SimpleNamespace, reception: SimpleNamespace, sits_down: Callable[..., Site]
) -> None:
    # Given someone who rings the surgery about her mother
    counter = sits_down(size, reception.user)
    counter.open("/")
    counter.check()
    counter.click("Take down a referral")
    counter.check()
    counter.choose("Who is asking?", "A relative, friend or carer")
    counter.choose("How did it come?", "Phone")
    counter.page.get_by_label("Full name of the person").fill("Joan Atkinson")
    counter.day("Their date of birth", BORN)
    counter.page.get_by_label("Their phone number").first.fill("01632 960000")
    counter.choose("What would help most?", "Company and friendship")
    counter.page.get_by_label("Their name").fill("Christine Atkinson")
    counter.click("Send it to the link workers")

    # When something is still missing, it says what, and keeps the rest
    counter.sees("Choose who says that the person knows and agrees")
    counter.check()
    counter.page.get_by_label("Their phone number or email address").fill("07700 900355")
    counter.choose("Does the person know, and agree?", "Whoever referred says that the person knows and agrees")
    counter.click("Send it to the link workers")
    counter.sees("It is on the link workers’ desk")
    row = Referral.objects.get()
    assert (row.taken_by, row.sender_name) == (reception.user, "Christine Atkinson")

    # And when nobody has looked at it for three weeks, it is on the list of what waits too long
    Referral.objects.update(made_on=date.today() - timedelta(days=21))
    Change.objects.update(on=date.today() - timedelta(days=21))
    desk = sits_down(size, cast.tess.user)
    desk.open("/social-prescribing/waiting/")
    desk.sees("Waits too long to be accepted or declined (1)")
    desk.check()

    # Then the link worker declines it, and the daughter, who has no e-mail, is rung and told
    desk.click("Joan Atkinson")
    desk.click("Decline this referral")
    desk.choose("Why?", "The service has no room")
    desk.page.locator("main form button").last.click()
    row.notices.update(on=date.today() - timedelta(days=8))
    desk.open("/social-prescribing/waiting/")
    desk.sees("Christine Atkinson, 07700 900355")
    desk.check()
    desk.click("I told them")
    desk.sees("Noted: they know")
    desk.sees("Nothing waits.")
