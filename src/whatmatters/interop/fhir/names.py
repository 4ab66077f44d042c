"""Addresses of profiles, extensions and code systems; and the few shapes that every resource is made of."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

Json = dict[str, Any]

UK = "https://fhir.hl7.org.uk/"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
SNOMED = "http://snomed.info/sct"
TASK_CODE = "http://hl7.org/fhir/CodeSystem/task-code"
LANGUAGE = "urn:ietf:bcp:47"
INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
ETHNIC = f"{UK}StructureDefinition/Extension-UKCore-EthnicCategory"
ETHNIC_CODES = f"{UK}CodeSystem/UKCore-EthnicCategoryEngland"
SOURCE = f"{UK}StructureDefinition/Extension-UKCore-SourceOfServiceRequest"
# Retired in UK Core's draft without a successor; the standard still asks how a referral came.
METHOD = f"{UK}StructureDefinition/Extension-UKCore-ServiceRequestMethod"
METHOD_CODES = f"{UK}CodeSystem/UKCore-ServiceRequestMethod"
RESULTING = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
OURS = "urn:x-whatmatters:"
"""Before the name of a list of ours: what no national list has a code for."""

REFERRAL_CODE = ("871731000000106", "Referral to social prescribing service")


def profile(name: str) -> Json:
    return {"profile": [f"{UK}StructureDefinition/UKCore-{name}"]}


def link(kind: str, key: str) -> str:
    """The same wherever it is written: by this resources of one bundle find one another."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{OURS}{kind}/{key}')}"


def refer(kind: str, key: str, words: str = "") -> Json:
    return {"reference": link(kind, key), **({"display": words} if words else {})}


def coded(system: str, code: str, words: str = "") -> Json:
    """A CodeableConcept of one code; of its words alone where there is none."""
    return {**({"coding": [{"system": system, "code": code}]} if code else {}), **({"text": words} if words else {})}


def code_of(concept: Json | None, system: str) -> str:
    """The concept's code in that system, or empty."""
    found = (one["code"] for one in (concept or {}).get("coding", []) if one.get("system") == system and "code" in one)
    return next(found, "")


def extension(resource: Json, url: str) -> Json:
    """The extension of that address, or an empty one."""
    return next((one for one in resource.get("extension", []) if one.get("url") == url), {})


def first(of: list[Json] | None) -> Json:
    """The first of a list that may be absent, or an empty one."""
    return of[0] if of else {}


def held(resource: Json) -> Json:
    """Without what is empty: FHIR has no empty values."""
    return {name: value for name, value in resource.items() if value not in ("", None, [], {})}


def with_id(own: str) -> Json:
    """Our id of the thing, as an identifier: it outlives the bundle's addresses."""
    return {"identifier": [{"system": f"{OURS}id", "value": own}]}


def own_id(resource: Json) -> str:
    return next((one["value"] for one in resource.get("identifier", []) if one.get("system") == f"{OURS}id"), "")
