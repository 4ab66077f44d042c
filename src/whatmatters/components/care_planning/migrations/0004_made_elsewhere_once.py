from django.db import migrations

from whatmatters.access.write_once import refuse_updates


class Migration(migrations.Migration):
    """What came from elsewhere stays as it came."""

    dependencies = [("care_planning", "0003_made_elsewhere")]
    operations = [refuse_updates("care_planning_madeelsewhere")]
