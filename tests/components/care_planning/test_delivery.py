"""Delivery of plans by cohort: the page's numbers are the indicators', and names are for the care team alone."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.delivery import OPTIONAL, PLANNED, REQUIRED, counted, lines
from whatmatters.events import codes
from whatmatters.events.models import Event
from whatmatters.interop.extract import extract
from whatmatters.measurement.engines import Plan as Asked
from whatmatters.measurement.engines import reference
from whatmatters.measurement.facts import read
from whatmatters.organisations.tree import with_descendants
from whatmatters.people.models import Person
from whatmatters.periods import financial_year
from whatmatters.programme.indicators import plans_of_cohorts

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


@pytest.fixture
def in_cohort(make_person: Any) -> Any:
    """A person of whom something is recorded, by default that they live in a care home."""

    def make(code: str = codes.CARE_HOME, detail: str = "permanent", **facts: Any) -> Person:
        person: Person = make_person(**facts)
        Event.objects.create(person=person, code=code, detail=detail, on=TODAY - timedelta(days=400), role="clinician")
        return person

    return make


@pytest.fixture
def planned(write: Any, agree: Any, by: Actor) -> Any:
    def planned(person: Person, *, shared: bool = True) -> None:
        version = agree(
            write(actions.start(person=person, by=by)), agreed_on=TODAY, review_on=TODAY + timedelta(days=90)
        )
        if shared:
            actions.share(version=version, kind="person", how="paper", on=TODAY, by=by)

    return planned


@pytest.fixture
def one_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def practices(place: SimpleNamespace) -> set[int]:
    return with_descendants({place.east.pk}, TODAY)


def test_each_column_counts_what_it_says(in_cohort: Any, planned: Any, practices: set[int], by: Actor) -> None:
    planned(in_cohort())
    planned(in_cohort(), shared=False)  # agreed, and does not count
    actions.record_declined(person=in_cohort(), on=TODAY, by=by)
    actions.offer(person=in_cohort(), by=by)
    in_cohort()
    in_cohort(codes.PALLIATIVE, "")
    found = counted(practices, TODAY)
    assert found["care-home-resident"] == {"members": 5, "offered": 4, "declined": 1, "planned": 1}
    assert found["last-year-of-life"] == {"members": 1}
    assert not found["cancer"]


def test_the_page_and_the_indicators_count_the_same(
    in_cohort: Any, planned: Any, practices: set[int], place: SimpleNamespace, tmp_path: Path
) -> None:
    kinds = (
        ("", ""),
        (codes.PALLIATIVE, ""),
        (codes.FRAILTY, "severe"),
        (codes.CONDITION, "cancer"),
        (codes.ANTICIPATORY_CARE, ""),
    )
    for code, detail in kinds:
        for has_plan in (True, False):
            person = in_cohort(*((code, detail) if code else ()))
            if has_plan:
                planned(person)
    planned(in_cohort(practice=place.avenues))
    left = in_cohort()
    left.registrations.update(end=financial_year(TODAY).start)  # gone before the year began
    extract(tmp_path / "facts")
    asked = Asked([financial_year(TODAY)], plans_of_cohorts.INDICATORS, ["pcn"], ["all"], "now", TODAY)
    table = reference.run(read(tmp_path / "facts"), asked).to_pylist()
    theirs = {
        row["indicator"]: (row["numerator"], row["denominator"]) for row in table if row["organisation"] == "U10001"
    }
    ours = {
        f"pcsp-{name}-share": (float(found["planned"]), float(found["members"]))
        for name, found in counted(practices, TODAY).items()
        if found["members"]
    }
    assert ours == theirs
    assert len(ours) == 5


def test_the_cohorts_and_the_rule_are_the_programmes() -> None:
    assert {*REQUIRED, *OPTIONAL} == {group.cohort for group in plans_of_cohorts.GROUPS}
    assert PLANNED == plans_of_cohorts.PLANNED


def test_small_numbers_are_hidden_from_whoever_looks(in_cohort: Any, practices: set[int]) -> None:
    for _ in range(3):
        in_cohort()
    shown = {line.cohort.id: line.cells[0] for line in lines(practices, TODAY)}
    assert shown["care-home-resident"] == "hidden"
    assert shown["cancer"] == "0"


@pytest.mark.usefixtures("one_factor")
def test_a_manager_sees_numbers_and_no_names_and_the_care_team_sees_who(
    client: Client, in_cohort: Any, make_worker: Any, place: SimpleNamespace, coordinator: Any
) -> None:
    in_cohort(family_name="Quillfeather")
    page, names = reverse("plan-delivery"), reverse("plan-cohort", args=["care-home-resident"])
    client.force_login(make_worker("pcn_manager", place.east, "Gill").user)
    assert names not in client.get(page).content.decode()
    assert client.get(names).status_code == 403
    client.force_login(coordinator.user)
    assert names in client.get(page).content.decode()
    listed = client.get(names).content.decode()
    assert "QUILLFEATHER" in listed
    assert "Not offered yet" in listed
