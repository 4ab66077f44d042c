"""Who is on the list of a proactive offer, how they were invited and what they said; and who must not be asked."""

import uuid

from django.db import models
from django.db.models import Q

from whatmatters.components.social_prescribing.models.offer import Offer
from whatmatters.components.social_prescribing.models.referral import Referral
from whatmatters.letters.models import Letter
from whatmatters.people.models import Person
from whatmatters.people.text import some_lines
from whatmatters.workforce.models import Worker


class State(models.TextChoices):
    LISTED = "listed", "To invite"
    EXCLUDED = "excluded", "Left out by the care team"
    INVITED = "invited", "Invited"
    ACCEPTED = "accepted", "Said yes"
    DECLINED = "declined", "Said no"
    STOPPED = "stopped", "No answer, not asked again"


class LeftOut(models.TextChoices):
    UNWELL = "unwell", "Too unwell for it now"
    SUPPORTED = "supported", "Has this support already"
    NOT_RIGHT = "not right", "What was recorded is not right or no longer so"
    HARM = "harm", "An invitation could do harm"
    OTHER = "other", "Another reason"


class SaidNo(models.TextChoices):
    NOT_NOW = "not now", "Not now"
    NOT_NEEDED = "not needed", "Does not need it"
    SUPPORTED = "supported", "Has support already"
    NOT_FOR_ME = "not for me", "It is not what they want"
    NOT_SAID = "not said", "Did not say why"


class Listed(models.Model):
    """Someone the offer is for. ``because`` is why, from their own record, one reason a line."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="listed")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="listed")
    on = models.DateField()
    because = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.LISTED)
    left_out = models.CharField(max_length=10, choices=LeftOut.choices, blank=True)
    said_no = models.CharField(max_length=10, choices=SaidNo.choices, blank=True)
    note = models.CharField(max_length=300, blank=True, validators=[some_lines])
    answered_on = models.DateField(null=True)
    referral = models.OneToOneField(Referral, null=True, on_delete=models.PROTECT, related_name="invited_by")
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ("because", "note")
    PLAIN = ("uuid", "on", "state", "left_out", "said_no", "answered_on", "revision")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["offer", "person"], name="listed_once_an_offer")]


class By(models.TextChoices):
    """How someone was invited; only an email goes out from here."""

    LETTER = "letter", "By letter"
    PHONE = "phone", "By phone"
    TEXT = "text", "By text message"
    EMAIL = "email", "By email, which we send"


class Invitation(models.Model):
    listed = models.ForeignKey(Listed, on_delete=models.PROTECT, related_name="invitations")
    on = models.DateField()
    how = models.CharField(max_length=6, choices=By.choices)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, blank=True, db_index=True)  # of the link by which it can be answered
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")  # where we sent it

    PERSONAL = ()
    PLAIN = ("on", "how", "key")

    class Meta:
        ordering = ("on", "pk")

    @property
    def lost(self) -> str:
        """Why it did not arrive; empty where it did, as far as anyone told."""
        return self.letter.lost_because if self.letter else ""


class Objection(models.Model):
    """The person is not to be invited, from a day until they take it back (null: never did)."""

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked not to be invited"
        NATIONAL = "national", "National data opt-out"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    taken_back = models.DateField(null=True)

    PERSONAL = ()
    PLAIN = ("kind", "on", "taken_back")

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(taken_back__isnull=True), name="one_objection_of_a_kind"
            )
        ]
