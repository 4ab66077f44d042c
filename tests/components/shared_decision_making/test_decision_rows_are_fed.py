"""Every line of the programme's papers about shared decisions, and what in this house feeds it."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.embedding import situated
from whatmatters.components.shared_decision_making.library import aim
from whatmatters.components.shared_decision_making.models import Decision
from whatmatters.events.codes import (
    ATTESTED,
    COLLABORATE,
    DECISION_TOOL_USED,
    EXPERIENCE_ASKED,
    SHARED_DECISION,
    TRAINED,
)
from whatmatters.events.models import Event
from whatmatters.people.models import Person
from whatmatters.periods import financial_year
from whatmatters.programme.indicators import INDICATORS

FED: dict[str, tuple[str, ...]] = {  # row: the codes that its indicators read
    "sdm-tools": (DECISION_TOOL_USED,),
    "sdm-situations": (SHARED_DECISION,),
    "sdm-self-assessment": (ATTESTED,),
    "sdm-improvement-plan": (ATTESTED,),
    "DRAFT20-4": (SHARED_DECISION, DECISION_TOOL_USED),
    "DRAFT21-2": (SHARED_DECISION,),
    "DES22-SDM1": (TRAINED,),
    "DES22-SDM2": (ATTESTED,),
    "DES22-SDM3": (COLLABORATE, EXPERIENCE_ASKED),
    "M2": (SHARED_DECISION,),
    "M3": (COLLABORATE,),
    "M4": (COLLABORATE,),
    "SDM-Q3": (TRAINED,),
}
NOT_COUNTED = {
    "SDM-Q1": "a survey, imported as published",
    "SDM-Q2": "a survey, imported as published",
    "SM-8": "the length of a course",
    "SM-9": "an example of a sample, offered when an audit is planned",
}
HERE = {row for row, codes in FED.items() if set(codes) <= {SHARED_DECISION, DECISION_TOOL_USED}}
FILES = ("commitments", "contract-requirements", "metrics", "quality-indicators", "standard-model")


@pytest.mark.realdata
def test_every_line_about_shared_decisions_is_here(shared_data: Path) -> None:
    found = set()
    for name in FILES:
        with (shared_data.parent / "reference" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            found |= {row["id"] for row in csv.DictReader(file) if row["component"] == "shared_decision_making"}
    assert found == FED.keys() | NOT_COUNTED.keys()


@pytest.mark.parametrize("row", FED)
def test_an_indicator_of_the_line_reads_what_is_recorded(row: str) -> None:
    mine = [one for one in INDICATORS.values() if row in one.source]
    assert mine
    read = " ".join(repr((one.numerator, one.denominator)) for one in mine)
    assert [code for code in FED[row] if f"'{code}'" in read], read


@pytest.mark.django_db
def test_one_decision_with_a_tool_feeds_the_conversations_and_the_tools(
    joan: Person, by: Actor, fill: Callable[..., Decision], agree: Callable[..., Decision], place: Any
) -> None:
    row = actions.start(person=joan, situation="hip-osteoarthritis", by=by)
    agree(fill(row, tools=("nhs-england-hip-osteoarthritis",)))
    told = set(Event.objects.values_list("code", "detail", "role", "organisation"))
    assert told == {
        (code, "hip-osteoarthritis", "clinician", "B81001") for code in (SHARED_DECISION, DECISION_TOOL_USED)
    }
    actions.declare(
        service=place.east, situation="hip-osteoarthritis", at=place.harbour, since=row.contact_on, evidence="x", by=by
    )
    (found,) = situated(place.east, financial_year(row.contact_on))
    assert (found.decisions, found.tools) == (1, 1)
    assert {code for name in HERE for code in FED[name]} == {code for code, *_ in told}


def test_the_key_action_and_the_milestone_aim_at_the_same_number() -> None:
    assert aim() == 30
