from django.db import migrations

from whatmatters.access.write_once import refuse_updates


class Migration(migrations.Migration):
    """What was written, shared, reviewed or noted stays as it was, whichever way the database is reached."""

    dependencies = [("care_planning", "0001_initial")]
    operations = [
        refuse_updates(f"care_planning_{table}") for table in ("words", "share", "review", "progress")
    ]
