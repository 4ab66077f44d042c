"""A SQLite that could lose a saved page is refused when it is opened; one that could not is let in."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from whatmatters.config.settings import production

pytestmark = pytest.mark.django_db  # for leave to open connections

SAFE = {"journal_mode": "WAL", "synchronous": "FULL"}


def opened(path: Path, mode: str | None, **pragmas: str) -> DatabaseWrapper:
    words = "".join(f"PRAGMA {name}={value};" for name, value in pragmas.items())
    settings: dict[str, Any] = {
        **connections["default"].settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path / "kept.sqlite3"),
        "OPTIONS": {"init_command": words} | ({"transaction_mode": mode} if mode else {}),
    }
    return DatabaseWrapper(settings, "kept")


@pytest.mark.parametrize("synchronous", ["FULL", "EXTRA"])
def test_wal_with_a_full_sync_is_let_in(tmp_path: Path, synchronous: str) -> None:
    connection = opened(tmp_path, "IMMEDIATE", **{**SAFE, "synchronous": synchronous})
    connection.ensure_connection()
    connection.close()


@pytest.mark.parametrize(
    ("mode", "pragmas", "named"),
    [
        ("IMMEDIATE", {**SAFE, "synchronous": "NORMAL"}, "synchronous=1"),
        ("IMMEDIATE", {**SAFE, "synchronous": "OFF"}, "synchronous=0"),
        ("IMMEDIATE", {**SAFE, "journal_mode": "DELETE"}, "journal_mode=delete"),
        ("IMMEDIATE", {**SAFE, "journal_mode": "MEMORY"}, "journal_mode=memory"),
        ("IMMEDIATE", {**SAFE, "journal_mode": "OFF"}, "journal_mode=off"),
        ("DEFERRED", SAFE, "transaction_mode=DEFERRED"),
        (None, SAFE, "transaction_mode=None"),
        ("IMMEDIATE", {}, "journal_mode=delete"),
    ],
)
def test_anything_less_is_refused_and_named_with_its_fix(
    tmp_path: Path, mode: str | None, pragmas: dict[str, str], named: str
) -> None:
    connection = opened(tmp_path, mode, **pragmas)
    with pytest.raises(ImproperlyConfigured, match=named) as refused:
        connection.ensure_connection()
    assert "set journal_mode=WAL, synchronous=FULL and transaction_mode=IMMEDIATE" in str(refused.value)
    connection.close()


def test_a_refused_connection_stays_refused_however_often_it_is_tried(tmp_path: Path) -> None:
    connection = opened(tmp_path, "IMMEDIATE", journal_mode="WAL", synchronous="NORMAL")
    for _ in range(3):
        with pytest.raises(ImproperlyConfigured):
            connection.cursor()
    connection.close()


def test_production_opens_its_sqlite_safely() -> None:
    options = production.DATABASES["default"].get("OPTIONS", {})
    if production.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        assert options["transaction_mode"] == "IMMEDIATE"
        assert "synchronous=FULL" in options["init_command"]
