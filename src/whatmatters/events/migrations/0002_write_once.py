from django.db import migrations

from whatmatters.access.write_once import refuse_updates


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [refuse_updates("events_event")]
