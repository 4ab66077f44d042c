"""What goes out by e-mail: kept until it has gone, and marked where it came back."""

import uuid
from datetime import UTC, date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

FOR_GOOD = "5"  # first digit of a status (RFC 3463) that no other day will better; 4 passes


class Letter(models.Model):
    """``text`` may carry a one-time link, never a name or why it is written; once sent, the text is let go.

    ``next_try`` is when it may be sent (again); null = done with: ``sent`` or ``failed``. ``mark`` is how a mail
    server's report names the letter: drawn by lot, it says nothing. ``failed``: when it was given up here, or a mail
    server told that it could not be delivered, with what ``status`` (RFC 3463, like 5.1.1; empty where given up).
    """

    to = models.EmailField(db_index=True)
    subject = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    made = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, default=timezone.now, db_index=True)
    sent = models.DateTimeField(null=True)
    mark = models.UUIDField(null=True, unique=True, default=uuid.uuid4, editable=False)
    failed = models.DateTimeField(null=True)
    status = models.CharField(max_length=11, blank=True)

    PERSONAL = ("to", "text")
    PLAIN = ("subject", "made", "tries", "next_try", "sent", "mark", "failed", "status")

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["failed"], condition=Q(failed__isnull=False), name="letters_lost")]

    @property
    def lost(self) -> bool:
        """It came back, or no mail server took it for three days."""
        return self.failed is not None

    @property
    def bad_address(self) -> bool:
        """It will never arrive there: writing again is no use."""
        return self.status.startswith(FOR_GOOD)

    @property
    def lost_because(self) -> str:
        """A few words, after "the letter did not arrive"; empty where it did, or may yet."""
        if not self.lost:
            return ""
        if self.bad_address:
            return f"nobody has this address, or it takes no email ({self.status})"
        if self.status:
            return f"their mail server did not take it in time ({self.status})"
        return "it could not be sent for three days"


# Of rows that keep the letter they wrote. Said as a range: only so does SQLite begin with the index of the few failed.
LOST = Q(letter__failed__gt=datetime(2000, 1, 1, tzinfo=UTC))


class Returned(models.Model):
    """How many reports of mail servers came on a day, of each kind: nobody is named, and none is silently dropped."""

    class Kind(models.TextChoices):
        FAILED = "failed", "told that a letter of ours did not arrive"
        AGAIN = "again", "told so of a letter that was known to be lost"
        OTHERWISE = "otherwise", "told of a letter that arrived, or is still being tried"
        UNKNOWN = "unknown", "were about no letter of ours"
        UNREADABLE = "unreadable", "were no report of a mail server, or a broken one"

    on = models.DateField(default=date.today)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    many = models.PositiveIntegerField(default=0)

    PERSONAL = ()
    PLAIN = ("on", "kind", "many")

    class Meta:
        ordering = ("on", "kind")
        constraints = [models.UniqueConstraint(fields=["on", "kind"], name="one_count_a_day_and_kind")]
