"""Invented people: the shape of England, whole stories, nothing wrong with the facts, the same from the same seed."""

from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement import facts
from whatmatters.measurement.quality import quality
from whatmatters.measurement.synthesis import lines, writing
from whatmatters.measurement.synthesis.arrays import span
from whatmatters.measurement.synthesis.country import country
from whatmatters.measurement.synthesis.crowd import crowd
from whatmatters.measurement.synthesis.england import FEMALE, MALE
from whatmatters.measurement.synthesis.stays import stays
from whatmatters.measurement.synthesis.tree import planted
from whatmatters.measurement.synthesis.writing import synthesise
from whatmatters.periods import period

YEARS = [period(f"{year}-{year % 100 + 1}") for year in range(2015, 2024)]


@pytest.fixture(scope="module")
def england(tmp_path_factory):
    """Sixty thousand people: enough for every concept and every shape."""
    folder = tmp_path_factory.mktemp("synthesis") / "facts"
    synthesise(folder, 60_000, 7)
    return folder


@pytest.fixture(scope="module")
def asked(england):
    """A function that answers SQL over the tables."""
    with duckdb.connect() as connection:
        for name in facts.SCHEMAS:
            place = england / name / "*.parquet" if (england / name).is_dir() else england / f"{name}.parquet"
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{place}')")
        yield lambda select, **words: connection.execute(select.format(**words)).fetchall()


def test_the_quality_table_finds_nothing_wrong(england):
    found = quality(facts.read(england), YEARS).to_pylist()
    assert [row for row in found if row["count"]] == []


def test_every_concept_is_in_use(asked):
    tables = ("events", "staff_events", "organisation_events")
    used = {code for table in tables for (code,) in asked("SELECT DISTINCT code FROM {table}", table=table)}
    assert used == set(CONCEPTS)


