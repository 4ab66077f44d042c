"""An audit of how decisions feel: the lead from the plan to the signed pack, a person on her phone, a screen."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from tests.journeys.driver import Site

from whatmatters.access.roles import Role
from whatmatters.components.shared_decision_making.actions import answering, asking
from whatmatters.components.shared_decision_making.models import Answer, Ask, Audit
from whatmatters.events.codes import SHARED_DECISION
from whatmatters.events.models import OrganisationEvent
from whatmatters.events.record import record

TODAY = date.today()
ASKED = 30


@pytest.fixture
def east(place: SimpleNamespace, make_person: Callable[..., Any], make_worker: Callable[..., Any]) -> SimpleNamespace:
    """Thirty people of East Hull who shared a decision last month, and who works for them."""
    gp = make_worker(Role.CLINICIAN, place.harbour, "Dr Amara Nwosu")
    people = [make_person(born=date(1950, 1, 1)) for _ in range(ASKED)]
    with transaction.atomic():
        for one in people:
            record(SHARED_DECISION, one, on=TODAY - timedelta(days=30), by=gp.actor)
    return SimpleNamespace(
        lead=make_worker(Role.CLINICAL_LEAD, place.east, "Dr Yusuf Qureshi").user,
        nicola=make_worker(Role.RECEPTIONIST, place.harbour, "Nicola Harland").user,
        gp=gp.user,
    )


def test_a_sample_is_asked_and_what_follows_is_signed(  # noqa: PLR0915  # a journey is told in one breath
    east: SimpleNamespace, sits_down: Callable[[str, Any], Site], open_site: Callable[..., Site]
) -> None:
    # Given a clinical lead who plans an audit of everyone with whom a decision was shared
    lead = sits_down("desktop", east.lead)
    lead.open("/decisions/audits/")
    lead.check()
    lead.click("Plan an audit")
    lead.check()
    lead.click("Save the plan")
    lead.sees("There is a problem")
    lead.check()
    lead.page.get_by_label("Which network?").select_option(label="East Hull PCN")
    lead.page.get_by_label("What do you call the audit?").fill("After a decision")
    lead.page.get_by_label("Whom is it about?").select_option("everyone")
    lead.page.get_by_label("How much?").fill("100")
    lead.click("Save the plan")
    lead.sees("Planned. Draw the sample next")
    lead.check()

    # When the sample is drawn, drawn again to see that it is the same, and sent
    lead.click("Draw the sample")
    lead.check()
    lead.click("Draw it")
    lead.sees("100% of the population of 30, rounded up: 30 people are asked.")
    lead.click("Draw it again and compare")
    lead.sees("the list of that day is the same; with the seed the same people are drawn")
    lead.check()
    lead.click("Send the questions")
    lead.check()
    lead.click("Send them")
    lead.sees("The questions are on their way")
    lead.check()

    # And the practice prints the letters, on which nobody reads what it is about
    gp = sits_down("desktop", east.gp)
    gp.open(lead.page.url + "letters/")
    assert gp.page.locator(".wm-letter").count() == ASKED
    gp.check()

    # Then a person answers on her phone, once
    row = Ask.objects.first()
    assert row
    her = open_site("phone")
    her.open(f"/how-it-felt/{asking.word_of(row)}/")
    her.check()
    her.click("Send my answers")
    her.sees("Answer at least one question")
    her.check()
    for question in ("Question 1", "Question 2", "Question 3"):
        her.page.get_by_role("group", name=question).get_by_label("9", exact=True).check()
    her.page.get_by_label("How old are you?").select_option("65-79")
    her.click("Send my answers")
    her.sees("Thank you")
    her.check()
    her.open(f"/how-it-felt/{asking.word_of(row)}/")
    her.sees("This link is no longer good")
    her.check()
    for other in Ask.objects.filter(answered=False)[:27]:
        answering.answer_by_link(word=asking.word_of(other), items=[9, 9, 8], groups={})

    # The lead sees how many answered, and only when the answers are closed what they said
    lead.page.reload()
    lead.sees("28 have answered")
    assert lead.page.get_by_text("Best score there is").count() == 0
    lead.click("Close the answers")
    lead.check()
    lead.click("Close them")
    lead.sees("From 28 complete answers")
    lead.check()

    # What could be better is considered, one thing is decided, and it is made
    for what in ("Ask what matters first", "Longer appointments"):
        lead.click("Consider an improvement")
        lead.page.get_by_label("What could be done better?").fill(what)
        lead.click("Add it")
    lead.click("Decide")
    lead.check()
    lead.page.get_by_label("We do this: Ask what matters first").check()
    lead.page.get_by_label("What was decided, and why?").fill("It costs nothing.")
    lead.click("Save the decision")
    lead.sees("Write who does improvement 1")
    lead.check()
    lead.page.get_by_label("Who does improvement 1?").fill("Dr Nwosu")
    lead.day("By when is improvement 1 made?", TODAY)
    lead.click("Save the decision")
    lead.sees("Decided on")
    lead.click("It is made")
    lead.check()
    lead.page.get_by_label("What was done, and what came of it?").fill("It is on every template.")
    lead.click("Save")

    # And the pack is signed, read, and taken as a file; the contract's row is met
    lead.click("Sign the evidence pack")
    lead.check()
    lead.page.get_by_label("Name of who signs").fill("Dr Yusuf Qureshi")
    lead.page.get_by_label("Their role").fill("Clinical lead")
    lead.click("Sign it")
    lead.sees("Signed, and attested to the commissioner")
    lead.check()
    with lead.page.expect_download() as file:
        lead.click("take it as a PDF file")
    assert file.value.path().read_bytes().startswith(b"%PDF")
    lead.click("Read it")
    lead.sees(Audit.objects.get().pack.sha256)
    lead.check()
    assert OrganisationEvent.objects.get(code="attested").detail == "shared-decision-making-audited"


def test_a_screen_in_the_waiting_room_takes_one_answer_after_another(
    east: SimpleNamespace, sits_down: Callable[[str, Any], Site]
) -> None:
    # Given a receptionist who switches a screen on, on the device itself
    nicola = sits_down("desktop", east.nicola)
    nicola.open("/decisions/screens/")
    nicola.check()
    nicola.page.get_by_label("Which practice?").select_option(label="Harbour Surgery")
    nicola.click("Switch on")
    nicola.sees("It is shown once")
    nicola.check()
    code = nicola.page.locator(".nhsuk-inset-text .nhsuk-heading-l").inner_text()
    nicola.open("/screen/")
    nicola.check()
    nicola.page.get_by_label("The screen’s code").fill(code)
    nicola.click("Switch on")

    # Then she is signed out of it, and people answer, each from the start
    nicola.sees("Did you decide something about your care today?")
    assert "Nicola" not in nicola.page.content()
    nicola.check()
    for best in ("9", "5"):
        nicola.click("Start")
        nicola.check()
        for question in ("Question 1", "Question 2", "Question 3"):
            nicola.page.get_by_role("group", name=question).get_by_label(best, exact=True).check()
        nicola.click("Send my answers")
        nicola.sees("Thank you")
        nicola.check()
        nicola.click("Next person")
    assert sorted(Answer.objects.values_list("score", "how")) == [(5, "kiosk"), (9, "kiosk")]
    nicola.open("/decisions/answers/")
    nicola.sees("Sign in")
