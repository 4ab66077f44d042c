"""Before the talk: what the person wants to bring to it, in their own words."""

from uuid import uuid4

from django.db import models

from whatmatters.components.shared_decision_making.models.decision import Decision, long
from whatmatters.people.models import Person
from whatmatters.people.text import one_line


class Preparation(models.Model):
    """Asked for by staff or begun by the person. Of the link only the digest of its word is kept (``key``).

    ``decision``: the talk that took it up. Answered once by the link; on the person's own pages it may be changed
    until it is taken up.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="preparations")
    situation = models.SlugField(max_length=40, blank=True)
    title = models.CharField(max_length=150, blank=True, validators=[one_line])
    key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    expires = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    agenda = long()
    matters = long()
    questions = long()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="preparations")
    revision = models.PositiveIntegerField(default=1)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("title", "key", "agenda", "matters", "questions", "answered_by", "by_name")
    PLAIN = ("uuid", "situation", "expires", "asked_at", "answered_at", "revision", "by_role")

    class Meta:
        ordering = ("-asked_at", "-pk")
