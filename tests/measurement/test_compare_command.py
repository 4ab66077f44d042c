"""./whatmatters compare: facts in, a file of comparisons out, and plain words when it cannot be done."""

import csv
import subprocess
import sys

import pytest

from whatmatters.config.cli import main
from whatmatters.measurement.example_facts import facts_of
from whatmatters.measurement.facts import write
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.indicators.questions import QUESTIONS


@pytest.fixture
def facts(tmp_path):
    write(tmp_path / "facts", dict(facts_of(INDICATORS["sp-gp-appointments-change"].example).tables))
    return tmp_path / "facts"


def test_each_question_answers_for_an_indicator_that_lower_is_better_of():
    assert [INDICATORS[one].direction for one in QUESTIONS] == ["lower"] * 5
    assert [INDICATORS[one].version for one in QUESTIONS] == [asked.definition for asked in QUESTIONS.values()]


def test_a_file_has_a_row_for_each_question_and_a_refusal_in_words(facts, tmp_path, capsys):
    out = tmp_path / "compared.csv"
    assert main(["compare", str(facts), "--period", "2023-24", "--out", str(out), "--level", "nation"]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["indicator"] for row in found] == sorted(QUESTIONS)
    assert {row["refused"] for row in found} == {
        "fewer than 30 people could be followed for a year before and a year after"
    }
    assert "5 comparisons, 0 of them attributable" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--period", "2023-24", "--indicator", "reached"], "'reached' is not compared with people like them"),
        (["--period", "2023"], "2023"),
        (["--period", "2023-24", "--level", "street"], "'street' is not a level"),
        (["--period", "2023-24", "--as-at", "soon"], "--as-at 'soon' is not a day"),
    ],
)
def test_what_cannot_be_asked_is_refused(facts, tmp_path, capsys, words, says):
    assert main(["compare", str(facts), "--out", str(tmp_path / "out.csv"), *words]) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_what_is_no_facts_folder_is_refused(tmp_path, capsys):
    assert main(["compare", str(tmp_path / "none"), "--period", "2023-24", "--out", str(tmp_path / "out.csv")]) == 1
    assert "is not a folder" in capsys.readouterr().err


def test_it_loads_no_django(facts, tmp_path):
    code = (
        "import sys; from whatmatters.config.cli import main; "
        f"main(['compare', {str(facts)!r}, '--period', '2023-24', '--out', {str(tmp_path / 'out.csv')!r}]); "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_on_synthesised_facts_the_fewer_appointments_that_were_put_in_are_found(tmp_path):
    """One in seven fewer after a referral (``synthesis.stories_of_use``): the interval holds it, and nothing drifts."""
    facts, out = tmp_path / "facts", tmp_path / "out.csv"
    assert main(["synthesise", str(facts), "--people", "100000", "--seed", "5"]) == 0
    asked = ["--period", "2023-24", "--indicator", "sp-gp-appointments-change", "--level", "nation"]
    assert main(["compare", str(facts), *asked, "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["refused"] == ""
    assert float(row["percent_lower"]) < -14 < float(row["percent_upper"])
    assert float(row["placebo_lower"]) < 0 < float(row["placebo_upper"])
