"""What a service sets for its own door: priority groups, timers; links good for one referral; what was escalated."""

import uuid

from django.db import models

from whatmatters.access.models import User
from whatmatters.components.social_prescribing.models.referral import Referral
from whatmatters.components.social_prescribing.models.sender import Sector, Source
from whatmatters.letters.models import Letter
from whatmatters.organisations.models import Organisation
from whatmatters.people.text import one_line, some_lines


class PriorityGroup(models.Model):
    """A group that the service's protocol puts first, from ``start`` (in) to ``end`` (out; null = still)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="priority_groups")
    name = models.CharField(max_length=70, validators=[one_line])
    definition = models.CharField(max_length=300, blank=True, validators=[some_lines])
    start = models.DateField()
    end = models.DateField(null=True)

    PERSONAL = ()
    PLAIN = ("uuid", "name", "definition", "start", "end")

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "name"], condition=models.Q(end__isnull=True), name="one_running_group_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Falls(models.Model):
    """The person referred falls in the priority group."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="priorities")
    group = models.ForeignKey(PriorityGroup, on_delete=models.PROTECT, related_name="falls")

    PERSONAL = ()
    PLAIN = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "group"], name="once_in_a_priority_group")]


class Timers(models.Model):
    """Days a referral may wait at a service, counted from the day it was made, and who is told when they pass.

    Where ``tell`` is null, or has left, the managers of the network are told. The last three are of community groups:
    days until a group is reminded, until its silence is put before someone, and until it is asked what came of it.
    """

    ACCEPT, CONTACT = 5, 14  # where a service has not set its own
    REMIND, REPLY, OUTCOME = 5, 10, 21

    service = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="timers")
    accept = models.PositiveSmallIntegerField(default=ACCEPT)
    contact = models.PositiveSmallIntegerField(default=CONTACT)
    remind = models.PositiveSmallIntegerField(default=REMIND)
    reply = models.PositiveSmallIntegerField(default=REPLY)
    outcome = models.PositiveSmallIntegerField(default=OUTCOME)
    tell = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ()
    PLAIN = ("accept", "contact", "remind", "reply", "outcome", "revision")


class OneTimeLink(models.Model):
    """Good for one referral until ``expires``. ``key`` is the digest of its word: the link itself is not kept.

    ``organisation`` and ``address`` are those it was sent to; empty where it was handed over. ``told_on``: when whoever
    made it was told that the ``letter`` with it did not arrive.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=6, choices=Source.choices)
    sector = models.CharField(max_length=13, choices=Sector.choices)
    organisation = models.CharField(max_length=150, blank=True, validators=[one_line])
    address = models.EmailField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    told_on = models.DateField(null=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)
    referral = models.OneToOneField(Referral, null=True, on_delete=models.PROTECT, related_name="link")

    PERSONAL = ("organisation", "address")
    PLAIN = ("uuid", "key", "source", "sector", "made", "told_on", "expires", "used", "withdrawn")

    class Meta:
        ordering = ("-made", "-pk")


class Cause(models.TextChoices):
    """Why a referral might be forgotten."""

    NO_DESK = "no desk", "On nobody’s desk: no link worker covers the practice"
    NO_OWNER = "no owner", "Accepted, and nobody has it"
    OWNER_GONE = "owner gone", "Whoever has it no longer works here"
    NOT_ACCEPTED = "not accepted", "Waits too long to be accepted or declined"
    NOT_SPOKEN = "not spoken", "Waits too long for the first contact"
    NOT_TOLD = "not told", "An answer nobody has read"


class Escalation(models.Model):
    """That it waits was told to ``to`` (null: there was nobody to tell, and it stays on the list).

    ``since`` is the day from which it was so: the same wait is told of once, a new one again.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="escalations")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    since = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    to = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    PERSONAL = ()
    PLAIN = ("cause", "since", "at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "cause", "since"], name="a_wait_is_told_of_once")]


class Check(models.Model):
    """The daily look at all open referrals: how many there were, and how many waited too long or with nobody."""

    on = models.DateField(unique=True)
    at = models.DateTimeField(auto_now_add=True)
    open = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()

    PERSONAL = ()
    PLAIN = ("on", "at", "open", "waiting")


class Sent(models.Model):
    """A public form came from an address of the network: its digest, for an hour, and nothing of what was sent."""

    address = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    PERSONAL = ("address",)
    PLAIN = ("at",)

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="sent_from_an_address")]
