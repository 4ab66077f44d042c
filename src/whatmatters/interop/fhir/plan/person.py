"""Patient: what the standard says of the person, as ``patient.py`` writes it; the rest of it as extensions."""

from dataclasses import replace
from datetime import date

from whatmatters.components.care_planning.standard import Field
from whatmatters.interop.fhir import patient
from whatmatters.interop.fhir.names import Json, first, held
from whatmatters.interop.fhir.plan.values import PART, extensions, group
from whatmatters.interop.fhir.told import Who

LINES = 5


def who_of(told: Json, base: Who) -> Who:
    """``base`` with what the plan says; it keeps what the standard's demographics do not have (language, death)."""
    name, contact = told["person_name"], told.get("persons_contact_details", {})
    address = first(told.get("persons_address"))
    phone = first(contact.get("persons_telephone_number_details")).get("persons_telephone_number", "")
    sex = told.get("sex", "")
    return replace(
        base,
        given=name["person_first_name"], family=name["person_family_name"], title=name.get("title", ""),
        preferred=name.get("person_preferred_name", ""), born=date.fromisoformat(told["date_of_birth"]),
        ethnicity=told.get("ethnicity", ""), sex=sex if sex in patient.GENDERS else "",
        nhs_number=told.get("nhs_number", ""), phone=phone,
        email=first(contact.get("persons_email_address_details")).get("persons_email_address", ""),
        address="\n".join(line for place in range(1, LINES + 1) if (line := address.get(f"address_line_{place}", ""))),
        postcode=address.get("postcode", ""),
    )  # fmt: skip


def told_of(who: Who) -> Json:
    """What the standard's demographics say of whom the Patient's own elements tell."""
    lines = {f"address_line_{place}": line for place, line in enumerate(who.address.splitlines()[:LINES], 1)}
    address = held({**lines, "postcode": who.postcode})
    phone, email = {"persons_telephone_number": who.phone}, {"persons_email_address": who.email}
    contact = {
        "persons_telephone_number_details": [phone] if who.phone else [],
        "persons_email_address_details": [email] if who.email else [],
    }
    name = {
        "person_first_name": who.given, "person_family_name": who.family, "person_preferred_name": who.preferred,
        "title": who.title,
    }  # fmt: skip
    return held(
        {
            "person_name": held(name), "date_of_birth": who.born.isoformat(), "ethnicity": who.ethnicity,
            "sex": who.sex, "nhs_number": who.nhs_number, "persons_address": [address] if address else [],
            "persons_contact_details": held(contact),
        }
    )  # fmt: skip


def write(part: Field, told: Json, who: Who, practices: list[Json]) -> Json:
    """``practices``: references to where they are registered."""
    found = patient.write(who, "")
    found["generalPractitioner"] = practices
    beside = beyond(told, told_of(who))
    found["extension"] += [one for child in part.children for one in extensions(child, beside)]
    return held(found)


def read(part: Field, resource: Json, who: Who) -> Json:
    """Raises Unfit."""
    ours = [one for one in resource.get("extension", []) if str(one.get("url", "")).startswith(PART)]
    return over(told_of(who), group(part, ours))


def beyond(told: Json, known: Json) -> Json:
    """What ``told`` has and ``known`` has not: the groups' own parts, but lists whole."""
    return {
        key: beyond(value, known[key]) if isinstance(value, dict) and isinstance(known.get(key), dict) else value
        for key, value in told.items()
        if value != known.get(key)
    }


def over(known: Json, beside: Json) -> Json:
    """The opposite: ``beside`` laid over ``known``."""
    both = {key: value for key, value in known.items() if key not in beside}
    for key, value in beside.items():
        both[key] = over(known[key], value) if isinstance(value, dict) and isinstance(known.get(key), dict) else value
    return both
