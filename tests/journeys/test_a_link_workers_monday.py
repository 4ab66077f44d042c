"""A link worker's Monday: the desk, what was planned, a visit alone with a note and no signal; on Friday a handover."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator
from tests.journeys.driver import Site

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.commonest import COMMONEST, MOST
from whatmatters.components.social_prescribing.models import Contact, Handover, Question, Referral, Visit

TODAY = date.today()
DESK = "/social-prescribing/"
NOTE = "Tea in the kitchen. She would like to sing again."


@pytest.fixture
def sam(make_worker: Callable[..., Any], place: Any) -> SimpleNamespace:
    found: SimpleNamespace = make_worker("link_worker", place.east, "Sam Okafor")
    return found


def test_monday_to_friday(
    cast: SimpleNamespace, sam: SimpleNamespace, site: Site, signed_in: Callable[..., None],
    sits_down: Callable[[str, Any], Site],
) -> None:  # fmt: skip
    # given that Joan was referred last week, that Tess took her on, and set out to ring her by yesterday
    row = actions.refer(person=cast.joan, need="company", by=cast.gp.actor, on=TODAY - timedelta(days=6))
    actions.accept(referral=row, by=cast.tess.actor, on=TODAY - timedelta(days=5))
    what = {"next_on": TODAY - timedelta(days=1), "next_what": "Ring Joan to say hello"}
    Referral.objects.filter(pk=row.pk).update(**what)

    # when Tess opens her desk, the step that is overdue stands first
    signed_in(site, cast.tess.user)
    site.open(DESK)
    site.sees("Next steps due (1)")
    site.check()
    assert site.page.locator(".wm-desk__next a").first.inner_text().startswith("Ring Joan to say hello")

    # and when she has rung, she writes it down with the day of the visit that they agreed
    site.click("Ring Joan to say hello")
    site.check()
    site.page.get_by_label("What is the next step?").fill("Visit at home")
    site.day("When is the next step?", TODAY)
    site.click("We spoke: save")
    site.sees("Contact saved")
    site.check()

    # then she visits, alone and without signal
    goes_to_see(site)

    # when on Friday she hands Joan over to Sam, with a word about what comes first
    site.open(f"/people/{cast.joan.uuid}/social-prescribing/{row.uuid}/")
    site.click("Hand over")
    site.check()
    site.page.get_by_label("Who takes it on?").select_option(label="Sam Okafor")
    site.choose("Why?", "They are leaving")
    site.page.get_by_label("What should they know first?").fill("She will not ask: offer.")
    site.click("Hand over")
    site.sees("Handed over, with the whole story")

    # then Sam finds her on his desk, with all that went before
    his = sits_down("desktop", sam.user)
    his.open(DESK)
    his.sees("handed to you by Tess Marchbank")
    his.click("ATKINSON, Joan")
    his.sees("She will not ask: offer.")
    his.sees(NOTE)
    his.check()

    # and Joan is told, in words that are hers too
    hers = sits_down("phone", cast.account)
    hers.open("/")
    hers.sees("You have another link worker now")
    site.faults[:] = [one for one in site.faults if "DISCONNECTED" not in one and "Failed to load" not in one]


def goes_to_see(site: Site) -> None:
    # she plans the visit: Sam is told if she does not check in
    site.click("Plan a visit")
    site.check()
    site.page.get_by_label("Where will you be?").fill("12 Dansom Lane, the blue door")
    site.page.get_by_label("Back by").fill("23:59")
    site.page.get_by_label("Who is told").select_option(label="Sam Okafor")
    site.click("Save the visit")
    site.sees("Leave this page open")
    site.page.wait_for_selector("html[data-keeps]")
    site.check()

    # and at Joan's there is no signal: the note is kept, and so is the press that says she is back
    site.page.get_by_label("In person").check()
    site.page.get_by_role("textbox", name="Note").fill(NOTE)
    site.page.context.set_offline(True)
    site.click("We spoke: save")
    site.sees("Not sent yet, kept locked on this device")
    site.click("I am back safe")
    site.page.wait_for_function("() => document.querySelectorAll('#kept li').length === 2")
    assert Contact.objects.filter(note=NOTE).count() == 0

    # then, down the road, both go, once
    site.page.context.set_offline(False)
    site.page.wait_for_function("() => document.querySelector('#kept')?.innerText.includes('Sent, and wiped')")
    site.page.wait_for_function("() => !document.querySelector('#kept li')")
    assert (Contact.objects.filter(note=NOTE).count(), Visit.objects.get().how) == (1, "safe")


def test_a_colleague_who_does_not_check_in_stands_above_everything(
    cast: SimpleNamespace, sam: SimpleNamespace, site: Site, signed_in: Callable[..., None]
) -> None:
    row = actions.accept(referral=actions.refer(person=cast.joan, need="company", by=cast.gp.actor), by=cast.tess.actor)
    visit = actions.plan_visit(
        referral=row, where="12 Dansom Lane", phone="07700 900123", back_by=timezone.now() + timedelta(hours=1),
        colleague=sam.worker, by=cast.tess.actor,
    )  # fmt: skip
    Visit.objects.update(back_by=timezone.now() - timedelta(minutes=5))
    signed_in(site, sam.user)
    site.open(DESK)
    site.sees("Tess Marchbank has not checked in")
    site.sees("07700 900123")
    site.check()
    site.click("I have spoken with Tess Marchbank")
    site.check()
    site.page.get_by_label("How do you know that they are safe?").fill("Rang: her phone was flat")
    site.click("They are safe")
    visit.refresh_from_db()
    assert visit.how == "found"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_pages_of_those_who_look_after_workers_are_accessible(
    cast: SimpleNamespace, sits_down: Callable[[str, Any], Site], place: Any, make_worker: Any, size: str
) -> None:
    row = actions.accept(referral=actions.refer(person=cast.joan, need="company", by=cast.gp.actor), by=cast.tess.actor)
    actions.ask(referral=row, question="Am I doing too much?", by=cast.tess.actor)
    lead = sits_down(size, make_worker("clinical_lead", place.east, "Dr Lead").user)
    manager = sits_down(size, make_worker("pcn_manager", place.east, "Gill Manager").user)
    tess = cast.tess.worker.pk
    for site, address in (
        (lead, "/social-prescribing/supervision/"), (lead, f"/social-prescribing/supervision/{tess}/"),
        (manager, "/social-prescribing/caseload/"), (manager, f"/social-prescribing/caseload/{tess}/hand-over/"),
        (manager, f"/team/{tess}/"), (manager, f"/team/{tess}/training/"),
        (sits_down(size, cast.tess.user), "/my-work/"),
    ):  # fmt: skip
        site.open(address)
        site.check()


# The ten commonest things: what must be there first, what is typed, what came of it.

COUNT = """addEventListener('click', event => {
  if (event.isTrusted) sessionStorage.presses = Number(sessionStorage.presses ?? 0) + 1;
}, true)"""


def given(which: str, cast: SimpleNamespace, sam: SimpleNamespace) -> Referral:
    """Joan's case as the thing asks for it: new, waiting, with a visit out, or due to close."""
    on = TODAY - timedelta(days=80)
    row = actions.refer(person=cast.joan, need="company", by=cast.gp.actor, on=on)
    if which == "Take on someone new":
        return row
    actions.accept(referral=row, by=cast.tess.actor, on=on)
    if which.startswith("Close"):
        actions.record_contact(referral=row, how="phone", spoke=True, by=cast.tess.actor, on=on)
    if which.startswith(("Plan a visit", "Check in")):  # she has gone out before: Sam is named already
        back = timezone.now() + timedelta(hours=2)
        facts = {"where": "Hers", "back_by": back, "colleague": sam.worker, "by": cast.tess.actor}
        visit = actions.plan_visit(referral=row, **facts)
        if which.startswith("Plan"):
            actions.call_off(visit=visit, by=cast.tess.actor)
    return row


