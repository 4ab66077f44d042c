"""Patient (UKCore-Patient): who is referred."""

from datetime import date
from typing import Any

from whatmatters.interop.fhir.names import (
    ETHNIC,
    ETHNIC_CODES,
    INTERPRETER,
    LANGUAGE,
    NHS_NUMBER,
    Json,
    code_of,
    coded,
    extension,
    first,
    held,
    profile,
    refer,
    with_id,
)
from whatmatters.interop.fhir.told import Who

GENDERS = {"F": "female", "M": "male", "X": "other", "": "unknown"}
SEXES = {gender: sex for sex, gender in GENDERS.items()}
TAGS = {  # BCP 47, of the languages that link workers meet most; any other is "und" and its name in words
    "Arabic": "ar", "Bengali": "bn", "British Sign Language": "bfi", "English": "en", "Gujarati": "gu",
    "Kurdish": "ku", "Lithuanian": "lt", "Pashto": "ps", "Polish": "pl", "Punjabi": "pa", "Romanian": "ro",
    "Slovak": "sk", "Somali": "so", "Sylheti": "syl", "Ukrainian": "uk", "Urdu": "ur",
}  # fmt: skip


def write(who: Who, practice: str) -> Json:
    """``practice`` is the ODS code of where they are registered."""
    telecom = (("phone", who.phone), ("email", who.email))
    return held(
        {
            "resourceType": "Patient",
            "meta": profile("Patient"),
            "extension": _extensions(who),
            "identifier": [
                *([{"system": NHS_NUMBER, "value": who.nhs_number}] if who.nhs_number else []),
                *with_id(who.id)["identifier"],
            ],
            "active": True,
            "name": _names(who),
            "telecom": [{"system": system, "value": value} for system, value in telecom if value],
            "gender": GENDERS[who.sex],
            "birthDate": who.born.isoformat(),
            "deceasedDateTime": who.died.isoformat() if who.died else "",
            "address": [held({"line": who.address.splitlines(), "postalCode": who.postcode})]
            if who.address or who.postcode
            else [],
            "communication": [{"language": coded(LANGUAGE, TAGS.get(who.language, "und"), who.language)}],
            "generalPractitioner": [refer("Organization", practice)],
        }
    )


def _extensions(who: Who) -> list[Json]:
    found: list[Json] = []
    if who.ethnicity:
        found.append({"url": ETHNIC, "valueCodeableConcept": coded(ETHNIC_CODES, who.ethnicity)})
    return [*found, {"url": INTERPRETER, "valueBoolean": who.interpreter}]


def _names(who: Who) -> list[Json]:
    names = [held({"use": "official", "family": who.family, "given": [who.given], "prefix": [who.title]})]
    if not who.title:
        del names[0]["prefix"]
    return names + ([{"use": "usual", "text": who.preferred}] if who.preferred else [])


def read(patient: Json, key: str) -> Who:
    """``key`` names the person in what was sent. Raises KeyError for what it must hold: a name and a day of birth."""
    names = {name.get("use", "official"): name for name in reversed(patient["name"])}
    name = names.get("official") or next(iter(names.values()))
    address = first(patient.get("address"))
    language = first(patient.get("communication")).get("language", {})
    return Who(
        id=key,
        given=" ".join(name["given"]),
        family=name["family"],
        born=date.fromisoformat(patient["birthDate"]),
        title=" ".join(name.get("prefix", [])),
        preferred=names.get("usual", {}).get("text", ""),
        died=date.fromisoformat(patient["deceasedDateTime"][:10]) if "deceasedDateTime" in patient else None,
        sex=SEXES.get(patient.get("gender", "unknown"), ""),
        ethnicity=code_of(extension(patient, ETHNIC).get("valueCodeableConcept"), ETHNIC_CODES),
        nhs_number=_first(patient.get("identifier", []), NHS_NUMBER),
        address="\n".join(address.get("line", [])),
        postcode=address.get("postalCode", ""),
        phone=_first(patient.get("telecom", []), "phone"),
        email=_first(patient.get("telecom", []), "email"),
        language=language.get("text") or _language(code_of(language, LANGUAGE)),
        interpreter=bool(extension(patient, INTERPRETER).get("valueBoolean")),
    )


def _first(of: list[Any], system: str) -> str:
    return next((one.get("value", "") for one in of if one.get("system") == system), "")


def _language(tag: str) -> str:
    return next((name for name, known in TAGS.items() if known == tag), tag or "English")
