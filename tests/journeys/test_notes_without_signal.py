"""A note written where there is no signal: kept locked, said so, sent once, lost never."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Route
from tests.journeys.driver import Site

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Contact, Referral

NOTE = "The blue door. Her sister was there; the choir is on Thursdays."
KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('wm-kept-'))"
CASE, NOT_SENT = "Contact saved", "Not sent yet, kept locked on this device"


@pytest.fixture
def case(cast: SimpleNamespace) -> Referral:
    """Joan's, with Tess."""
    row = actions.refer(person=cast.joan, need="company", by=cast.gp.actor)
    return actions.accept(referral=row, by=cast.tess.actor)


@pytest.fixture
def writing(
    case: Referral, cast: SimpleNamespace, sits_down: Callable[[str, Any], Site]
) -> Callable[..., tuple[Site, str]]:
    """Tess's phone, the contact's page open and the note typed, not yet sent."""

    def begin() -> tuple[Site, str]:
        site = sits_down("phone", cast.tess.user)
        address = f"/people/{cast.joan.uuid}/social-prescribing/{case.uuid}/contact/"
        ready(site, address)
        site.page.get_by_label("Note").fill(NOTE)
        return site, address

    return begin


def ready(site: Site, address: str) -> None:
    """The page, with its script at work."""
    site.open(address)
    site.page.wait_for_selector("html[data-keeps]")


def notes() -> list[str]:
    return list(Contact.objects.values_list("note", flat=True))


def kept(site: Site) -> list[Any]:
    found: list[Any] = site.page.evaluate(KEPT)
    return found


def forgive(site: Site) -> None:
    """The browser's own complaint that there was no line, or that the server failed, is what the test made."""
    site.faults[:] = [fault for fault in site.faults if not any(
        words in fault for words in ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load", "503", "403", "422")
    )]  # fmt: skip


def test_with_no_signal_it_is_kept_locked_and_goes_once_when_the_line_is_back(writing: Callable[..., Any]) -> None:
    site, _ = writing()
    site.page.context.set_offline(True)
    site.click("We spoke: save")
    site.sees(NOT_SENT)
    assert len(kept(site)) == 1
    assert "blue" not in str(kept(site))  # locked
    assert notes() == []
    site.page.context.set_offline(False)
    site.sees("Sent, and wiped from this device")
    assert kept(site) == []
    assert notes() == [NOTE]
    forgive(site)


def test_a_server_that_fails_loses_nothing(writing: Callable[..., Any]) -> None:
    site, _ = writing()
    fails = "**/contact/"

    def fail(route: Route) -> None:
        route.fulfill(status=503) if route.request.method == "POST" else route.fallback()

    site.page.route(fails, fail)
    site.click("We spoke: save")
    site.sees(NOT_SENT)
    assert notes() == []
    site.page.unroute(fails, fail)
    site.click("Try again now")
    site.sees("Sent, and wiped from this device")
    assert (kept(site), notes()) == ([], [NOTE])
    forgive(site)


def test_an_answer_that_is_lost_on_its_way_back_makes_no_second_contact(writing: Callable[..., Any]) -> None:
    site, _ = writing()
    lost = "**/contact/"

    def lose(route: Route) -> None:
        """The server has it; the phone never hears so."""
        if route.request.method == "POST":
            route.fetch()
            route.abort("internetdisconnected")
        else:
            route.fallback()

    site.page.route(lost, lose)
    site.click("We spoke: save")
    site.sees(NOT_SENT)
    assert notes() == [NOTE]
    site.page.unroute(lost, lose)
    site.click("Try again now")
    site.sees("Sent, and wiped from this device")
    assert (kept(site), notes()) == ([], [NOTE])
    forgive(site)


