"""What a group is, whom it is for, and whether it has room."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from whatmatters.directory.conditions import Condition
from whatmatters.directory.languages import named
from whatmatters.directory.needs import Need
from whatmatters.directory.timetable import together
from whatmatters.people.text import one_line, some_lines

FRESH = timedelta(days=365)  # an entry that nobody has checked for longer is shown as such and listed last
FADES = timedelta(days=548)  # a year and a half: after this the public is not shown it
WEB = URLValidator(["https", "http"])


class Capacity(models.TextChoices):
    OPEN = "open", "Has room"
    WAITING = "waiting", "Has a waiting list"
    FULL = "full", "Full at the moment"


class Cost(models.TextChoices):
    FREE = "free", "Free"
    DONATION = "donation", "Give what you can"
    PAYS = "pays", "People pay"


class Sex(models.TextChoices):
    """Lawful where it is a proportionate means (Equality Act 2010, schedule 3, 26 to 28): so the why is asked."""

    WOMEN = "F", "Women only"
    MEN = "M", "Men only"


class Carers(models.TextChoices):
    FOR = "for", "It is for unpaid carers"
    WELCOME = "welcome", "A carer may come along"
    NOT = "not", "A carer cannot come along"


class Standing(models.TextChoices):
    ACTIVE = "active", "Running"
    PAUSED = "paused", "Paused for a while"
    CLOSED = "closed", "No longer runs"


class Provider(models.Model):
    """Who runs a group, where that is somebody else than the group itself."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, validators=[one_line])
    about = models.TextField(max_length=5000, blank=True, validators=[some_lines])
    email = models.EmailField(blank=True)
    website = models.CharField(max_length=500, blank=True, validators=[WEB])
    source = models.CharField(max_length=100, blank=True)
    original_id = models.CharField(max_length=100, blank=True)

    PERSONAL = ()
    PLAIN = ("uuid", "name", "about", "email", "website", "source", "original_id")

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint("source", "original_id", condition=~Q(original_id=""), name="one_provider_an_id")
        ]


