import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """No concern had been carried before there were needs to carry them to."""

    dependencies = [("care_planning", "0009_agreed_stays")]
    operations = [
        migrations.AddField("carriedover", "need", models.UUIDField(default=uuid.uuid4), preserve_default=False)
    ]
