"""A person, where they are registered, and who may act for them."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from whatmatters.access.models import User
from whatmatters.letters.models import Letter
from whatmatters.organisations.models import Organisation
from whatmatters.people.models_wishes import Wish  # noqa: F401  # Django looks for models here
from whatmatters.people.nhs_number import problem_with, shown
from whatmatters.people.text import NameKey, one_line, some_lines
from whatmatters.periods import age

OLDEST = date(1900, 1, 1)  # nobody alive was born before; an earlier year is a slip


def valid_nhs_number(number: str) -> None:
    if problem := problem_with(number):
        raise ValidationError(problem)


NUMBER_TAKEN = (
    "This NHS number is already on file. Check each digit; if it is right, look for the person with Find a person, "
    "or ask their practice to move the registration"
)


def a_past_day(day: date) -> None:
    if day > date.today():
        raise ValidationError("This day is still to come: check the day, month and year")


def a_day_of_birth(day: date) -> None:
    a_past_day(day)
    if day < OLDEST:
        raise ValidationError("Check the year of birth: it must be 1900 or later")


class Sex(models.TextChoices):
    """Person phenotypic sex, as the facts carry it."""

    FEMALE = "F", "Female"
    MALE = "M", "Male"
    OTHER = "X", "Indeterminate"


class Ethnicity(models.TextChoices):
    """The 16+1 ethnic categories of the NHS Data Dictionary."""

    A = "A", "White: British"
    B = "B", "White: Irish"
    C = "C", "White: any other background"
    D = "D", "Mixed: White and Black Caribbean"
    E = "E", "Mixed: White and Black African"
    F = "F", "Mixed: White and Asian"
    G = "G", "Mixed: any other background"
    H = "H", "Asian or Asian British: Indian"
    J = "J", "Asian or Asian British: Pakistani"
    K = "K", "Asian or Asian British: Bangladeshi"
    L = "L", "Asian or Asian British: any other background"
    M = "M", "Black or Black British: Caribbean"
    N = "N", "Black or Black British: African"
    P = "P", "Black or Black British: any other background"
    R = "R", "Other: Chinese"
    S = "S", "Other: any other ethnic group"
    Z = "Z", "Not stated"


class Person(models.Model):
    """The one cared for. ``deprivation`` is the IMD decile of where they live, 1 = most deprived."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nhs_number = models.CharField(
        "NHS number", max_length=10, unique=True, null=True, blank=True,
        validators=[valid_nhs_number], error_messages={"unique": NUMBER_TAKEN},
    )  # fmt: skip
    title = models.CharField(max_length=35, blank=True, validators=[one_line])
    given_name = models.CharField(max_length=35, validators=[one_line])
    family_name = models.CharField(max_length=35, validators=[one_line])
    preferred_name = models.CharField(max_length=70, blank=True, validators=[one_line])
    born = models.DateField(db_index=True, validators=[a_day_of_birth])
    died = models.DateField(null=True, blank=True, validators=[a_past_day])
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    ethnicity = models.CharField(max_length=1, choices=Ethnicity.choices, blank=True)
    deprivation = models.PositiveSmallIntegerField(null=True, blank=True)
    address = models.CharField(max_length=175, blank=True, validators=[some_lines])
    postcode = models.CharField(max_length=8, blank=True, validators=[one_line])
    phone = models.CharField(max_length=35, blank=True, validators=[one_line])
    email = models.EmailField(blank=True)
    language = models.CharField("main language", max_length=40, default="English", validators=[one_line])
    interpreter = models.BooleanField("needs an interpreter", default=False)
    communication = models.CharField("communication needs", max_length=300, blank=True, validators=[some_lines])
    adjustments = models.CharField("reasonable adjustments", max_length=300, blank=True, validators=[some_lines])
    account = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    revision = models.PositiveIntegerField(default=1)
    names = NameKey(editable=False, blank=True)

    PERSONAL = (
        "nhs_number", "title", "given_name", "family_name", "preferred_name", "born", "died", "address", "postcode",
        "phone", "email", "communication", "adjustments", "names",
    )  # fmt: skip
    PLAIN = ("uuid", "sex", "ethnicity", "deprivation", "language", "interpreter", "revision")

    class Meta:
        ordering = ("family_name", "given_name", "born")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deprivation__isnull=True) | models.Q(deprivation__range=(1, 10)), name="imd_decile"
            ),
            models.CheckConstraint(
                condition=models.Q(died__isnull=True) | models.Q(died__gte=models.F("born")), name="died_after_birth"
            ),
        ]

    @property
    def name(self) -> str:
        """As the banner shows it: SMITH, Jane (Ms)."""
        return f"{self.family_name.upper()}, {self.given_name}" + (f" ({self.title})" if self.title else "")

    @property
    def full_name(self) -> str:
        """In a sentence: Jane Smith."""
        return f"{self.given_name} {self.family_name}"

    @property
    def called(self) -> str:
        """What to call them."""
        return self.preferred_name or self.given_name

    @property
    def age(self) -> int:
        """Whole years today, or on the day they died."""
        return age(self.born, self.died or date.today())

    @property
    def nhs_number_shown(self) -> str:
        return shown(self.nhs_number)

    @property
    def address_line(self) -> str:
        """The first line of where they live, and the postcode: enough to tell two of one name apart."""
        first = next((line.strip() for line in self.address.splitlines() if line.strip()), "")
        return ", ".join(filter(None, (first, self.postcode)))

    @property
    def needs(self) -> list[str]:
        """To be seen before anyone speaks with them (Accessible Information Standard, Reasonable Adjustment Flag)."""
        interpreter = f"interpreter, {self.language}" if self.interpreter else ""
        return [need for need in (interpreter, self.communication, self.adjustments) if need]


