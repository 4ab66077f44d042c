"""What weighs on a person, told before the conversation: asked for, kept as a draft, sent, carried into the plan."""

from typing import Any
from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from whatmatters.components.care_planning.models.version import Version
from whatmatters.people.models import Person
from whatmatters.people.text import some_lines


class Checklist(models.Model):
    """Open until it is sent (or withdrawn); one open at a time. ``key`` is the digest of the private link's word,
    which is good until ``expires``. ``changed``: whether anything has changed since the plan was agreed."""

    class How(models.TextChoices):
        ACCOUNT = "account", "On their own pages"
        LINK = "link", "By a private link"
        PAPER = "paper", "On paper, taken down for them"
        PHONE = "phone", "By phone, taken down for them"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="checklists")
    begun = models.DateField()
    asked_by = models.CharField(max_length=150, blank=True)
    key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    expires = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=7, choices=How.choices, blank=True)
    changed = models.CharField(max_length=3, choices=[("no", "No"), ("yes", "Yes")], blank=True)
    changes = models.TextField(max_length=1000, blank=True, validators=[some_lines])
    by_name = models.CharField(max_length=150, blank=True)
    by_role = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ("asked_by", "changes", "by_name")
    PLAIN = (
        "uuid", "begun", "key", "expires", "sent", "withdrawn", "how", "changed", "by_role", "revision",
    )  # fmt: skip

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(sent__isnull=True, withdrawn__isnull=True), name="one_open_checklist"
            )
        ]

    @property
    def open(self) -> bool:
        return self.sent is None and self.withdrawn is None


class Concern(models.Model):
    """``key`` names the item of the list (``concerns.py``), ``words`` are what it said then, or the person's own.
    ``rank`` counts from 1: the person's own order, by score until they change it. Stands once the list is sent."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="concerns")
    key = models.CharField(max_length=30)
    words = models.CharField(max_length=300, validators=[some_lines])
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)])
    rank = models.PositiveSmallIntegerField()

    PERSONAL = ("words",)
    PLAIN = ("key", "score", "rank")

    class Meta:
        ordering = ("rank",)
        constraints = [
            models.UniqueConstraint(fields=["checklist", "key"], name="one_score_a_concern"),
            models.CheckConstraint(condition=Q(score__lte=10), name="concern_0_10"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.checklist.open:
            raise TypeError("What a person has sent never changes: ask again instead")
        super().save(*args, **kwargs)


class CarriedOver(models.Model):
    """A concern that stands in a plan, from the version it was carried into: once and never again. ``need`` is the
    key of the need it became (``Item``), the same from version to version."""

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="carried")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="carried")
    need = models.UUIDField()

    PERSONAL = ()
    PLAIN = ("need",)

    class Meta:
        ordering = ("pk",)
