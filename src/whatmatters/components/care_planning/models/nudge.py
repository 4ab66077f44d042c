"""Who was reminded of a review, once for each day it is due."""

from django.db import models

from whatmatters.components.care_planning.models.version import Version


class Nudge(models.Model):
    """``due`` is the day the review is, or was, due; ``on`` the day the letter was posted."""

    class Whom(models.TextChoices):
        RESPONSIBLE = "responsible", "Whoever sees to the review"
        PERSON = "person", "The person"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="nudges")
    whom = models.CharField(max_length=11, choices=Whom.choices)
    due = models.DateField()
    on = models.DateField()

    PERSONAL = ()
    PLAIN = ("whom", "due", "on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "whom", "due"], name="one_nudge_a_due_day")]
