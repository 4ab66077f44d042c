"""What became of a referral, and who was told."""

from django.db import models

from whatmatters.components.social_prescribing.models.referral import Referral, Status
from whatmatters.letters.models import Letter
from whatmatters.people.text import some_lines


class Change(models.Model):
    """One move of a referral's status. ``was`` is empty for its making. ``who`` is the name at the time."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    on = models.DateField()
    who = models.CharField(max_length=200)
    was = models.CharField(max_length=10, choices=Status.choices, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    why = models.CharField(max_length=300, blank=True, validators=[some_lines])

    PERSONAL = ("who", "why")
    PLAIN = ("at", "on", "was", "status")

    class Meta:
        ordering = ("on", "pk")


class Told(models.TextChoices):
    SENDER = "sender", "Whoever made the referral"
    PERSON = "person", "The person"


HANDED_OVER = "handed"  # no status of a referral, and yet news for the person


class Came(models.TextChoices):
    """News of a community group: whether it took the person, and what came of it."""

    ASKED = "asked", "A group was asked"
    YES = "group yes", "The group said yes"
    NO = "group no", "The group cannot help now"
    WENT = "went", "Went to the group"
    DID_NOT_GO = "not gone", "Did not go to the group"
    HELPED = "helped", "Got help from the group"
    NOT_HELPED = "not helped", "The group did not help"


class Notice(models.Model):
    """News of a referral for its sender or for the person; ``read`` is when they first saw it.

    ``letter`` says that there is news, to a sender: null where there was no e-mail address to write to.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notices")
    to = models.CharField(max_length=6, choices=Told.choices)
    news = models.CharField(
        max_length=10, choices=[*Status.choices, *Came.choices, (HANDED_OVER, "With another link worker")]
    )
    on = models.DateField()
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    read = models.DateTimeField(null=True)

    PERSONAL = ()
    PLAIN = ("to", "news", "on", "read")

    class Meta:
        ordering = ("on", "pk")
