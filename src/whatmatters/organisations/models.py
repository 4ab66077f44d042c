"""Organisations and what belonged to what, from when to when. Codes are those of the Organisation Data Service."""

from django.db import models


class Kind(models.TextChoices):
    """The levels, and the others a person may meet. Before July 2022 a sub-ICB was a CCG and an ICB an STP."""

    PRACTICE = "practice", "GP practice"
    PCN = "pcn", "Primary care network"
    SUB_ICB = "sub_icb", "Sub-ICB location"
    ICB = "icb", "Integrated care board"
    REGION = "region", "NHS region"
    NATION = "nation", "Nation"
    CARE_HOME = "care_home", "Care home"
    PROVIDER = "provider", "Provider"
    GROUP = "group", "Community group"


LEVELS = (Kind.PRACTICE, Kind.PCN, Kind.SUB_ICB, Kind.ICB, Kind.REGION, Kind.NATION)


class Organisation(models.Model):
    """``name`` is the latest known; ``closed`` is the first day on which it no longer exists (half-open)."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    postcode = models.CharField(max_length=8, blank=True)

    PERSONAL = ()
    PLAIN = ("code", "name", "kind", "opened", "closed", "postcode")

    class Meta:
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """``child`` belonged to ``parent`` from ``start`` (in) to ``end`` (out; null = still)."""

    child = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="children")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    PERSONAL = ()
    PLAIN = ("start", "end")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "parent", "start"], name="one_membership_a_start"),
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start")), name="membership_forwards"
            ),
        ]


class Publication(models.Model):
    """A published file as it came: the history is worked out from all of them, so their order cannot matter.

    ``as_at`` is the day the file speaks of; a corrected file of the same layout and day takes its place. ``content``
    is the file, compressed with zlib; ``digest`` is the SHA-256 of the file itself.
    """

    layout = models.CharField(max_length=20)
    as_at = models.DateField()
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    imported = models.DateTimeField(auto_now=True)

    PERSONAL = ()
    PLAIN = ("layout", "as_at", "name", "digest", "content", "imported")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["layout", "as_at"], name="one_publication_a_day")]

    def __str__(self) -> str:
        return self.name
