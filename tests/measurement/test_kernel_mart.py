"""The kernel reads a mart it made of the facts: never of facts that are no longer so, and never more than is new."""

import os
import random
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.measurement.generated_indicators import indicators
from tests.measurement.generated_worlds import world

from whatmatters.events.codes import SP_CONTACT, SP_REFERRED
from whatmatters.measurement import measure
from whatmatters.measurement.counts import Episodes, Happenings, People, Total
from whatmatters.measurement.engines import Plan, kernel
from whatmatters.measurement.engines.kernel import columns, happenings, labels, marts
from whatmatters.measurement.facts import SCHEMAS, Facts, FactsError, of, read, write
from whatmatters.measurement.indicators import LEVELS, EventOf, did
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kernel")]  # it is compiled once
START, LATER = date(2020, 4, 1), date(2022, 10, 1)
REFERRED = INDICATORS["sp-referred-per-1000"]


def part(folder, table, name, rows):
    (folder / table).mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMAS[table]), folder / table / f"{name}.parquet")


def referral(person, on=date(2022, 5, 1), **more):
    return {"person": person, "code": SP_REFERRED, "on": on, **more}


@pytest.fixture
def folder(tmp_path):
    """Three people of two practices; 1 was referred in April's part, and so was 9, whom no other table knows."""
    organisations = [{"code": code, "kind": "practice"} for code in "AB"] + [{"code": "E", "kind": "nation"}]
    memberships = [{"child": code, "parent": "E", "start": START} for code in "AB"]
    people = [{"person": n, "born": date(1950 + n, 1, 1)} for n in (1, 2, 3)]
    stays = [{"person": n, "practice": "AAB"[n - 1], "start": START} for n in (1, 2, 3)]
    rows = {"organisations": organisations, "memberships": memberships}
    write(
        tmp_path / "facts",
        {name: pa.Table.from_pylist(rows.get(name, []), schema=schema) for name, schema in SCHEMAS.items()},
    )
    for table, found in (("people", people), ("registrations", stays), ("events", [referral(1), referral(9)])):
        (tmp_path / "facts" / f"{table}.parquet").unlink()
        part(tmp_path / "facts", table, "april", found)
    return tmp_path / "facts"


@pytest.fixture
def opened(monkeypatch):
    """The names of the part files that were opened to be read into a mart."""
    names = []

    class Watched(pq.ParquetFile):
        def __init__(self, path, **how):
            if path.parent.name in labels.TABLES:
                names.append(f"{path.parent.name}/{path.stem}")
            super().__init__(path, **how)

    monkeypatch.setattr(columns.pq, "ParquetFile", Watched)
    return names


def counted(facts, count=REFERRED.numerator):
    """What is counted, by practice, where it is not nought."""
    indicator = replace(REFERRED, numerator=count)
    plan = Plan([period("2022-23")], [indicator], LEVELS, ["all"], "then", date(2023, 6, 30))
    [found] = kernel.grains(facts if isinstance(facts, Facts) else read(facts), plan)
    rows = [row for row in found.grains.to_pylist() if row["atom"] == plan.atoms[count]]
    assert len({row["practice"] for row in rows}) == len(rows)
    return {row["practice"]: row["amount"] / 1_000_000 for row in rows}


def test_a_second_run_reads_nothing_but_the_mart(folder, opened):
    first = counted(folder)
    assert first == {"A": 1}
    assert set(opened) == {"people/april", "registrations/april", "events/april"}
    opened.clear()
    assert counted(folder) == first
    assert opened == []


def test_of_a_new_month_only_its_own_part_is_read(folder, opened):
    counted(folder)
    opened.clear()
    part(folder, "events", "may", [referral(3), referral(2, on=START)])
    assert counted(folder) == {"A": 1, "B": 1}
    assert set(opened) == {"events/may"}


