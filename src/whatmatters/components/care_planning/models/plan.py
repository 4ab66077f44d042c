"""One plan for one person, whatever the conditions; and what happens to it after it is agreed."""

from uuid import uuid4

from django.db import models

from whatmatters.events.models import Episode
from whatmatters.people.models import Person
from whatmatters.people.text import one_line, some_lines


class Plan(models.Model):
    """``offered_on`` is the day they were first asked; ``declined_on`` the day they said no and ``declined_why`` what
    they said of it: a plan begun later clears both (the event remains)."""

    class SaidNo(models.TextChoices):
        NOT_NOW = "not now", "Not now"
        ENOUGH = "enough", "They have the help they want"
        THEMSELVES = "themselves", "They plan for themselves, or with those around them"
        NOT_FOR_ME = "not for me", "It is not what they want"
        UNWELL = "unwell", "They are too unwell to talk about it now"
        NOT_SAID = "not said", "They did not say why"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="plan")
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT)
    offered_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)
    declined_why = models.CharField(max_length=10, choices=SaidNo.choices, blank=True)

    PERSONAL = ()
    PLAIN = ("uuid", "offered_on", "declined_on", "declined_why")


class Share(models.Model):
    """A copy of an agreed version was given, or access to it."""

    class Kind(models.TextChoices):
        """With whom, in kind: the event carries this and never a name."""

        PERSON = "person", "The person themself"
        CARER = "carer", "Family or carer"
        PRACTICE = "practice", "GP practice"
        COMMUNITY_HEALTH = "community health", "Community health team"
        HOSPITAL = "hospital", "Hospital"
        OUT_OF_HOURS = "out of hours", "Out of hours or ambulance"
        SOCIAL_CARE = "social care", "Social care"
        CARE_HOME = "care home", "Care home"
        COMMUNITY_GROUP = "community group", "Community group"

    class How(models.TextChoices):
        PAPER = "paper", "Printed copy"
        EMAIL = "email", "Secure email"
        ACCESS = "access", "They can see it here"
        LETTER = "letter", "Post"
        FILE = "file", "A file for another system"

    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="shares")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    with_whom = models.CharField(max_length=70, blank=True, validators=[one_line])
    how = models.CharField(max_length=10, choices=How.choices)
    on = models.DateField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("with_whom", "by_name")
    PLAIN = ("kind", "how", "on", "by_role")

    class Meta:
        ordering = ("on", "pk")


class Review(models.Model):
    """The plan was looked at together; it still holds until ``next_on``, or a new version follows."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    words = models.TextField(max_length=2000, blank=True, validators=[some_lines])
    next_on = models.DateField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("words", "by_name")
    PLAIN = ("on", "next_on", "by_role")

    class Meta:
        ordering = ("on", "pk")


class ReviewRequest(models.Model):
    """The person, or someone for them, asked for the plan to be looked at again; open until a review answers it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="requests")
    on = models.DateField()
    why = models.TextField(max_length=1000, blank=True, validators=[some_lines])
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    answered = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")

    PERSONAL = ("why", "by_name")
    PLAIN = ("on", "by_role")

    class Meta:
        ordering = ("on", "pk")
