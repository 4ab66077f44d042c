from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0002_disclosed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=60)),
                ("definition", models.PositiveSmallIntegerField()),
                ("period", models.CharField(max_length=10)),
                ("organisation", models.CharField(max_length=12)),
                ("level", models.CharField(max_length=12)),
                ("supported", models.PositiveIntegerField()),
                ("unmatched", models.PositiveIntegerField()),
                ("comparators", models.PositiveIntegerField()),
                ("died", models.PositiveIntegerField()),
                ("moved", models.PositiveIntegerField()),
                ("before", models.FloatField(null=True)),
                ("after", models.FloatField(null=True)),
                ("effect", models.FloatField(null=True)),
                ("effect_lower", models.FloatField(null=True)),
                ("effect_upper", models.FloatField(null=True)),
                ("percent", models.FloatField(null=True)),
                ("percent_lower", models.FloatField(null=True)),
                ("percent_upper", models.FloatField(null=True)),
                ("placebo", models.FloatField(null=True)),
                ("placebo_lower", models.FloatField(null=True)),
                ("placebo_upper", models.FloatField(null=True)),
                ("refused", models.TextField(blank=True)),
                ("balance", models.JSONField()),
                ("as_at", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "indicator", "organisation", "level"), name="one_comparison_a_cell"
                    )
                ],
            },
        ),
    ]
