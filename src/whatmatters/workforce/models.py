"""Workers, the posts they hold, and what supports them in the work: supervision and training."""

from django.db import models

from whatmatters.access.models import User
from whatmatters.access.roles import Role
from whatmatters.organisations.models import Organisation
from whatmatters.people.text import one_line, some_lines


class Worker(models.Model):
    """Someone who works for the people cared for; with or without an account of their own.

    ``registration`` is their number with a professional body (GMC, NMC, HCPC, GPhC), by which training files name them.

    ``supervisor`` is with whom they talk over their cases, where someone is named.
    """

    name = models.CharField(max_length=150)
    profession = models.CharField(max_length=70, blank=True)
    registration = models.CharField(max_length=20, blank=True, validators=[one_line])
    account = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="worker")
    supervisor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="supervises")

    PERSONAL = ("name", "registration")
    PLAIN = ("profession",)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role at an organisation; ``wte`` is whole-time equivalents; ``employer`` pays (it may be a charity)."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    employer = models.CharField(max_length=150, blank=True)
    wte = models.DecimalField(max_digits=4, decimal_places=2)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    PERSONAL = ()
    PLAIN = ("role", "employer", "wte", "start", "end")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(wte__gt=0) & models.Q(wte__lte=1.5), name="a_sane_wte")
        ]


class Course(models.TextChoices):
    """What training is told apart by: the words that the indicators read (``measurement.details``; a test compares)."""

    LINK_WORKER = "link-worker-accredited", "Accredited link worker training"
    PLANNING = "personalised-care-planning", "Personalised care and support planning"
    DECISIONS = "shared-decision-making", "Shared decision making"
    DECISIONS_ONLINE = "shared-decision-making-e-learning", "Shared decision making, the 30-minute e-learning"
    IMPROVEMENT = "quality-improvement", "Quality improvement"
    COACHING = "health-coaching", "Health coaching"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    OTHER = "other", "Another course"


class StaffEvent(models.Model):
    """Supervision given, training completed, the staff survey answered: the record, and the fact that crosses.

    ``given_by`` and ``words`` stay here. What was entered by mistake is struck out, which the audit tells of.
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=60)
    on = models.DateField()
    value = models.FloatField(null=True)
    detail = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=12, blank=True)
    role = models.CharField(max_length=20)
    source = models.CharField(max_length=30, default="working record")
    given_by = models.CharField(max_length=150, blank=True, validators=[one_line])
    words = models.CharField(max_length=300, blank=True, validators=[some_lines])

    PERSONAL = ("given_by", "words")
    PLAIN = ("code", "on", "value", "detail", "organisation", "role", "source")

    class Meta:
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["worker", "code", "on"], name="of_a_worker")]
