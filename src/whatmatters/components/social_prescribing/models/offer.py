"""A proactive offer to people with unmet need who have not asked: a plan, agreed with partners before anyone is listed.

Network Contract DES 2022-23: designed and agreed by 30 September 2022 (DES22-SP1), offered from 1 October (SP2),
reviewed and extended by 31 March 2023 (SP3). Later years are planned in the same way.
"""

import uuid

from django.db import models

from whatmatters.directory.needs import Need
from whatmatters.organisations.models import Organisation
from whatmatters.people.text import one_line, some_lines

WORDS = 1000
RULE = ("cohort", "least_age", "most_age", "quiet_months", "deprived")
DEPRIVED = [
    (1, "the most deprived tenth of places"),
    (2, "the most deprived fifth of places"),
    (3, "the three most deprived tenths of places"),
    (5, "the more deprived half of places"),
]


class Standing(models.TextChoices):
    DRAFT = "draft", "Being planned"
    AGREED = "agreed", "Agreed"
    ENDED = "ended", "Ended"


class Offer(models.Model):
    """``why`` is the need that is not met, ``what`` is offered and by whom; from ``starts`` people may be invited."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=7)
    title = models.CharField(max_length=100, validators=[one_line])
    need = models.CharField(max_length=12, choices=Need.choices)
    why = models.TextField(max_length=WORDS, validators=[some_lines])
    what = models.TextField(max_length=WORDS, validators=[some_lines])
    starts = models.DateField()
    standing = models.CharField(max_length=6, choices=Standing.choices, default=Standing.DRAFT)
    agreed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ("why", "what")
    PLAIN = ("uuid", "year", "title", "need", "starts", "standing", "agreed_on", "ended_on", "revision")

    class Meta:
        ordering = ("-starts", "title")

    @property
    def reach(self) -> "Reach":
        """Whom it is for now."""
        return self.reaches.latest("pk")


class Reach(models.Model):
    """Whom the offer is for from a day on: a cohort of ``measurement.cohorts`` within ages, not referred for a while.

    ``deprived``: only where they live is among so many most deprived tenths of England; null: wherever they live. A
    review that extends the offer adds a Reach; the one before it stays.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="reaches")
    since = models.DateField()
    cohort = models.CharField(max_length=40)
    least_age = models.PositiveSmallIntegerField(null=True, blank=True)
    most_age = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_months = models.PositiveSmallIntegerField(default=12)
    deprived = models.PositiveSmallIntegerField(null=True, blank=True, choices=DEPRIVED)

    PERSONAL = ()
    PLAIN = ("since", *RULE)

    class Meta:
        ordering = ("pk",)


class Side(models.TextChoices):
    """Who must have had a say (DES22-SP1)."""

    COMMISSIONER = "commissioner", "The commissioner"
    COUNCIL = "council", "The local authority"
    VOLUNTARY = "voluntary", "Voluntary, community and social enterprise groups"
    CLINICAL = "clinical", "Clinical partners"
    LIVED = "lived", "People with lived experience"


class Partner(models.Model):
    """Who had a say in the plan, when, and what they brought to it."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="partners")
    side = models.CharField(max_length=12, choices=Side.choices)
    who = models.CharField(max_length=150, validators=[one_line])
    on = models.DateField()
    said = models.CharField(max_length=500, validators=[some_lines])

    PERSONAL = ("who", "said")
    PLAIN = ("side", "on")

    class Meta:
        ordering = ("on", "pk")


class Outcome(models.TextChoices):
    EXTEND = "extend", "Extend it: to more people, or to others"
    KEEP = "keep", "Go on as it is"
    END = "end", "End it"


class Review(models.Model):
    """Of the cohort: what the population needs now, what the network can carry, and what follows (DES22-SP3)."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    population = models.TextField(max_length=WORDS, validators=[some_lines])
    capacity = models.TextField(max_length=WORDS, validators=[some_lines])
    outcome = models.CharField(max_length=6, choices=Outcome.choices)

    PERSONAL = ("population", "capacity")
    PLAIN = ("on", "outcome")

    class Meta:
        ordering = ("on", "pk")
