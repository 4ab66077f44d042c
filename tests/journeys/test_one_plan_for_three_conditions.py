"""One plan for three conditions: its parts written, changed by two at once, agreed, and compared with the next."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.journeys.driver import SIZES, Site

from whatmatters.components.care_planning.models import Version

TODAY = date.today()
SHOTS = os.environ.get("SHOTS")


def look(site: Site, name: str) -> None:
    site.check()
    if SHOTS:
        site.page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.mark.parametrize("size", SIZES)
def test_a_person_with_three_conditions_has_one_plan(  # noqa: PLR0915  # a journey is told in one breath
    size: str, cast: Any, sits_down: Callable[[str, Any], Site]
) -> None:
    # Given a draft of Joan's plan, in which Tess writes what weighs on her: lungs, sugar, and low spirits
    tess = sits_down(size, cast.tess.user)
    plan = f"/people/{cast.joan.uuid}/plan/"
    tess.open(plan)
    tess.click("Begin a plan")
    tess.page.get_by_label("What is most important to me").fill("My garden, and Maureen on Sundays.")
    tess.click("Save and go on")
    tess.sees("What matters is saved")
    tess.open(f"{plan}parts/")
    look(tess, f"{size}-parts")
    for condition, need in (("COPD", "Out of breath on the stairs"), ("Diabetes", "Sugar up and down"),
                            ("Mental health", "Low since the spring")):  # fmt: skip
        tess.open(f"{plan}parts/needs/add/")
        tess.page.get_by_label("What is difficult, or worries them").fill(need)
        tess.page.get_by_label("Does it belong to one condition?").select_option(condition)
        tess.click("Save")
        tess.sees("Back to the parts of the plan")
    look(tess, f"{size}-needs")

    # When they write what to do if her breath goes, a trigger is asked for, and a second one is given room
    tess.open(f"{plan}parts/contingency/add/")
    tess.page.get_by_label("What should be done then?").fill("Blue inhaler, ten puffs; then 999")
    tess.click("Save")
    tess.sees("must be filled in")
    look(tess, f"{size}-contingency-refused")
    tess.page.get_by_label("What sets it off, or tells us that it has begun?").fill("Cannot finish a sentence")
    tess.page.get_by_role("button", name="What sets it off").click()
    tess.page.get_by_label("What sets it off, or tells us that it has begun? (2)").fill("Lips blue")
    look(tess, f"{size}-contingency")
    tess.click("Save")
    tess.sees("Lips blue")
    look(tess, f"{size}-contingencies")

    # And a colleague changes a need in another tab: Tess sees it, and loses nothing
    tess.open(f"{plan}parts/needs/")
    tess.click("Change entry 3")
    other = sits_down(size, cast.tess.user)
    other.open(f"{plan}parts/needs/")
    other.click("Change entry 3")
    other.page.get_by_label("What is difficult, or worries them").fill("Low in the mornings")
    other.click("Save")
    other.sees("Back to the parts of the plan")
    tess.page.get_by_label("What is difficult, or worries them").fill("Low, and sleeps badly")
    tess.click("Save")
    tess.sees("Someone else changed this meanwhile")
    tess.sees("Low in the mornings")
    look(tess, f"{size}-both")
    tess.page.get_by_label("What is difficult, or worries them").fill("Low in the mornings, and sleeps badly")
    tess.click("Save")
    tess.sees("Back to the parts of the plan")
    tess.faults.clear()  # the page's script was refused first, which a window counts as a broken answer

    # And a goal hangs on a need, with an action of which they are fairly sure
    tess.open(f"{plan}goals/")
    tess.click("Add a goal")
    tess.page.get_by_label("What does the person want").fill("Upstairs without stopping")
    tess.page.get_by_label("For which need or worry?").select_option("Out of breath on the stairs")
    look(tess, f"{size}-goal")
    tess.click("Add the goal")
    tess.sees("Go on to the agreement")
    tess.click("Add an action")
    tess.page.get_by_label("What will be done?").fill("Teach the breathing")
    tess.choose("Who will do it?", "A professional")
    tess.page.get_by_label("How sure are they that they can do it").select_option("7")
    look(tess, f"{size}-action")
    tess.click("Add the action")
    tess.sees("Go on to the agreement")

    # Then the draft says it is one plan for all three
    tess.open(plan)
    tess.sees("One plan for COPD, Diabetes, Mental health")
    look(tess, f"{size}-plan")
    tess.click("How much of the information standard it holds")
    tess.sees("that the information standard")
    look(tess, f"{size}-complete")

    # And once it is agreed, the next version is compared with it
    tess.open(f"{plan}agree/")
    tess.choose("Who agreed it?", "The person")
    tess.page.get_by_label("Their name").fill("Joan Atkinson")
    tess.day("The day it was agreed", TODAY)
    tess.click("Agree the plan")
    tess.sees("The plan is agreed")
    tess.open(plan)
    tess.click("Change the plan")
    tess.sees("Save and go on")
    tess.open(f"{plan}parts/needs/")
    tess.click("Take out entry 2")
    tess.sees("Taken out of the draft")
    assert Version.objects.count() == 2
    tess.open(f"{plan}versions/2/changes/")
    tess.sees("left out")
    look(tess, f"{size}-changes")
    assert Version.objects.filter(plan__person=cast.joan).values("plan").distinct().count() == 1
