"""Who refers, how it came, and who said that the person agrees."""

from django.db import models


class Source(models.TextChoices):
    STAFF = "staff", "Practice or care team"
    AGENCY = "agency", "Another organisation"
    CARER = "carer", "A relative, friend or carer"
    SELF = "self", "The person"


class Sector(models.TextChoices):
    """Where a referral came from. It names the referrer's service, which the standard wants, where nobody did."""

    PRACTICE = "practice", "GP practice or network"
    HOSPITAL = "hospital", "Hospital"
    MENTAL_HEALTH = "mental health", "Mental health service"
    COMMUNITY = "community", "Community health service"
    SOCIAL_CARE = "social care", "Social care"
    POLICE = "police", "Police"
    FIRE = "fire", "Fire and rescue"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary or community group"
    SCHOOL = "school", "School or college"
    WORK = "work", "Job centre or employer"
    OTHER = "other", "Another organisation"
    CARER = "carer", "A relative, friend or carer"
    PERSON = "person", "The person"


NOT_AGENCIES = frozenset({Sector.CARER, Sector.PERSON})


class Method(models.TextChoices):
    """How it came: the national values of the Social Prescribing Information Standard v1.1, and ours beside them."""

    PAGE = "page", "Web page"
    LINK = "link", "One-time link"
    RECORD = "record", "This record"
    PHONE = "phone", "Phone"
    LETTER = "letter", "Letter or paper form"
    EMAIL = "email", "Secure email"
    MESSAGE = "message", "Secure messaging"
    ERS = "e-rs", "NHS e-Referral Service"
    FAX = "fax", "Fax"
    IN_PERSON = "in person", "In person"


TAKEN_DOWN = (Method.PHONE, Method.LETTER, Method.EMAIL, Method.MESSAGE, Method.ERS, Method.IN_PERSON, Method.FAX)

NATIONAL_METHODS: dict[str, str] = {  # ours that have a national value, in the standard's words
    Method.PHONE: "Phone", Method.LETTER: "Letter", Method.EMAIL: "Secure Email", Method.MESSAGE: "Secure Messaging",
    Method.ERS: "NHS E-Referral Service", Method.FAX: "Fax",
}  # fmt: skip


class Agreement(models.TextChoices):
    """Who said that the person knows and agrees."""

    PERSON = "person", "The person said so themselves"
    SENDER = "sender", "Whoever referred says that the person knows and agrees"
    FOR_THEM = "for them", "Someone with the right to decide for them agrees"
