"""What a definition's page says beyond its own words: its groups, its splits, what it is read beside and asked by."""

from collections.abc import Callable

import pytest
from django.test import Client
from markupsafe import escape

from whatmatters.dashboard.explained import asked_by, explained
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.indicators import AllOf, People, did, registered, some_time
from whatmatters.programme.indicators import INDICATORS

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> Callable[[str], str]:
    def read(name: str) -> str:
        return " ".join(client.get(f"/numbers/indicators/{name}/").content.decode().split())

    return read


def test_a_group_of_people_is_explained_by_what_must_be_on_record(page: Callable[[str], str]) -> None:
    told = page("pcsp-last-year-of-life-share")
    assert "Who is meant by “Last 12 months of life”" in told
    assert "At some time in the period: on the palliative care register, with no later record of: palliative" in told


def test_only_the_outermost_group_is_explained() -> None:
    several = COHORTS["several-conditions"]
    [(cohort, words)] = explained((People(AllOf((some_time(several.rule), did("care-plan-agreed")))),))
    assert cohort is several
    assert words.startswith("at some time in the period: 2 or more of these")


def test_a_group_on_the_last_day_and_one_at_some_time_are_told_apart() -> None:
    resident = COHORTS["care-home-resident"].rule
    [(_, on_the_day)] = explained(registered(resident))
    [(_, over_the_year)] = explained(People(some_time(resident)))
    assert on_the_day.startswith("on the last day of the period: lives in a care home")
    assert over_the_year.startswith("at some time in the period: lives in a care home")


def test_what_happened_in_the_period_is_no_group_to_explain() -> None:
    assert explained(INDICATORS["sp-referred-per-1000"].counts) == []


def test_a_breakdown_by_detail_lists_its_groups(page: Callable[[str], str]) -> None:
    told = page("sdm-conversations")
    assert "Also split by" in told
    assert "Situation: stable angina" in told
    assert "prostate enlargement, back pain, hip pain" in told


def test_what_a_number_cannot_be_known_without_is_named(page: Callable[[str], str]) -> None:
    told = page("sdm-with-tool-share")
    assert "Not known where" in told
    assert "no record at all of: Decision support tool used" in told
    assert "Not known where" not in page("pcsp-all-per-1000")


def test_the_number_to_read_beside_it_is_a_link(page: Callable[[str], str]) -> None:
    told = page("pcsp-per-1000")
    assert '<a href="/numbers/indicators/pcsp-all-per-1000/">All care and support plans agreed' in told


def test_the_requirements_and_commitments_it_tells_of_are_listed(page: Callable[[str], str]) -> None:
    assert len(asked_by("phb-in-year")) == 6
    told = page("pcsp-last-year-of-life-share")
    assert "End of life care is personalised (no date, plans-end-of-life)" in told
    assert "draft PCN specification 2020-21, DRAFT20-2)" in told
    assert asked_by("sdm-collaborate-mean") == []


def test_an_example_of_organisations_alone_has_no_table_of_people(page: Callable[[str], str]) -> None:
    told = page("choice-compliant-share")
    assert "The people of the example" not in told
    assert "all nine met the day before these 12 months: does not count" in told
    assert "1 June 2022: Choice standards self-assessed as met, 9" in told
    assert "So 2 out of 4: <strong>50.0%</strong>" in told


def test_an_example_of_workers_shows_posts_and_training(page: Callable[[str], str]) -> None:
    told = page("sdm-e-learning-share")
    assert "<td>Umar</td>" in told
    assert "31 March 2023: Training completed (shared decision making e-learning)" in told
    assert "two posts, trained on the last day: counts once" in told


def test_what_happened_is_told_in_its_order(page: Callable[[str], str]) -> None:
    told = page("pcsp-last-year-of-life-share")
    assert "3 March 2020: Plan agreed with the person [plan 2]; 3 March 2020: Agreed plan meets all five" in told
    assert "[plan 2]; 1 February 2022: On the palliative care register; 10 October 2022: Plan reviewed" in told


def test_an_average_that_is_no_change_has_no_sign(page: Callable[[str], str]) -> None:
    assert "So 31.67 divided by 4: <strong>7.92</strong>" in page("sdm-collaborate-mean")
    assert "<strong>+1.00</strong>" in page("sp-ons4-change-satisfied")


@pytest.mark.parametrize("name", list(INDICATORS))
def test_every_definition_can_be_read(page: Callable[[str], str], name: str) -> None:
    told = page(name)
    assert f"<h1>{escape(INDICATORS[name].title)}</h1>" in told
    assert "None" not in told
