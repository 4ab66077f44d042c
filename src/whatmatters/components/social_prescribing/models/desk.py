"""What a link worker's day needs beside the case itself: handovers, questions for supervision, visits alone."""

import uuid

from django.db import models
from django.db.models import F, Q

from whatmatters.components.social_prescribing.models.referral import Referral
from whatmatters.people.text import one_line, some_lines
from whatmatters.workforce.models import Worker


class Why(models.TextChoices):
    """Why a case changes hands: a closed list, for it goes into the facts."""

    LEAVING = "leaving", "They are leaving, or changing jobs"
    AWAY = "away", "They are away for long"
    LOAD = "workload", "To share the work out better"
    FIT = "better match", "Someone else suits the person better"
    MOVED = "moved", "The person moved to another practice"


class Handover(models.Model):
    """A case went from one worker (null: nobody held it) to another; ``seen`` is when the receiver first opened it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="handovers")
    was = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="handed")
    on = models.DateField()
    why = models.CharField(max_length=12, choices=Why.choices)
    note = models.CharField(max_length=500, blank=True, validators=[some_lines])
    seen = models.DateTimeField(null=True)

    PERSONAL = ("note",)
    PLAIN = ("on", "why", "seen")

    class Meta:
        ordering = ("on", "pk")
        indexes = [models.Index(fields=["to"], condition=Q(seen=None), name="handover_not_seen")]


class Question(models.Model):
    """What a worker would like to talk over in supervision; ``answer`` is what was agreed there, and with whom."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="questions")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="questions")
    asked = models.DateTimeField(auto_now_add=True)
    question = models.CharField(max_length=300, validators=[some_lines])
    answered = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True, validators=[some_lines])
    answered_by = models.CharField(max_length=150, blank=True, validators=[one_line])

    PERSONAL = ("question", "answer", "answered_by")
    PLAIN = ("uuid", "asked", "answered")

    class Meta:
        ordering = ("asked", "pk")


class Ended(models.TextChoices):
    SAFE = "safe", "Back safe"
    FOUND = "found", "Found safe by a colleague"
    OFF = "off", "Did not go"


class Visit(models.Model):
    """Someone goes to see a person alone. Past ``back_by`` without an end, ``colleague`` is told; later, the team.

    ``told`` and ``told_all`` are when the letters went out, so that each goes once.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="visits")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="visits")
    colleague = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=150, validators=[one_line])
    phone = models.CharField(max_length=35, blank=True, validators=[one_line])
    planned = models.DateTimeField(auto_now_add=True)
    back_by = models.DateTimeField()
    told = models.DateTimeField(null=True)
    told_all = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    how = models.CharField(max_length=5, choices=Ended.choices, blank=True)
    ended_by = models.CharField(max_length=150, blank=True, validators=[one_line])
    words = models.CharField(max_length=300, blank=True, validators=[some_lines])

    PERSONAL = ("where", "phone", "ended_by", "words")
    PLAIN = ("uuid", "planned", "back_by", "told", "told_all", "ended", "how")

    class Meta:
        ordering = ("back_by", "pk")
        indexes = [models.Index(fields=["back_by"], condition=Q(ended=None), name="visit_not_ended")]
        constraints = [
            models.CheckConstraint(condition=~Q(worker=F("colleague")), name="someone_else_is_told"),
        ]
