"""./whatmatters account and ./whatmatters audit."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests import migrated

from whatmatters.access.models import AuditEntry, ChainHead, User
from whatmatters.config import cli
from whatmatters.config.commands import start

pytestmark = pytest.mark.slow

ACCOUNT = ["account", "root@example.org", "--name", "Ada Root", "--role", "administrator", "--organisation", "qoq"]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any, place: SimpleNamespace) -> None:
    """Django is up and the database is made: the command need not see to it."""
    monkeypatch.setattr(start, "django", lambda **_: None)
    settings.AUDIT_ANCHORS = tmp_path / "anchors"


def test_the_first_administrator_is_made_and_gets_a_link(capsys: Any, client: Client) -> None:
    assert cli.main(ACCOUNT) == 0
    said = capsys.readouterr().out
    assert "root@example.org: Administrator, Humber and North Yorkshire" in said
    link = re.search(r"https://[^/]+(/invitation/\S+)", said)
    assert link
    assert "root@example.org" in client.get(link.group(1), follow=True).content.decode()


def test_a_lost_password_is_mended_with_a_new_link_and_only_when_asked_for(capsys: Any, client: Client) -> None:
    cli.main(ACCOUNT)
    account = User.objects.get()
    account.set_password("a lost one, quite long")
    account.save()
    capsys.readouterr()
    cli.main(ACCOUNT)
    assert "https://" not in capsys.readouterr().out
    cli.main([*ACCOUNT, "--new-link"])
    link = re.search(r"https://[^/]+(/invitation/\S+)", capsys.readouterr().out)
    assert link
    assert "root@example.org" in client.get(link.group(1), follow=True).content.decode()
    assert AuditEntry.objects.filter(act="new password link made").count() == 1


def test_a_second_role_is_added_and_the_same_one_only_once() -> None:
    for role in ("administrator", "privacy_officer", "administrator"):
        assert cli.main([*ACCOUNT[:5], role, *ACCOUNT[6:]]) == 0
    assert sorted(User.objects.get().grants.values_list("role", flat=True)) == ["administrator", "privacy_officer"]


@pytest.mark.parametrize(
    ("at", "word", "said"),
    [
        (1, "root", "EMAIL is not an email address"),
        (5, "king", "--role king is no role: choose one of link_worker"),
        (7, "XXX", "no organisation has the code XXX"),
        (3, " ", "--name is empty"),
    ],
)
def test_a_wrong_word_is_named_with_its_fix(at: int, word: str, said: str, capsys: Any) -> None:
    assert cli.main([*ACCOUNT[:at], word, *ACCOUNT[at + 1 :]]) == 1
    assert said in capsys.readouterr().err
    assert not User.objects.exists()


def test_audit_says_how_long_the_chain_is(capsys: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        cli.main(ACCOUNT)
    capsys.readouterr()
    assert cli.main(["audit"]) == 0
    assert capsys.readouterr().out == f"2 entries, unbroken, head {ChainHead.objects.get().mac}\n"


def test_audit_names_each_break_and_fails(capsys: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        cli.main(ACCOUNT)
    ChainHead.objects.update(number=1)
    capsys.readouterr()
    assert cli.main(["audit"]) == 1
    said = capsys.readouterr().out
    assert "The head says entry 1, and the entries end at 1" in said
    assert "BROKEN" in said


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (["audit"], {}, "there is no record here yet"),
        (["results", "--out", "a.csv"], {}, "begin one with ./whatmatters import organisations FILE"),
        (["audit"], {"WHATMATTERS_DATABASE": "rubbish"}, "WHATMATTERS_DATABASE is no address"),
        (["audit"], {"WHATMATTERS_DATABASE": "postgres://nobody@127.0.0.1:1/none"}, "the database does not answer"),
        (["audit"], {"WHATMATTERS_HOME": "file/home"}, "file/home cannot be written: check WHATMATTERS_HOME"),
    ],
)
def test_without_home_or_database_the_fix_is_said(
    words: list[str], environment: dict[str, str], said: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    done = run_in(tmp_path, *words, **environment)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def run_in(folder: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WHATMATTERS_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "whatmatters.config.cli", *words],
        cwd=folder,
        env={**clean, "WHATMATTERS_HOME": "home", "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_in_the_demos_home_a_command_looks_into_the_demo_and_nothing_else_is_made(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    if not migrated.put(tmp_path / "home" / "demo.sqlite3"):
        (tmp_path / "home" / "demo.sqlite3").touch()
    done = run_in(tmp_path, "extract", "facts")
    assert "nobody on record" in done.stderr
    production = run_in(tmp_path, "audit", DJANGO_SETTINGS_MODULE=start.SETTINGS)
    assert "home is the demo's home" in production.stderr
    assert not (tmp_path / "home" / "whatmatters.sqlite3").exists()
