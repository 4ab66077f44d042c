"""Facts that cannot be measured are refused with table, column and fix; the rest is counted, never dropped unseen."""

from dataclasses import replace as replaced
from datetime import UTC, date, datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from whatmatters.measurement import measure
from whatmatters.measurement.engines import ENGINES
from whatmatters.measurement.engines.views import connected
from whatmatters.measurement.facts import REQUIRED, SCHEMAS, FactsError, read, write
from whatmatters.measurement.indicators import Episodes, EventOf, Total
from whatmatters.measurement.quality import quality
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS

pytestmark = pytest.mark.slow

DAY = date(2020, 4, 1)
GOOD = {
    "people": [{"person": 1, "born": date(1960, 1, 1), "sex": "F", "ethnicity": "A", "deprivation": 3}],
    "registrations": [{"person": 1, "practice": "Y1", "start": DAY}],
    "events": [{"person": 1, "code": "social-prescribing-referral", "on": date(2022, 5, 1)}],
    "organisations": [
        {"code": "Y1", "kind": "practice"},
        {"code": "U1", "kind": "pcn"},
        {"code": "U2", "kind": "pcn"},
        {"code": "E1", "kind": "nation"},
    ],
    "memberships": [{"child": "Y1", "parent": "U1", "start": DAY}, {"child": "U1", "parent": "E1", "start": DAY}],
}
REFERRED = INDICATORS["sp-referred-per-1000"]
TWICE = replaced(REFERRED, numerator=Episodes((EventOf("social-prescribing-referral"),), numbered=True))
EVENT = {"person": 1, "code": "care-plan-agreed", "on": DAY}


def tables(**more):
    rows = {name: GOOD.get(name, []) + more.get(name, []) for name in SCHEMAS}
    return {name: pa.Table.from_pylist(found, schema=SCHEMAS[name]) for name, found in rows.items()}


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "facts", tables())
    return tmp_path / "facts"


def england(facts):
    [row] = measure(facts, ["2022-23"], [REFERRED], levels=["nation"], breakdowns=["all"]).to_pylist()
    return row["numerator"], row["denominator"]


def test_a_folder_written_is_a_folder_read(folder):
    assert england(folder) == (1, 1)
    assert read(folder).table("people").to_pylist()[0]["born"] == date(1960, 1, 1)


def test_a_table_may_be_a_folder_of_parts_with_other_columns_and_kin_types(folder):
    (folder / "events.parquet").unlink()
    (folder / "events" / "bucket=1").mkdir(parents=True)
    (folder / "events" / "bucket=2").mkdir()
    whole = tables()["events"].append_column("bucket_note", [["x"]])
    nulls = pa.table({name: pa.nulls(1) for name in whole.column_names if name not in ("person", "code", "on")})
    narrow = nulls.append_column("person", pa.array([1], pa.int32())).append_column(
        "code", pa.array(["care-plan-agreed"])
    )
    pq.write_table(whole, folder / "events" / "bucket=1" / "a.parquet")
    pq.write_table(narrow.append_column("on", pa.array([DAY])), folder / "events" / "bucket=2" / "b.parquet")
    assert england(folder) == (1, 1)
    assert measure(folder, ["2022-23"], INDICATORS.values()) == measure(
        folder, ["2022-23"], INDICATORS.values(), engine="reference"
    )


def replace(folder, name, table):
    pq.write_table(table, folder / f"{name}.parquet")


