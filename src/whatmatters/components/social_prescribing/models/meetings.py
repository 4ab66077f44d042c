"""Practice meetings, and who of the link workers was there (quality indicator SP-Q1)."""

from django.db import models

from whatmatters.organisations.models import Organisation
from whatmatters.workforce.models import Worker


class Meeting(models.Model):
    """One meeting of a practice in which link workers took part."""

    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    PERSONAL = ()
    PLAIN = ("on",)

    class Meta:
        ordering = ("-on", "-pk")
        constraints = [models.UniqueConstraint(fields=["practice", "on"], name="one_practice_meeting_a_day")]


class Attendance(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    PERSONAL = ()
    PLAIN = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "worker"], name="at_a_meeting_once")]
