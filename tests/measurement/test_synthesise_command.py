"""./whatmatters synthesise: a facts folder whole or not at all, and plain words when it cannot be done."""

import errno
import fcntl
import os
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from whatmatters.config.cli import main
from whatmatters.measurement import facts
from whatmatters.measurement.synthesis import folder


def run(place, *words):
    return main(["synthesise", str(place), *words])


def test_it_writes_facts_and_says_how_many(tmp_path, capsys):
    assert run(tmp_path / "facts", "--people", "1_000", "--seed", "4") == 0
    assert len(facts.read(tmp_path / "facts").table("people")) == 1_000
    assert "1,000 people" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def test_another_last_day_moves_the_five_years(tmp_path):
    assert run(tmp_path / "facts", "--people", "500", "--until", "2012-12-31") == 0
    assert str(max(facts.read(tmp_path / "facts").table("events")["on"].to_pylist())) <= "2012-12-31"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--people", "many"], "--people 'many' is not a whole number"),
        (["--people", "0"], "0 people cannot be invented"),
        (["--people", "5", "--seed", "x"], "--seed 'x' is not a whole number"),
        (["--people", "5", "--until", "March"], "--until 'March' is not a day"),
        (["--people", "5", "--until", "2999-01-01"], "2999-01-01 cannot be the last day"),
        (["--people", "5", "--organisations", "/nowhere.csv"], "/nowhere.csv cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(tmp_path, capsys, words, named):
    assert run(tmp_path / "facts", *words) == 1
    assert named in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_older_facts_are_replaced_and_anything_else_is_left_alone(tmp_path, capsys):
    assert run(tmp_path / "facts", "--people", "20") == run(tmp_path / "facts", "--people", "30") == 0
    assert len(facts.read(tmp_path / "facts").table("people")) == 30
    (tmp_path / "facts" / "letters.txt").write_text("mine", encoding="utf-8")
    assert run(tmp_path / "facts", "--people", "20") == 1
    assert run(tmp_path / "facts" / "letters.txt", "--people", "20") == 1
    assert capsys.readouterr().err.count("exists and is not a facts folder") == 2
    assert (tmp_path / "facts" / "letters.txt").read_text(encoding="utf-8") == "mine"


def test_a_disk_that_fills_is_named_and_nothing_half_is_left(tmp_path, capsys, monkeypatch):
    assert run(tmp_path / "facts", "--people", "20") == 0
    write = pq.write_table

    def full(table, path, **options):
        if "events" in path.parts:
            write(table.slice(0, 1), path)
            raise OSError(errno.ENOSPC, "No space left on device")
        write(table, path, **options)

    monkeypatch.setattr(pq, "write_table", full)
    assert run(tmp_path / "facts", "--people", "30") == 1
    assert f"the disk of {tmp_path / 'facts'} is full" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]
    assert len(facts.read(tmp_path / "facts").table("people")) == 20


def test_a_disk_without_room_is_refused_before_anything_is_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda path: SimpleNamespace(free=1_000))
    assert run(tmp_path / "facts", "--people", "1000000") == 1
    assert "needs about 0.0 GB" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_cleared_and_a_running_one_is_left_alone(tmp_path, capsys):
    half = tmp_path / "facts.unfinished"
    (half / "events").mkdir(parents=True)
    held = os.open(half, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    assert run(tmp_path / "facts", "--people", "20") == 1
    assert "is being written by another run" in capsys.readouterr().err
    assert (half / "events").is_dir()
    os.close(held)
    assert run(tmp_path / "facts", "--people", "20") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]
