"""The scheme's protocol: what a service says, for a year, that it is and will do (standard model SM-10 to SM-19)."""

import uuid

from django.db import models

from whatmatters.organisations.models import Organisation
from whatmatters.people.text import some_lines


class Item(models.TextChoices):
    """What the protocol states. The value is also what is attested, as the detail of the event."""

    GROUPS = "protocol-priority-groups", "Priority groups"
    REFERRALS = "protocol-expected-referrals", "Expected number of referrals"
    WORKFORCE = "protocol-workforce", "Workforce"
    COSTS = "protocol-costs", "Costs"
    EFFECTIVENESS = "protocol-effectiveness", "Effectiveness"
    SUPPORTED = "protocol-groups-supported", "Community groups are supported to receive referrals"
    MAP = "protocol-map", "Map of communities, assets, high impact interventions and gaps"
    STRATEGY = "protocol-strategy", "Whole-system strategy for community-based approaches"
    COLLABORATIVE = "protocol-collaborative", "Commissioned collaboratively"
    RANGE = "protocol-range", "Range of approaches: peer support, advice, activity, community-based support"


class Scheme(models.Model):
    """Of one service and year. The three numbers are what is planned; costs are in pence."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=7)
    referrals = models.PositiveIntegerField(null=True, blank=True)
    wte = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    pence = models.BigIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ()
    PLAIN = ("uuid", "year", "referrals", "wte", "pence", "revision")

    class Meta:
        ordering = ("-year",)
        constraints = [models.UniqueConstraint(fields=["service", "year"], name="one_scheme_a_year")]


class Statement(models.Model):
    """What the protocol says of one item, and where that can be seen. ``attested_on``: told to the commissioner."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="statements")
    item = models.CharField(max_length=30, choices=Item.choices)
    text = models.TextField(max_length=2000, validators=[some_lines])
    evidence = models.CharField(max_length=300, blank=True, validators=[some_lines])
    attested_on = models.DateField(null=True)

    PERSONAL = ("text", "evidence")
    PLAIN = ("item", "attested_on")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["scheme", "item"], name="one_statement_an_item")]


class Aim(models.TextChoices):
    """What a target for better access can be set for: the id of an indicator."""

    REFERRED = "sp-referred-per-1000", "People referred, per 1000 registered"
    TAKEN_UP = "sp-taken-up-share", "People who take up their referral, in percent"
    UPTAKE = "sp-invited-uptake-share", "People invited who were then referred, in percent"
    PRACTICES = "sp-practices-referring", "Practices that refer, in percent"


class AccessTarget(models.Model):
    """At least so much of an indicator in the scheme's year (DES22-SP6)."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="targets")
    aim = models.CharField(max_length=30, choices=Aim.choices)
    at_least = models.DecimalField(max_digits=7, decimal_places=2)

    PERSONAL = ()
    PLAIN = ("aim", "at_least")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["scheme", "aim"], name="one_target_an_aim")]
