"""How a decision felt: who was asked, and what was answered. Nothing ties an answer to whom it came from."""

import uuid
from datetime import date

from django.db import models

from whatmatters.instruments import EXPERIENCE
from whatmatters.measurement.details import SITUATIONS, said
from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person

SITUATION_CHOICES = [(one, said(one).capitalize()) for one in SITUATIONS]
INSTRUMENT_CHOICES = [(name, one.title) for name, one in EXPERIENCE.items()]


class How(models.TextChoices):
    """How an answer came."""

    LINK = "link", "By private link"
    PAPER = "paper", "On paper, typed in here"
    KIOSK = "kiosk", "At the practice’s screen"


class Sent(models.TextChoices):
    """How someone was asked."""

    EMAIL = "email", "By email, which we send"
    LETTER = "letter", "By letter, which you print"


class Age(models.TextChoices):
    """Broad on purpose: five-year bands of a small practice would point at people."""

    YOUNG = "18-44", "Under 45"
    MIDDLE = "45-64", "45 to 64"
    OLDER = "65-79", "65 to 79"
    OLDEST = "80+", "80 or over"


class Sex(models.TextChoices):
    FEMALE = "F", "Female"
    MALE = "M", "Male"
    OTHER = "X", "Other"


class Ethnic(models.TextChoices):
    WHITE = "white", "White"
    MIXED = "mixed", "Mixed or multiple ethnic groups"
    ASIAN = "asian", "Asian or Asian British"
    BLACK = "black", "Black, African, Caribbean or Black British"
    OTHER = "other", "Another ethnic group"


class Wording(models.Model):
    """The questions of an instrument as a deployment loaded them, under a licence of its own."""

    instrument = models.CharField(max_length=12, choices=INSTRUMENT_CHOICES, unique=True)
    opening = models.CharField(max_length=500, blank=True)
    questions = models.JSONField()
    lowest = models.CharField(max_length=100)
    highest = models.CharField(max_length=100)
    licence = models.CharField(max_length=300)
    loaded_on = models.DateField(default=date.today)

    PERSONAL = ()
    PLAIN = ("instrument", "opening", "questions", "lowest", "highest", "licence", "loaded_on")


class Ask(models.Model):
    """Someone is asked once. ``key`` is the digest of their link's word; ``answered`` says that it is used up.

    When it was used is kept nowhere, nor which answer it gave: the two sides cannot be laid beside each other.
    ``audit`` is the audit whose sample they are in, if any.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asked_how_it_felt")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    audit = models.ForeignKey("Audit", null=True, on_delete=models.PROTECT, related_name="sample")
    instrument = models.CharField(max_length=12, choices=INSTRUMENT_CHOICES)
    situation = models.CharField(max_length=40, choices=SITUATION_CHOICES, blank=True)
    sent = models.CharField(max_length=6, choices=Sent.choices, blank=True)
    sent_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    expires = models.DateField(null=True)
    answered = models.BooleanField(default=False)

    PERSONAL = ()
    PLAIN = (
        "uuid", "key", "instrument", "situation", "sent", "sent_on", "reminded_on", "expires", "answered",
    )  # fmt: skip

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["audit", "person"], name="sampled_once_an_audit")]


class Answer(models.Model):
    """One answer, of nobody. The key is drawn by lot, so that it does not tell the order in which answers came.

    ``month`` is its first day; groups are those that the person ticked; ``deprivation`` (1 = most deprived fifth) comes
    with the link. ``items`` are the answers in their order, null where one was left out, ``score`` null where there is
    none. ``told``: its month is over and the practice's event written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    once = models.CharField(max_length=64, unique=True, default=uuid.uuid4)
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    audit = models.ForeignKey("Audit", null=True, on_delete=models.PROTECT, related_name="answers")
    instrument = models.CharField(max_length=12, choices=INSTRUMENT_CHOICES)
    situation = models.CharField(max_length=40, choices=SITUATION_CHOICES, blank=True)
    month = models.DateField()
    how = models.CharField(max_length=5, choices=How.choices)
    items = models.JSONField()
    score = models.FloatField(null=True)
    age = models.CharField(max_length=5, choices=Age.choices, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    ethnicity = models.CharField(max_length=5, choices=Ethnic.choices, blank=True)
    deprivation = models.PositiveSmallIntegerField(null=True)
    told = models.BooleanField(default=False)

    PERSONAL = ()
    PLAIN = (
        "once", "instrument", "situation", "month", "how", "items", "score", "age", "sex", "ethnicity", "deprivation",
        "told",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "month"], name="answers_of_a_practice")]


class Kiosk(models.Model):
    """A practice's own screen that takes answer after answer until ``expires``. ``key``: the digest of its code."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True)
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=12, choices=INSTRUMENT_CHOICES)
    situation = models.CharField(max_length=40, choices=SITUATION_CHOICES, blank=True)
    expires = models.DateTimeField()

    PERSONAL = ()
    PLAIN = ("uuid", "key", "instrument", "situation", "expires")

    class Meta:
        ordering = ("-expires",)
