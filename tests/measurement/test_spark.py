"""Spark reads facts where they lie, brings no person to the driver, and says plainly what it cannot do.

That it counts as the other engines do is asked where they are.
"""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql.classic.dataframe import DataFrame

from whatmatters.config.cli import main
from whatmatters.measurement import measure
from whatmatters.measurement.engines import spark
from whatmatters.measurement.example_facts import facts_of
from whatmatters.measurement.facts import FactsError, read, write
from whatmatters.programme.indicators import INDICATORS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]
REFERRED = INDICATORS["sp-referred-per-1000"]


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "facts", dict(facts_of(REFERRED.example).tables))
    return tmp_path / "facts"


def url(folder):
    return f"file://{folder}"


def test_a_url_gives_what_the_folder_gives_and_no_person_reaches_the_driver(folder, tmp_path, monkeypatch):
    brought = []
    for way in ("collect", "toArrow", "toPandas", "toLocalIterator"):
        whole = getattr(DataFrame, way)

        def watched(self, *words, whole=whole, **more):
            brought.append(self.columns)
            return whole(self, *words, **more)

        monkeypatch.setattr(DataFrame, way, watched)
    words = ["--period", "2022-23", "--indicator", REFERRED.id, "--out"]
    assert (
        main(["measure", url(folder), "--engine", "spark", "--master", "local[2]", *words, str(tmp_path / "a.csv")])
        == 0
    )
    assert main(["measure", str(folder), *words, str(tmp_path / "b.csv")]) == 0
    assert (tmp_path / "a.csv").read_text() == (tmp_path / "b.csv").read_text()
    assert [columns for columns in brought if "person" in columns] == []
    assert ["atom", "number", "breakdown", "grp", "amount"] in brought


def test_a_session_has_its_own_settings_back_and_holds_nothing_of_ours(folder):
    there = spark.session()
    theirs, unset = "spark.sql.shuffle.partitions", "spark.sql.requireAllClusterKeysForCoPartition"
    before = there.conf.get(theirs, None), there.conf.get(unset)
    there.conf.set(theirs, "7")
    try:
        measure(folder, ["2022-23"], [REFERRED], engine="spark")
        assert (there.conf.get(theirs), there.conf.get(unset)) == ("7", before[1])
        assert there.sparkContext._jsc.getPersistentRDDs().size() == 0
    finally:
        there.conf.unset(theirs)


def test_rows_of_one_person_lie_together_and_are_moved_once(folder, monkeypatch):
    make, plans = spark._make, {}

    def watched(session, steps, held):
        for step in steps:
            make(session, [step], held)
            if step.name in ("persons", "amounts"):
                plans[step.name] = session.table(step.name)._jdf.queryExecution().executedPlan().toString().splitlines()

    monkeypatch.setattr(spark, "_make", watched)
    measure(folder, ["2022-23"], INDICATORS.values(), engine="spark")
    moved = {
        name: [line for line in plan if "Exchange hashpartitioning(person" in line] for name, plan in plans.items()
    }
    assert set(moved) == {"persons", "amounts"}
    assert all(moved.values())
    assert [line for lines in moved.values() for line in lines if "REPARTITION_BY_NUM" not in line] == []


def test_at_a_url_as_here_what_would_make_a_number_wrong_is_refused(folder):
    def refusing(match):
        with pytest.raises(FactsError, match=match):
            measure(url(folder), ["2022-23"], [REFERRED], engine="spark")

    people, events = (read(folder).table(name) for name in ("people", "events"))
    none = [None] * (len(events) - 1)
    fraction, pandas = (
        events.drop_columns(["episode"]).append_column("episode", pa.array([first, *none], pa.float64()))
        for first in (1.5, float("nan"))
    )
    pq.write_table(fraction, folder / "events.parquet")
    refusing("events: the column episode must hold whole numbers.*; 1 rows hold something else")
    pq.write_table(pandas, folder / "events.parquet")
    assert len(measure(url(folder), ["2022-23"], [REFERRED], engine="spark")) > 0
    pq.write_table(pa.concat_tables([people, people.slice(0, 1)]), folder / "people.parquet")
    refusing("people: the column person must name each row once; 1 are there more than once, such as 1")
    pq.write_table(people.set_column(1, "born", pa.array(["1960"] * len(people))), folder / "people.parquet")
    refusing(r"people \(file://.*people.parquet\): the column born is string and must be a date")
    (folder / "people.parquet").unlink()
    refusing("the table people is missing: file://")


def test_pages_spoiled_behind_a_whole_footer_are_refused_when_read(folder):
    many = pa.table({"person": range(5000), "practice": ["Bridge Street"] * 5000})
    many = many.append_column("start", [[date(2020, 1, 1)] * 5000]).append_column("end", pa.nulls(5000, pa.date32()))
    pq.write_table(many, folder / "registrations.parquet")
    spoiled = bytearray((folder / "registrations.parquet").read_bytes())
    spoiled[100:3000] = bytes(2900)
    (folder / "registrations.parquet").write_bytes(spoiled)
    with pytest.raises(FactsError, match="Spark could not read the facts to the end"):
        measure(url(folder), ["2022-23"], [REFERRED], engine="spark")


def test_without_java_it_says_what_to_install(folder, monkeypatch):
    monkeypatch.setattr(spark.SparkSession, "getActiveSession", lambda: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ValueError, match="needs Java 17: install openjdk-17-jre-headless, or set JAVA_HOME"):
        measure(folder, ["2022-23"], [REFERRED], engine="spark")
