"""What a plan says beside the person's words and the goals: one row for each entry of a section of the standard."""

from uuid import uuid4

from django.db import models

from whatmatters.components.care_planning.models.version import PartOfDraft, Version
from whatmatters.people.text import one_line


class Item(PartOfDraft):
    """``section`` is one of ``standard.sections()``; ``values`` is what ``values.checked`` of it gives.

    ``key`` stays the same from version to version. ``parent`` is the need the entry was made for, in the same version.
    ``condition``: one of ``conditions.CONDITIONS``, where it belongs to one. ``by_…`` and ``at`` say who wrote it last.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.UUIDField(default=uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="items")
    section = models.CharField(max_length=40)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="made_for_it")
    condition = models.CharField(max_length=20, blank=True, validators=[one_line])
    values = models.JSONField(default=dict)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ("values", "by_name")
    PLAIN = ("uuid", "key", "section", "condition", "by_role", "at", "revision")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_item_a_key_and_version")]
