"""Community groups and services that a person can be told about or introduced to."""

import uuid
from datetime import date, timedelta

from django.core.validators import URLValidator
from django.db import models

from whatmatters.directory.needs import Need
from whatmatters.people.text import one_line, some_lines

FRESH = timedelta(days=365)  # an entry that nobody has checked for longer is shown as such and listed last


class Capacity(models.TextChoices):
    OPEN = "open", "Has room"
    WAITING = "waiting", "Has a waiting list"
    FULL = "full", "Full at the moment"


class Group(models.Model):
    """``last_verified`` is the day someone last checked with the group that all this is true; null = never."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=150, validators=[one_line])
    kind = models.CharField("what it helps with", max_length=12, choices=Need.choices, db_index=True)
    about = models.TextField("what it does", max_length=1000, validators=[some_lines])
    who_for = models.CharField("who it is for", max_length=300, blank=True, validators=[one_line])
    where = models.CharField("where and when it meets", max_length=300, blank=True, validators=[one_line])
    postcode = models.CharField(max_length=8, blank=True, validators=[one_line])
    phone = models.CharField(max_length=35, blank=True, validators=[one_line])
    email = models.EmailField(blank=True)
    website = models.CharField(max_length=200, blank=True, validators=[URLValidator(["https", "http"])])
    cost = models.CharField(max_length=150, blank=True, validators=[one_line])
    languages = models.CharField(max_length=150, blank=True, validators=[one_line])
    capacity = models.CharField(max_length=8, choices=Capacity.choices, default=Capacity.OPEN)
    last_verified = models.DateField(null=True, blank=True)
    words = models.TextField(editable=False)  # everything a search may find, folded (see ``actions``)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ()
    PLAIN = (
        "uuid", "name", "kind", "about", "who_for", "where", "postcode", "phone", "email", "website", "cost",
        "languages", "capacity", "last_verified", "words", "revision",
    )  # fmt: skip

    class Meta:
        ordering = ("name", "pk")

    @property
    def stale(self) -> bool:
        """Nobody has checked it for a year, or ever."""
        return self.last_verified is None or self.last_verified < date.today() - FRESH
