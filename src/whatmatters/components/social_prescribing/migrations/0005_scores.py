from django.db import migrations, models

import whatmatters.people.text


def count_missing(apps, schema_editor):
    """Until now only ONS4 was kept, its unanswered questions as nulls. Backwards nothing is lost: the nulls stay."""
    sittings = apps.get_model("social_prescribing", "Sitting")
    for sitting in sittings.objects.filter(instrument="ons4").iterator():
        if missing := sum(score is None for score in sitting.answers.values()):
            sittings.objects.filter(pk=sitting.pk).update(missing=missing)


class Migration(migrations.Migration):
    dependencies = [
        ("social_prescribing", "0004_onward"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="completed_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("person", "The person"),
                    ("helped", "The person, with help"),
                    ("proxy", "Someone else for the person"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="licence",
            field=models.CharField(blank=True, max_length=40, validators=[whatmatters.people.text.one_line]),
        ),
        migrations.AddField(
            model_name="sitting",
            name="missing",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sitting",
            name="mode",
            field=models.CharField(
                blank=True,
                choices=[
                    ("in person", "In person"),
                    ("phone", "By phone"),
                    ("video", "By video"),
                    ("paper", "On paper"),
                    ("online", "Online, alone"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="version",
            field=models.CharField(default="1", max_length=10),
        ),
        migrations.RunPython(count_missing, migrations.RunPython.noop),
    ]