def test_the_same_seed_gives_the_same_files_and_another_seed_others(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        synthesise(tmp_path / name, 500, seed)
    parts = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.parquet"))
    assert len(parts) == len(facts.SCHEMAS)
    for part in parts:
        a, b, c = ((tmp_path / name / part).read_bytes() for name in "abc")
        assert a == b
        assert a != c or part.name in ("organisations.parquet", "memberships.parquet")


def test_five_years_are_told_up_to_the_last_day_and_no_further(asked):
    days = 'SELECT min("on"), max("on") FROM events'
    assert asked("{days} WHERE code = 'elective-referral'", days=days) == [(date(2019, 4, 1), date(2024, 3, 31))]
    assert asked(days)[0][1] == date(2024, 3, 31)


def test_ages_sexes_and_deprivation_have_the_shape_of_england(asked):
    ((women, old),) = asked(
        "SELECT avg((sex = 'F')::INT), avg((born <= DATE '1956-10-01')::INT) FROM people WHERE born < DATE '2021-10-01'"
    )
    assert women == pytest.approx(sum(FEMALE) / sum(FEMALE + MALE), abs=0.01)
    assert old == pytest.approx(sum(FEMALE[13:] + MALE[13:]) / sum(FEMALE + MALE), abs=0.01)
    shares = [share for _, share in asked("SELECT deprivation, count(*) / 60000 FROM people GROUP BY 1 ORDER BY 1")]
    assert len(shares) == 10
    assert all(0.06 < share < 0.14 for share in shares)


def test_people_move_between_practices_inside_years_die_are_born_and_merge_with_their_practice(asked):
    assert asked("SELECT count(*) > 5000 FROM (SELECT person FROM registrations GROUP BY 1 HAVING count(*) > 1)")[0][0]
    assert asked("SELECT count(*) > 1500 FROM people WHERE died BETWEEN DATE '2019-04-01' AND DATE '2024-03-31'")[0][0]
    assert asked("SELECT count(*) > 2000 FROM people WHERE born >= DATE '2019-04-01'")[0][0]
    ((closed,),) = asked("SELECT count(*) FROM organisations WHERE kind = 'practice' AND closed IS NOT NULL")
    assert closed
    late = 'o.closed IS NOT NULL AND (r."end" IS NULL OR r."end" > o.closed)'
    assert asked(
        "SELECT count(*) FROM registrations r JOIN organisations o ON code = practice AND ({late})", late=late
    ) == [(0,)]


def test_a_case_goes_from_referral_to_acceptance_to_contact_to_closure(asked):
    days = ", ".join(
        f"min(\"on\") FILTER (code = 'social-prescribing-{step}') AS {step}"
        for step in ("referral", "accepted", "contact", "closed", "reopened")
    )
    ((cases, out_of_order),) = asked(
        "SELECT count(*), count(*) FILTER (referral IS NULL OR accepted < referral OR contact < accepted "
        "OR (closed < contact AND reopened IS NULL) OR (accepted IS NULL AND contact IS NOT NULL)) FROM ("
        "SELECT {days} FROM events WHERE code LIKE 'social-prescribing-%' AND episode IS NOT NULL GROUP BY episode)",
        days=days,
    )
    assert cases > 1500
    assert out_of_order == 0


def test_an_episode_belongs_to_one_person(asked):
    people = "SELECT count(DISTINCT person) AS people FROM events WHERE episode IS NOT NULL GROUP BY episode"
    assert asked("SELECT count(*) > 10000, max(people) FROM ({people})", people=people) == [(True, 1)]


def test_rates_differ_by_deprivation_by_practice_and_by_year(asked):
    by = (
        "SELECT {0}, 1000 * count(DISTINCT e.person) / count(DISTINCT p.person) FROM people p {1} LEFT JOIN events e "
        "ON e.person = p.person AND code = 'social-prescribing-referral' GROUP BY 1 ORDER BY 1"
    )
    deciles = [rate for _, rate in asked(by.format("deprivation", ""))]
    assert deciles[0] > 1.3 * deciles[9]
    practices = sorted(rate for _, rate in asked(by.format("practice", "JOIN registrations USING (person)")))
    assert practices[-2] > 2 * practices[1]
    years = [
        n
        for _, n in asked(
            "SELECT year(\"on\"), count(*) FROM events WHERE code = 'social-prescribing-accepted' GROUP BY 1 ORDER BY 1"
        )
    ]
    assert years[4] > 1.5 * years[1]


@pytest.mark.slow
def test_files_are_sorted_by_person_in_buckets_that_hold_the_same_people(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "BUCKET", 400)
    counts = synthesise(tmp_path / "facts", 1_000, 3)
    assert counts["people"] == 1_000
    for number, (first, last) in enumerate([(1, 400), (401, 800), (801, 1000)]):
        for name in ("people", "registrations", "events"):
            part = pq.read_table(tmp_path / "facts" / name / f"part-{number:05d}.parquet")
            people = part["person"].to_pylist()
            assert people == sorted(people)
            assert first <= people[0]
            assert people[-1] <= last
    assert [row for row in quality(facts.read(tmp_path / "facts"), YEARS).to_pylist() if row["count"]] == []


@pytest.mark.parametrize("people", [1, 7, 201])
def test_few_people_are_no_special_case(tmp_path, people):
    synthesise(tmp_path / "facts", people, 1)
    assert len(facts.read(tmp_path / "facts").table("people")) == people


@pytest.mark.parametrize(
    ("people", "seed", "until", "named"),
    [(0, 1, "2024-03-31", "0 people"), (5, -1, "2024-03-31", "seed -1"), (5, 1, "2999-01-01", "2999-01-01")],
)
def test_numbers_that_make_no_sense_are_refused(tmp_path, people, seed, until, named):
    with pytest.raises(ValueError, match=named):
        synthesise(tmp_path / "facts", people, seed, until=date.fromisoformat(until))
    assert list(tmp_path.iterdir()) == []


def test_someone_who_dies_on_the_day_of_birth_is_never_on_a_list_before_it():
    lots, years = np.random.default_rng(1), span(date(2024, 3, 31))
    tree = planted(lines.invented(2_000, 200), years, lots, invent=True)
    born = crowd(country(tree, 2_000, years, lots), 0, 1, 2_000, lots)
    lives = stays(replace(born, died=born.born), lots)
    assert (lives.enter >= born.born).all()
    assert (lives.leave > lives.enter).all()
