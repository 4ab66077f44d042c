"""What goes out by e-mail: kept until it has gone."""

from django.db import models
from django.utils import timezone


class Letter(models.Model):
    """``text`` may carry a one-time link, never a name or why it is written; once sent, the text is let go.

    ``next_try`` is when it may be sent (again); null = done with: ``sent`` or, where that is null too, given up.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    made = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, default=timezone.now, db_index=True)
    sent = models.DateTimeField(null=True)

    PERSONAL = ("to", "text")
    PLAIN = ("subject", "made", "tries", "next_try", "sent")

    class Meta:
        ordering = ("pk",)
