"""The objects and fields of Open Referral UK 3.0, and those of HSDS 3 beside them that have a place here.

Source: the profile's schemas (version 3.0): type, format, ``required`` and ``enum``. A field that is HSDS's alone is
marked so; a field that stands in neither is unknown.
"""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    ID = "a UUID"
    LINE = "a text of one line"
    TEXT = "a text"
    PERSONAL = "a person's name, title or own address"  # never taken, never quoted
    URL = "a web address"
    EMAIL = "an e-mail address"
    DAY = "a date, as 2026-07-01"
    MOMENT = "a date and time, as 2026-07-01T10:30:00Z"
    TIME = "a time of day, as 09:30:00"
    NUMBER = "a number"
    CHOICE = "one of the words of the standard"
    ONE = "an object"
    MANY = "a list of objects"
    PASSED = "known to the standard and not read here"


@dataclass(frozen=True)
class Field:
    type: Type
    of: str = ""
    must: bool = False
    choices: tuple[str, ...] = ()


T = Type
IDENTITY = Field(T.ID, must=True)
REFERENCE = Field(T.ID)
LINE, TEXT, URL, EMAIL, DAY, NUMBER = (Field(one) for one in (T.LINE, T.TEXT, T.URL, T.EMAIL, T.DAY, T.NUMBER))
NAME = Field(T.LINE, must=True)
PASSED = Field(T.PASSED)
LOCATION_TYPES = ("physical", "postal", "virtual")


def many(of: str) -> Field:
    return Field(T.MANY, of)


def one(of: str) -> Field:
    return Field(T.ONE, of)


ATTRIBUTES = many("attribute")
STATUSES = ("active", "inactive", "defunct", "temporarily closed")