class Group(models.Model):
    """``last_verified`` is the day someone last checked with the group that all this is true; null = never.

    ``kind`` is the need it helps with most, ``also`` lists other needs; ``conditions`` those it is made for (none = no
    matter which), ``not_for`` whom it cannot help, in short sentences. Ages are whole years, both in. ``outward``: the
    first halves of the postcodes it serves, apart by spaces; blank = wherever one lives. ``price`` is in pence, for
    what one usually pays at a time. ``capacity`` holds to the end of ``capacity_until`` where there is one.
    ``letters_to``: where its letters go, shown to keepers alone. ``source`` and ``original_id``: the feed that an
    entry was read from and its id there; ``taxonomy``: its terms there, as {vocabulary, id, name}.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=150, validators=[one_line])
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="groups")
    standing = models.CharField(max_length=6, choices=Standing.choices, default=Standing.ACTIVE)
    kind = models.CharField("what it helps with most", max_length=12, choices=Need.choices, db_index=True)
    also = models.JSONField("what else it helps with", default=list, blank=True)
    about = models.TextField("what it does", max_length=5000, validators=[some_lines])
    notice = models.CharField("something to know just now", max_length=300, blank=True, validators=[one_line])

    who_for = models.CharField("who it is for", max_length=300, blank=True, validators=[one_line])
    age_from = models.PositiveSmallIntegerField("youngest age", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("oldest age", null=True, blank=True)
    sex = models.CharField("women or men only", max_length=1, choices=Sex.choices, blank=True)
    sex_why = models.CharField("why women or men only", max_length=200, blank=True, validators=[one_line])
    conditions = models.JSONField("made for people with", default=list, blank=True)
    carers = models.CharField("unpaid carers", max_length=7, choices=Carers.choices, blank=True)
    area = models.CharField("area it serves", max_length=200, blank=True, validators=[one_line])
    outward = models.CharField("postcode districts it serves", max_length=300, blank=True, validators=[one_line])
    not_for = models.JSONField("who it is not for", default=list, blank=True)

    where = models.CharField("where and when it meets", max_length=300, blank=True, validators=[one_line])
    postcode = models.CharField(max_length=8, blank=True, validators=[one_line])
    online = models.BooleanField("can be joined online", null=True, blank=True)
    home_visits = models.BooleanField("visits people at home", null=True, blank=True)
    languages = models.CharField(max_length=300, blank=True, validators=[one_line])

    cost_kind = models.CharField("does it cost anything", max_length=8, choices=Cost.choices, blank=True)
    price = models.PositiveIntegerField("what people usually pay", null=True, blank=True)
    cost = models.CharField(max_length=300, blank=True, validators=[one_line])

    phone = models.CharField(max_length=35, blank=True, validators=[one_line])
    email = models.EmailField(blank=True)
    website = models.CharField(max_length=500, blank=True, validators=[WEB])
    contact = models.CharField("who to ask for", max_length=100, blank=True, validators=[one_line])
    joining = models.CharField("how to join", max_length=300, blank=True, validators=[one_line])
    letters_to = models.EmailField("where we write to check this entry", blank=True)

    capacity = models.CharField(max_length=8, choices=Capacity.choices, default=Capacity.OPEN)
    capacity_until = models.DateField("until the end of", null=True, blank=True)
    wait_weeks = models.PositiveSmallIntegerField("usual wait in weeks", null=True, blank=True)

    last_verified = models.DateField(null=True, blank=True)
    added_on = models.DateField(default=date.today)
    changed_at = models.DateTimeField(auto_now=True)
    source = models.CharField(max_length=100, blank=True)
    original_id = models.CharField(max_length=100, blank=True)
    taxonomy = models.JSONField(default=list, blank=True)
    words = models.TextField(editable=False)  # everything a search may find (see ``wording``)
    revision = models.PositiveIntegerField(default=1)

    PERSONAL = ("contact", "letters_to")
    PLAIN = (
        "uuid", "name", "standing", "kind", "also", "about", "notice", "who_for", "age_from", "age_to", "sex",
        "sex_why", "conditions", "carers", "area", "outward", "not_for", "where", "postcode", "online", "home_visits",
        "languages", "cost_kind", "price", "cost", "phone", "email", "website", "joining", "capacity",
        "capacity_until", "wait_weeks", "last_verified", "added_on", "changed_at", "source", "original_id",
        "taxonomy", "words", "revision",
    )  # fmt: skip

    class Meta:
        ordering = ("name", "pk")
        indexes = [  # all that the order of a search depends on, so that it need not read what groups say of themselves
            models.Index(
                fields=["name", "last_verified", "added_on", "capacity", "capacity_until", "standing"],
                name="groups_in_order",
            )
        ]
        constraints = [
            models.UniqueConstraint("source", "original_id", condition=~Q(original_id=""), name="one_group_an_id")
        ]

    def clean(self) -> None:
        wrong: dict[str, str] = {}
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            wrong["age_to"] = "The oldest age is below the youngest"
        if self.sex and not self.sex_why:
            wrong["sex_why"] = "Say why it is for women or men only: the law asks for a good reason"
        if not set(self.also) <= set(Need.values):
            wrong["also"] = "Choose from the list"
        if not set(self.conditions) <= set(Condition.values):
            wrong["conditions"] = "Choose from the list"
        if wrong:
            raise ValidationError(dict(wrong))
        for line in self.not_for:
            one_line(line)

    @property
    def stale(self) -> bool:
        """Nobody has checked it for a year, or ever."""
        return self.last_verified is None or self.last_verified < date.today() - FRESH

    @property
    def shown_to(self) -> date:
        """The last day on which the public is shown it, unless somebody checks it before.

        Counted from the day it came here, where that is later: what a feed last checked years ago is shown as such,
        and there is time to check it.
        """
        return max(self.last_verified or self.added_on, self.added_on) + FADES

    @property
    def faded(self) -> bool:
        """Unchecked for so long that the public is not shown it."""
        return self.shown_to < date.today()

    @property
    def room(self) -> Capacity:
        """As it is today: what held until a day is over after it."""
        over = self.capacity_until is not None and self.capacity_until < date.today()
        return Capacity.OPEN if over else Capacity(self.capacity)

    @property
    def needs(self) -> list[Need]:
        """The main one first."""
        return [Need(self.kind), *(Need(need) for need in self.also if need != self.kind)]

    @property
    def conditions_said(self) -> list[str]:
        return [str(Condition(one).label) for one in self.conditions]

    @property
    def days_said(self) -> list[str]:
        """When it meets, in words; days with the same hours in one line."""
        return together(self.meetings.all())

    @property
    def spoken(self) -> list[str]:
        return named(self.languages)
