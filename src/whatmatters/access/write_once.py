"""A table whose rows are never changed: the database itself refuses UPDATE, whoever sends it.

Deleting is left to the database, which empties tables between tests; a deleted audit entry breaks the chain instead.
A migration that rebuilds a SQLite table drops its triggers: let it call ``refuse_updates`` again (a test would tell).
"""

from typing import Any

from django.db.migrations import RunPython

WORDS = "rows of this table are written once"
SQLITE = "CREATE TRIGGER {table}_write_once BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END"
POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_write_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_update()
"""


def refuse_updates(table: str) -> RunPython:
    """The migration operation, and its undoing."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        sql = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
        schema_editor.execute(sql.format(table=table, words=WORDS))

    def backwards(apps: Any, schema_editor: Any) -> None:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_write_once{on}")

    return RunPython(forwards, backwards)