class Registration(models.Model):
    """On a practice's list from ``start`` (in) to ``end`` (out; null = still)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="registrations")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registrations")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    PERSONAL = ()
    PLAIN = ("start", "end")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(end__isnull=True), name="one_open_registration"
            ),
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start")), name="registration_forwards"
            ),
        ]


class Carer(models.Model):
    """Someone who cares for the person, known to the team; being listed gives no right to see anything."""

    class Ended(models.TextChoices):
        """Why: a death is a loss to the person, and their plan is to be looked at."""

        DIED = "died", "They have died"
        STOPPED = "stopped", "They care for the person no more"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="carers")
    name = models.CharField(max_length=70, validators=[one_line])
    relationship = models.CharField(max_length=70, validators=[one_line])
    contact = models.CharField(max_length=70, blank=True, validators=[one_line])
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    ended = models.CharField(max_length=7, choices=Ended.choices, blank=True)

    PERSONAL = ("name", "relationship", "contact", "ended")
    PLAIN = ("uuid", "start", "end")


SCOPES = ("may_see_plan", "may_change_plan", "may_see_referrals")


class Representative(models.Model):
    """May act for the person, within SCOPES, from a day to a day. ``authority`` says by what right."""

    class Authority(models.TextChoices):
        NOMINATED = "nominated", "Named by the person"
        LPA = "lpa", "Lasting power of attorney for health and welfare"
        DEPUTY = "deputy", "Deputy appointed by the Court of Protection"
        PARENT = "parent", "Parental responsibility"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representatives")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="represents")
    relationship = models.CharField(max_length=70, validators=[one_line])
    authority = models.CharField(max_length=12, choices=Authority.choices)
    may_see_plan = models.BooleanField(default=True)
    may_change_plan = models.BooleanField(default=False)
    may_see_referrals = models.BooleanField(default=False)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    PERSONAL = ("relationship",)
    PLAIN = ("uuid", "authority", *SCOPES, "start", "end")


class Written(models.Model):
    """An e-mail about a person, until it is known to have arrived nowhere: then someone is told, and sees to it.

    ``what`` says in our own words what it was, ``sender`` is the account by which it went, ``told`` whom we told of its
    loss.
    """

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="written")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="written")
    what = models.CharField(max_length=60)
    sender = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    told = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    told_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)

    PERSONAL = ()
    PLAIN = ("what", "told_on", "settled_on")

    class Meta:
        ordering = ("pk",)
