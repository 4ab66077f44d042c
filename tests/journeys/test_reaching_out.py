"""A link worker and the network's manager reach out to people who have not asked: from the plan to what they said."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from tests.journeys.driver import SIZES, Site

from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing.models import Listed, Referral, Side
from whatmatters.events.codes import ISOLATED
from whatmatters.events.record import record
from whatmatters.web.words import day

TODAY = date.today()
NAMES = ("Ada", "Bert", "Cora", "Dan")
YEAR_AGO = TODAY - timedelta(days=200)


@pytest.fixture
def winter(place: SimpleNamespace, make_person: Callable[..., Any], make_worker: Callable[..., Any]) -> SimpleNamespace:
    """Four people of East Hull of whom it is recorded that they live alone, and who works for them."""
    gp = make_worker(Role.CLINICIAN, place.harbour, "Dr Amara Nwosu")
    for name in NAMES:
        person = make_person(given_name=name, family_name="Winter", born=date(1945, 1, 1), ethnicity="A")
        with transaction.atomic():
            record(ISOLATED, person, on=YEAR_AGO, by=gp.actor, detail="lives-alone")
    return SimpleNamespace(
        tess=make_worker(Role.LINK_WORKER, place.east, "Tess Marchbank").user,
        gillian=make_worker(Role.PCN_MANAGER, place.east, "Gillian Waudby").user,
        analyst=make_worker(Role.ICB_ANALYST, place.icb, "Wei Ling Chan").user,
    )


@pytest.mark.parametrize("size", SIZES)
def test_a_plan_is_agreed_a_list_is_made_and_people_answer(  # noqa: PLR0915  # a journey is told in one breath
    size: str, winter: SimpleNamespace, sits_down: Callable[[str, Any], Site]
) -> None:
    # Given a manager who plans an offer to people who live alone
    gillian = sits_down(size, winter.gillian)
    gillian.open("/social-prescribing/offers/")
    gillian.check()
    gillian.click("Plan an offer")
    gillian.check()
    gillian.click("Save the plan")
    gillian.sees("There is a problem")
    gillian.check()
    gillian.page.get_by_label("Which network?").select_option("U10001")
    gillian.page.get_by_label("What do you call it?").fill("A call in winter")
    gillian.page.get_by_label("What need is not met").fill("Many live alone and never ask.")
    gillian.page.get_by_label("Whom is it for?").select_option("lonely-or-isolated")
    gillian.page.get_by_label("From what age?").fill("65")
    gillian.page.get_by_label("Who was not referred").select_option("12")
    gillian.choose("What is it about?", "Company and friendship")
    gillian.page.get_by_label("What is offered").fill("A call, then company.")
    gillian.day("From which day is it offered?", TODAY)
    gillian.click("Save the plan")
    gillian.sees("Before it can be agreed these must have had a say")
    gillian.check()

    # When everyone whose say it needs has had it, it can be agreed
    for side in Side:
        gillian.click("Add who had a say")
        gillian.choose("Who had a say?", side.label)
        gillian.page.get_by_label("Their name, or the organisation’s").fill(f"Someone of {side.label}"[:60])
        gillian.page.get_by_label("What did they bring to it?").fill("Ring in the morning.")
        gillian.click("Save")
        gillian.sees("Saved")
    gillian.check()
    gillian.click("Agree the plan")
    gillian.check()
    gillian.click("It is agreed")
    gillian.sees("agreed with its partners, and attested to the commissioner")
    assert gillian.page.get_by_role("link", name="Open the list").count() == 0
    offer = gillian.page.url

    # Then the link worker makes the list, sees why each is on it, and invites three
    tess = sits_down(size, winter.tess)
    tess.open(offer)
    tess.click("Open the list")
    tess.click("Look for people by the rule")
    tess.sees("4 put on the list")
    tess.sees("lonely, isolated or living alone (lives alone), recorded on")
    tess.check()
    tess.choose("How do you invite them?", "By phone")
    tess.page.get_by_role("button", name="Invite", exact=True).click()
    tess.sees("Tick at least one person")
    tess.check()
    for name in NAMES[:3]:
        tess.page.get_by_label(f"WINTER, {name}").check()
    tess.choose("How do you invite them?", "By phone")
    tess.page.get_by_role("button", name="Invite", exact=True).click()
    tess.sees("3 invited")
    tess.check()

    # One says yes and is referred, one says no and is not asked again
    tess.click("Said yes")
    tess.check()
    tess.click("Refer them")
    tess.sees("Referred: the case is with the link workers")
    tess.click("Said no")
    tess.check()
    tess.choose("What did they say?", "Does not need it")
    tess.click("Save")
    tess.sees("Saved: they are not asked again")
    tess.check()
    assert Referral.objects.get(person__given_name="Ada").status == "received"
    states = dict(Listed.objects.values_list("person__given_name", "state"))
    assert states == {"Ada": "accepted", "Bert": "declined", "Cora": "invited", "Dan": "listed"}

    # And Dan asks to be left alone: nobody can invite him
    tess.page.get_by_role("link", name=re.compile("Their page.*WINTER, Dan")).click()
    tess.click("Invitations, and what is known of their life")
    tess.check()
    tess.choose("What did they say, or what is on file?", "Asked not to be invited")
    tess.click("Do not invite them")
    tess.sees("No list of an offer takes them")
    tess.check()
    tess.open(offer + "list/")
    tess.page.get_by_text("Who they are: Not to be invited now").click()
    tess.sees("This person has asked not to be invited")

    # The manager and the analyst see no name anywhere, and from when on there are numbers of groups
    for reader in (gillian, sits_down(size, winter.analyst)):
        reader.open(offer)
        next_month = (TODAY.replace(day=1) + timedelta(days=31)).replace(day=1)
        reader.sees(f"The first of this offer are shown from {day(next_month)}.")
        assert "WINTER" not in reader.page.content().upper().replace("A CALL IN WINTER", "")
        reader.check()
        reader.open(offer + "list/")
        assert "WINTER, ADA" not in reader.page.content().upper()


@pytest.mark.parametrize("size", SIZES)
def test_meetings_the_protocol_and_what_happened(
    size: str, winter: SimpleNamespace, sits_down: Callable[[str, Any], Site]
) -> None:
    # Given a link worker who was at a practice's meeting
    tess = sits_down(size, winter.tess)
    tess.open("/social-prescribing/meetings/")
    tess.check()
    tess.page.get_by_label("Which practice?").select_option("B81001")
    tess.choose("Who of the team was there?", "Tess Marchbank")
    tess.click("Save the meeting")
    tess.sees("Meeting saved")
    tess.check()

    # When the manager attests for the practice, writes the protocol and sets a target
    gillian = sits_down(size, winter.gillian)
    gillian.open("/social-prescribing/meetings/attest/")
    gillian.check()
    gillian.page.get_by_label("Which practice?").select_option("B81001")
    gillian.page.get_by_label("The practice can involve link workers").check()
    gillian.click("Attest it")
    gillian.sees("Attested")
    gillian.open("/social-prescribing/schemes/")
    gillian.check()
    gillian.click("Begin the protocol of")
    gillian.check()
    gillian.click("Change what is planned")
    gillian.check()
    gillian.page.get_by_label("How many referrals").fill("400")
    gillian.page.get_by_label("What will it cost").fill("112500")
    gillian.click("Save")
    gillian.sees("£112,500.00")
    gillian.click("Write")
    gillian.check()
    gillian.page.get_by_label("What does the protocol say?").fill("People who live alone.")
    gillian.click("Save")
    gillian.click("Set targets")
    gillian.check()
    gillian.page.get_by_label("People referred, per 1000").fill("12")
    gillian.click("Save")
    gillian.check()

    # Then what was planned stands against what happened
    gillian.click("What happened against it")
    gillian.sees("The scheme of")
    gillian.check()
