from datetime import UTC, datetime, time
from typing import Any

from django.db import migrations
from django.db.migrations import RunPython


def _wished(apps: Any, _editor: Any) -> None:
    """Who had asked not to be invited had, until now, said it to social prescribing alone."""
    wish = apps.get_model("people", "Wish")
    for one in apps.get_model("social_prescribing", "Objection").objects.filter(kind="asked", taken_back=None):
        at = datetime.combine(one.on, time(12), UTC)
        facts = {"about": "invitations", "yes": False, "by_name": "What Matters", "by_role": "system"}
        wish.objects.create(person_id=one.person_id, at=at, **facts)


class Migration(migrations.Migration):
    """Going back leaves the wishes: they are what the person said."""

    dependencies = [("social_prescribing", "0012_lost_letters_deprived"), ("people", "0004_wishes")]
    operations = [RunPython(_wished, RunPython.noop)]
