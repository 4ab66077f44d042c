"""A SQLite whose settings could lose a saved page is refused, at every connection.

In WAL mode with ``synchronous=NORMAL`` SQLite acknowledges a commit before it is on the disk: a power cut loses it
(sqlite.org, PRAGMA synchronous). ``kill -9`` proves nothing here, for the page cache outlives the process.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

FULL = 2  # and EXTRA is 3


def refuse_lossy_sqlite(sender: object, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Raises ImproperlyConfigured. A database in memory is let by: it has nothing to lose."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's own
        return
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    mode = connection.settings_dict["OPTIONS"].get("transaction_mode")
    if journal != "wal" or synchronous < FULL or mode != "IMMEDIATE":
        connection.close()  # or the next query would find it open and be let in
        raise ImproperlyConfigured(
            f"This SQLite could lose a saved page (journal_mode={journal}, synchronous={synchronous}, "
            f"transaction_mode={mode}): set journal_mode=WAL, synchronous=FULL and transaction_mode=IMMEDIATE"
        )
