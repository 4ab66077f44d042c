"""The commands that serve: what they refuse, what they make once, and that nothing outlives them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from tests import migrated

from whatmatters.config import serving
from whatmatters.config.commands import Refused, demo, serve

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.mark.parametrize(
    ("command", "options"),
    [(demo, {"no_browser": True, "fresh": False}), (serve, {"host": "127.0.0.1", "workers": 1})],
)
def test_a_port_in_use_is_refused_with_another_to_try(taken: int, command: Any, options: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=f"--port {taken + 1}"):
        command.run(Namespace(port=taken, **options))


def test_a_number_that_is_no_port_is_refused() -> None:
    with pytest.raises(Refused, match="choose one from 1 to 65535"):
        serving.refuse_taken("127.0.0.1", 70_000)


def test_a_port_that_is_free_is_not_refused() -> None:
    serving.refuse_taken("127.0.0.1", free_port())


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each making of the record adds a word; a making that dies is one whose ``dies`` is set."""
    words: list[str] = []

    def make() -> None:
        (tmp_path / "demo.sqlite3").write_text("half of it")
        words.append("made")
        if os.environ.get("DIES"):
            raise KeyboardInterrupt

    monkeypatch.setattr(demo, "_make", make)
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: None)
    return words


def test_the_record_is_made_once_and_again_when_asked_or_when_its_code_changed(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo._make_ready(tmp_path, fresh=False)
    demo._make_ready(tmp_path, fresh=False)
    assert len(made) == 1
    demo._make_ready(tmp_path, fresh=True)
    assert len(made) == 2
    monkeypatch.setattr(demo, "_version", lambda: "another")
    demo._make_ready(tmp_path, fresh=False)
    assert len(made) == 3


def test_a_half_made_record_is_thrown_away_and_made_again(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIES", "1")
    with pytest.raises(KeyboardInterrupt):
        demo._make_ready(tmp_path, fresh=False)
    monkeypatch.delenv("DIES")
    (tmp_path / "audit-anchors.log").write_text("of the half")
    demo._make_ready(tmp_path, fresh=False)
    assert len(made) == 2
    assert not (tmp_path / "audit-anchors.log").exists()


def test_a_record_of_another_day_is_kept_and_said_to_be_old(
    made: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo._make_ready(tmp_path, fresh=False)
    (tmp_path / "made.json").write_text(json.dumps({"version": demo._version(), "on": "2026-01-05"}))
    demo._make_ready(tmp_path, fresh=False)
    assert "2026-01-05" in capsys.readouterr().err
    assert len(made) == 1


def test_two_demos_do_not_share_a_home(tmp_path: Path) -> None:
    with open(tmp_path / "lock", "w") as one, open(tmp_path / "lock", "w") as other:
        demo._alone(one.fileno(), tmp_path)
        with pytest.raises(Refused, match="running already"):
            demo._alone(other.fileno(), tmp_path)


@pytest.mark.slow
def test_the_demo_is_refused_where_a_real_record_lives(tmp_path: Path) -> None:
    (tmp_path / "whatmatters.sqlite3").touch()
    ran = run("demo", tmp_path, free_port(), "--no-browser")
    _, words = ran.communicate(timeout=60)
    assert ran.returncode == 1
    assert "real record" in words


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_keeps_the_numbers_fresh_and_ends_with_nothing_left(tmp_path: Path, how: signal.Signals) -> None:
    migrated.put(tmp_path / "whatmatters.sqlite3")
    port = free_port()
    server = run("serve", tmp_path, port, "--workers", "1")
    assert server.stdout is not None
    assert any("Ready" in line for line in server.stdout), "it never said that it was ready"
    asking = HTTPConnection("127.0.0.1", port, timeout=20)
    asking.request("GET", "/", headers={"Host": "localhost"})
    assert asking.getresponse().status == 301, "to https: this is production"
    asking.close()
    children = children_of(server.pid)
    assert len(children) == 3, "the server, the loop that measures, and the round"
    server.send_signal(how)
    server.communicate(timeout=60)
    assert server.returncode == 0
    until = time.monotonic() + 10
    while (left := [pid for pid in children if Path(f"/proc/{pid}").exists()]) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []


def run(command: str, home: Path, port: int, *options: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "whatmatters.config.cli", command, "--port", str(port), *options]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WHATMATTERS_", "DJANGO_"))}
    surroundings = {**kept, "WHATMATTERS_HOME": str(home), "PYTHONPATH": str(SOURCE)}
    return subprocess.Popen(words, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children_of(pid: int) -> list[int]:
    return [int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if parent(stat) == pid]


def parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    except OSError:  # it ended while we looked
        return 0
