"""A share of workers or organisations that nobody records is not known; it is not nought."""

from dataclasses import replace
from datetime import date

import pytest

from whatmatters.events.codes import ATTESTED, CONCEPTS, TRAINED
from whatmatters.measurement import measure
from whatmatters.measurement.example_facts import facts_of
from whatmatters.measurement.examples import Example, Happened, Post, Someone
from whatmatters.measurement.indicators import REGISTERED, Did, EventOf, Indicator, Organisations, Workers
from whatmatters.programme.indicators import INDICATORS

POSTS = (
    Post("link_worker", "Network", 1.0, "2020-04-01", worker="Ewa"),
    Post("link_worker", "Network", 1.0, "2020-04-01"),
)
WITHOUT = Example(people=(Someone("Amina", "on the list"),), numerator=0, denominator=None, staff=POSTS)


def share(numerator, denominator) -> Indicator:
    return Indicator("x", "x", "all", numerator, denominator, "", "", "percent", "higher", "", "", (), None)


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
@pytest.mark.parametrize(
    "of",
    [
        share(Workers(("link_worker",), (Did((EventOf(TRAINED),), "ever"),)), Workers(("link_worker",))),
        share(Organisations("icb", Did((EventOf(ATTESTED),))), Organisations("icb")),
    ],
    ids=["workers", "organisations"],
)
def test_what_nobody_records_gives_no_row(of, engine):
    table = measure(facts_of(WITHOUT), ["2022-23"], [of], engine=engine, as_at=date(2023, 6, 30))
    assert len(table) == 0


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
def test_a_book_kept_of_one_thing_attested_says_nothing_of_another(engine):
    told = replace(WITHOUT, organisation_events=(("ICB", Happened("2022-05-01", ATTESTED, detail="one-thing")),))

    def rows(*details: str) -> int:
        of = share(Organisations("icb", Did((EventOf(ATTESTED, details),))), Organisations("icb"))
        return len(measure(facts_of(told), ["2022-23"], [of], engine=engine, as_at=date(2023, 6, 30)))

    assert rows("one-thing") > 0
    assert rows("one-thing", "another") > 0
    assert rows() > 0
    assert rows("another") == 0


def test_what_is_recorded_of_anyone_counts_for_all():
    of = next(one for one in INDICATORS.values() if isinstance(one.numerator, Workers) and one.numerator.having)
    table = measure(facts_of(of.example), [of.example.period], [of], as_at=date.fromisoformat(of.example.as_at))
    assert len(table) > 0


def test_people_are_counted_as_ever():
    of = Indicator("x", "x", "all", REGISTERED, None, "", "", "count", "neither", "", "", (), None)
    assert len(measure(facts_of(WITHOUT), ["2022-23"], [of], as_at=date(2023, 6, 30))) > 0


def test_every_concept_says_whom_it_happens_to():
    assert {concept.of for concept in CONCEPTS.values()} == {"person", "worker", "organisation"}
