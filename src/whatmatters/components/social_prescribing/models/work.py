"""What is done in a case: contacts, groups, and how the person says they feel."""

import uuid

from django.db import models
from django.db.models import Q

from whatmatters.components.social_prescribing.models.barrier import Barrier
from whatmatters.components.social_prescribing.models.referral import Referral
from whatmatters.directory.models import Group
from whatmatters.people.text import one_line, some_lines
from whatmatters.workforce.models import Worker


class How(models.TextChoices):
    PHONE = "phone", "By phone"
    IN_PERSON = "in person", "In person"
    VIDEO = "video", "By video"
    MESSAGE = "message", "By message or email"
    LETTER = "letter", "By letter"


class Contact(models.Model):
    """``spoke``: the person was spoken with (successful); otherwise it was tried.

    ``key`` comes with the form: what is sent twice under one key is one contact.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    spoke = models.BooleanField()
    note = models.TextField(max_length=2000, blank=True, validators=[some_lines])
    key = models.UUIDField(null=True)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    PERSONAL = ("note",)
    PLAIN = ("on", "how", "spoke", "key")

    class Meta:
        ordering = ("on", "pk")
        constraints = [models.UniqueConstraint(fields=["referral", "key"], name="one_contact_a_key")]


class Went(models.TextChoices):
    NOT_YET = "not yet", "Not known yet"
    WENT = "went", "Went"
    DID_NOT = "did not", "Did not go"


class Helped(models.TextChoices):
    NOT_KNOWN = "not known", "Not known yet"
    YES = "yes", "Got help"
    NO = "no", "Did not help"


class Connection(models.Model):
    """The person was introduced to a group, or (``signpost``) only told about it.

    ``why`` is why they did not go or it did not help, ``why_not`` the words that go with it. ``helped_told``: who
    says whether it helped; the person's own word outweighs the group's.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="connections")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="connections")
    signpost = models.BooleanField()
    on = models.DateField()
    went = models.CharField(max_length=8, choices=Went.choices, default=Went.NOT_YET)
    went_on = models.DateField(null=True)
    why = models.CharField(max_length=12, choices=Barrier.choices, blank=True)
    why_not = models.CharField(max_length=150, blank=True, validators=[some_lines])
    helped = models.CharField(max_length=9, choices=Helped.choices, default=Helped.NOT_KNOWN)
    helped_on = models.DateField(null=True)
    helped_told = models.CharField(max_length=20, blank=True)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    PERSONAL = ("why_not",)
    PLAIN = ("uuid", "signpost", "on", "went", "went_on", "why", "helped", "helped_on", "helped_told")

    class Meta:
        ordering = ("on", "pk")


class Stage(models.TextChoices):
    BEFORE = "before", "Before support"
    AFTER = "after", "After support"


class Mode(models.TextChoices):
    IN_PERSON = "in person", "In person"
    PHONE = "phone", "By phone"
    VIDEO = "video", "By video"
    PAPER = "paper", "On paper"
    ONLINE = "online", "Online, alone"


class CompletedBy(models.TextChoices):
    PERSON = "person", "The person"
    HELPED = "helped", "The person, with help"
    PROXY = "proxy", "Someone else for the person"


class Sitting(models.Model):
    """One filling-in of an instrument: ``answers`` maps each score's name to it, or null where there is none.

    ``missing``: how many items were left out; they are never filled in. ``licence``: the number the score was taken
    under, where the instrument asks for one.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="sittings")
    instrument = models.CharField(max_length=20)
    stage = models.CharField(max_length=6, choices=Stage.choices)
    on = models.DateField()
    answers = models.JSONField()
    version = models.CharField(max_length=10, default="1")
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    completed_by = models.CharField(max_length=8, choices=CompletedBy.choices, blank=True)
    missing = models.PositiveSmallIntegerField(default=0)
    licence = models.CharField(max_length=40, blank=True, validators=[one_line])
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    PERSONAL = ("licence",)
    PLAIN = ("instrument", "stage", "on", "answers", "version", "mode", "completed_by", "missing")

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "instrument"], condition=Q(stage=Stage.BEFORE), name="one_sitting_before"
            ),
            models.UniqueConstraint(fields=["referral", "instrument", "on"], name="one_sitting_a_day"),
        ]