def test_a_month_may_go_on_with_the_episodes_and_values_of_the_one_before(folder):
    cases = Episodes((EventOf(SP_REFERRED),), then=(EventOf(SP_CONTACT),))
    value = Total((EventOf(SP_REFERRED, details=("gp",)),))
    part(folder, "events", "may", [referral(2, episode=700, value=2.5, detail="gp"), referral(3, episode=701)])
    assert counted(folder, cases) == {}
    contact = {"person": 2, "code": SP_CONTACT, "on": LATER, "episode": 700}
    part(folder, "events", "june", [contact, referral(2, on=START, episode=4), referral(2, value=4.25, detail="gp")])
    assert counted(folder, cases) == {"A": 1}
    assert counted(folder, value) == {"A": 6.75}


def test_a_month_may_bring_people_whose_events_came_before_them(folder, opened):
    counted(folder)
    opened.clear()
    part(folder, "people", "may", [{"person": 9}])
    part(folder, "registrations", "may", [{"person": 9, "practice": "C", "start": START}])
    assert counted(folder) == {"A": 1, "C": 1}
    assert "events/april" not in opened


def test_a_month_may_bring_people_and_their_events_at_once(folder):
    counted(folder)
    part(folder, "people", "may", [{"person": -7}, {"person": 8}])
    part(folder, "registrations", "may", [{"person": one, "practice": "A", "start": START} for one in (-7, 8)])
    part(folder, "events", "may", [referral(-7), referral(8)])
    assert counted(folder) == {"A": 3}


def test_a_move_is_seen_and_no_event_read_again(folder, opened):
    counted(folder)
    opened.clear()
    moved = [{"person": 1, "practice": "B", "start": LATER}, {"person": 2, "practice": "A", "start": START}]
    part(folder, "registrations", "april", moved)
    assert counted(folder) == {"B": 1}
    assert set(opened) == {"people/april", "registrations/april"}


def test_a_part_that_was_touched_is_read_again(folder, opened):
    counted(folder)
    opened.clear()
    (folder / "events" / "april.parquet").touch()
    assert counted(folder) == {"A": 1}
    assert "events/april" in opened


def test_a_part_replaced_by_one_of_the_same_size_and_time_is_read_again(folder):
    assert counted(folder) == {"A": 1}
    path = folder / "events" / "april.parquet"
    before = path.stat()
    part(folder, "events", "april", [referral(3), referral(9)])
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert counted(folder) == {"B": 1}


def test_a_part_that_is_gone_counts_no_longer(folder):
    part(folder, "events", "may", [referral(2)])
    assert counted(folder) == {"A": 2}
    (folder / "events" / "april.parquet").unlink()
    assert counted(folder) == {"A": 1}
    part(folder, "events", "april", [])
    assert counted(folder) == {"A": 1}


@pytest.mark.parametrize("broken", ["{", '{"format": 1}', ""])
def test_a_mart_whose_label_is_not_whole_is_made_again(folder, broken):
    counted(folder)
    (folder / ".mart" / "mart" / labels.FILE).write_text(broken)
    assert counted(folder) == {"A": 1}


def test_a_mart_of_another_format_is_made_again(folder, monkeypatch, opened):
    counted(folder)
    opened.clear()
    monkeypatch.setattr(labels, "FORMAT", labels.FORMAT + 1)
    assert counted(folder) == {"A": 1}
    assert "events/april" in opened


def test_what_an_interrupted_run_left_is_cleared_away(folder):
    counted(folder)
    (folder / ".mart" / "unfinished").mkdir()
    (folder / ".mart" / "unfinished" / "day.npy").write_text("half")
    part(folder, "events", "may", [referral(2)])
    assert counted(folder) == {"A": 2}
    assert sorted(path.name for path in (folder / ".mart").iterdir()) == ["lock", "mart"]


def test_a_part_cut_short_is_refused_and_the_former_mart_is_not_taken_for_it(folder):
    counted(folder)
    part(folder, "events", "may", [referral(2)] * 5000)
    facts = read(folder)
    path = folder / "events" / "may.parquet"
    with path.open("r+b") as file:  # the footer is whole, the pages are not
        file.seek(4)
        file.write(b"\xff" * 60)
    with pytest.raises(FactsError, match="to the end"):
        list(marts.opened(facts).__enter__())
    path.unlink()
    assert counted(folder) == {"A": 1}


