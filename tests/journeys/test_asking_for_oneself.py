"""Someone without an account asks for a link worker, and follows what becomes of it."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.driver import SIZES, Site

from whatmatters.access.roles import Role


def ask(site: Site) -> None:
    site.open("/")
    site.click("Ask for a link worker")
    site.choose("Who is asking?", "I am asking for myself")
    site.page.get_by_label("Full name of the person").fill("Joan Atkinson")
    site.day("Their date of birth", date(1948, 5, 17))
    site.page.get_by_label("Their GP practice").fill("harbour")
    site.page.get_by_label("Their phone number").fill("01482 000000")
    site.choose("What would help most?", "Company and friendship")


@pytest.fixture
def tess(make_person: Callable[..., Any], make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> Any:
    """The link worker of the network whose practice Joan is registered with."""
    make_person()
    return make_worker(Role.LINK_WORKER, place.east, "Tess Marchbank").user


@pytest.mark.parametrize("size", SIZES)
def test_a_request_is_sent_followed_and_matched(
    size: str, open_site: Callable[..., Site], signed_in: Callable[[Site, Any], None], tess: Any
) -> None:
    # Given someone on a practice's list who comes to the front page
    visitor = open_site(size)
    visitor.open("/")
    visitor.check()

    # When they fill in the form but forget to agree, it says so and keeps what they wrote
    ask(visitor)
    visitor.check()
    visitor.click("Send")
    visitor.sees("There is a problem")
    assert visitor.page.get_by_label("Full name of the person").input_value() == "Joan Atkinson"
    visitor.check()

    # And when they agree, they get a private page on which to follow it
    visitor.page.get_by_label("The person knows about this and agrees").check()
    visitor.click("Send")
    assert visitor.heading() == "Your request for a link worker"
    assert "Atkinson" not in visitor.page.url + visitor.page.locator("main").inner_text()
    visitor.check()

    # Then the link worker finds it on the desk, and takes it on
    desk = open_site(size)
    signed_in(desk, tess)
    desk.open("/social-prescribing/")
    desk.check()
    desk.page.locator("td a").first.click()
    desk.check()


def test_asking_needs_no_script(open_site: Callable[..., Site], tess: Any) -> None:
    visitor = open_site("phone", javascript=False)
    ask(visitor)
    visitor.page.get_by_label("The person knows about this and agrees").check()
    visitor.click("Send")
    assert visitor.heading() == "Your request for a link worker"
