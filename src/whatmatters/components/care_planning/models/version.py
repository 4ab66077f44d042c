"""A version of a plan: a draft until agreed; from then on nothing in it changes."""

from typing import Any
from uuid import uuid4

from django.db import models

from whatmatters.components.care_planning import standard
from whatmatters.components.care_planning.about_me import TITLES
from whatmatters.components.care_planning.models.plan import Plan
from whatmatters.people.text import one_line, some_lines


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    AGREED = "agreed", "Agreed"
    SUPERSEDED = "superseded", "Replaced by a later version"


def current() -> str:
    """The list by which a version begun now is written."""
    return standard.CURRENT


class Version(models.Model):
    """``met_on`` is the day on which all five criteria first held (standards.md 1.2); ``standard`` the list of parts by
    which it was written (``standard.tree``); ``kinds`` the kinds of plan it is beside a plan (``kinds.KINDS``)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    started = models.DateTimeField(auto_now_add=True)
    conversation_on = models.DateField(null=True, blank=True)
    needs = models.TextField(max_length=4000, blank=True, validators=[some_lines])
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.CharField(max_length=70, blank=True, validators=[one_line])
    agreed_role = models.CharField(
        max_length=14, blank=True, choices=[("person", "The person"), ("representative", "Their representative")]
    )
    review_on = models.DateField(null=True, blank=True)
    reviewer_name = models.CharField(max_length=70, blank=True, validators=[one_line])
    reviewer_role = models.CharField(max_length=70, blank=True, validators=[one_line])
    reviewer_contact = models.CharField(max_length=35, blank=True, validators=[one_line])
    standard = models.CharField(max_length=10, default=current)
    kinds = models.JSONField(default=list, blank=True)
    met_on = models.DateField(null=True, blank=True)

    PERSONAL = ("needs", "agreed_by", "reviewer_name", "reviewer_contact")
    PLAIN = (
        "uuid", "number", "state", "revision", "started", "conversation_on", "agreed_on", "agreed_role", "review_on",
        "reviewer_role", "standard", "kinds", "met_on",
    )  # fmt: skip
    AFTER_AGREEMENT = frozenset({"state", "met_on"})  # what the world does to a version, not what it says

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["plan"], condition=models.Q(state=State.DRAFT), name="one_draft_a_plan"),
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(state=State.AGREED), name="one_agreed_version_a_plan"
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFT) | models.Q(agreed_on__isnull=False), name="agreed_on_a_day"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        asked = kwargs.get("update_fields")
        if not (asked and self.AFTER_AGREEMENT.issuperset(asked)):
            still_a_draft(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A version of a plan is never deleted")

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT


def still_a_draft(version: int | None) -> None:
    """Refuses any change to what an agreed version says: a new version is made instead."""
    if version is not None and Version.objects.filter(pk=version).exclude(state=State.DRAFT).exists():
        raise TypeError("An agreed version of a plan never changes: start a new version")


class PartOfDraft(models.Model):
    """What a version says is written while it is a draft, and stands when it is agreed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        still_a_draft(self.version_id_of())
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        still_a_draft(self.version_id_of())
        return super().delete(*args, **kwargs)

    def version_id_of(self) -> int:
        return self.version_id  # type: ignore[attr-defined,no-any-return]  # the stubs miss it


class Words(PartOfDraft):
    """What was written under a heading of About Me, and whose words they are. The latest under a heading holds.

    Never changed, not even in a draft: writing again adds a row, so nobody's words are lost. The writer is kept
    as an actor: role ``person`` or ``representative`` means they wrote it themselves.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="words")
    heading = models.CharField(max_length=20, choices=list(TITLES.items()))
    text = models.TextField(max_length=4000, blank=True, validators=[some_lines])
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    supported_by = models.CharField(max_length=150, blank=True, validators=[one_line])
    at = models.DateTimeField()

    PERSONAL = ("text", "by_name", "supported_by")
    PLAIN = ("heading", "by_role", "at")

    class Meta:
        ordering = ("pk",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Words are written once: write again under the heading instead")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Words are never deleted: write again under the heading instead")


class Participant(PartOfDraft):
    """Someone the person chose to be involved in making the plan."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="participants")
    name = models.CharField(max_length=70, validators=[one_line])
    relationship = models.CharField(max_length=70, blank=True, validators=[one_line])

    PERSONAL = ("name", "relationship")
    PLAIN = ()

    class Meta:
        ordering = ("pk",)