def test_facts_that_change_while_they_are_read_are_refused(folder, monkeypatch):
    made = marts.make

    def slow(*how):
        part(folder, "events", "april", [referral(2)])
        return made(*how)

    monkeypatch.setattr(marts, "make", slow)
    with pytest.raises(FactsError, match="changed while they were being read"):
        counted(folder)


def test_facts_beside_which_nothing_can_be_kept_are_measured_all_the_same(folder):
    (folder / ".mart").write_text("in the way")
    assert counted(folder) == {"A": 1}
    assert (folder / ".mart").read_text() == "in the way"


def test_facts_in_memory_leave_nothing_behind(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    facts = read(folder)
    before = sorted(tmp_path.rglob("*"))
    assert counted(of({name: facts.table(name) for name in SCHEMAS})) == {"A": 1}
    assert sorted(tmp_path.rglob("*")) == before


def test_a_value_too_great_to_be_added_up_is_refused_and_may_stand_where_none_is_added(folder):
    part(folder, "events", "may", [referral(2, value=1e12)])
    assert counted(folder, Happenings((EventOf(SP_REFERRED, least=1e12),))) == {"A": 1}
    assert counted(folder) == {"A": 2}
    with pytest.raises(FactsError, match=f"a value of {SP_REFERRED} is over"):
        counted(folder, Total((EventOf(SP_REFERRED),)))


def test_values_that_are_too_great_only_together_are_refused_before_a_whole_number_overflows(folder):
    part(folder, "events", "may", [referral(2, value=9e10)] * 100)
    assert counted(folder, Total((EventOf(SP_REFERRED),))) == {"A": 9e12}
    part(folder, "events", "june", [referral(3, value=9e10)] * 10)
    with pytest.raises(FactsError, match="too great to be added up"):
        counted(folder, Total((EventOf(SP_REFERRED),)))
    assert counted(folder, Happenings((EventOf(SP_REFERRED),))) == {"A": 101, "B": 10}


def test_days_that_no_calendar_has_come_before_and_after_all_that_is_asked(folder):
    rows = pa.Table.from_pylist([referral(2), referral(3)], schema=SCHEMAS["events"])
    beyond = pa.array([-(2**31), 2**31 - 1], pa.int32()).cast(pa.date32())
    pq.write_table(rows.set_column(2, rows.schema.field("on"), beyond), folder / "events" / "may.parquet")
    assert counted(folder) == {"A": 1}
    assert counted(folder, People(did(SP_REFERRED, when="before"))) == {"A": 1}


@pytest.mark.parametrize("seed", range(3))
def test_facts_that_come_part_by_part_in_any_order_give_the_same_rows_as_all_at_once(seed, tmp_path, monkeypatch):
    """In blocks of three seats and batches of seven rows, so that every border is crossed."""
    monkeypatch.setattr(happenings, "BLOCK", 3)
    monkeypatch.setattr(columns, "ROWS", 7)
    draw = random.Random(seed)
    asked = indicators(draw, 15)
    facts = world(draw, 40, asked)
    tables = {name: facts.table(name) for name in SCHEMAS}
    folder = tmp_path / "facts"
    write(folder, {**tables, **{name: tables[name].slice(0, 0) for name in ("people", "registrations", "events")}})
    for name in ("people", "registrations", "events"):
        (folder / f"{name}.parquet").unlink()
    shares = {"people": (0, 25, 25, 60), "registrations": (0, 25, 30, 90), "events": (0, 70, 150, 999)}
    how = {"as_at": date(2023, 4, 1)}
    for month in range(3):
        for name, cuts in shares.items():
            rows = tables[name].slice(cuts[month], cuts[month + 1] - cuts[month])
            (folder / name).mkdir(exist_ok=True)
            pq.write_table(rows, folder / name / f"{'bac'[month]}.parquet")
        so_far = Facts({**read(folder).tables, **{name: tables[name] for name in SCHEMAS if name not in shares}})
        fast, plain = (
            measure(so_far, ["2021-22", "2022-23"], asked, engine=engine, **how) for engine in ("kernel", "reference")
        )
        assert fast.to_pylist() == plain.to_pylist()
