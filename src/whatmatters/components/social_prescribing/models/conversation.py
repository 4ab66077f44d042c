"""What was written down of the conversations of a case, item by item; and what the person wants kept from whom."""

from typing import Any
from uuid import uuid4

from django.db import models

from whatmatters.components.social_prescribing.models.referral import Referral
from whatmatters.components.social_prescribing.sections import LONG, SECTIONS, Doer, Section, Standing
from whatmatters.people.text import one_line, some_lines


class Entry(models.Model):
    """One wording of one ``item`` of a section. Written once: what is reworded or taken out is a further row that
    ``follows`` it, so nobody's words are lost, and the database lets only one row follow another.

    ``choice`` is one of the section's, ``text`` what was said beside it; ``since`` and ``until`` are the section's
    days. ``doer``, ``doer_name`` and ``standing`` are an action's. ``struck``: taken out.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.UUIDField(default=uuid4, editable=False, db_index=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="entries")
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    section = models.CharField(max_length=12)  # one of SECTIONS, which may be reworded without a migration
    choice = models.CharField(max_length=12, blank=True)
    text = models.TextField(max_length=LONG, blank=True, validators=[some_lines])
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    doer = models.CharField(max_length=6, choices=Doer.choices, blank=True)
    doer_name = models.CharField(max_length=70, blank=True, validators=[one_line])
    standing = models.CharField(max_length=11, choices=Standing.choices, blank=True)
    struck = models.BooleanField(default=False)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    at = models.DateTimeField()

    PERSONAL = ("section", "choice", "text", "since", "until", "doer_name", "by_name")
    PLAIN = ("uuid", "item", "doer", "standing", "struck", "by_role", "at")

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["referral", "section"], name="entry_of_a_section")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("What was written is never changed: a further row follows it")
        super().save(*args, **kwargs)

    @property
    def about(self) -> Section:
        return SECTIONS[self.section]

    @property
    def words(self) -> str:
        """As a page says it: the ticked choice, what was written, or both."""
        return ": ".join(part for part in (self.about.words(self.choice), self.text) if part)


class Audience(models.TextChoices):
    """From whom a person can keep something. The link worker's own team works the case and sees it."""

    PRACTICE = "practice", "The GP practice"
    TEAM = "team", "Others of the care team"


class Hiding(models.Model):
    """From this moment ``of`` (an entry's item, a connection, or the referral for the whole case) is ``hidden`` from
    the audience, or shown to it again, as the person asked. Written once: the latest speaks."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="hidings")
    of = models.UUIDField()
    audience = models.CharField(max_length=8, choices=Audience.choices)
    hidden = models.BooleanField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)
    at = models.DateTimeField()

    PERSONAL = ("by_name",)
    PLAIN = ("of", "audience", "hidden", "by_role", "at")

    class Meta:
        ordering = ("pk",)
