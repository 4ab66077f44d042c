"""A commissioner's self-assessment, its improvement plan, and what both come to in the facts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from whatmatters.components.shared_decision_making.actions import assessing
from whatmatters.components.shared_decision_making.models import Statement
from whatmatters.events.models import OrganisationEvent
from whatmatters.periods import financial_year

pytestmark = pytest.mark.database
TODAY = date.today()


@pytest.fixture
def by(make_worker, place):
    return make_worker("commissioner", place.icb).actor


@pytest.fixture
def row(place, by):
    return assessing.assessment_of(board=place.icb, year=financial_year(TODAY).label, by=by)


def judged(row, by, level=1):
    return assessing.judge(assessment=row, levels={one.value: (level, "minutes") for one in Statement}, by=by)


def planned(row, by):
    return assessing.plan_step(
        assessment=row, statement="tools", what="A tool at every desk", owner="Marcus", by_day=TODAY, by=by
    )


def attested():
    return list(OrganisationEvent.objects.order_by("pk").values_list("subject__code", "detail"))


def test_it_is_complete_when_every_statement_is_judged_and_there_is_a_plan(row, by):
    assessing.judge(assessment=row, levels={"tools": (0, "")}, by=by)
    with pytest.raises(ValidationError, match="7 of 8 statements are not judged yet"):
        assessing.complete(assessment=row, by=by)
    judged(row, by)
    with pytest.raises(ValidationError, match="Plan at least one improvement"):
        assessing.complete(assessment=row, by=by)
    planned(row, by)
    assessing.complete(assessment=row, by=by)
    assert attested() == [("QOQ", "shared-decision-making-self-assessed")]


def test_the_plan_is_delivered_with_its_last_step_and_that_is_attested_once(row, by):
    judged(row, by)
    steps = [planned(row, by), planned(row, by)]
    assessing.complete(assessment=row, by=by)
    assessing.step_done(step=steps[0], by=by)
    assert len(attested()) == 1
    assessing.step_done(step=steps[1], by=by)
    assert attested()[1:] == [("QOQ", "shared-decision-making-plan-delivered")]
    with pytest.raises(ValidationError, match="delivered"):
        planned(row, by)


def test_what_is_completed_is_judged_no_more(row, by):
    judged(row, by, level=3)
    assessing.complete(assessment=row, by=by)
    with pytest.raises(ValidationError, match="completed"):
        judged(row, by)
    with pytest.raises(ValidationError, match="not be still to come"):
        assessing.complete(assessment=row, by=by, on=TODAY + timedelta(days=1))
