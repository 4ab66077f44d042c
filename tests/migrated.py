"""The migrated, empty database of the tests, kept as a file: a hundred migrations take longer than most tests.

On SQLite alone, and for one state of what decides the tables: the migrations, what writes SQL for them, and Django.
"""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

import django
from django.db import connection

ROOT = Path(__file__).parents[1]
ROOMS, KEPT = ROOT / "src" / "whatmatters", ROOT / ".pytest_cache"
WRITE_SQL = ("access/write_once.py", "directory/fulltext.py")


def given() -> bool:
    """Puts the kept database where this process's tests will look for theirs; False where none is kept."""
    return connection.vendor == "sqlite" and put(Path(connection.settings_dict["TEST"]["NAME"]))


def put(there: Path) -> bool:
    """A copy of the kept database, for a command that would else begin with migrating; False where none is kept."""
    try:
        shutil.copyfile(_kept(), there)
    except FileNotFoundError:
        return False
    return True


def keep() -> None:
    """Keeps the database that was just migrated, in the place of any older one."""
    if connection.vendor != "sqlite" or _kept().exists():
        return
    KEPT.mkdir(exist_ok=True)
    beside = KEPT / f"migrating-{os.getpid()}"
    connection.ensure_connection()
    target = sqlite3.connect(beside)
    connection.connection.backup(target)
    target.close()
    for older in KEPT.glob("migrated-*.sqlite3"):
        older.unlink(missing_ok=True)
    beside.replace(_kept())


def _kept() -> Path:
    digest = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for file in sorted([*ROOMS.glob("**/migrations/*.py"), *(ROOMS / name for name in WRITE_SQL)]):
        digest.update(file.relative_to(ROOMS).as_posix().encode() + b"\0" + file.read_bytes())
    return KEPT / f"migrated-{digest.hexdigest()[:16]}.sqlite3"
