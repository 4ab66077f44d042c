from typing import Any

from django.db import migrations
from django.db.migrations import RunPython

APP = "shared_decision_making"
WORDS = "a valid decision never changes"
OVER = "status <> 'in progress'"
# What the world does to a decision that is over, not what it says.
MAY_CHANGE = frozenset({"status", "cancelled_on", "cancelled_why", "revision"})
PARTS = ("option", "toolused", "involved")
# (name, when, on which table, under which condition) of each trigger.
Trigger = tuple[str, str, str, str]
SQLITE = "CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"
POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def _triggers(apps: Any) -> list[Trigger]:
    decision = f"{APP}_decision"
    columns = [field.column for field in apps.get_model(APP, "Decision")._meta.concrete_fields]
    said = ", ".join(column for column in columns if column not in MAY_CHANGE)
    found = [
        (f"{decision}_said", f"UPDATE OF {said}", decision, f"OLD.{OVER}"),
        # It can still be cancelled; nothing else becomes of it, or it could be opened, changed and closed again.
        (
            f"{decision}_status", "UPDATE OF status", decision,
            f"OLD.{OVER} AND NEW.status <> OLD.status AND NEW.status <> 'cancelled'",
        ),
    ]  # fmt: skip
    for part in PARTS:
        table = f"{APP}_{part}"
        for when, rows in (("UPDATE", "OLD.decision_id, NEW.decision_id"), ("INSERT", "NEW.decision_id")):
            over = f"EXISTS (SELECT 1 FROM {decision} WHERE id IN ({rows}) AND {OVER})"
            found.append((f"{table}_{when.lower()}", when, table, over))
    return found


def _forwards(apps: Any, schema_editor: Any) -> None:
    sql = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for name, when, table, condition in _triggers(apps):
        schema_editor.execute(sql.format(name=name, when=when, table=table, condition=condition, words=WORDS))


def _backwards(apps: Any, schema_editor: Any) -> None:
    for name, _, table, _ in _triggers(apps):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    """What a valid or cancelled decision says is refused a change by the database itself; one in progress may change.

    Deleting is left to the database, as in ``access.write_once``. A migration that rebuilds one of these tables on
    SQLite drops its triggers, and has to make them again (a test would tell).
    """

    dependencies = [(APP, "0004_four_pains")]
    operations = [RunPython(_forwards, _backwards)]