TYPED: dict[str, dict[str, str]] = {
    "Write down a talk by phone": {"Note": NOTE},
    "Write down a talk in person": {"Note": NOTE},
    "Plan the next step": {"What is the next step?": "Ring", "Day": "1", "Month": "1", "Year": str(TODAY.year + 1)},
    "Ask how they feel (ONS4)": {"Overall, how happy": "7"},
    "Plan a visit": {"Back by": "23:59"},
    "Ask in supervision": {"What would you like": "Am I doing too much?"},
}
CAME: dict[str, Callable[[Referral], bool]] = {
    "Take on someone new": lambda row: row.status == "accepted",
    "Write down a talk by phone": lambda row: row.contacts.filter(how="phone", spoke=True, note=NOTE).exists(),
    "Write down a call that nobody answered": lambda row: row.contacts.filter(how="phone", spoke=False).exists(),
    "Write down a talk in person": lambda row: row.contacts.filter(how="in person", spoke=True, note=NOTE).exists(),
    "Plan the next step": lambda row: row.next_what == "Ring",
    "Ask how they feel (ONS4)": lambda row: row.sittings.exists(),
    "Plan a visit": lambda row: row.visits.filter(ended=None).exists(),
    "Check in after a visit": lambda row: row.visits.filter(how="safe").exists(),
    "Ask in supervision": lambda row: Question.objects.filter(referral=row).exists(),
    "Close a case that is due": lambda row: row.status == "closed",
}


def where(site: Site, press: str) -> Locator:
    page = site.page
    special = {
        "the row’s next step": page.locator(".wm-desk__next a"),
        "the person’s name": page.locator(".wm-desk__who a"),
        "the reason": page.get_by_label("The person has what they came for"),
    }
    named = (page.get_by_role(role, name=press, exact=True) for role in ("link", "button", "radio"))
    link, button, radio = named
    return special.get(press, link.or_(button).or_(radio)).first


@pytest.mark.parametrize(("what", "presses"), COMMONEST, ids=[what for what, _ in COMMONEST])
def test_each_of_the_ten_commonest_things_takes_at_most_three_presses_of_a_key(
    what: str, presses: tuple[str, ...], cast: SimpleNamespace, sam: SimpleNamespace, sits_down: Callable[..., Site]
) -> None:
    row = given(what, cast, sam)
    site = sits_down("desktop", cast.tess.user)
    site.page.add_init_script(COUNT)
    site.open(DESK)
    for place, press in enumerate(presses):
        if place == len(presses) - 1:
            for label, words in TYPED.get(what, {}).items():
                site.page.get_by_label(label).first.fill(words)
        there = where(site, press)
        there.focus()
        if there.get_attribute("type") == "radio":
            site.page.keyboard.press("Space")
        else:
            site.enter()
    site.page.wait_for_load_state()
    row.refresh_from_db()
    assert CAME[what](row), site.heading()
    counted = int(site.page.evaluate("() => sessionStorage.presses"))
    assert counted == len(presses) <= MOST
    assert not Handover.objects.exists()


def test_the_page_lists_them(cast: SimpleNamespace, sits_down: Callable[..., Site]) -> None:
    site = sits_down("phone", cast.tess.user)
    site.open(DESK)
    site.page.get_by_text("What takes how many presses").click()
    for what, presses in COMMONEST:
        site.sees(f"{what} ({len(presses)})")
    assert len(COMMONEST) == len(CAME) == 10