BREAKS = {
    "a table is missing": (lambda f: (f / "events.parquet").unlink(), "the table events is missing"),
    "a column is missing": (
        lambda f: replace(f, "events", tables()["events"].drop_columns(["on"])),
        "events .*the column on is missing",
    ),
    "a column has the wrong type": (
        lambda f: replace(f, "people", tables()["people"].set_column(0, "person", [["one"]])),
        "people .*the column person is string and must be a whole number",
    ),
    "a date has a time": (
        lambda f: replace(f, "people", tables()["people"].set_column(1, "born", [[datetime(1960, 1, 1, 12)]])),
        "people: the column born must hold dates, without a time .*; 1 rows hold something else",
    ),
    "a date is of some time zone": (
        lambda f: replace(f, "people", tables()["people"].set_column(1, "born", [[datetime(1960, 1, 1, tzinfo=UTC)]])),
        "people .*the column born is timestamp.*UTC.* and must be a date",
    ),
    "a number of an episode has a fraction": (
        lambda f: replace(f, "events", tables()["events"].set_column(5, "episode", [[1.5]])),
        "events: the column episode must hold whole numbers.*; 1 rows hold something else",
    ),
    "a number of a person is more than a float can hold": (
        lambda f: replace(f, "people", tables()["people"].set_column(0, "person", [[2.0**60]])),
        "people: the column person must hold whole numbers",
    ),
    "a file is cut short": (
        lambda f: (f / "events.parquet").write_bytes((f / "events.parquet").read_bytes()[:-40]),
        "events.parquet is not a whole Parquet file",
    ),
    "a file is empty": (lambda f: (f / "people.parquet").write_bytes(b""), "people.parquet is not a whole Parquet"),
    "a person is there twice": (
        lambda f: replace(f, "people", tables(people=GOOD["people"])["people"]),
        "people: the column person .*such as 1",
    ),
    "an organisation is there twice": (
        lambda f: replace(f, "organisations", tables(organisations=GOOD["organisations"][:1])["organisations"]),
        "organisations: the column code .*such as Y1",
    ),
    "memberships go round in a circle": (
        lambda f: replace(
            f, "memberships", tables(memberships=[{"child": "E1", "parent": "Y1", "start": DAY}])["memberships"]
        ),
        "memberships: .*in a circle",
    ),
    "a table is there twice": (lambda f: pq.write_table(tables()["people"], f / "people" / "a.parquet"), "there twice"),
}


@pytest.mark.parametrize("case", BREAKS)
def test_what_would_make_a_number_wrong_in_silence_is_refused(folder, case):
    breaks, message = BREAKS[case]
    (folder / "people").mkdir()
    breaks(folder)
    with pytest.raises(FactsError, match=message):
        measure(folder, ["2022-23"], [REFERRED])


def test_pages_spoiled_behind_a_whole_footer_are_refused_when_read(folder):
    many = pa.table({"person": range(5000), "practice": ["Y1"] * 5000}).append_column("start", [[DAY] * 5000])
    replace(folder, "registrations", many.append_column("end", pa.nulls(5000, pa.date32())))
    spoiled = bytearray((folder / "registrations.parquet").read_bytes())
    spoiled[100:3000] = bytes(2900)
    (folder / "registrations.parquet").write_bytes(spoiled)
    with pytest.raises(FactsError, match="could not be read"):
        measure(folder, ["2022-23"], [REFERRED])


def test_what_pandas_writes_is_read_where_nothing_is_lost(folder):
    """Whole numbers as floats with NaN for none, dates as midnights."""
    events = tables(events=[{**EVENT, "code": "social-prescribing-referral", "on": date(2022, 6, 1)}])["events"]
    midnights = pa.array([datetime(2022, 5, 1), datetime(2022, 6, 1)], pa.timestamp("ns"))
    events = events.set_column(0, "person", pa.array([1.0, 1.0]))
    events = events.set_column(events.schema.get_field_index("episode"), "episode", pa.array([7.0, float("nan")]))
    replace(folder, "events", events.set_column(events.schema.get_field_index("on"), "on", midnights))
    for engine in ENGINES:
        if engine != "spark":
            rows = measure(
                folder, ["2022-23"], [TWICE], levels=["nation"], breakdowns=["all"], engine=engine
            ).to_pylist()
            assert [row["numerator"] for row in rows] == [1], engine


def test_a_period_that_has_not_begun_as_far_as_the_facts_go_is_refused(folder):
    with pytest.raises(ValueError, match="2023-24 begins after 2022-05-01, as far as the facts go"):
        measure(folder, ["2023-24"], [REFERRED])
    assert len(measure(folder, ["2023-24"], [REFERRED], levels=["nation"], as_at=date(2023, 4, 1))) > 0


