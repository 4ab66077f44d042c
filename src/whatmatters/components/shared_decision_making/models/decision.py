"""A shared decision: one record of the Shared Decision Making standard v1.0, in progress until it is valid."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from whatmatters.components.shared_decision_making.models.words import Consent, Interpreter, Leader, Mechanism, Recorded
from whatmatters.events.models import Episode
from whatmatters.people.models import Person
from whatmatters.people.text import one_line, some_lines

LONG = 4000  # letters, where the standard sets no limit


class Status(models.TextChoices):
    """The three of the standard's guidance; their SNOMED CT codes are not settled there."""

    IN_PROGRESS = "in progress", "In progress"
    VALID = "valid", "Valid"
    CANCELLED = "cancelled", "Cancelled"


def short(longest: int = 70) -> Any:
    return models.CharField(max_length=longest, blank=True, validators=[one_line])


def long() -> Any:
    return models.TextField(max_length=LONG, blank=True, validators=[some_lines])


class Decision(models.Model):
    """``key`` is the same in all versions, and ``follows`` the version that this one takes up again.

    ``situation`` names one of the library (empty for one that is not in it) and ``title`` is what it was called that
    day. ``problems`` and the benefits and harms of an option hold one entry a line. ``deferred_on`` with a reason: put
    off, which the standard keeps in progress. ``no_review``: said that none is needed. ``code`` is the published
    SNOMED CT code, set with validity (see coded.py).
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.UUIDField(default=uuid4, editable=False)
    number = models.PositiveSmallIntegerField(default=1)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.IN_PROGRESS)
    revision = models.PositiveIntegerField(default=1)
    started = models.DateTimeField(auto_now_add=True)
    situation = models.SlugField(max_length=40, blank=True)
    title = models.CharField(max_length=150, blank=True, validators=[one_line])
    led_by = models.CharField(max_length=20, choices=Leader.choices, blank=True)
    organisation = models.CharField(max_length=12, blank=True)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    # Contacts with professionals
    contact_on = models.DateField()
    contact_time = models.TimeField(null=True, blank=True)
    location = short(150)
    location_type = short(3)
    seen_by = short()
    seen_by_role = short()
    responsible = short()
    responsible_role = short()
    accompanied_by = short()
    interpreter = models.CharField(max_length=12, choices=Interpreter.choices, blank=True)
    contact_type = short(150)
    mechanism = models.CharField(max_length=12, choices=Mechanism.choices, blank=True)
    specialty = short(3)
    present = short()
    present_role = short()
    recorded = models.CharField(max_length=9, choices=Recorded.choices, blank=True)
    recording_consent = long()
    recording_copy = long()

    # Problem list
    problems = models.TextField(max_length=1000, blank=True, validators=[some_lines])

    # Shared decision point
    shared_before = long()
    person_agenda = long()
    clinician_agenda = long()
    matters = long()
    decided = short(150)
    review_on = models.DateField(null=True, blank=True)
    no_review = models.BooleanField(default=False)
    issue_flag = short(150)
    issue = long()
    withheld = models.BooleanField(default=False)
    withheld_why = long()
    legal_advice = long()
    still_to_share = long()
    delay_why = long()
    share_when = long()
    actions_professionals = long()
    actions_person = long()

    # Consent form details
    consent_form = models.CharField(max_length=20, choices=Consent.choices, blank=True)
    consent_form_words = short(150)
    consent_form_location = long()
    consent_form_mime = short(100)

    # What became of it
    deferred_on = models.DateField(null=True, blank=True)
    deferred_why = models.CharField(max_length=300, blank=True, validators=[some_lines])
    valid_on = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=18, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True, validators=[some_lines])

    PERSONAL = (
        "title", "location", "seen_by", "responsible", "accompanied_by", "contact_type", "present", "recording_consent",
        "recording_copy", "problems", "shared_before", "person_agenda", "clinician_agenda", "matters", "decided",
        "issue_flag", "issue", "withheld_why", "legal_advice", "still_to_share", "delay_why", "share_when",
        "actions_professionals", "actions_person", "consent_form_words", "consent_form_location", "deferred_why",
        "cancelled_why", "by_name",
    )  # fmt: skip
    PLAIN = (
        "uuid", "key", "number", "status", "revision", "started", "situation", "led_by", "organisation", "by_role",
        "contact_on", "contact_time", "location_type", "seen_by_role", "responsible_role", "interpreter", "mechanism",
        "specialty", "present_role", "recorded", "review_on", "no_review", "withheld", "consent_form",
        "consent_form_mime", "deferred_on", "valid_on", "code", "cancelled_on",
    )  # fmt: skip
    AFTER_VALIDITY = frozenset({"status", "cancelled_on", "cancelled_why", "revision"})

    class Meta:
        ordering = ("-contact_on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="one_decision_a_number"),
            models.UniqueConstraint(
                fields=["follows"], condition=~Q(status=Status.CANCELLED), name="taken_up_again_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VALID) | Q(valid_on__isnull=False), name="valid_since_a_day"
            ),
            models.CheckConstraint(
                condition=Q(no_review=False) | Q(review_on__isnull=True), name="a_review_day_or_none"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        asked = kwargs.get("update_fields")
        if not (asked and self.AFTER_VALIDITY.issuperset(asked)):
            still_in_progress(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A shared decision is never deleted: cancel it, and say why")

    @property
    def in_progress(self) -> bool:
        return self.status == Status.IN_PROGRESS

    @property
    def deferred(self) -> bool:
        return self.in_progress and self.deferred_on is not None


def still_in_progress(decision: int | None) -> None:
    """Refuses any change to what a valid or cancelled decision says: a new version is made instead."""
    if decision is not None and Decision.objects.filter(pk=decision).exclude(status=Status.IN_PROGRESS).exists():
        raise TypeError("A valid decision never changes: start a new version")


class PartOfDecision(models.Model):
    """Written while the decision is in progress, and stands when it is valid."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        still_in_progress(self.decision_id)  # type: ignore[attr-defined]  # each part has one
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        still_in_progress(self.decision_id)  # type: ignore[attr-defined]  # each part has one
        return super().delete(*args, **kwargs)


