"""Which entries hold these words, asked of SQLite's FTS5 or of PostgreSQL's index: the same question, the same answer.

Neither is left to cut the text into words or to weigh what it finds (see ``wording``).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.migrations import RunPython
from django.db.models import Q
from django.db.models.expressions import RawSQL

TOKENS = "array_to_tsvector(string_to_array(words, ' '))"  # no parser of PostgreSQL's own comes between
MAKE = {
    "postgresql": (f"CREATE INDEX directory_found ON directory_group USING gin ({TOKENS})",),
    "sqlite": (
        "CREATE VIRTUAL TABLE directory_found USING fts5(words, content='directory_group', content_rowid='id', "
        "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")",
        "INSERT INTO directory_found (directory_found) VALUES ('rebuild')",
        "CREATE TRIGGER directory_found_added AFTER INSERT ON directory_group BEGIN "
        "INSERT INTO directory_found (rowid, words) VALUES (new.id, new.words); END",
        "CREATE TRIGGER directory_found_changed AFTER UPDATE OF words ON directory_group BEGIN "
        "INSERT INTO directory_found (directory_found, rowid, words) VALUES ('delete', old.id, old.words); "
        "INSERT INTO directory_found (rowid, words) VALUES (new.id, new.words); END",
        "CREATE TRIGGER directory_found_gone AFTER DELETE ON directory_group BEGIN "
        "INSERT INTO directory_found (directory_found, rowid, words) VALUES ('delete', old.id, old.words); END",
    ),
}
UNMAKE = {
    "postgresql": ("DROP INDEX directory_found",),
    "sqlite": (
        "DROP TRIGGER directory_found_added", "DROP TRIGGER directory_found_changed",
        "DROP TRIGGER directory_found_gone", "DROP TABLE directory_found",
    ),
}  # fmt: skip
ASK = {
    "postgresql": f"SELECT id FROM directory_group WHERE {TOKENS} @@ %s::tsquery",  # noqa: S608  # a constant
    "sqlite": "SELECT rowid FROM directory_found WHERE directory_found MATCH %s",
}


def index() -> RunPython:
    """The migration operation. A later one that rebuilds the table drops SQLite's triggers: it must call this again."""
    return RunPython(_running(MAKE), _running(UNMAKE))


def _running(statements: dict[str, tuple[str, ...]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


def holding(every: Sequence[Iterable[str]]) -> Q:
    """Entries that hold one of each: ``[["polish"], ["walk*", "talk"]]``; a star ends the beginning of a word."""
    words, either, both = ("'{}'{}", " | ", " & ") if connection.vendor == "postgresql" else ('"{}"{}', " OR ", " AND ")
    begins = ":*" if connection.vendor == "postgresql" else "*"
    groups = [
        either.join(words.format(word.rstrip("*"), begins if word.endswith("*") else "") for word in sorted(some))
        for some in every
    ]
    asked = both.join(f"({group})" for group in groups)
    return Q(pk__in=RawSQL(ASK[connection.vendor], [asked]))  # noqa: S611  # words of letters and digits, and a parameter
