"""Each row of the programme's papers on experience, audit and training is the source of an indicator, and what that
indicator counts is what the actions of these pages write down."""

from datetime import date

import pytest

from whatmatters.components.shared_decision_making.actions import answering, asking, assessing, auditing, packing
from whatmatters.components.shared_decision_making.models import Audit, State, Statement
from whatmatters.events.models import Event, OrganisationEvent
from whatmatters.measurement.conditions import events_of
from whatmatters.periods import financial_year
from whatmatters.programme.indicators import INDICATORS
from whatmatters.workforce import actions_support
from whatmatters.workforce.models import Course, StaffEvent

pytestmark = pytest.mark.database
TODAY = date.today()
FED = {
    "DES22-SDM1": "sdm-e-learning-share",
    "DES22-SDM2": "sdm-audited-share",
    "DES22-SDM3": "sdm-experience-asked-share",
    "M3": "sdm-collaborate-top-score-share",
    "M4": "sdm-collaborate-mean",
    "SDM-Q3": "sdm-clinicians-trained-share",
    "sdm-self-assessment": "sdm-self-assessed-share",
    "sdm-improvement-plan": "sdm-improvement-plan-delivered-share",
}


@pytest.fixture
def written(make_person, make_worker, place):
    """Everything that can be done here, done once; (code, detail) of what is on file afterwards."""
    lead, icb = make_worker("clinical_lead", place.east).actor, make_worker("commissioner", place.icb).actor
    worker = make_worker("clinician", place.harbour).worker
    asking.ask(person=make_person(), instrument="collaborate", by=lead)
    answering.type_in(
        practice=place.harbour, instrument="collaborate", items=[9, 9, 9], groups={}, by=lead, once="1",
        on=date(TODAY.year - 1, 1, 1),
    )  # fmt: skip
    answering.tell_months()
    row = auditing.plan(
        network=place.east,
        title="x",
        cohort="joint-pain",
        after="",
        instrument="sure",
        basis="percent",
        amount=10,
        by=lead,
    )
    Audit.objects.filter(pk=row.pk).update(state=State.DONE, drawn_on=TODAY, closed_on=TODAY)
    row.refresh_from_db()
    packing.sign(audit=row, signatory="x", role="y", by=lead)
    own = assessing.assessment_of(board=place.icb, year=financial_year(TODAY).label, by=icb)
    assessing.judge(assessment=own, levels={one.value: (1, "") for one in Statement}, by=icb)
    step = assessing.plan_step(assessment=own, statement="tools", what="x", owner="y", by_day=TODAY, by=icb)
    assessing.complete(assessment=own, by=icb)
    assessing.step_done(step=step, by=icb)
    for course in (Course.DECISIONS, Course.DECISIONS_ONLINE):
        actions_support.trained(worker=worker, course=course, on=TODAY, by=lead)
    tables = (Event, OrganisationEvent, StaffEvent)
    return {pair for table in tables for pair in table.objects.values_list("code", "detail")}


def test_every_row_is_named_by_its_indicator():
    assert {row: FED[row] for row in FED if row not in INDICATORS[FED[row]].source} == {}


def test_every_indicator_counts_what_is_written_down_here(written):
    elsewhere = {"shared-decision-made"}  # by the decision itself
    starved = {
        row: wanted
        for row, indicator in FED.items()
        for wanted in events_of(INDICATORS[indicator].numerator)
        if wanted.code not in elsewhere
        and not any(
            code == wanted.code and (not wanted.details or detail in wanted.details) for code, detail in written
        )
    }
    assert starved == {}