class Option(PartOfDecision):
    """One that was talked about. ``nothing``: that of doing nothing for now. ``source`` says whose words were there
    to begin with, where the library gave them."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=150, validators=[one_line])
    nothing = models.BooleanField(default=False)
    benefits = models.TextField(max_length=2000, blank=True, validators=[some_lines])
    harms = models.TextField(max_length=2000, blank=True, validators=[some_lines])
    view = models.TextField(max_length=2000, blank=True, validators=[some_lines])
    source = models.CharField(max_length=150, blank=True, validators=[one_line])

    PERSONAL = ("what", "benefits", "harms", "view")
    PLAIN = ("place", "nothing", "source")

    class Meta:
        ordering = ("place", "pk")


class ToolUsed(PartOfDecision):
    """A decision support tool that was used, as it stood that day; ``tool`` names it in the library."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="tools")
    tool = models.SlugField(max_length=60, blank=True)
    title = models.CharField(max_length=150, validators=[one_line])
    kind = models.CharField(max_length=60, blank=True, validators=[one_line])
    link = models.CharField(max_length=300, blank=True, validators=[one_line])
    mime = models.CharField(max_length=100, blank=True, validators=[one_line])
    edition = models.CharField(max_length=40, blank=True, validators=[one_line])
    publisher = models.CharField(max_length=100, blank=True, validators=[one_line])

    PERSONAL = ()
    PLAIN = ("tool", "title", "kind", "link", "mime", "edition", "publisher")

    class Meta:
        ordering = ("pk",)


class Involved(PartOfDecision):
    """Someone who took part in making the decision."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="involved")
    name = models.CharField(max_length=70, validators=[one_line])
    relationship = models.CharField(max_length=150, blank=True, validators=[one_line])
    role = models.CharField(max_length=70, blank=True, validators=[one_line])

    PERSONAL = ("name", "relationship")
    PLAIN = ("role",)

    class Meta:
        ordering = ("pk",)
