from django.db import migrations

from whatmatters.access.write_once import refuse_updates


class Migration(migrations.Migration):
    """Who may read, what is kept from whom, each copy and each look in an emergency stay as they were written."""

    dependencies = [("care_planning", "0005_sharing")]
    operations = [
        refuse_updates(f"care_planning_{table}")
        for table in ("access", "accessended", "linkopened", "hiding", "copy", "emergency", "lookedinto")
    ]
