"""The full-text index, and in each entry's text the mark of the need it helps with."""

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat

from whatmatters.directory.fulltext import index


def mark_needs(apps, schema_editor):
    apps.get_model("directory", "Group").objects.update(words=Concat(F("words"), Value(" 0need"), F("kind")))


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_fuller_entries")]

    operations = [migrations.RunPython(mark_needs, migrations.RunPython.noop), index()]