def test_an_engine_that_is_not_installed_says_what_to_install(folder, monkeypatch):
    monkeypatch.setattr("whatmatters.measurement.results.find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"kernel needs numba: in a checkout \./whatmatters check"):
        measure(folder, ["2022-23"], [REFERRED], engine="kernel")
    with pytest.raises(ValueError, match=r"spark needs pyspark and sqlglot: .* pip install pyspark sqlglot;"):
        measure(folder, ["2022-23"], [REFERRED], engine="spark")


def test_facts_at_a_url_are_for_spark_alone():
    with pytest.raises(ValueError, match="s3a://ours/facts is not on this machine: only the engine spark reads there"):
        measure("s3a://ours/facts", ["2022-23"], [REFERRED])


def test_a_disk_that_fills_leaves_no_half_of_a_facts_folder(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "facts", tables())
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_for_scratch_files_is_said_to_be_full(folder):
    with pytest.raises(OSError, match="No space left on device for scratch files"), connected(read(folder)):
        raise duckdb.IOException('Could not write file "scratch": No space left on device')


@pytest.mark.parametrize("values", [[1e13], [1e300], [9e12, 9e12]])
def test_values_too_great_to_be_added_up_are_refused(tmp_path, values):
    spent = [{"person": 1, "code": "budget-spent", "on": date(2022, 5, 1), "value": value} for value in values]
    write(tmp_path / "facts", tables(events=spent))
    total = replaced(REFERRED, numerator=Total((EventOf("budget-spent"),)))
    with pytest.raises(FactsError, match="too great to be added up"):
        measure(tmp_path / "facts", ["2022-23"], [total])


def test_a_circle_that_never_closes_on_one_day_is_no_circle(folder):
    turned = [
        {"child": "U1", "parent": "U2", "start": DAY, "end": date(2021, 1, 1)},
        {"child": "U2", "parent": "U1", "start": date(2021, 1, 1)},
    ]
    replace(folder, "memberships", tables(memberships=turned)["memberships"])
    assert england(folder) == (1, 1)


def test_another_folder_is_never_overwritten(tmp_path):
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(FactsError, match="not a facts folder"):
        write(tmp_path, tables())
    assert (tmp_path / "letter.txt").read_text() == "keep me"


FAULTS = [
    ("people", "person with no registration", {"people": [{"person": 7}]}, "7"),
    ("people", "no date of birth", {"people": [{"person": 7}]}, "7"),
    ("people", "deprivation not recorded or not 1 to 10", {"people": [{"person": 7, "deprivation": 11}]}, "7"),
    ("registrations", "unknown practice", {"registrations": [{"person": 1, "practice": "??", "start": DAY}]}, "??"),
    ("registrations", "unknown person", {"registrations": [{"person": 8, "practice": "Y1", "start": DAY}]}, "8"),
    (
        "registrations",
        "registration that overlaps another of the person",
        {"registrations": [{"person": 1, "practice": "Y1", "start": date(2021, 1, 1)}]},
        "1",
    ),
    (
        "registrations",
        "interval that ends on or before its start",
        {"registrations": [{"person": 1, "practice": "Y1", "start": DAY, "end": DAY}]},
        "1",
    ),
    ("events", "unknown person", {"events": [{**EVENT, "person": 9}]}, "9"),
    ("events", "unknown code", {"events": [{**EVENT, "code": "tea"}]}, "tea"),
    ("events", "before birth", {"events": [{**EVENT, "on": date(1959, 12, 31)}]}, "1"),
    (
        "events",
        "after death",
        {"people": [{"person": 7, "died": DAY}], "events": [{**EVENT, "person": 7, "on": date(2020, 4, 2)}]},
        "7",
    ),
    ("events", "in the future", {"events": [{**EVENT, "on": date(2999, 1, 1)}]}, "1"),
    ("events", "value that is not a number", {"events": [{**EVENT, "value": float("nan")}]}, "1"),
    ("events", "unknown organisation", {"events": [{**EVENT, "organisation": "??"}]}, "??"),
    ("events", "row without a person, code or date", {"events": [{**EVENT, "on": None}]}, "1"),
    (
        "events",
        "person with an event in 2022-23 who is registered nowhere in it",
        {"people": [{"person": 7}], "events": [{**EVENT, "person": 7, "on": date(2022, 4, 1)}]},
        "7",
    ),
    ("organisations", "kind not known", {"organisations": [{"code": "Z", "kind": "pub"}]}, "Z"),
    (
        "organisations",
        "practice that belongs to nothing",
        {"organisations": [{"code": "Y2", "kind": "practice"}]},
        "Y2",
    ),
    ("memberships", "unknown parent", {"memberships": [{"child": "Y1", "parent": "??", "start": DAY}]}, "??"),
    (
        "memberships",
        "two of one kind at a time",
        {"memberships": [{"child": "Y1", "parent": "U2", "start": DAY}]},
        "Y1",
    ),
    ("staff", "unknown organisation", {"staff": [{"worker": 3, "organisation": "??", "wte": 1, "start": DAY}]}, "??"),
    ("staff", "row without an organisation, start or hours", {"staff": [{"worker": 3, "start": DAY}]}, "3"),
    ("events", "row that is there more than once", {"events": GOOD["events"]}, "1"),
    ("registrations", "row that is there more than once", {"registrations": GOOD["registrations"]}, "1"),
    ("staff_events", "unknown worker", {"staff_events": [{"worker": 5, "code": "supervision", "on": DAY}]}, "5"),
    ("staff_events", "unknown code", {"staff_events": [{"worker": 5, "code": "tea", "on": DAY}]}, "tea"),
    ("staff_events", "row without worker, code or date", {"staff_events": [{"worker": 5, "on": DAY}]}, "5"),
    (
        "organisation_events",
        "unknown organisation",
        {"organisation_events": [{"organisation": "??", "code": "attested", "on": DAY}]},
        "??",
    ),
    (
        "organisation_events",
        "value that is not a number",
        {"organisation_events": [{"organisation": "Y1", "code": "attested", "on": DAY, "value": float("inf")}]},
        "Y1",
    ),
]


@pytest.mark.parametrize(("table", "check", "more", "example"), FAULTS, ids=[f"{one[0]}: {one[1]}" for one in FAULTS])
def test_faults_are_counted_with_examples(tmp_path, table, check, more, example):
    write(tmp_path / "facts", tables(**more))
    found = {
        (row["table"], row["check"]): row for row in quality(read(tmp_path / "facts"), [period("2022-23")]).to_pylist()
    }
    assert (found[table, check]["count"], found[table, check]["examples"]) == (1, example)


def test_people_in_many_buckets_are_found_wanting_all_the_same(folder, monkeypatch):
    """Some in no order, one nobody knows, one in no row: each bucket is looked at, and each row once."""
    monkeypatch.setattr("whatmatters.measurement.engines.buckets.BUCKET", 3)
    ids = [9, 2, 7, 4, 1, 6, 3, 8, 5, 10]
    replace(folder, "people", tables(people=[{"person": one} for one in ids if one != 1])["people"])
    told = [{"person": one, "code": "care-plan-agreed", "on": date(2022, 6, 1)} for one in (11, 7, 2, -4, None)]
    replace(folder, "events", tables(events=told)["events"])
    found = {(row["table"], row["check"]): row for row in quality(read(folder), [period("2022-23")]).to_pylist()}
    assert found["people", "person with no registration"]["count"] == 9
    assert (found["events", "unknown person"]["count"], found["events", "unknown person"]["examples"]) == (2, "-4 11")
    assert found["events", "row without a person, code or date"]["count"] == 1
    replace(folder, "people", tables(people=[{"person": one} for one in [*ids, 7]])["people"])
    with pytest.raises(FactsError, match=r"people: the column person must name each row once; 2 are .* such as 1"):
        measure(folder, ["2022-23"], [REFERRED])


def test_row_groups_out_of_order_are_told_and_change_no_number(folder):
    order = [3, 1, 4, 2]
    registered = [{"person": one, "practice": "Y1", "start": DAY} for one in order]
    table = pa.Table.from_pylist(registered, schema=SCHEMAS["registrations"])
    pq.write_table(table, folder / "registrations.parquet", row_group_size=2)
    replace(folder, "people", tables(people=[{"person": one} for one in (2, 3, 4)])["people"])
    check = "row groups not in order of person: slower, the numbers are right"
    found = {(row["table"], row["check"]): row["count"] for row in quality(read(folder)).to_pylist()}
    assert (found["registrations", check], found["people", check]) == (1, 0)
    assert england(folder) == (1, 4)


def test_sound_facts_have_no_faults(folder):
    assert [row for row in quality(read(folder), [period("2022-23")]).to_pylist() if row["count"]] == []


def test_an_event_yet_to_come_does_not_move_the_as_at_day(tmp_path):
    write(tmp_path / "facts", tables(events=[{**EVENT, "on": date(2999, 1, 1)}]))
    assert measure(tmp_path / "facts", ["2022-23"], [REFERRED])["as_at"].unique().to_pylist() == [date(2022, 5, 1)]


def test_empty_tables_give_no_rows(tmp_path):
    write(tmp_path / "facts", {name: SCHEMAS[name].empty_table() for name in REQUIRED})
    assert len(measure(tmp_path / "facts", ["2022-23"], INDICATORS.values())) == 0
