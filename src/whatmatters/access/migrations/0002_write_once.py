from django.db import migrations

from whatmatters.access.write_once import refuse_updates


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [refuse_updates("access_auditentry")]
