"""Who refers: a PractitionerRole with its Practitioner, a RelatedPerson, or the Patient; inside the ServiceRequest."""

from whatmatters.interop.fhir.names import (
    METHOD,
    METHOD_CODES,
    OURS,
    SOURCE,
    Json,
    code_of,
    coded,
    extension,
    held,
    refer,
)
from whatmatters.interop.fhir.told import Sender

METHODS = {  # UKCore-ServiceRequestMethod
    "fax": "1", "phone": "2", "message": "3", "email": "4", "letter": "5", "e-rs": "6",
}  # fmt: skip
SELF_REFERRAL = "7"
SECTORS, HOW, TEAM, SERVICE = (f"{OURS}{name}" for name in ("sector", "method", "team", "service"))


def write(sender: Sender, patient: str) -> Json:
    """What a ServiceRequest says of its sender: ``requester``, ``contained`` and extensions."""
    method = SELF_REFERRAL if sender.source == "self" else METHODS.get(sender.method, "")
    how = held({"coding": [*_coding(METHOD_CODES, method), *_coding(HOW, sender.method)]})
    of = held({"coding": [*_coding(SECTORS, sender.sector), *_coding(f"{OURS}source", sender.source)]})
    said = [{"url": url, "valueCodeableConcept": value} for url, value in ((SOURCE, of), (METHOD, how)) if value]
    if sender.source == "self":
        return {"extension": said, "requester": refer("Patient", patient)}
    contained = [_carer(sender, patient)] if sender.source == "carer" else _staff(sender)
    return {"extension": said, "contained": contained, "requester": {"reference": "#sender"}}


def _coding(system: str, code: str) -> list[Json]:
    return [{"system": system, "code": code}] if code else []


def _carer(sender: Sender, patient: str) -> Json:
    return held(
        {
            "resourceType": "RelatedPerson",
            "id": "sender",
            "patient": refer("Patient", patient),
            "name": [{"text": sender.name}] if sender.name else [],
            "telecom": [{"value": sender.contact}] if sender.contact else [],
            "relationship": [{"text": sender.role}] if sender.role else [],
        }
    )


def _staff(sender: Sender) -> list[Json]:
    role = held(
        {
            "resourceType": "PractitionerRole",
            "id": "sender",
            "practitioner": held({"reference": "#who", "display": sender.name}),
            "organization": {"display": sender.organisation} if sender.organisation else {},
            "code": [{"text": sender.role}] if sender.role else [],
            "specialty": [
                coded(name, words, words) for name, words in ((TEAM, sender.team), (SERVICE, sender.service)) if words
            ],
            "telecom": [{"value": sender.contact}] if sender.contact else [],
        }
    )
    who = {"resourceType": "Practitioner", "id": "who", "name": [{"text": sender.name or "not given"}]}
    return [who, role]


def read(request: Json) -> Sender:
    """From a ServiceRequest of ours or another's: whoever is in it, as far as it says."""
    contained = {one.get("id"): one for one in request.get("contained", [])}
    requester = request.get("requester", {})
    found = contained.get(requester.get("reference", "").removeprefix("#"), {})
    of = extension(request, SOURCE).get("valueCodeableConcept")
    how = extension(request, METHOD).get("valueCodeableConcept")
    national = {code: method for method, code in METHODS.items()}
    return Sender(
        source=code_of(of, f"{OURS}source") or _source(found, code_of(how, METHOD_CODES)),
        sector=code_of(of, SECTORS),
        method=code_of(how, HOW) or national.get(code_of(how, METHOD_CODES), ""),
        name=_name(found, requester, contained),
        role=next((one.get("text", "") for one in found.get("code", found.get("relationship", []))), ""),
        team=_special(found, TEAM),
        service=_special(found, SERVICE),
        organisation=found.get("organization", {}).get("display", ""),
        contact=next((one.get("value", "") for one in found.get("telecom", [])), ""),
    )


def _source(found: Json, method: str) -> str:
    if method == SELF_REFERRAL:
        return "self"
    return "carer" if found.get("resourceType") == "RelatedPerson" else "agency"


def _name(found: Json, requester: Json, contained: dict[str, Json]) -> str:
    if found.get("resourceType") == "RelatedPerson":
        return str(next((one.get("text", "") for one in found.get("name", [])), ""))
    if found.get("resourceType") == "PractitionerRole":
        return str(found.get("practitioner", {}).get("display", ""))
    return str(requester.get("display", ""))


def _special(found: Json, system: str) -> str:
    return next((code for one in found.get("specialty", []) if (code := code_of(one, system))), "")
