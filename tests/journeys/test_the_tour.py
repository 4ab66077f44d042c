"""One person through everything: referred, heard, connected, planned with, counted."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.driver import SIZES, Site

from whatmatters.components.social_prescribing import actions as social_prescribing
from whatmatters.config.commands import store
from whatmatters.directory.models import Group
from whatmatters.instruments import ons4

TODAY = date.today()
ONS4 = ("how satisfied are you", "are worthwhile", "how happy did you feel", "how anxious did you feel")


def scores(site: Site, stage: str, answers: tuple[int, int, int, int]) -> None:
    site.click("Record how they feel (ONS4)")
    site.check()
    site.choose("When is this?", stage)
    for question, answer in zip(ONS4, answers, strict=True):
        site.page.get_by_label(question).fill(str(answer))
    site.click("Save scores")
    site.sees("Scores saved")


@pytest.mark.parametrize("size", SIZES)
def test_from_a_referral_to_a_group(size: str, cast: Any, sits_down: Callable[[str, Any], Site]) -> None:
    # Given a GP on the page of someone who is lonely
    gp = sits_down(size, cast.gp.user)
    gp.open(f"/people/{cast.joan.uuid}/")
    gp.sees("ATKINSON, Joan")
    gp.check()

    # When the GP refers her, it takes three clicks from her page
    gp.clicks = 0
    gp.click("Refer to social prescribing")
    gp.check()
    gp.choose("What would help most?", "Company and friendship")
    gp.click("Refer: they know and agree")
    assert gp.clicks == 3
    gp.page.get_by_role("alert").wait_for()
    gp.check()

    # Then the link worker sees her on the desk, among the new, and takes her on
    tess = sits_down(size, cast.tess.user)
    tess.open("/social-prescribing/")
    tess.check()
    tess.click("ATKINSON, Joan")
    tess.check()
    tess.click("Accept: I will get in touch")
    tess.sees("Waiting for first contact")
    tess.check()

    # And records the conversation and how Joan feels before
    tess.click("Record a contact")
    tess.check()
    tess.choose("How?", "In person")
    tess.click("We spoke: save")
    tess.sees("Contact saved")
    scores(tess, "Before", (3, 4, 2, 8))

    # And introduces her to a group
    tess.click("Find a community group")
    tess.check()
    tess.page.get_by_label("Dockside Shed").check()
    tess.click("I introduced them")
    tess.sees("did they go?")
    tess.check()

    # Then Joan sees what happened, and so does her GP
    joan = sits_down(size, cast.account)
    joan.open(f"/my/{cast.joan.uuid}/")
    joan.sees("Dockside Shed")
    joan.check()
    gp.open("/social-prescribing/sent/")
    gp.sees("ATKINSON, Joan")
    gp.check()


@pytest.fixture
def ten_weeks_on(cast: SimpleNamespace) -> Any:
    """Joan's case as it stands ten weeks after she was referred, heard and introduced to the group."""
    then, by = TODAY - timedelta(days=70), cast.tess.actor
    case = social_prescribing.refer(person=cast.joan, need="company", by=cast.gp.actor, on=then)
    social_prescribing.accept(referral=case, by=by, on=then)
    social_prescribing.record_contact(referral=case, how="in person", spoke=True, by=by, on=then)
    answers = dict(zip((question.name for question in ons4.QUESTIONS), (3, 4, 2, 8), strict=True))
    social_prescribing.record_ons4(referral=case, stage="before", answers=answers, by=by, on=then)
    social_prescribing.connect(referral=case, group=Group.objects.get(), by=by, on=then)
    return case


@pytest.mark.parametrize("size", SIZES)
def test_what_came_of_it_is_recorded_and_told(
    size: str, cast: Any, ten_weeks_on: Any, sits_down: Callable[[str, Any], Site]
) -> None:
    # Given a case in which the person was introduced to a group ten weeks ago
    tess = sits_down(size, cast.tess.user)
    tess.open(f"/people/{cast.joan.uuid}/social-prescribing/{ten_weeks_on.uuid}/")

    # When the link worker hears that she went, and how she feels now
    tess.click("Dockside Shed")
    tess.check()
    tess.choose("Did the person go?", "Yes, they went")
    tess.click("Save")
    scores(tess, "After", (7, 8, 6, 3))

    # And closes the case
    tess.click("Close")
    tess.check()
    tess.page.get_by_role("group", name="Why does it end?").get_by_role("radio").first.check()
    tess.click("Close case")
    tess.sees("The story so far")
    tess.check()

    # Then Joan and her GP read that it has ended
    joan = sits_down(size, cast.account)
    joan.open(f"/my/{cast.joan.uuid}/")
    joan.sees("Dockside Shed")
    joan.check()
    gp = sits_down(size, cast.gp.user)
    gp.open("/social-prescribing/sent/")
    gp.sees("News")
    gp.check()


@pytest.mark.parametrize("size", SIZES)
def test_the_number_moves_on_every_page_above_with_its_definition_one_click_away(
    size: str, cast: Any, sits_down: Callable[[str, Any], Site], open_site: Callable[..., Site]
) -> None:
    # Given ten people at the practice, of whom none was ever referred
    store.store()
    analyst = sits_down(size, cast.analyst.user)
    places = ("B81001", "U10001", "QOQ", "ENG")
    year = f"{TODAY.year - (TODAY.month < 4)}"

    def shown(code: str) -> str:
        analyst.open(f"/numbers/{code}/sp-referred-per-1000/?period={year}-{(int(year) + 1) % 100:02}")
        return analyst.page.locator(".wm-figure__value").first.inner_text()

    before = [shown(code) for code in places]
    assert len(set(before)) == 1

    # When one is referred, and the record is measured
    gp = sits_down(size, cast.gp.user)
    gp.open(f"/people/{cast.joan.uuid}/social-prescribing/refer/")
    gp.choose("What would help most?", "Company and friendship")
    gp.click("Refer: they know and agree")
    store.store()

    # Then 1 of 10, 100 in a thousand, stands on the page of the practice, the network, the board and England
    after = [shown(code) for code in places]
    assert [words for words in after if "100" not in words] == []
    assert before != after
    analyst.check()

    # And its definition is one click away
    analyst.clicks = 0
    analyst.click("definition")
    assert analyst.clicks == 1
    assert analyst.heading().startswith("People referred to social prescribing")
    analyst.check()

    # And whoever comes by is not shown so small a count
    visitor = open_site(size)
    visitor.open("/numbers/B81001/sp-referred-per-1000/")
    assert "hidden" in visitor.page.locator(".wm-figure__value").first.inner_text()
    visitor.check()


def test_the_keyboard_alone_refers(cast: Any, sits_down: Callable[[str, Any], Site]) -> None:
    gp = sits_down("desktop", cast.gp.user)
    gp.open(f"/people/{cast.joan.uuid}/")
    gp.tab_to("Refer to social prescribing")
    gp.enter()
    gp.tab_to("Company and friendship")
    gp.page.keyboard.press("Space")
    gp.tab_to("Refer: they know and agree")
    gp.enter()
    gp.page.get_by_role("alert").wait_for()
    assert cast.joan.referrals.count() == 1
