"""What the person wants to come of it, what will be done, by whom and when; and how it goes."""

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from whatmatters.components.care_planning import progress
from whatmatters.components.care_planning.models.plan import Plan
from whatmatters.components.care_planning.models.version import PartOfDraft, Version
from whatmatters.people.text import one_line, some_lines


class Goal(PartOfDraft):
    """``key`` stays the same from version to version, so that progress follows the goal. ``need`` is the key of the
    Item it hangs on; ``more`` holds what the standard has of a goal and no column does."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.UUIDField(default=uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="goals")
    outcome = models.TextField(max_length=1000, validators=[some_lines])
    importance = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    professional_name = models.CharField(max_length=70, blank=True, validators=[one_line])
    professional_role = models.CharField(max_length=70, blank=True, validators=[one_line])
    need = models.UUIDField(null=True, blank=True)
    more = models.JSONField(default=dict, blank=True)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ("outcome", "professional_name", "more", "by_name")
    PLAIN = ("uuid", "key", "importance", "professional_role", "need", "by_role", "at", "revision")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(importance__isnull=True) | models.Q(importance__range=(1, 10)),
                name="importance_1_10",
            )
        ]


class Action(PartOfDraft):
    """``due`` is the day by which; ``key`` and ``more`` as a goal's."""

    class Who(models.TextChoices):
        PERSON = "person", "The person themself"
        CARER = "carer", "Family or carer"
        PROFESSIONAL = "professional", "A professional"
        GROUP = "group", "A community group"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.UUIDField(default=uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="actions")
    what = models.TextField(max_length=1000, validators=[some_lines])
    who = models.CharField(max_length=12, choices=Who.choices)
    who_name = models.CharField(max_length=70, blank=True, validators=[one_line])
    due = models.DateField(null=True, blank=True)
    more = models.JSONField(default=dict, blank=True)
    by_name = models.CharField(max_length=150, blank=True)
    by_role = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ("what", "who_name", "more", "by_name")
    PLAIN = ("uuid", "key", "who", "due", "by_role", "at", "revision")

    class Meta:
        ordering = ("pk",)

    def version_id_of(self) -> int:
        return self.goal.version_id


class Progress(models.Model):
    """How a goal or an action (``of`` is its key) stood on a day. Added to, never changed: the latest holds."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="progress")
    of = models.UUIDField()
    status = models.CharField(
        max_length=20, choices=[(status, progress.words(status)) for status in {**progress.GOAL, **progress.ACTION}]
    )
    on = models.DateField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("by_name",)
    PLAIN = ("of", "status", "on", "by_role")

    class Meta:
        ordering = ("on", "pk")