OBJECTS: dict[str, dict[str, Field]] = {
    "service": {
        "id": IDENTITY, "organization_id": REFERENCE, "name": NAME, "description": TEXT, "url": URL, "email": EMAIL,
        "status": Field(T.CHOICE, must=True, choices=STATUSES), "fees": TEXT, "accreditations": TEXT,
        "minimum_age": NUMBER, "maximum_age": NUMBER, "assured_date": DAY,
        "assurer_email": Field(T.PERSONAL), "alert": TEXT,
        "last_modified": Field(T.MOMENT), "schedules": many("schedule"), "service_areas": many("service_area"),
        "service_at_locations": many("service_at_location"), "languages": many("language"),
        "organization": one("organization"), "funding": many("funding"), "cost_options": many("cost_option"),
        "contacts": many("contact"), "attributes": ATTRIBUTES,
        # HSDS 3 only, taken:
        "alternate_name": LINE, "eligibility_description": TEXT, "fees_description": TEXT, "wait_time": TEXT,
        "interpretation_services": TEXT, "application_process": TEXT, "phones": many("phone"),
        # HSDS 3 only, not read:
        "program_id": PASSED, "licenses": PASSED, "program": PASSED, "required_documents": PASSED, "metadata": PASSED,
    },
    "organization": {
        "id": IDENTITY, "name": NAME, "description": Field(T.TEXT, must=True), "email": EMAIL, "website": URL,
        "logo": URL, "uri": URL, "parent_organization_id": REFERENCE,
        "organization_identifiers": many("organization_identifier"), "attributes": ATTRIBUTES, "services": PASSED,
        "phones": many("phone"), "alternate_name": LINE, "tax_status": PASSED, "tax_id": PASSED,
        "year_incorporated": PASSED, "legal_status": PASSED, "funding": PASSED, "contacts": many("contact"),
        "locations": PASSED, "programs": PASSED, "metadata": PASSED,
    },
    "organization_identifier": {
        "id": IDENTITY, "organization_id": REFERENCE, "identifier_scheme": LINE,
        "identifier_type": Field(T.LINE, must=True), "identifier": Field(T.LINE, must=True), "attributes": PASSED,
        "metadata": PASSED,
    },
    "service_at_location": {
        "id": IDENTITY, "service_id": REFERENCE, "location_id": REFERENCE, "location": one("location"),
        "schedules": many("schedule"), "phones": many("phone"), "description": TEXT, "contacts": many("contact"),
        "service_areas": PASSED, "attributes": PASSED, "metadata": PASSED,
    },
    "location": {
        "id": IDENTITY, "location_type": Field(T.CHOICE, must=True, choices=LOCATION_TYPES), "name": LINE,
        "description": TEXT, "latitude": NUMBER, "longitude": NUMBER, "external_identifier": LINE,
        "external_identifier_type": LINE, "addresses": many("address"), "accessibility": many("accessibility"),
        "attributes": ATTRIBUTES, "phones": many("phone"), "languages": many("language"), "transportation": TEXT,
        "url": URL, "schedules": many("schedule"), "organization_id": REFERENCE, "alternate_name": LINE,
        "contacts": many("contact"), "metadata": PASSED,
    },
    "address": {
        "id": IDENTITY, "location_id": REFERENCE, "attention": Field(T.PERSONAL), "address_1": NAME, "address_2": LINE,
        "city": NAME, "region": LINE, "state_province": NAME, "postal_code": NAME, "country": NAME,
        "address_type": Field(T.CHOICE, must=True, choices=LOCATION_TYPES), "attributes": PASSED, "metadata": PASSED,
    },
    "accessibility": {
        "id": IDENTITY, "location_id": REFERENCE, "description": TEXT, "details": TEXT, "url": URL,
        "accessibility": TEXT, "attributes": PASSED, "metadata": PASSED,
    },
    "schedule": {
        "id": IDENTITY, "service_id": REFERENCE, "service_at_location_id": REFERENCE, "location_id": REFERENCE,
        "valid_from": DAY, "valid_to": DAY, "dtstart": DAY, "freq": Field(T.CHOICE, choices=("WEEKLY", "MONTHLY")),
        "interval": NUMBER, "byday": LINE, "bymonthday": LINE, "description": TEXT, "opens_at": Field(T.TIME),
        "closes_at": Field(T.TIME), "schedule_link": URL, "attending_type": LINE, "notes": TEXT, "until": DAY,
        "timezone": PASSED, "count": PASSED, "wkst": PASSED, "byweekno": PASSED, "byyearday": PASSED,
        "attributes": PASSED, "metadata": PASSED,
    },
    "service_area": {
        "id": IDENTITY, "service_id": REFERENCE, "name": TEXT, "extent": PASSED, "extent_type": LINE,
        "uri": PASSED, "service_area": TEXT, "description": TEXT, "attributes": PASSED, "metadata": PASSED,
    },
    "language": {
        "id": IDENTITY, "service_id": REFERENCE, "phone_id": REFERENCE, "location_id": REFERENCE, "name": LINE,
        "code": LINE, "note": TEXT, "attributes": PASSED, "metadata": PASSED,
    },
    "funding": {"id": IDENTITY, "service_id": REFERENCE, "source": TEXT, "organization_id": REFERENCE,
                "attributes": PASSED, "metadata": PASSED},
    "cost_option": {
        "id": IDENTITY, "service_id": REFERENCE, "valid_from": DAY, "valid_to": DAY, "option": TEXT, "amount": NUMBER,
        "amount_description": TEXT, "currency": LINE, "attributes": PASSED, "metadata": PASSED,
    },
    "contact": {
        "id": IDENTITY, "service_id": REFERENCE, "name": Field(T.PERSONAL), "title": Field(T.PERSONAL),
        "department": LINE, "email": Field(T.PERSONAL), "phones": many("phone"), "organization_id": REFERENCE,
        "service_at_location_id": REFERENCE, "location_id": REFERENCE, "attributes": PASSED, "metadata": PASSED,
    },
    "phone": {
        "id": IDENTITY, "contact_id": REFERENCE, "number": NAME, "description": TEXT, "languages": PASSED,
        "service_id": REFERENCE, "organization_id": REFERENCE, "location_id": REFERENCE,
        "service_at_location_id": REFERENCE, "extension": PASSED, "type": LINE, "attributes": PASSED,
        "metadata": PASSED,
    },
    "attribute": {
        "id": IDENTITY, "link_id": REFERENCE, "taxonomy_term_id": REFERENCE, "link_type": LINE, "link_entity": LINE,
        "taxonomy_term": one("taxonomy_term"), "value": LINE, "label": LINE, "metadata": PASSED,
    },
    "taxonomy_term": {
        "id": IDENTITY, "name": NAME, "description": Field(T.TEXT, must=True), "parent_id": REFERENCE,
        "taxonomy": LINE, "taxonomy_id": REFERENCE, "term_uri": URL, "term": LINE, "code": LINE, "language": PASSED,
        "taxonomy_detail": PASSED, "metadata": PASSED,
    },
}  # fmt: skip
