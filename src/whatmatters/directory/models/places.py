"""Where a group meets and when."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from whatmatters.directory import timetable
from whatmatters.directory.models.group import Group
from whatmatters.directory.models.postcodes import tidy
from whatmatters.people.text import one_line

DAYS = ((0, "Monday"), (1, "Tuesday"), (2, "Wednesday"), (3, "Thursday"), (4, "Friday"), (5, "Saturday"), (6, "Sunday"))


class Place(models.Model):
    """One of a group. Access: true, false, or null where nobody has said. ``bus``: which buses, in words.

    ``original_id`` is the location's id in its source, ``original_link`` that of "service at location".
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=150, blank=True, validators=[one_line])
    address = models.CharField(max_length=300, blank=True, validators=[one_line])
    town = models.CharField(max_length=80, blank=True, validators=[one_line])
    postcode = models.CharField(max_length=8, blank=True, validators=[one_line])
    district = models.CharField(max_length=4, blank=True, editable=False, db_index=True)
    latitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    step_free = models.BooleanField("step-free", null=True, blank=True)
    toilet = models.BooleanField("accessible toilet", null=True, blank=True)
    hearing_loop = models.BooleanField(null=True, blank=True)
    parking = models.BooleanField("parking for disabled people", null=True, blank=True)
    bus = models.CharField(max_length=150, blank=True, validators=[one_line])
    access = models.CharField("more about access", max_length=500, blank=True, validators=[one_line])
    original_id = models.CharField(max_length=100, blank=True)
    original_link = models.CharField(max_length=100, blank=True)

    PERSONAL = ()
    PLAIN = (
        "uuid", "name", "address", "town", "postcode", "district", "latitude", "longitude", "step_free", "toilet",
        "hearing_loop", "parking", "bus", "access", "original_id", "original_link",
    )  # fmt: skip

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="places_on_the_map"),
            models.Index(Upper("town"), name="places_by_town"),
            models.Index(Upper("name"), name="places_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="both_coordinates_or_none",
            )
        ]

    def clean(self) -> None:
        """Also writes the postcode as it is usually written, and notes its district."""
        self.postcode = tidy(self.postcode)
        self.district = self.postcode.partition(" ")[0] if " " in self.postcode else ""
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": "Enter both coordinates, or neither"})

    @property
    def at(self) -> tuple[float, float] | None:
        """Latitude and longitude, where they are known."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    @property
    def said(self) -> str:
        """Name, address, town and postcode on one line."""
        return ", ".join(part for part in (self.name, self.address, self.town, self.postcode) if part)


class Meeting(models.Model):
    """A day of the week on which it meets or is open; ``place`` null = online, at home or not said.

    ``every`` so many weeks, counted from ``first``; ``in_month`` "13" = the first and third such day of each month. A
    single date has ``first`` and ``last`` on it. ``first`` and ``last`` are in; null = always so, until further notice.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.CASCADE, related_name="meetings")
    weekday = models.PositiveSmallIntegerField("day", choices=DAYS)
    opens = models.TimeField("from", null=True, blank=True)
    closes = models.TimeField("to", null=True, blank=True)
    every = models.PositiveSmallIntegerField("every … weeks", default=1, validators=[MinValueValidator(1)])
    in_month = models.CharField(max_length=5, blank=True, validators=[one_line])
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True, validators=[one_line])
    original_id = models.CharField(max_length=100, blank=True)

    PERSONAL = ()
    PLAIN = ("weekday", "opens", "closes", "every", "in_month", "first", "last", "note", "original_id")

    class Meta:
        ordering = ("weekday", "opens", "pk")

    def clean(self) -> None:
        wrong: dict[str, str] = {}
        if self.first == self.last and self.first is not None and self.first.weekday() != self.weekday:
            wrong["weekday"] = "The date is not on this day of the week"
        if self.first and self.last and self.first > self.last:
            wrong["last"] = "The last day is before the first"
        if self.every > 1 and self.first is None:
            wrong["first"] = "Enter one day on which it meets, so that the weeks can be counted"
        if not set(self.in_month) <= set("12345"):
            wrong["in_month"] = "Enter 1 for the first such day of the month, 13 for the first and the third"
        if wrong:
            raise ValidationError(dict(wrong))

    @property
    def said(self) -> str:
        return timetable.said(self)

    @property
    def next(self) -> date | None:
        """The next day on which it meets, today counted; None where that is not known or long off."""
        return next(iter(timetable.days(self, date.today(), 1)), None)
