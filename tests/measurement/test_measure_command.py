"""./whatmatters measure: facts in, a file out, and plain words when it cannot be done."""

import csv
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from whatmatters.config.cli import main
from whatmatters.measurement.example_facts import facts_of
from whatmatters.measurement.facts import write
from whatmatters.programme.indicators import INDICATORS

pytestmark = pytest.mark.slow


@pytest.fixture
def facts(tmp_path):
    given = facts_of(INDICATORS["sp-referred-per-1000"].example)
    write(tmp_path / "facts", dict(given.tables))
    return tmp_path / "facts"


def run(facts, out, *words):
    return main(["measure", str(facts), "--period", "2022-23", "--out", str(out), *words])


def rows(out):
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_csv_has_the_columns_of_results_and_the_quality_table_beside_it(facts, tmp_path, capsys):
    out = tmp_path / "results.csv"
    assert run(facts, out) == 0
    found = rows(out)
    assert list(found[0]) == [
        *("indicator", "definition", "period", "organisation", "level", "breakdown", "group"),
        *("numerator", "denominator", "source", "coverage", "as_at"),
    ]
    england = next(
        row
        for row in found
        if (row["indicator"], row["organisation"], row["breakdown"]) == ("sp-referred-per-1000", "England", "all")
    )
    assert (england["numerator"], england["denominator"], england["source"]) == ("3", "4", "computed")
    assert (england["level"], england["group"], england["coverage"], england["as_at"]) == (
        *("nation", "all", "1"),
        "2023-04-01",
    )
    faults = {(row["table"], row["check"]): row["count"] for row in rows(tmp_path / "results.quality.csv")}
    assert faults["people", "ethnicity not recorded or not one of the 16+1 codes"] == "5"
    assert "people: ethnicity not recorded" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts", "results.csv", "results.quality.csv"]


@pytest.mark.slow
def test_parquet_and_csv_hold_the_same_rows_and_both_engines_write_the_same_file(facts, tmp_path):
    assert run(facts, tmp_path / "a.parquet") == run(facts, tmp_path / "b.csv") == 0
    assert run(facts, tmp_path / "c.csv", "--engine", "reference") == 0
    assert len(pq.read_table(tmp_path / "a.parquet")) == len(rows(tmp_path / "b.csv"))
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "c.csv").read_bytes()


def test_a_disk_that_fills_up_leaves_the_former_file_and_nothing_half_written(facts, tmp_path, monkeypatch, capsys):
    out = tmp_path / "results.parquet"
    assert run(facts, out) == 0
    former = out.read_bytes()

    def full(self, table):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    assert run(facts, out) == 1
    assert "could not be written: No space left on device" in capsys.readouterr().err
    assert out.read_bytes() == former
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts", "results.parquet", "results.quality.csv"]


def test_what_is_asked_for_is_what_comes_out(facts, tmp_path):
    out = tmp_path / "some.csv"
    chosen = ("--indicator", "sp-referred-per-1000", "--indicator", "sp-ons4-change")
    assert run(facts, out, *chosen, "--level", "pcn", "--by", "age_sex", "--organisations", "now") == 0
    assert {(row["indicator"], row["level"], row["breakdown"]) for row in rows(out)} == {
        ("sp-referred-per-1000", "pcn", "age_sex")
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--period", "2022-24"], "'2022-24' is not a period: write a financial year 2022-23"),
        (["--indicator", "nope"], "'nope' is not an indicator: choose from sp-referred-per-1000, "),
        (["--level", "ward"], "'ward' is not a known level: choose from practice, pcn, "),
        (["--by", "shoe"], "'shoe' is not a known breakdown: choose from all, age_sex, "),
        (["--engine", "abacus"], "'abacus' is not a known engine: choose from duckdb, kernel, spark, reference"),
        (["--organisations", "soon"], "choose from then, now"),
        (["--as-at", "soon"], "--as-at 'soon' is not a day: write it as 2023-06-30"),
        (["--out", "results.xlsx"], "--out FILE.csv or --out FILE.parquet"),
        (["--out", "nowhere/results.csv"], "there is no folder nowhere: make it first"),
        (["--store"], "--store measures all of the working record: leave out FACTS, --out, or leave out --store"),
        (["--watch", "5"], "--watch goes with --store"),
        (["--master", "local[2]"], "--master names a Spark cluster: it goes with --engine spark"),
        (["--period", "2030-31"], "2030-31 begins after 2023-04-01, as far as the facts go: leave it out"),
    ],
)
def test_what_cannot_be_done_is_said_plainly_and_nothing_is_written(facts, tmp_path, words, message, capsys):
    assert run(facts, tmp_path / "results.csv", *words) == 1
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def test_without_facts_or_with_broken_ones_it_says_so(facts, tmp_path, capsys):
    assert main(["measure", "--period", "2022-23", "--out", str(tmp_path / "a.csv")]) == 1
    assert "say which facts to measure" in capsys.readouterr().err
    (facts / "events.parquet").unlink()
    assert run(facts, tmp_path / "a.csv") == 1
    assert "the table events is missing" in capsys.readouterr().err


@pytest.mark.slow
def test_measuring_a_file_never_loads_django(facts, tmp_path):
    script = (
        "import sys; from whatmatters.config.cli import main;"
        f"code = main(['measure', {str(facts)!r}, '--period', '2022-23', '--out', {str(tmp_path / 'a.csv')!r}]);"
        "print([code, 'django' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[0, False]"


def test_it_says_how_many_numbers_went_where_and_shows_a_few_of_england(facts, tmp_path, capsys):
    chosen = ("--indicator", "sp-referred-per-1000", "--indicator", "registered-patients", "--level", "nation")
    assert run(facts, tmp_path / "some.csv", *chosen, "--level", "practice", "--period", "2021-22") == 0
    *_, period, first, last = capsys.readouterr().out.splitlines()
    assert period == "2021-22, 1 of the numbers:"
    assert first == "  England  sp-referred-per-1000  0.0 per 1000  (0 of 5)"
    assert last == f"48 numbers written to {tmp_path / 'some.csv'}"


@pytest.mark.parametrize("word", ["--explain", "--indicator=sp-referred-per-1000"])
def test_whoever_reads_the_first_line_and_goes_away_meets_no_traceback(facts, tmp_path, word):
    words = ["measure", str(facts), "--period", "2022-23", "--out", str(tmp_path / "a.csv"), word]
    script = f"import sys; from whatmatters.config.cli import main; sys.exit(main({words!r}))"
    with subprocess.Popen([sys.executable, "-uc", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read().decode()
    assert "Traceback" not in said
    assert "Broken pipe" not in said
