"""What came of it: scores before and after for one person, in her own words' place; and of a whole service."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.journeys.driver import SIZES, Site

from whatmatters.components.social_prescribing import actions

TODAY = date.today()


@pytest.fixture
def case(cast: Any, make_person: Callable[..., Any]) -> Any:
    """Joan's case of ten weeks; and Derek's, who was asked once before his ended."""
    then, by = TODAY - timedelta(days=70), cast.tess.actor
    rows = []
    for person in (cast.joan, make_person(given_name="Derek", family_name="Pullen")):
        row = actions.refer(person=person, need="company", by=cast.gp.actor, on=then)
        row = actions.accept(referral=row, by=by, on=then)
        actions.record_contact(referral=row, how="in person", spoke=True, by=by, on=then)
        rows.append(row)
    lost = {"instrument": "swemwbs", "stage": "before", "answers": {"raw": 24}}
    actions.record_scores(referral=rows[1], by=by, on=then, **lost)
    actions.close(referral=rows[1], reason="lost", by=by)
    return rows[0]


def scores(tess: Site, stage: str, on: date, metric: str) -> None:
    tess.click("SWEMWBS")
    tess.check()
    tess.day("On which day?", on)
    tess.choose("When is this?", stage)
    tess.page.get_by_label("Metric score, if that is what you have").fill(metric)
    tess.page.get_by_label("How was it answered?").select_option("In person")
    tess.page.get_by_label("Who completed it?").select_option("The person")
    tess.click("Save scores")


@pytest.mark.parametrize("size", SIZES)
def test_scores_before_and_after_for_one_person_and_for_the_service(
    size: str, cast: Any, case: Any, sits_down: Callable[[str, Any], Site]
) -> None:
    # Given a link worker with the person's SWEMWBS form from ten weeks ago, on which a digit is wrong
    tess = sits_down(size, cast.tess.user)
    tess.open(f"/people/{cast.joan.uuid}/social-prescribing/{case.uuid}/")
    tess.sees("No scores yet")
    tess.check()
    scores(tess, "Before", TODAY - timedelta(days=69), "18.95")

    # Then the page says which scores there are, and nothing typed is lost
    tess.sees("No sum of answers gives the metric score 18.95: the nearest are 18.59 and 19.25")
    tess.check()
    tess.page.get_by_label("Metric score, if that is what you have").fill("18.59")
    tess.click("Save scores")
    tess.sees("Not asked again yet")

    # When she has asked again, ten weeks on
    scores(tess, "After", TODAY, "23.21")

    # Then the case shows the change of this one person
    tess.sees("4.62 better")
    tess.check()

    # And the service's page shows paired change, and who was lost
    tess.open(f"/social-prescribing/outcomes/?year={_year()}")
    assert tess.heading().startswith("What came of it")
    tess.sees("Lost to follow-up")
    tess.sees("not attributable")
    tess.check()
    tess.click("My cases")
    tess.check()

    # And Joan reads her own scores in plain words
    joan = sits_down(size, cast.account)
    joan.open(f"/my/{cast.joan.uuid}/")
    joan.sees("That is a change for the better.")
    joan.sees("not a diagnosis")
    joan.check()


def _year() -> str:
    then = TODAY - timedelta(days=70)
    start = then.year - (then.month < 4)
    return f"{start}-{(start + 1) % 100:02d}"
