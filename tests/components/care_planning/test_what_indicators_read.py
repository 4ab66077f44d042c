"""Every plan row of the reference tables is fed: what its indicators read, an action of ours or an import writes."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions.homes import OnRound
from whatmatters.components.care_planning.models import Version
from whatmatters.events import codes
from whatmatters.events.models import Event
from whatmatters.interop.imports import coded
from whatmatters.measurement.conditions import events_of
from whatmatters.measurement.indicators import Published
from whatmatters.programme.indicators import INDICATORS
from whatmatters.workforce import actions_support
from whatmatters.workforce.models import StaffEvent

pytestmark = pytest.mark.django_db
TODAY = date.today()

# The rows about plans of quality-indicators, metrics, commitments and contract-requirements, and who answers each.
ROWS = {
    "PCSP-Q1": "pcsp-involved-share", "PCSP-Q2": "pcsp-useful-share", "PCSP-Q3": "pcsp-staff-trained-share",
    "M1": "pcsp-delivered", "ltp-pcsp": "pcsp-created-or-reviewed", "plans-maternity": "pcsp-pregnant-share",
    "plans-cancer": "pcsp-cancer-share", "plans-end-of-life": "pcsp-last-year-of-life-share",
    "DRAFT20-2": "pcsp-care-home-resident-share", "DRAFT20-2b": "pcsp-several-conditions-share",
    "DRAFT21-1": "pcsp-per-1000", "DRAFT23-1": "pcsp-per-1000", "DES23-PCSP1": "care-home-digital-plan-share",
}  # fmt: skip
# What general practice codes and nobody does here: it comes by the coded import (interop/imports/coded), with the
# value set that the deployment loads.
IMPORTED = {
    codes.ANTICIPATORY_CARE, codes.ANTICIPATORY_CARE_DECLINED, codes.ANTICIPATORY_CARE_ENDED,
    codes.CARE_HOME_PRACTICE_DECLINED, codes.CONDITION, codes.CONDITION_RESOLVED, codes.FRAILTY, codes.FRAILTY_INDEX,
    codes.PALLIATIVE, codes.PALLIATIVE_ENDED, codes.PLAN_OTHERWISE, codes.PREFERRED_PLACE, codes.PREGNANT,
    codes.PREGNANCY_ENDED,
}  # fmt: skip


def read() -> set[str]:
    """The concepts that indicators of plans look at."""
    counts = [count for one in INDICATORS.values() if one.component == "care_planning" for count in one.counts]
    return {event.code for count in counts for event in events_of(count)}


def test_each_row_has_its_indicator() -> None:
    known = INDICATORS
    assert {row: name for row, name in ROWS.items() if name not in known} == {}
    published = {row for row, name in ROWS.items() if isinstance(known[name].numerator, Published)}
    assert published == {"PCSP-Q1", "PCSP-Q2"}  # surveys: their results are imported


def test_our_actions_write_all_that_is_not_imported(
    counting: Version, make_home: Any, make_person: Any, by: Actor, coordinator: Any
) -> None:
    person = counting.plan.person
    actions.review(plan=counting.plan, on=TODAY, next_on=TODAY + timedelta(days=90), by=by)
    actions.record_declined(person=make_person(), on=TODAY, by=by)
    home = make_home()
    row = actions.move_in(person=person, home=home, stay="permanent", on=TODAY - timedelta(days=9), by=by)
    actions.record_round(
        home=home, on=TODAY - timedelta(days=2), done={person: OnRound(seen=True, meeting=True)}, by=by
    )
    actions.move_out(residence=row, on=TODAY, by=by)
    actions_support.trained(worker=coordinator.worker, course="personalised-care-planning", on=TODAY, by=by)
    written = {*Event.objects.values_list("code", flat=True), *StaffEvent.objects.values_list("code", flat=True)}
    assert read() - written == IMPORTED & read()


def test_what_is_imported_has_a_code_that_is_taken_in_or_is_named_as_wanting_one() -> None:
    (file,) = Path(coded.__file__).parent.glob("value_set_*.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        known = {line["concept"] for line in csv.DictReader(lines)}
    wanting = IMPORTED - known
    assert wanting == WANTING


# No code of these was seen in a public text: a deployment adds them to its value set from TRUD.
WANTING = {
    codes.ANTICIPATORY_CARE, codes.ANTICIPATORY_CARE_DECLINED, codes.ANTICIPATORY_CARE_ENDED, codes.CONDITION_RESOLVED,
    codes.PREGNANT, codes.PREGNANCY_ENDED,
}  # fmt: skip
