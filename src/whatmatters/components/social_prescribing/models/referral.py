"""A referral: from the moment someone asks, through the case it becomes, to its end."""

import uuid

from django.db import models
from django.db.models import Q

from whatmatters.access.models import User
from whatmatters.components.social_prescribing.models.sender import (
    NATIONAL_METHODS,
    Agreement,
    Method,
    Sector,
    Source,
)
from whatmatters.directory.needs import Need
from whatmatters.events.models import Episode
from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person
from whatmatters.people.text import one_line, some_lines
from whatmatters.workforce.models import Worker


class Status(models.TextChoices):
    """``JOINED`` is a further request for a person whose case is open: it follows that case and is none of its own."""

    UNMATCHED = "unmatched", "New: not yet matched to a person"
    RECEIVED = "received", "New"
    ACCEPTED = "accepted", "Waiting for first contact"
    ACTIVE = "active", "Active"
    JOINED = "joined", "Joined to the open case"
    DECLINED = "declined", "Declined"
    REDIRECTED = "redirected", "Passed to a better place"
    CANCELLED = "cancelled", "Cancelled by its sender"
    CLOSED = "closed", "Closed"


CASE_OPEN = (Status.RECEIVED, Status.ACCEPTED, Status.ACTIVE)

NOT_MADE = ""

MOVES: dict[str, frozenset[Status]] = {
    NOT_MADE: frozenset({Status.UNMATCHED, Status.RECEIVED, Status.JOINED, Status.DECLINED}),
    Status.UNMATCHED: frozenset({Status.RECEIVED, Status.JOINED, Status.DECLINED, Status.REDIRECTED, Status.CANCELLED}),
    Status.RECEIVED: frozenset({Status.ACCEPTED, Status.DECLINED, Status.REDIRECTED, Status.CANCELLED}),
    Status.ACCEPTED: frozenset({Status.ACTIVE, Status.DECLINED, Status.REDIRECTED, Status.CANCELLED, Status.CLOSED}),
    Status.ACTIVE: frozenset({Status.REDIRECTED, Status.CLOSED}),
    Status.JOINED: frozenset({Status.CANCELLED, Status.RECEIVED}),  # received: the case it joined was cancelled
    Status.CLOSED: frozenset({Status.ACCEPTED, Status.ACTIVE}),
    Status.DECLINED: frozenset(),
    Status.REDIRECTED: frozenset(),
    Status.CANCELLED: frozenset(),
}


class DeclineReason(models.TextChoices):
    PERSON = "person", "The person does not want it"
    NOT_REACHED = "not reached", "The person could not be reached"
    NOT_SUITABLE = "service: not suitable", "Social prescribing is not the right help"
    NO_CAPACITY = "service: no capacity", "The service has no room"
    OUTSIDE = "service: outside area", "The person lives or is registered outside the area"


class Elsewhere(models.TextChoices):
    """A closed list: where someone was sent goes into the facts, where no free text may go."""

    LINK_WORKERS = "link workers", "Link workers of another area"
    PRACTICE = "practice", "The GP practice"
    MENTAL_HEALTH = "mental health", "A mental health service"
    SOCIAL_CARE = "social care", "Social care"
    COACH = "coach", "A health and wellbeing coach"
    COORDINATOR = "care coordinator", "A care coordinator"
    ADVICE = "advice", "An advice service"
    OTHER = "other", "Another service"


class CloseReason(models.TextChoices):
    DONE = "done", "The person has what they came for"
    PERSON = "person", "The person does not want to go on"
    LOST = "lost", "Contact was lost"
    ELSEWHERE = "elsewhere", "Another service has taken over"
    MOVED = "moved", "The person moved away"
    DIED = "died", "The person died"


class Complexity(models.TextChoices):
    """How much a case asks of whoever holds it; ``caseload.WEIGHTS`` says what each counts for."""

    LIGHT = "light", "Light: a step or two, and the person takes them alone"
    MIDDLE = "middle", "Middle: several needs, or someone has to come along"
    HEAVY = "heavy", "Heavy: many needs at once, a crisis, or several services to bring together"


REASONS: dict[str, list[tuple[str, str]]] = {
    Status.DECLINED: DeclineReason.choices,
    Status.REDIRECTED: Elsewhere.choices,
    Status.CLOSED: CloseReason.choices,
}


