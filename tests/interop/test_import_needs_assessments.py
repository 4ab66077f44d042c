"""Cancer holistic needs assessments as CSV: to the right person or to nobody, once, beside their own plan."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.components.care_planning.models import MadeElsewhere, Plan
from whatmatters.events.models import Event
from whatmatters.interop.imports import needs_assessments
from whatmatters.interop.imports.plans import import_plans
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
USUAL = {
    "provider": "RWA", "provider_name": "Hull University Teaching Hospitals", "reference": "HNA-1",
    "hna_date": "2026-03-02", "pcsp_offer_status": "03", "pcsp_offer_date": "2026-03-02",
    "pcsp_completed_date": "2026-03-09", "concerns": "Tired all the time (7 of 10); Money", "strengths": "My sister",
    "goals": "Back in the choir",
}  # fmt: skip


@pytest.fixture
def joan(make_person: Callable[..., Person]) -> Person:
    return make_person()


@pytest.fixture
def file(tmp_path: Path, joan: Person) -> Callable[..., Path]:
    """Joan's assessment with some cells changed; a file of as many lines as are given."""

    def write(*rows: dict[str, str], columns: tuple[str, ...] = needs_assessments.MUST + needs_assessments.MAY) -> Path:
        path = tmp_path / "assessments.csv"
        of_joan = {
            "nhs_number": joan.nhs_number, "date_of_birth": str(joan.born), "family_name": joan.family_name,
            "given_name": joan.given_name,
        }  # fmt: skip
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, columns, restval="", extrasaction="ignore")
            writer.writeheader()
            writer.writerows([{**of_joan, **USUAL, **row} for row in rows or ({},)])
        return path

    return write


def taken(path: Path) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    (done,) = import_plans([path], by=THE_SYSTEM)
    return done.new, done.known, done.left_out


def happened() -> list[tuple[str, date, str, str]]:
    rows = Event.objects.order_by("on", "code")
    return [(row.code, row.on, row.detail, row.organisation) for row in rows]


def test_an_assessment_stands_beside_the_persons_plan_with_where_and_when_it_was_made(file: Any, joan: Person) -> None:
    assert taken(file()) == (1, 0, ())
    made = MadeElsewhere.objects.get()
    assert (made.person, made.place) == (joan, "Hull University Teaching Hospitals (RWA)")
    assert (made.made_on, made.offer, made.reference) == (date(2026, 3, 9), "03", "HNA-1")
    plan = made.told["care_and_support_plan"]
    assert plan["needs_concerns_or_problems"][:2] == [
        {"free_text": "Tired all the time (7 of 10)"},
        {"free_text": "Money"},
    ]
    assert plan["strengths"] == [{"free_text": "My sister"}]
    assert not Plan.objects.exists()
    assert AuditEntry.objects.filter(act="took in a plan made elsewhere", person=joan.pk).count() == 1


def test_the_same_file_twice_changes_nothing(file: Any) -> None:
    taken(file())
    before = happened(), AuditEntry.objects.count()
    assert taken(file()) == (0, 1, ())
    assert (happened(), AuditEntry.objects.count()) == before


def test_the_same_assessment_with_other_words_is_kept_beside_and_counted_once(file: Any) -> None:
    taken(file())
    before = happened()
    assert taken(file({"concerns": "Sleep"})) == (1, 0, ())
    assert happened() == before


@pytest.mark.parametrize(
    ("row", "events"),
    [
        ({}, [("holistic-needs-assessment", date(2026, 3, 2), "", "RWA"),
              ("care-plan-otherwise", date(2026, 3, 9), "cancer", "RWA")]),
        ({"pcsp_completed_date": ""}, [("holistic-needs-assessment", date(2026, 3, 2), "", "RWA")]),
        ({"hna_date": "", "pcsp_completed_date": "", "pcsp_offer_status": "02", "pcsp_offer_date": "2026-03-05"},
         [("care-plan-declined", date(2026, 3, 5), "", "RWA")]),
        ({"hna_date": "", "pcsp_completed_date": "", "pcsp_offer_status": "01"}, []),
        ({"hna_date": "", "pcsp_completed_date": "", "pcsp_offer_status": "04"}, []),
        ({"hna_date": "", "pcsp_completed_date": "", "pcsp_offer_status": "05"}, []),
        ({"hna_date": "", "pcsp_completed_date": "", "pcsp_offer_status": "06"}, []),
    ],
)  # fmt: skip
def test_each_offer_status_counts_as_what_it_says(row: dict[str, str], events: list[Any], file: Any) -> None:
    assert taken(file(row)) == (1, 0, ())
    assert happened() == events


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"nhs_number": ""}, "there is no NHS number"),
        ({"nhs_number": "9990000019"}, "not a valid NHS number"),
        ({"nhs_number": "4010232137"}, "nobody on file here"),
        ({"date_of_birth": "1948-05-18"}, "the date of birth is not that of the person"),
        ({"family_name": "Smith", "given_name": "Jean"}, "no name is that of the person"),
        ({"hna_date": "1930-01-01", "pcsp_completed_date": ""}, "before the person was born"),
        ({"hna_date": "2090-01-01", "pcsp_completed_date": ""}, "still to come"),
    ],
)
def test_what_cannot_be_matched_is_left_out_by_its_line_and_the_rest_is_taken(
    row: dict[str, str], reason: str, file: Any, joan: Person
) -> None:
    new, _, ((place, said),) = taken(file({"reference": "HNA-2", **row}, {}))
    assert (new, place) == (1, "line 2")
    assert reason in said
    assert joan.family_name not in said
    assert MadeElsewhere.objects.get().reference == "HNA-1"


def test_a_married_name_or_a_middle_name_does_not_stand_in_the_way(file: Any) -> None:
    assert taken(file({"family_name": "Hartley-Smith"}))[:2] == (1, 0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"pcsp_offer_status": "3"}, "line 2, pcsp_offer_status: '3' is no offer status: 01 to 06"),
        ({"pcsp_offer_status": "07"}, "line 2, pcsp_offer_status"),
        ({"hna_date": "02/03/2026"}, "line 2, hna_date: '02/03/2026' is not a date"),
        ({"hna_date": "", "pcsp_offer_date": "", "pcsp_completed_date": ""}, "line 2, hna_date: a day must stand"),
        ({"pcsp_offer_status": "02"}, "line 2, pcsp_completed_date: a plan was completed, but"),
        ({"provider": "hull"}, "line 2, provider: 'hull' is not an ODS code"),
        ({"concerns": "x" * 1001}, "line 2, concerns: this has 1,001 characters"),
        ({"concerns": "a\u202eb"}, "line 2, concerns"),
        ({"provider_name": "=1+1"}, "line 2, provider_name"),
    ],
)
def test_a_line_that_says_what_cannot_be_refuses_the_file_by_place_and_mending(
    row: dict[str, str], said: str, file: Any
) -> None:
    with pytest.raises(ImportRefused) as refused:
        taken(file(row, {}))
    assert said in str(refused.value)
    assert not MadeElsewhere.objects.exists()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (("nhs_number", "provider"), "line 1 has no column date_of_birth"),
        ((*needs_assessments.MUST, "ward"), "columns that would be lost: 'ward'"),
    ],
)
def test_columns_are_those_that_are_known(columns: tuple[str, ...], said: str, file: Any) -> None:
    with pytest.raises(ImportRefused, match=said):
        taken(file(columns=columns))


def test_half_a_file_is_refused(file: Any) -> None:
    path = file()
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ImportRefused, match="cut short"):
        taken(path)
