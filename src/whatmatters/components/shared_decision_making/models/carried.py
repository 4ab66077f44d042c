"""A decision that became part of the person's plan."""

from django.db import models

from whatmatters.components.shared_decision_making.models.decision import Decision


class Carried(models.Model):
    """Once for a decision. ``goal`` is the key of the plan's goal, the same in every later version of the plan."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="carried")
    goal = models.UUIDField()
    version = models.PositiveSmallIntegerField()
    on = models.DateField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("by_name",)
    PLAIN = ("goal", "version", "on", "by_role")
