"""Where sharing decisions has become the usual way, situation by situation: a network's or a board's own word."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from whatmatters.organisations.models import Organisation
from whatmatters.people.text import one_line, some_lines


class Embedded(models.Model):
    """``at`` is the practice or service; it counts in each year from ``since`` until the year it ``ended`` in."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    service = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="embedded")
    situation = models.SlugField(max_length=40)
    at = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    evidence = models.TextField(max_length=1000, validators=[some_lines])
    ended = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True, validators=[one_line])
    revision = models.PositiveIntegerField(default=1)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ()
    PLAIN = (
        "uuid", "situation", "since", "evidence", "ended", "ended_why", "revision", "by_name", "by_role",
    )  # fmt: skip

    class Meta:
        ordering = ("since", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "situation", "at"], condition=Q(ended__isnull=True), name="embedded_once_at_a_place"
            )
        ]
