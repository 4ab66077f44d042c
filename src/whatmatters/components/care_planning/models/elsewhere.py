"""A plan that another organisation made with the person: beside their own plan, and never part of it unasked."""

from uuid import uuid4

from django.db import models

from whatmatters.components.care_planning.models.version import Version
from whatmatters.people.models import Person
from whatmatters.people.text import one_line


class Offer(models.TextChoices):
    """OFFER STATUS (PERSONALISED CARE AND SUPPORT PLAN) of the Cancer Outcomes and Services Data set."""

    UNDECIDED = "01", "Offered, and they had not decided"
    DECLINED = "02", "Offered, and they said no"
    ACCEPTED = "03", "Offered, and they said yes"
    NOT_OFFERED = "04", "Not offered"
    UNABLE = "05", "Offered, but they could not complete it"
    NOT_OFFERED_OTHER = "06", "Not offered, for another reason"


class MadeElsewhere(models.Model):
    """Written once, as it came. ``told`` is its content in the standard's nesting (``standard.py``), dates as text;
    ``original`` the file or line itself and ``digest`` its SHA-256. One ``reference`` may come again with other
    words: each is kept, the one made last is shown first."""

    class Kind(models.TextChoices):
        PLAN = "plan", "Personalised care and support plan"
        CANCER = "cancer", "Cancer holistic needs assessment"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans_made_elsewhere")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source_name = models.CharField(max_length=150, validators=[one_line])
    source_code = models.CharField(max_length=6, blank=True, validators=[one_line])
    reference = models.CharField(max_length=100, blank=True, validators=[one_line])
    made_on = models.DateField()
    offer = models.CharField(max_length=2, choices=Offer.choices, blank=True)
    told = models.JSONField(default=dict)
    original = models.TextField()
    digest = models.CharField(max_length=64)
    came = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("source_name", "reference", "told", "original", "by_name")
    PLAIN = ("uuid", "kind", "source_code", "made_on", "offer", "digest", "came", "by_role")

    class Meta:
        ordering = ("-made_on", "-pk")
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="the_same_plan_once")]

    @property
    def place(self) -> str:
        """Where it was made, as a page says it."""
        return f"{self.source_name} ({self.source_code})" if self.source_code else self.source_name


class TakenOver(models.Model):
    """An entry of such a plan that was copied into a draft. ``item`` is where it stands in ``told``, by its keys
    (legal/0); ``key`` that of the row that was made of it, None for words of About Me."""

    made = models.ForeignKey(MadeElsewhere, on_delete=models.PROTECT, related_name="taken_over")
    item = models.CharField(max_length=300)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="taken_over")
    key = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("by_name",)
    PLAIN = ("item", "key", "at", "by_role")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["made", "item", "version"], name="an_item_taken_over_once")]
