"""Who may read a plan, until when, and what of it; each copy on paper; each look in an emergency.

All of these are written once: an end, a look or a change of mind is a row of its own.
"""

from uuid import uuid4

from django.db import models

from whatmatters.access.models import User
from whatmatters.components.care_planning.models.plan import Plan, Share
from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person
from whatmatters.people.text import one_line, some_lines


class Access(models.Model):
    """By this share an organisation's staff, or someone outside with a private link, may read the plan in force.

    ``until`` is the last day. ``parts`` names what they may read, everything where empty. ``digest`` and ``opens`` are
    of the link: what is kept of its word, and how often it may be opened.
    """

    class Purpose(models.TextChoices):
        CARE = "care", "To care for the person day by day"
        URGENT = "urgent", "To know what to do when it is urgent"
        MOVE = "move", "A move: into hospital, home, to another service"
        TOGETHER = "together", "To work on the plan together"
        OTHER = "other", "Another reason, agreed with the person"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="accesses")
    share = models.OneToOneField(Share, on_delete=models.PROTECT, related_name="access")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    until = models.DateField()
    parts = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    opens = models.PositiveSmallIntegerField(default=0)

    PERSONAL = ()
    PLAIN = ("uuid", "purpose", "until", "parts", "digest", "opens")

    class Meta:
        ordering = ("pk",)


class AccessEnded(models.Model):
    """From this moment on, whatever day it was given until."""

    access = models.OneToOneField(Access, on_delete=models.PROTECT, related_name="ended")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("by_name",)
    PLAIN = ("at", "by_role")


class LinkOpened(models.Model):
    """One of the times that a private link may be opened was used."""

    access = models.ForeignKey(Access, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField()

    PERSONAL = ()
    PLAIN = ("at",)


class Hiding(models.Model):
    """From this moment the part of the plan is ``hidden`` from that kind of reader, or shown to it again, as the
    person asked. The latest speaks."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="hidings")
    part = models.CharField(max_length=30)
    audience = models.CharField(max_length=20, choices=Share.Kind.choices)
    hidden = models.BooleanField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    at = models.DateTimeField()

    PERSONAL = ("by_name",)
    PLAIN = ("part", "audience", "hidden", "by_role", "at")

    class Meta:
        ordering = ("pk",)


class FileGiven(models.Model):
    """By this share a file for another system was made, with the plan as that kind of reader may see it. ``sha256`` is
    the file's own digest, which stands in it."""

    share = models.OneToOneField(Share, on_delete=models.PROTECT, related_name="file")
    purpose = models.CharField(max_length=8, choices=Access.Purpose.choices)
    sha256 = models.CharField(max_length=64)

    PERSONAL = ()
    PLAIN = ("purpose", "sha256")


class Copy(models.Model):
    """A paper or a file that left. ``digest`` is kept of the word in its QR code; ``expires`` is the last day on which
    it may be relied on; ``audience`` is for whom it was made (empty: all of the plan)."""

    class Look(models.TextChoices):
        PLAIN = "plain", "Ordinary print"
        LARGE = "large", "Large print"
        EASY = "easy", "Easy read"

    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="copies")
    digest = models.CharField(max_length=64, unique=True)
    look = models.CharField(max_length=5, choices=Look.choices)
    audience = models.CharField(max_length=20, choices=Share.Kind.choices, blank=True)
    at = models.DateTimeField()
    expires = models.DateField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("by_name",)
    PLAIN = ("digest", "look", "audience", "at", "expires", "by_role")

    class Meta:
        ordering = ("pk",)


class Emergency(models.Model):
    """A clinician to whom the plan was not shared looked for someone by number and birthday, and gave a reason.

    ``person`` is null where nobody was found: that slows the account down too.
    """

    class Reason(models.TextChoices):
        UNABLE = "unable", "The person cannot tell us: unconscious, confused or too unwell"
        URGENT = "urgent", "Urgent treatment, and no time to ask for the plan"
        SAFETY = "safety", "To keep the person or someone else from serious harm"
        ASKED = "asked", "The person asks us to look, and is here"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="emergencies")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    at = models.DateTimeField(db_index=True)
    reason = models.CharField(max_length=6, choices=Reason.choices)
    words = models.CharField(max_length=300, validators=[some_lines])

    PERSONAL = ("by_name", "words")
    PLAIN = ("uuid", "by_role", "at", "reason")

    class Meta:
        ordering = ("pk",)


class LookedInto(models.Model):
    """What the privacy officer found of one."""

    class Finding(models.TextChoices):
        RIGHT = "right", "It was right to look"
        WRONG = "wrong", "It was not right: taken further"

    emergency = models.OneToOneField(Emergency, on_delete=models.PROTECT, related_name="looked_into")
    finding = models.CharField(max_length=5, choices=Finding.choices)
    words = models.CharField(max_length=300, blank=True, validators=[some_lines])
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150, validators=[one_line])

    PERSONAL = ("words", "by_name")
    PLAIN = ("finding", "at")


class OfficerReminded(models.Model):
    """The privacy officers were told once more that it waits: once, after ``actions.emergency.PATIENCE``."""

    emergency = models.OneToOneField(Emergency, on_delete=models.PROTECT, related_name="reminded")
    at = models.DateTimeField()

    PERSONAL = ()
    PLAIN = ("at",)