class Referral(models.Model):
    """``service`` is the network (or a practice in none) it went to; ``ended_why`` one of ``REASONS[status]``.

    ``person`` and ``episode`` are null until it is matched, and ``episode`` for a joined one. ``key`` is the digest of
    the word in the sender's tracking link: the link itself is not kept. ``agreed_on``: the day on which ``agreement``
    says that the person knew and agreed; null only for an offer they declined. ``made_by`` has an account and
    refers; ``taken_by`` wrote down what someone else asked for by phone or on paper. The ``sender_`` block is the
    standard's referrer details (v1.1), in its lengths. ``next_what`` is what the worker has set
    out to do by ``next_on``; ``complexity`` is empty until they have judged it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="referrals")
    episode = models.OneToOneField(Episode, null=True, on_delete=models.PROTECT)
    case = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices)
    source = models.CharField(max_length=6, choices=Source.choices)
    sector = models.CharField(max_length=13, choices=Sector.choices, blank=True)
    method = models.CharField(max_length=9, choices=Method.choices, blank=True)
    need = models.CharField(max_length=12, choices=Need.choices)
    reason = models.CharField(max_length=150, blank=True, validators=[some_lines])  # 150: the standard's length
    made_on = models.DateField()
    agreed_on = models.DateField(null=True)
    agreement = models.CharField(max_length=8, choices=Agreement.choices, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=70, blank=True, validators=[one_line])
    sender_role = models.CharField(max_length=70, blank=True, validators=[one_line])
    sender_team = models.CharField(max_length=150, blank=True, validators=[one_line])
    sender_service = models.CharField(max_length=150, blank=True, validators=[one_line])
    sender_organisation = models.CharField(max_length=150, blank=True, validators=[one_line])
    sender_contact = models.CharField(max_length=70, blank=True, validators=[one_line])
    key = models.CharField(max_length=64, null=True, unique=True)
    owner = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="referrals")
    complexity = models.CharField(max_length=6, choices=Complexity.choices, blank=True)
    next_on = models.DateField(null=True)
    next_what = models.CharField(max_length=150, blank=True, validators=[one_line])
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=24, blank=True)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = (
        "reason", "sender_name", "sender_role", "sender_team", "sender_service", "sender_organisation",
        "sender_contact", "next_what",
    )  # fmt: skip
    PLAIN = (
        "uuid", "status", "source", "sector", "method", "need", "made_on", "agreed_on", "agreement", "key",
        "complexity", "next_on", "ended_on", "ended_why", "revision",
    )  # fmt: skip

    class Meta:
        ordering = ("made_on", "pk")
        indexes = [models.Index(fields=["status", "made_on"], name="referral_by_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status__in=CASE_OPEN), name="one_open_case_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(*CASE_OPEN, Status.CLOSED)) | Q(person__isnull=False, episode__isnull=False),
                name="a_case_has_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.JOINED) | Q(person__isnull=False, case__isnull=False),
                name="a_joined_referral_has_a_case",
            ),
        ]

    @property
    def open(self) -> bool:
        return self.status in CASE_OPEN

    @property
    def told_at(self) -> str:
        """What a sender without an account left to be told by: an e-mail address, or a phone number."""
        return self.given.email if self.source == Source.SELF else self.sender_contact

    @property
    def national_method(self) -> str:
        """Referral method in the standard's words; empty where it has none for how this came."""
        return "Self referral" if self.source == Source.SELF else NATIONAL_METHODS.get(self.method, "")

    @property
    def why(self) -> str:
        """Why it ended, in words."""
        return dict(REASONS.get(self.status, ())).get(self.ended_why, "")


class Given(models.Model):
    """What a public form said of the person, kept as it was written; who it is, a link worker decides."""

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE)
    name = models.CharField(max_length=70, validators=[one_line])
    born = models.DateField(db_index=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=8, blank=True, validators=[one_line])
    phone = models.CharField(max_length=35, blank=True, validators=[one_line])
    email = models.EmailField(blank=True)

    PERSONAL = ("name", "born", "nhs_number", "postcode", "phone", "email")
    PLAIN = ()
