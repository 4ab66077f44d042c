"""A plan where it is needed: shared with a care home, seen by the night doctor on a phone, and who looked is told."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader
from tests.components.care_planning.sharing import full_plan, readers
from tests.journeys.driver import Site

TODAY = date.today()


@pytest.fixture
def here(make_worker: Callable[..., Any], place: Any) -> SimpleNamespace:
    found = readers(make_worker)
    found.officer = make_worker("privacy_officer", place.icb, "Farida Siddique")
    return found


def test_a_plan_is_seen_by_the_care_home_and_by_the_night_doctor(  # noqa: PLR0915  # a journey is told in one breath
    cast: Any, here: SimpleNamespace, sits_down: Callable[[str, Any], Site]
) -> None:
    # Given Joan's agreed plan, and Tess who shares it with the home where she stays for a month
    full_plan(cast.joan, cast.tess.actor)
    tess = sits_down("desktop", cast.tess.user)
    tess.open(f"/people/{cast.joan.uuid}/plan/")
    tess.click("Who can see it")
    tess.check()
    tess.click("Let someone read the plan")
    tess.check()
    tess.choose("Who is to read it?", "Care home")
    tess.page.get_by_label("Their organisation").fill("Greenfields")
    tess.choose("What for?", "To care for the person day by day")
    tess.day("Until", TODAY + timedelta(days=30))
    tess.click("Give access")
    tess.sees("They can read the plan now")
    tess.check()

    # When the manager of the home signs in
    ruth = sits_down("desktop", here.manager.user)
    ruth.open("/")
    ruth.check()
    ruth.click("Plans shared with you")
    ruth.check()
    ruth.click("ATKINSON, Joan")
    ruth.check()

    # Then she reads what matters first, and makes a copy in easy read for Joan's room
    ruth.sees("zq-most-important")
    ruth.choose("How should it look?", "Easy read")
    ruth.click("Make the copy")
    ruth.sees("Do not rely on it after")
    ruth.check()

    # Printed from the browser, each sheet says which it is of how many
    sheets = PdfReader(BytesIO(ruth.page.pdf())).pages
    assert [f"Page {n} of {len(sheets)}" in one.extract_text() for n, one in enumerate(sheets, 1)] == [True] * len(
        sheets
    )

    # And whoever finds the copy can ask whether it is still the latest, without learning whose it is
    finder = sits_down("phone", here.officer.user)
    finder.page.context.clear_cookies()
    finder.open(urlsplit(ruth.page.locator(".wm-copy__where").inner_text()).path)
    finder.sees("This copy is the latest")
    finder.check()

    # When at night a doctor is called to her, to whom nothing was shared
    ife = sits_down("phone", here.doctor.user)
    ife.open("/")
    ife.check()
    ife.click("Open one in an emergency")
    ife.check()
    ife.click("Show the emergency plan")
    ife.sees("There is a problem")
    ife.check()
    ife.page.get_by_label("NHS number").fill(str(cast.joan.nhs_number))
    ife.day("Date of birth", cast.joan.born)
    ife.choose("Why do you need to see the plan?", "The person cannot tell us")
    ife.page.get_by_label("In a few words").fill("Found on the floor by the night staff")
    ife.click("Show the emergency plan")

    # Then what to do is on the first screen of the phone
    ife.check()
    first = ife.sees("Ring 01632 960001 before 999").bounding_box()
    assert first is not None
    assert first["y"] + first["height"] < 844

    # And the privacy officer looks into it
    farida = sits_down("desktop", here.officer.user)
    farida.open("/plans/emergencies/")
    farida.check()
    farida.click("Look into it")
    farida.check()
    farida.choose("What did you find?", "It was right to look")
    farida.click("Save")
    farida.sees("To be looked into (0)")
    farida.check()

    # And Joan sees on her phone who looked and why, and ends what the home may read
    joan = sits_down("phone", cast.account)
    joan.open(f"/my/{cast.joan.uuid}/")
    joan.check()
    joan.click("Who can see my plan")
    joan.sees("Found on the floor by the night staff")
    joan.check()
    joan.click("End this now")
    joan.sees("they can open the plan no more")
    ruth.open("/plans/shared/")
    assert not ruth.page.get_by_text("ATKINSON").count()
