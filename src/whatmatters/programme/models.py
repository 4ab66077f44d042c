"""Stored results: what was counted, by whom, for whom and when. Exact; the gate stands between them and a reader."""

from django.db import models


class Source(models.TextChoices):
    """Published counts stand beside computed ones and are never added to them."""

    COMPUTED = "computed", "Counted from the record"
    PUBLISHED = "published", "Published"


class Result(models.Model):
    """One numerator over one denominator (null for a plain count), before any ratio, rounding or hiding.

    ``definition`` is the indicator's version, ``period`` a label of ``periods``, ``organisation`` an ODS code,
    ``group`` one of the breakdown's groups (``all`` for the breakdown ``all``), ``coverage`` the share of expected
    practices that reported (0 to 1; null where a publication does not say), ``as_at`` the day the facts were as here.
    """

    indicator = models.CharField(max_length=60)
    definition = models.PositiveSmallIntegerField(default=1)
    period = models.CharField(max_length=10)
    organisation = models.CharField(max_length=12)
    level = models.CharField(max_length=12)
    breakdown = models.CharField(max_length=30, default="all")
    group = models.CharField(max_length=60, default="all")
    numerator = models.FloatField()
    denominator = models.FloatField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    coverage = models.FloatField(null=True)
    as_at = models.DateField()

    PERSONAL = ()
    PLAIN = (
        "indicator", "definition", "period", "organisation", "level", "breakdown", "group",
        "numerator", "denominator", "source", "coverage", "as_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(  # in this order it also finds what one measurement or import replaces
                fields=["source", "period", "indicator", "organisation", "breakdown", "group"], name="one_result_a_cell"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "breakdown", "period"], name="a_page_of_numbers")]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.organisation} in {self.period} ({self.breakdown}: {self.group})"


class Shown(models.Model):
    """What anyone may see of a computed result, as the disclosure gate gave it; a result without one is hidden.

    ``withheld``: hidden with its whole area, for something that was published before would have told of someone.
    """

    result = models.OneToOneField(Result, on_delete=models.CASCADE, primary_key=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)
    hidden = models.BooleanField()
    withheld = models.BooleanField(default=False)

    PERSONAL = ()
    PLAIN = ("numerator", "denominator", "value", "hidden", "withheld")

    def __str__(self) -> str:
        return f"{self.result_id}, as anyone may see it"


class Owed(models.Model):
    """A year whose results have changed since the disclosure gate weighed them."""

    year = models.CharField(max_length=7, primary_key=True)

    PERSONAL = ()
    PLAIN = ("year",)

    def __str__(self) -> str:
        return self.year


class Disclosed(models.Model):
    """What was last published of a number, and what it was exactly then: it outlives the result.

    Numerator and denominator are those of when it was first hidden, for as long as it stays hidden for that reason.
    """

    indicator = models.CharField(max_length=60)
    definition = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=10)
    organisation = models.CharField(max_length=12)
    breakdown = models.CharField(max_length=30)
    group = models.CharField(max_length=60)
    numerator = models.FloatField()
    denominator = models.FloatField(null=True)
    shown_numerator = models.FloatField(null=True)
    shown_denominator = models.FloatField(null=True)

    PERSONAL = ()
    PLAIN = (
        "indicator", "definition", "period", "organisation", "breakdown", "group",
        "numerator", "denominator", "shown_numerator", "shown_denominator",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "indicator", "definition", "organisation", "breakdown", "group"],
                name="one_last_time_a_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.organisation} in {self.period}, as last published"


class Comparison(models.Model):
    """What came of comparing those supported with people like them: a row of ``measurement.comparison_rows``.

    Exact. ``refused`` says why the change is not attributable; empty where it is.
    """

    indicator = models.CharField(max_length=60)
    definition = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=10)
    organisation = models.CharField(max_length=12)
    level = models.CharField(max_length=12)
    supported = models.PositiveIntegerField()
    unmatched = models.PositiveIntegerField()
    comparators = models.PositiveIntegerField()
    died = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    effect = models.FloatField(null=True)
    effect_lower = models.FloatField(null=True)
    effect_upper = models.FloatField(null=True)
    percent = models.FloatField(null=True)
    percent_lower = models.FloatField(null=True)
    percent_upper = models.FloatField(null=True)
    placebo = models.FloatField(null=True)
    placebo_lower = models.FloatField(null=True)
    placebo_upper = models.FloatField(null=True)
    refused = models.TextField(blank=True)
    balance = models.JSONField()
    as_at = models.DateField()

    PERSONAL = ()
    PLAIN = (
        "indicator", "definition", "period", "organisation", "level", "supported", "unmatched", "comparators", "died",
        "moved", "before", "after", "effect", "effect_lower", "effect_upper", "percent", "percent_lower",
        "percent_upper", "placebo", "placebo_lower", "placebo_upper", "refused", "balance", "as_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "indicator", "organisation", "level"], name="one_comparison_a_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.organisation} in {self.period}, against people like them"


class Publication(models.Model):
    """Where a published result was published, in the words of whoever brought it: a survey and its year.

    ``effective_base``: how many answers of a simple sample it is worth (unweighted base over the design effect); null
    where the publication does not say.
    """

    indicator = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    organisation = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    effective_base = models.FloatField(null=True)

    PERSONAL = ()
    PLAIN = ("indicator", "period", "organisation", "name", "effective_base")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period", "organisation"], name="one_publication_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.organisation} in {self.period}: {self.name}"
