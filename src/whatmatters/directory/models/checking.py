"""How an entry is kept true: asked whether it still is, corrected by its own group, reported by a reader."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from whatmatters.directory.models.group import Group
from whatmatters.letters.models import Letter
from whatmatters.people.text import some_lines


class Why(models.TextChoices):
    DUE = "due", "It is time"
    REPORTED = "reported", "A reader says that something is wrong"
    RETURNED = "returned", "A letter to the group came back"


class How(models.TextChoices):
    GROUP = "group", "The group says that all is true"
    CHANGED = "changed", "The group corrected it"
    KEEPER = "keeper", "A keeper checked it with the group"
    CLOSED = "closed", "It no longer runs"


class Check(models.Model):
    """The group is being asked; at most one at a time. ``sent``: letters that went or are on their way.

    ``letter`` is the latest; ``returned``: the last three could not be delivered, so no more are written.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="checks")
    why = models.CharField(max_length=8, choices=Why.choices)
    begun_on = models.DateField(default=date.today)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    sent = models.PositiveSmallIntegerField(default=0)
    failed = models.PositiveSmallIntegerField(default=0)
    last_letter_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    how = models.CharField(max_length=7, choices=How.choices, blank=True)

    PERSONAL = ()
    PLAIN = ("why", "begun_on", "sent", "failed", "last_letter_on", "ended_on", "how")

    class Meta:
        ordering = ("begun_on", "pk")
        constraints = [
            models.UniqueConstraint("group", condition=Q(ended_on__isnull=True), name="one_open_check_a_group")
        ]


class Link(models.Model):
    """A one-time link to a group's own entry. Only the digest of its word is kept."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="links")
    key = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField()
    used = models.DateTimeField(null=True)

    PERSONAL = ()
    PLAIN = ("key", "made", "ends", "used")


class Correction(models.Model):
    """What a group said by link, field to new value, and a keeper looks at first; ``taken`` null = waits."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="corrections")
    facts = models.JSONField()
    made = models.DateTimeField(default=timezone.now)
    taken = models.BooleanField(null=True)
    settled_on = models.DateField(null=True)

    PERSONAL = ("facts",)
    PLAIN = ("made", "taken", "settled_on")

    class Meta:
        ordering = ("made", "pk")


class Fault(models.TextChoices):
    GONE = "gone", "It no longer runs"
    WHEN = "when", "The day, time or place is wrong"
    CONTACT = "contact", "I could not reach them"
    FULL = "full", "It is full, or has room again"
    OTHER = "other", "Something else"


class Report(models.Model):
    """A reader says that something is wrong. Nobody is asked who they are."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="reports")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    fault = models.CharField(max_length=7, choices=Fault.choices)
    words = models.CharField(max_length=300, blank=True, validators=[some_lines])
    settled_on = models.DateField(null=True)

    PERSONAL = ("words",)
    PLAIN = ("at", "fault", "settled_on")

    class Meta:
        ordering = ("at", "pk")
