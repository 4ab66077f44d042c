"""``./whatmatters results``: what is stored, as a file; and for the public never an exact count."""

import csv
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from whatmatters.config import cli
from whatmatters.programme import publishing, results, tables

pytestmark = [pytest.mark.database, pytest.mark.django_db]
YEAR = "2025-26"


@pytest.fixture
def stored(place: SimpleNamespace) -> None:
    rows = [
        ("sp-referred-per-1000", "B81001", "practice", 3, 1000),
        ("sp-referred-per-1000", "B81003", "practice", 33, 900),
        ("sp-ons4-change-happy", "QOQ", "icb", -4.5, 12),
        ("sp-ons4-change-anxious", "QOQ", "icb", 8, 12),
    ]
    results.replace(
        [
            {
                "indicator": indicator, "period": YEAR, "organisation": code, "level": level, "numerator": above,
                "denominator": below, "coverage": 1.0, "as_at": date(2026, 11, 21),
            }
            for indicator, code, level, above, below in rows
        ],
        source="computed",
        periods=[YEAR],
    )  # fmt: skip
    publishing.weigh(publishing.owed())


def run(out: Path, *words: str) -> int:
    return cli.main(["results", "--out", str(out), *words])


def read(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("stored")
def test_everything_stored_is_written_with_the_columns_of_results(tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    assert run(out) == 0
    found = read(out)
    assert list(found[0]) == [
        "indicator", "definition", "period", "organisation", "level", "breakdown", "group", "numerator", "denominator",
        "source", "coverage", "as_at",
    ]  # fmt: skip
    assert [(row["organisation"], row["numerator"], row["denominator"]) for row in found] == [
        ("QOQ", "8", "12"), ("QOQ", "-4.5", "12"), ("B81001", "3", "1000"), ("B81003", "33", "900"),
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["all.csv"]


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("words", "organisations"),
    [
        (["--level", "practice"], ["B81001", "B81003"]),
        (["--organisation", "B81003"], ["B81003"]),
        (["--indicator", "sp-ons4-change"], ["QOQ", "QOQ"]),  # the whole family
        (["--indicator", "sp-ons4-change-happy", "--period", YEAR], ["QOQ"]),
    ],
)
def test_a_choice_narrows_it(tmp_path: Path, words: list[str], organisations: list[str]) -> None:
    assert run(tmp_path / "some.csv", *words) == 0
    assert [row["organisation"] for row in read(tmp_path / "some.csv")] == organisations


@pytest.mark.usefixtures("stored")
def test_for_the_public_small_counts_are_hidden_and_no_exact_column_is_there(tmp_path: Path) -> None:
    assert run(tmp_path / "public.csv", "--public", "--level", "practice") == 0
    first, second = read(tmp_path / "public.csv")
    assert "numerator" not in first
    assert (first["shown_numerator"], first["shown_value"], first["hidden"]) == ("", "", "yes")
    assert second["shown_numerator"] in ("35", "")  # hidden with the other where one network holds both


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--indicator", "sp-refered"], "'sp-refered' is not an indicator: choose from"),
        (["--level", "ward"], "'ward' is not a level: choose from practice"),
        (["--period", "2025"], "'2025' is not a period"),
        (["--period", "2019-20"], "nothing is stored for that. Periods stored: 2025-26"),
        (["--organisation", "X99999"], "no organisation has the code 'X99999'"),
    ],
)
def test_what_cannot_be_written_is_refused_and_an_older_file_left(
    tmp_path: Path, capsys: Any, words: list[str], said: str
) -> None:
    (tmp_path / "out.csv").write_text("older", "utf-8")
    assert run(tmp_path / "out.csv", *words) == 1
    assert said in capsys.readouterr().err
    assert (tmp_path / "out.csv").read_text("utf-8") == "older"


@pytest.mark.usefixtures("stored")
def test_a_code_may_be_written_in_small_letters(tmp_path: Path) -> None:
    assert run(tmp_path / "out.csv", "--organisation", "qoq") == 0


def test_nothing_stored_says_what_to_do(tmp_path: Path, capsys: Any) -> None:
    assert run(tmp_path / "out.csv") == 1
    assert "run ./whatmatters measure --store" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "said"), [("out.xlsx", "name the file"), ("no/out.csv", "there is no folder")])
def test_a_place_that_will_not_do_is_refused_first(tmp_path: Path, capsys: Any, name: str, said: str) -> None:
    assert run(tmp_path / name) == 1
    assert said in capsys.readouterr().err


def test_words_that_look_like_a_formula_are_made_harmless() -> None:
    written = tables.text(["name", "n"], [("=cmd()", -2.5), ("+1", 3.0), ("@x", None), ('a,"b"', True)])
    assert written == 'name,n\r\n\'=cmd(),-2.5\r\n\'+1,3\r\n\'@x,\r\n"a,""b""",yes\r\n'