def test_a_session_that_ended_meanwhile_loses_nothing(
    writing: Callable[..., Any], signed_in: Callable[..., None], cast: SimpleNamespace
) -> None:
    site, _ = writing()
    Session.objects.all().delete()
    site.click("I tried, no answer: save")
    site.sees("You are signed out: sign in again, and it is sent.")
    assert notes() == []
    signed_in(site, cast.tess.user)
    ready(site, "/social-prescribing/")
    site.sees("Sent, and wiped from this device")
    assert (kept(site), notes()) == ([], [NOTE])
    forgive(site)


def test_another_account_on_the_same_device_neither_reads_nor_sends_it(
    writing: Callable[..., Any], signed_in: Callable[..., None], cast: SimpleNamespace, make_worker: Any, place: Any
) -> None:
    site, address = writing()
    Session.objects.all().delete()
    site.click("We spoke: save")
    site.sees("You are signed out")
    signed_in(site, make_worker("link_worker", place.east, "Sam Okafor").user)
    ready(site, address)
    site.sees("Another account keeps something on this device")
    assert "blue" not in site.page.content()
    assert (len(kept(site)), notes()) == (1, [])
    forgive(site)


def test_what_was_typed_and_not_sent_is_there_again_when_the_page_is(writing: Callable[..., Any]) -> None:
    site, address = writing()
    site.page.wait_for_function(f"() => {KEPT}.length")
    ready(site, address)
    assert site.page.get_by_label("Note").input_value() == NOTE
    site.sees("You wrote this before")
    site.click("We spoke: save")
    site.sees(CASE)
    assert (kept(site), notes()) == ([], [NOTE])


def test_what_is_wrong_is_said_by_the_server_and_then_saved_once(writing: Callable[..., Any]) -> None:
    site, _ = writing()
    site.page.get_by_label("Year").first.fill("2199")
    site.click("We spoke: save")
    site.sees("still to come")
    assert site.page.get_by_label("Note").input_value() == NOTE
    site.page.get_by_label("Year").first.fill(str(date.today().year))
    site.click("We spoke: save")
    site.sees(CASE)
    assert (kept(site), notes()) == ([], [NOTE])
    site.faults[:] = [fault for fault in site.faults if "422" not in fault]


def test_what_is_wrong_with_a_kept_note_is_mended_in_its_own_form_and_saved_once(writing: Callable[..., Any]) -> None:
    site, _ = writing()
    site.page.get_by_label("What is the next step?").fill("Ask the choir")  # and no day for it
    site.page.context.set_offline(True)
    site.click("We spoke: save")
    site.sees(NOT_SENT)
    site.page.context.set_offline(False)
    site.sees("something in it has to be mended")
    assert notes() == []
    with site.page.expect_navigation():
        site.click("Open it and mend it")
    assert site.page.locator(".nhsuk-error-summary").count() == 1
    assert site.page.get_by_label("Note").input_value() == NOTE
    assert len(kept(site)) == 1  # until it is saved
    site.page.wait_for_selector("html[data-keeps]")
    site.day("When is the next step?", date.today())
    site.click("We spoke: save")
    site.sees(CASE)
    assert (kept(site), notes()) == ([], [NOTE])
    forgive(site)


def test_signing_out_asks_what_becomes_of_what_was_not_sent(writing: Callable[..., Any]) -> None:
    site, _ = writing()
    site.page.wait_for_function(f"() => {KEPT}.length")
    site.click("Sign out")
    site.sees("Not sent yet from this device")
    site.click("Sign out and wipe it")
    site.page.wait_for_url(lambda address: "/contact/" not in address)
    assert kept(site) == []


def test_without_javascript_a_press_too_many_is_one_contact(
    case: Referral, cast: SimpleNamespace, open_site: Callable[..., Site], signed_in: Callable[..., None]
) -> None:
    site = open_site("phone", javascript=False)
    signed_in(site, cast.tess.user)
    site.open(f"/people/{cast.joan.uuid}/social-prescribing/{case.uuid}/contact/")
    site.page.get_by_label("Note").fill(NOTE)
    site.page.get_by_role("button", name="We spoke: save").dblclick()
    site.sees(CASE)
    assert notes() == [NOTE]
