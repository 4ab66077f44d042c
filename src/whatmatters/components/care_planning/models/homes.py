"""Who lives in which care home, and who was seen there on the weekly round."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person
from whatmatters.people.text import some_lines


class Residence(models.Model):
    """From ``start`` (in) to ``end`` (out; null = still)."""

    class Stay(models.TextChoices):
        PERMANENT = "permanent", "For good"
        TEMPORARY = "temporary", "For a while"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="residents")
    stay = models.CharField(max_length=9, choices=Stay.choices)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    PERSONAL = ()
    PLAIN = ("uuid", "stay", "start", "end")

    class Meta:
        ordering = ("start", "pk")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(end__isnull=True), name="one_home_at_a_time"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="residence_forwards"),
        ]


class SeenOnRound(models.Model):
    """A resident seen on a round, or talked of in the team's meeting, or both. Written once; a second note is a
    second row, and counts no second time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rounds")
    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")
    on = models.DateField()
    seen = models.BooleanField()
    meeting = models.BooleanField()
    note = models.CharField(max_length=1000, blank=True, validators=[some_lines])
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    PERSONAL = ("note", "by_name")
    PLAIN = ("on", "seen", "meeting", "by_role", "at")

    class Meta:
        ordering = ("on", "pk")
