"""What every definition's page must be able to say, whoever wrote it."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing.models.barrier import OF_AN_UNMET_NEED
from whatmatters.components.social_prescribing.models.referral import DeclineReason, Source
from whatmatters.components.social_prescribing.models.work import How
from whatmatters.directory.needs import Need
from whatmatters.events.codes import SP_ACCEPTED, SP_CLOSED, SP_REFERRED
from whatmatters.measurement.conditions import Standing, events_of
from whatmatters.measurement.counts import Open
from whatmatters.measurement.details import CARE_COORDINATOR, COACH, LINK_WORKER, NOT_BY_THE_PERSON
from whatmatters.measurement.engines import Plan
from whatmatters.measurement.engines.reference import run
from whatmatters.measurement.example_facts import facts_of
from whatmatters.measurement.examples import Example, Happened, Post, Someone
from whatmatters.measurement.indicators import Organisations, Published, Staff, Workers
from whatmatters.periods import period
from whatmatters.programme import indicators as programme
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.parts import PARTS


def wrong(test):
    """The ids of indicators of which the test is not true."""
    return [indicator.id for indicator in INDICATORS.values() if not test(indicator)]


def test_every_file_of_indicators_has_its_place_on_the_pages():
    files = [import_module(f"{programme.__name__}.{one.name}") for one in iter_modules(programme.__path__)]
    declared = {one.id for file in files for one in getattr(file, "INDICATORS", ())}
    assert declared - set(INDICATORS) == set()


def test_a_definition_says_in_sentences_what_is_counted_why_and_what_to_beware_of():
    def sentences(one):
        return (one.counted, one.why, *one.caveats, *((one.out_of,) if one.out_of else ()))

    assert wrong(lambda one: all(said.strip() == said and said.endswith(".") for said in sentences(one))) == []
    assert wrong(lambda one: one.caveats) == []


def test_a_definition_names_its_source_and_its_component():
    assert wrong(lambda one: one.source and one.component in PARTS) == []


def test_what_is_a_share_says_of_what():
    assert wrong(lambda one: bool(one.out_of) == (one.denominator is not None)) == []


def test_what_it_is_to_be_read_beside_exists():
    assert wrong(lambda one: not one.beside or (one.beside in INDICATORS and one.beside != one.id)) == []


def test_what_is_computed_has_an_example_with_somebody_in_it_and_somebody_out():
    def shows_both(one):
        if not one.computed:
            return one.example is None
        told = len(one.example.people) + len(one.example.staff) + len(one.example.because)
        return told >= 3 and one.example.numerator != 0

    assert wrong(shows_both) == []


def test_what_comes_from_a_survey_or_return_says_so():
    def says_so(one):
        said = " ".join((one.counted, one.source, *one.caveats)).lower()
        return any(word in said for word in ("survey", "return", "published"))

    assert wrong(lambda one: says_so(one) or not any(isinstance(count, Published) for count in one.counts)) == []


def test_staff_are_not_shown_for_a_practice_where_a_networks_would_be_nought():
    assert (
        wrong(lambda one: one.lowest != "practice" or not any(isinstance(c, Staff | Workers) for c in one.counts)) == []
    )


def test_organisations_are_shown_from_their_own_level_up():
    assert wrong(lambda one: all(one.lowest == c.kind for c in one.counts if isinstance(c, Organisations))) == []


def states(part):
    """The open episodes and lasting states anywhere in a count."""
    if isinstance(part, Open | Standing):
        return [part]
    inner = part if isinstance(part, tuple) else getattr(part, "__dict__", {}).values()
    return [state for one in inner for state in states(one)]


def test_what_rests_on_a_case_being_closed_needs_closing_to_be_recorded():
    def rests(one):
        return any(event.code == SP_CLOSED for state in states(one.counts) for event in events_of(state))

    assert wrong(lambda one: (SP_CLOSED in one.needs) == rests(one)) == []


@pytest.mark.parametrize("name", ["pc02-link-worker-consultations", "sp-caseload", "sp-caseload-year"])
def test_where_closing_is_not_recorded_no_practice_reported_and_so_the_number_is_not_known(name):
    events = (Happened("2022-05-03", SP_REFERRED, episode=1), Happened("2022-05-09", SP_ACCEPTED, episode=1))
    example = Example(
        people=(Someone("Amina", "referred and accepted", events),),
        staff=(Post(LINK_WORKER, "Network", 1.0, "2021-04-01"),),
        numerator=0,
        denominator=None,
    )
    year = period("2022-23")
    plan = Plan([year], [INDICATORS[name]], ["pcn", "nation"], ["all"], "then", year.last_day)
    assert {row["coverage"] for row in run(facts_of(example), plan).to_pylist()} <= {0}


def test_declines_that_were_not_the_persons_are_those_of_the_record():
    assert set(NOT_BY_THE_PERSON) == set(DeclineReason.values) - {DeclineReason.PERSON}


def test_roles_are_those_of_the_record():
    assert {LINK_WORKER, COACH, CARE_COORDINATOR} <= set(Role.values)


def test_ways_to_be_in_contact_are_those_of_the_record():
    assert set(INDICATORS["sp-contacts-per-person"].by.details) == set(How.values)


def test_who_refers_is_a_role_or_a_source_of_the_record():
    assert set(INDICATORS["sp-referred-per-1000"].by.details) <= {*Role.values, *Source.values}


def test_reasons_and_kinds_of_unmet_needs_are_those_of_the_record():
    reasons, kinds = INDICATORS["sp-unmet-needs"].by.details, INDICATORS["sp-unmet-needs-by-kind"].by.details
    assert {*reasons, "other"} == set(OF_AN_UNMET_NEED)
    assert {*kinds, "other"} == set(Need.values)
