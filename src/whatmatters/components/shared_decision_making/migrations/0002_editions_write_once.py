from django.db import migrations

from whatmatters.access.write_once import refuse_updates


class Migration(migrations.Migration):
    """An edition of the library stays as it was written: a change is a new one."""

    dependencies = [("shared_decision_making", "0001_decisions")]
    operations = [refuse_updates(f"shared_decision_making_{table}") for table in ("situation", "tool")]
