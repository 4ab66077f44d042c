"""A first conversation, at a kitchen table: nothing compulsory but the minimum, saved as one goes."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.driver import SIZES, Site

from whatmatters.access.models import User
from whatmatters.components.social_prescribing import actions
from whatmatters.people.models import Person

NOTE = "Her nephew keeps her bank card"


@pytest.fixture
def rahman(make_person: Callable[..., Person]) -> Person:
    account = User.objects.create(email="shirin@example.org", name="Shirin Rahman")
    return make_person(
        account=account, title="Mrs", given_name="Shirin", family_name="Rahman", ethnicity="K", language="Bengali",
        interpreter=True,
    )  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_at_mrs_rahmans_kitchen_table(
    size: str, sits_down: Callable[[str, Any], Site], cast: SimpleNamespace, rahman: Person
) -> None:
    # Given that her GP asked for a link worker, and Tess took it on
    row = actions.refer(person=rahman, need="company", reason="Alone since the funeral", by=cast.gp.actor)
    actions.accept(referral=row, by=cast.tess.actor)
    case = f"/people/{rahman.uuid}/social-prescribing/{row.uuid}/"

    # When Tess opens the conversation, the page says what is held already
    tess = sits_down(size, cast.tess.user)
    tess.open(case)
    tess.click("What was said")
    comes_to(tess, "The conversation with Shirin")
    tess.sees("4 of 7 held")
    tess.check()

    talk_it_through(tess)

    # Then the page shows what was said, and the one thing that the minimum dataset still lacks
    tess.sees("6 of 7 held")
    tess.sees("My grandchildren on Fridays, and a clean stair.")
    tess.sees("The letters from the council, unopened")
    tess.check()
    tess.click("How they feel, asked at least once")
    assert "feel" in tess.heading()

    # When she says, with the kettle on, what nobody else may read
    tess.open(case + "conversation/")
    tess.click("Safeguarding notes")
    tess.page.get_by_label("There is a concern").check()
    tess.page.get_by_label("What is known").fill(NOTE)
    tess.check()
    tess.click("Save")
    tess.sees(NOTE)
    tess.check()

    # And asks that the practice is not told of the letters
    tess.open(case + "conversation/")
    tess.click("Keep something from someone")
    tess.check()
    letters = tess.page.get_by_role("group", name="Needs and concerns: The letters from the council, unopened")
    letters.get_by_label("Keep from the GP practice").check()
    tess.click("Save")

    read_by_others(size, sits_down, cast, rahman)


def comes_to(site: Site, heading: str) -> None:
    """A page that is saved by the script takes a moment longer."""
    site.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()


def talk_it_through(tess: Site) -> None:
    # And they begin with what matters, in Mrs Rahman's own words
    tess.click("Begin with what matters")
    tess.check()
    tess.page.get_by_label("What is most important to me").fill("My grandchildren on Fridays, and a clean stair.")
    tess.click("Save and go on")

    # And go on: what goes well; what is hard; what was offered; a page with nothing on it is passed over
    comes_to(tess, "Strengths")
    tess.check()
    tess.page.get_by_label("What is going well?").fill("Cooks for the whole landing")
    tess.click("Save and go on")
    comes_to(tess, "Needs and concerns")
    tess.page.get_by_label("Company and friendship").check()
    tess.page.get_by_label("Money, debt and benefits").check()
    tess.page.get_by_label("In their words").fill("The letters from the council, unopened")
    tess.check()
    tess.click("Save and go on")
    comes_to(tess, "Support offered")
    tess.page.get_by_label("Advice on money, debt or benefits").check()
    tess.click("Save and go on")
    comes_to(tess, "Individual requirements")
    tess.click("Save and go on")

    # And say of risks that none is known; were one ticked beside it, the page would ask, and lose nothing
    comes_to(tess, "Risks")
    tess.page.get_by_label("No known risk").check()
    tess.page.get_by_label("Falls").check()
    tess.click("Save and go on")
    tess.sees("cannot both be so")
    tess.faults.clear()  # the page's script was told the same first, which a window counts as a broken answer
    tess.check()
    tess.page.get_by_label("Falls").uncheck()
    tess.click("Save and go on")

    # And settle who does what
    comes_to(tess, "Actions")
    tess.page.get_by_label("What will be done?").fill("Open the letters together on Thursday")
    tess.choose("Who does it?", "The link worker")
    tess.check()
    tess.click("Save and go on")


def read_by_others(size: str, sits_down: Callable[[str, Any], Site], cast: SimpleNamespace, rahman: Person) -> None:
    # Then her own pages show what was talked about, who sees it, and nothing of the note
    own = sits_down(size, rahman.account)
    own.open(f"/my/{rahman.uuid}/")
    own.click("Read what we talked about")
    own.sees("The letters from the council, unopened")
    own.sees("Kept from the GP practice")
    assert NOTE not in own.page.content()
    own.check()
    own.click("Decide who sees this")
    own.check()
    own.open(f"/my/{rahman.uuid}/who-looked/")
    assert "safeguarding" not in own.page.content().lower()

    # And her GP reads the rest of it, and not the letters
    gp = sits_down(size, cast.gp.user)
    gp.open(f"/people/{rahman.uuid}/")
    gp.page.get_by_text("What was talked about").click()
    gp.sees("Cooks for the whole landing")
    assert "The letters from the council" not in gp.page.content()
    gp.check()
