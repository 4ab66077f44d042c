"""A commissioner's self-assessment of shared decision making for a year, and the improvement plan that follows."""

import uuid

from django.db import models

from whatmatters.organisations.models import Organisation
from whatmatters.people.text import one_line, some_lines


class Statement(models.TextChoices):
    """What is judged: themes in our own short words. No published list of statements was found to follow."""

    LEADERSHIP = "leadership", "Someone senior leads on shared decision making and reports on it to the board"
    SITUATIONS = "situations", "We know in which clinical situations decisions are shared, and which come next"
    TOOLS = "tools", "Decision support tools are at hand where the decision is made, and kept up to date"
    TRAINING = "training", "Everyone who makes decisions with people is trained in it"
    PEOPLE = "people", "People are told that there are options, and are helped to prepare"
    INCLUSION = "inclusion", "People with low health literacy, other languages or little support share in decisions too"
    MEASURED = "measured", "We ask people how decisions felt, and act on the answers"
    CONTRACTS = "contracts", "Contracts and pathways ask for shared decision making"


class Level(models.IntegerChoices):
    NOT_YET = 0, "Not yet begun"
    SOME = 1, "In some places"
    MOST = 2, "In most places"
    EVERYWHERE = 3, "Everywhere, and we can show it"


class SelfAssessment(models.Model):
    """Of one commissioner and financial year. ``completed_on``: attested with its plan; ``delivered_on``: so is that
    the plan was carried out."""

    board = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=7)
    completed_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ()
    PLAIN = ("year", "completed_on", "delivered_on", "revision")

    class Meta:
        ordering = ("-year",)
        constraints = [models.UniqueConstraint(fields=["board", "year"], name="one_self_assessment_a_year")]


class Judged(models.Model):
    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="judged")
    statement = models.CharField(max_length=12, choices=Statement.choices)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    evidence = models.CharField(max_length=500, blank=True, validators=[some_lines])

    PERSONAL = ("evidence",)
    PLAIN = ("statement", "level")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["assessment", "statement"], name="judged_once_an_assessment")]


class PlannedStep(models.Model):
    """Of the improvement plan: what is done about a statement, by whom and when."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(SelfAssessment, on_delete=models.PROTECT, related_name="plan")
    statement = models.CharField(max_length=12, choices=Statement.choices)
    what = models.CharField(max_length=500, validators=[some_lines])
    owner = models.CharField(max_length=150, validators=[one_line])
    by_day = models.DateField()
    done_on = models.DateField(null=True)

    PERSONAL = ("what", "owner")
    PLAIN = ("uuid", "statement", "by_day", "done_on")

    class Meta:
        ordering = ("by_day", "pk")
