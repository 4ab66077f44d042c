from typing import Any

from django.db import migrations
from django.db.migrations import RunPython

WORDS = "an agreed version of a plan never changes"
# The version a row belongs to, from the row as it stood (OLD).
VERSION_OF = {
    "item": "OLD.version_id",
    "goal": "OLD.version_id",
    "action": "(SELECT version_id FROM care_planning_goal WHERE id = OLD.goal_id)",
}
AGREED = "SELECT 1 FROM care_planning_version WHERE id = {version} AND state <> 'draft'"
SQLITE = """
CREATE TRIGGER care_planning_{table}_agreed BEFORE UPDATE ON care_planning_{table} WHEN EXISTS ({agreed})
BEGIN SELECT RAISE(ABORT, '{words}'); END
"""
POSTGRESQL = """
CREATE FUNCTION care_planning_{table}_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS ({agreed}) THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER care_planning_{table}_agreed BEFORE UPDATE ON care_planning_{table}
FOR EACH ROW EXECUTE FUNCTION care_planning_{table}_agreed()
"""


def _when_written(apps: Any, _editor: Any) -> None:
    """Goals and actions of versions begun before now were written when their version was begun, or later."""
    for version in apps.get_model("care_planning", "Version").objects.all():
        apps.get_model("care_planning", "Goal").objects.filter(version=version).update(at=version.started)
        apps.get_model("care_planning", "Action").objects.filter(goal__version=version).update(at=version.started)


def _forwards(_apps: Any, schema_editor: Any) -> None:
    sql = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for table, version in VERSION_OF.items():
        schema_editor.execute(sql.format(table=table, agreed=AGREED.format(version=version), words=WORDS))


def _backwards(_apps: Any, schema_editor: Any) -> None:
    for table in VERSION_OF:
        name = f"care_planning_{table}_agreed"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON care_planning_{table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    """What an agreed version says is refused a change by the database itself; a draft may be changed."""

    dependencies = [("care_planning", "0008_items")]
    operations = [RunPython(_when_written, RunPython.noop), RunPython(_forwards, _backwards)]
