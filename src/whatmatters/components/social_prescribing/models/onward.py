"""Referred onward: a community group is asked whether it will take the person, and answers by a private link."""

import uuid

from django.db import models
from django.db.models import Q

from whatmatters.access.models import User
from whatmatters.components.social_prescribing.models.barrier import OF_AN_UNMET_NEED, Barrier, some
from whatmatters.components.social_prescribing.models.referral import Referral
from whatmatters.components.social_prescribing.models.work import Connection
from whatmatters.directory.models import Group
from whatmatters.directory.needs import Need
from whatmatters.letters.models import Letter
from whatmatters.organisations.models import Organisation
from whatmatters.people.text import one_line, some_lines
from whatmatters.workforce.models import Worker


class Answer(models.TextChoices):
    """``WITHDRAWN`` is by the link worker. Each but the first is final: whoever changes their mind is asked again."""

    AWAITED = "awaited", "Asked: no answer yet"
    YES = "yes", "Said yes"
    NO = "no", "Said no"
    FULL = "full", "Full at the moment"
    WITHDRAWN = "withdrawn", "Taken back"


class Alarm(models.TextChoices):
    """Why an enquiry was put before a named person."""

    SILENCE = "silence", "The group has not answered"
    LETTER = "letter", "Our letter to the group did not arrive"
    OUTCOME = "outcome", "Nobody has said what came of it"


class Enquiry(models.Model):
    """``tells``: what the person agreed the group may see once it says yes; ``reach`` how to reach them.

    ``about`` is the link worker's words to the group, ``words`` the group's to the link worker; ``seen``: when the
    owner of the case read the answer. ``reply_by``: when silence is put before ``escalated_to``. ``ring_asked``: the
    group asks to be rung, of which ``ring_words`` says on what number and when.
    """

    class Tells(models.TextChoices):
        NOTHING = "nothing", "Nothing: I will bring them together myself"
        NAME = "name", "First name, and how to reach them"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="enquiries")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="enquiries")
    on = models.DateField()
    about = models.CharField(max_length=300, blank=True, validators=[some_lines])
    tells = models.CharField(max_length=8, choices=Tells.choices, default=Tells.NOTHING)
    reach = models.CharField(max_length=70, blank=True, validators=[one_line])
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    reply_by = models.DateField()
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")  # the latest
    answer = models.CharField(max_length=9, choices=Answer.choices, default=Answer.AWAITED)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=12, choices=Barrier.choices, blank=True)
    words = models.CharField(max_length=300, blank=True, validators=[some_lines])
    full_until = models.DateField(null=True)
    connection = models.OneToOneField(Connection, null=True, on_delete=models.PROTECT, related_name="enquiry")
    reminded_on = models.DateField(null=True)
    outcome_asked = models.DateField(null=True)
    seen = models.DateTimeField(null=True)
    ring_asked = models.DateField(null=True)
    ring_words = models.CharField(max_length=150, blank=True, validators=[some_lines])
    alarm = models.CharField(max_length=7, choices=Alarm.choices, blank=True)
    escalated_on = models.DateField(null=True)
    escalated_to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    PERSONAL = ("about", "reach", "answered_by", "words", "ring_words")
    PLAIN = (
        "uuid", "on", "tells", "reply_by", "answer", "answered_on", "why", "full_until", "reminded_on", "outcome_asked",
        "seen", "ring_asked", "alarm", "escalated_on",
    )  # fmt: skip

    class Meta:
        ordering = ("on", "pk")
        indexes = [
            models.Index(fields=["reply_by"], condition=Q(answer=Answer.AWAITED), name="enquiries_awaited"),
            models.Index(fields=["group", "answer"], name="enquiries_of_a_group"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "group"], condition=Q(answer=Answer.AWAITED), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.AWAITED) | Q(answered_on__isnull=False), name="an_answer_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.YES) | Q(connection__isnull=False), name="a_yes_connects"
            ),
        ]


class GroupLink(models.Model):
    """The private link of one letter. Its word is not kept, only the word's digest; good until used or expired."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateField()
    used = models.DateTimeField(null=True)

    PERSONAL = ()
    PLAIN = ("digest", "made", "expires", "used")


class UnmetNeed(models.Model):
    """A need for which no help was found, written down when a search or an offer failed.

    ``practice`` is where the person was registered on the day; ``group`` the one that could not help, if there was one.
    ``lsoa`` and ``authority``: ONS codes of where they lived, blank where no lookup holds their postcode.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="unmet")
    need = models.CharField(max_length=12, choices=Need.choices)
    reason = models.CharField(max_length=12, choices=some(*OF_AN_UNMET_NEED))
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lsoa = models.CharField(max_length=9, blank=True)
    authority = models.CharField(max_length=9, blank=True)
    on = models.DateField()
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    PERSONAL = ("lsoa",)
    PLAIN = ("uuid", "need", "reason", "authority", "on")

    class Meta:
        ordering = ("on", "pk")
