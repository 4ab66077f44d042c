"""The plan: begun by the person, talked through, agreed, and counted only when the five criteria hold."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.journeys.driver import SIZES, Site

TODAY = date.today()


@pytest.mark.parametrize("size", SIZES)
def test_a_plan_in_the_persons_words_and_when_it_counts(  # noqa: PLR0915  # a journey is told in one breath
    size: str, cast: Any, sits_down: Callable[[str, Any], Site]
) -> None:
    # Given Joan, who begins her plan herself
    joan = sits_down(size, cast.account)
    joan.open(f"/my/{cast.joan.uuid}/")
    joan.click("Begin my plan")
    joan.check()
    joan.click("Begin a plan")
    joan.check()
    joan.page.get_by_label("What is most important to me").fill("My garden, and my sister Maureen on Sundays.")
    joan.click("Save and go on")
    joan.check()

    # When the link worker talks it through with her
    tess = sits_down(size, cast.tess.user)
    tess.open(f"/people/{cast.joan.uuid}/plan/")
    tess.sees("This plan does not count yet")
    tess.check()
    tess.click("Go on writing the draft")
    tess.sees("Joan wrote this")
    tess.check()
    tess.click("Save and go on")
    tess.check()
    tess.page.get_by_label("Whom the person chose to be involved").fill("Maureen Bell, sister")
    tess.day("The day you talked", TODAY)
    tess.page.get_by_label("Needs, worries and strengths").fill("Lonely since the spring. Good with her hands.")
    tess.click("Save and go on")
    tess.check()

    # And what is beside it is left for now
    tess.click("Go on to goals and actions")

    # And they set a goal with an action that has an owner and a day
    tess.click("Add a goal")
    tess.check()
    tess.page.get_by_label("What does the person want").fill("To be among people twice a week")
    tess.page.get_by_label("Agreed with which professional?").fill("Tess Marchbank")
    tess.page.get_by_label("Their role").fill("Link worker")
    tess.click("Add the goal")
    tess.check()
    tess.click("Add an action")
    tess.check()
    tess.page.get_by_label("What will be done?").fill("Go to the Shed on Tuesdays")
    tess.choose("Who will do it?", "The person themself")
    tess.day("By when?", TODAY + timedelta(days=14))
    tess.click("Add the action")
    tess.check()

    # And agree it
    tess.click("Go on to the agreement")
    tess.check()
    tess.choose("Who agreed it?", "The person")
    tess.page.get_by_label("Their name").fill("Joan Atkinson")
    tess.day("The day it was agreed", TODAY)
    tess.day("To be looked at again on", TODAY + timedelta(days=180))
    tess.page.get_by_label("Who will see to that?").fill("Tess Marchbank")
    tess.page.get_by_label("Their role").fill("Link worker")
    tess.page.get_by_label("How to reach them").fill("01482 000000")
    tess.click("Agree the plan")
    tess.check()

    # Then the page says what it lacks until it is shared with her, and then that it counts
    tess.sees("This plan does not count yet")
    tess.click("Record a share")
    tess.check()
    tess.page.get_by_role("group", name="Shared with").get_by_role("radio").first.check()
    tess.page.get_by_role("group", name="How?").get_by_role("radio").first.check()
    tess.click("Save")
    tess.sees("This plan counts.")
    tess.check()

    # And Joan reads it in her own words
    joan.open(f"/my/{cast.joan.uuid}/plan/")
    joan.sees("My garden, and my sister Maureen on Sundays.")
    joan.sees("In Joan’s own words")
    joan.check()
    joan.open(f"/my/{cast.joan.uuid}/plan/print/")
    joan.check()
