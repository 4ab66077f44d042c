"""An audit of how decisions feel, from the population to the signed pack (DES22-SDM2: by 31 March)."""

import uuid

from django.db import models

from whatmatters.components.shared_decision_making.models.experience import INSTRUMENT_CHOICES, SITUATION_CHOICES
from whatmatters.organisations.models import Organisation
from whatmatters.people.text import one_line, some_lines


class State(models.TextChoices):
    PLANNED = "planned", "Planned"
    DRAWN = "drawn", "Sample drawn"
    ASKING = "asking", "Asking"
    CLOSED = "closed", "Answers closed"
    DECIDED = "decided", "Improvements decided"
    DONE = "done", "Improvements made"
    SIGNED = "signed", "Signed"
    ABANDONED = "abandoned", "Given up"


MOVES: dict[str, frozenset[str]] = {
    State.PLANNED: frozenset({State.DRAWN, State.ABANDONED}),
    State.DRAWN: frozenset({State.ASKING, State.ABANDONED}),
    State.ASKING: frozenset({State.CLOSED, State.ABANDONED}),
    State.CLOSED: frozenset({State.DECIDED}),
    State.DECIDED: frozenset({State.DONE}),
    State.DONE: frozenset({State.SIGNED}),
    State.SIGNED: frozenset(),
    State.ABANDONED: frozenset(),
}


class After(models.TextChoices):
    """What must have happened to someone before they can say how it felt: the code of an event, or nothing."""

    DECISION = "shared-decision-made", "A shared decision was made with them"
    REVIEW = "care-plan-reviewed", "Their care was reviewed with them (an annual review, for example)"
    CONSULTED = "consultation", "They had a consultation"
    ANY = "", "Nothing in particular"


class Basis(models.TextChoices):
    PERCENT = "percent", "A share of the population"
    MARGIN = "margin", "Enough people for a margin of error"


class Audit(models.Model):
    """``months``: how long ago ``after`` may be. ``amount``: percent of the population, or margin in points.

    ``expected``: what share of those asked is expected to answer, in percent. From drawing on: ``population`` and
    ``size`` are counts, ``digest`` is the SHA-256 of the population's list, ``rationale`` says how the size came about.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    again = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeated_by")
    title = models.CharField(max_length=150, validators=[one_line])
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    planned_on = models.DateField()
    due = models.DateField()
    cohort = models.CharField(max_length=60)
    least_age = models.PositiveSmallIntegerField(default=18)
    after = models.CharField(max_length=30, choices=After.choices, blank=True)
    months = models.PositiveSmallIntegerField(default=12)
    instrument = models.CharField(max_length=12, choices=INSTRUMENT_CHOICES)
    situation = models.CharField(max_length=40, choices=SITUATION_CHOICES, blank=True)
    basis = models.CharField(max_length=7, choices=Basis.choices)
    amount = models.PositiveSmallIntegerField()
    expected = models.PositiveSmallIntegerField(default=100)
    seed = models.CharField(max_length=40)
    drawn_on = models.DateField(null=True)
    population = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    rationale = models.CharField(max_length=500, blank=True)
    sent_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    decision = models.TextField(max_length=2000, blank=True, validators=[some_lines])
    decided_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ("decision",)
    PLAIN = (
        "uuid", "title", "state", "planned_on", "due", "cohort", "least_age", "after", "months", "instrument",
        "situation", "basis", "amount", "expected", "seed", "drawn_on", "population", "size", "digest", "rationale",
        "sent_on", "closed_on", "decided_on", "revision",
    )  # fmt: skip

    class Meta:
        ordering = ("-planned_on", "-pk")


class Step(models.Model):
    """A move of the audit: who, when, from, to."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="steps")
    on = models.DateField()
    who = models.CharField(max_length=150)
    was = models.CharField(max_length=9, choices=State.choices, blank=True)
    state = models.CharField(max_length=9, choices=State.choices)
    why = models.CharField(max_length=300, blank=True, validators=[some_lines])

    PERSONAL = ("who", "why")
    PLAIN = ("on", "was", "state")

    class Meta:
        ordering = ("pk",)


class Improvement(models.Model):
    """Something that could be done better. ``chosen`` is null while it is only considered."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="improvements")
    what = models.CharField(max_length=500, validators=[some_lines])
    chosen = models.BooleanField(null=True)
    owner = models.CharField(max_length=150, blank=True, validators=[one_line])
    by_day = models.DateField(null=True)
    done_on = models.DateField(null=True)
    came_of_it = models.CharField(max_length=500, blank=True, validators=[some_lines])

    PERSONAL = ("what", "owner", "came_of_it")
    PLAIN = ("uuid", "chosen", "by_day", "done_on")

    class Meta:
        ordering = ("pk",)


class Pack(models.Model):
    """What was handed to the commissioner, as it stood when it was signed. Written once.

    ``content`` is JSON, its keys sorted; ``sha256`` is of that text and is printed on every copy.
    """

    audit = models.OneToOneField(Audit, on_delete=models.PROTECT, related_name="pack")
    signatory = models.CharField(max_length=150, validators=[one_line])
    role = models.CharField(max_length=100, validators=[one_line])
    signed_on = models.DateField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    PERSONAL = ("signatory", "role", "content")
    PLAIN = ("signed_on", "sha256")
