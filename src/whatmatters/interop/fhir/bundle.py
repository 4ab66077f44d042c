"""A referral as one Bundle of kind collection, written and read."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from whatmatters.interop.fhir import consent, onward, patient, sender, task
from whatmatters.interop.fhir.names import (
    ODS,
    OURS,
    REFERRAL_CODE,
    SNOMED,
    Json,
    code_of,
    coded,
    first,
    held,
    link,
    own_id,
    profile,
    refer,
    with_id,
)
from whatmatters.interop.fhir.told import Place, Told
from whatmatters.web import strict_json

NEED = f"{OURS}need"


class NotAReferral(ValueError):
    """What was sent cannot be read as a referral; the message says where and what, and holds nothing personal."""


def write(told: Told) -> Json:
    """Sound R4 (held to it by ``fhir.resources``), as plain values."""
    entry = [{"fullUrl": link(kind, key), "resource": one} for (kind, key), one in dict(_resources(told)).items()]
    found: Json = {"resourceType": "Bundle", "identifier": with_id(told.id)["identifier"][0], "type": "collection"}
    found["entry"] = entry
    Bundle.model_validate(found)
    return found


def _resources(told: Told) -> Iterator[tuple[tuple[str, str], Json]]:
    yield ("Patient", told.who.id), patient.write(told.who, told.practice.code)
    for place in (told.practice, told.service):
        yield ("Organization", place.code), _organization(place)
    yield ("ServiceRequest", told.id), _service_request(told)
    yield ("Task", told.id), {**task.write(told), **with_id(told.id)}
    if agreed := consent.write(told):
        yield ("Consent", told.id), agreed
    for one in told.onward:
        for kind, key, resource in onward.write(told, one):
            yield (kind, key), resource


def _organization(place: Place) -> Json:
    identifier = [{"system": ODS, "value": place.code}]
    return {
        "resourceType": "Organization",
        "meta": profile("Organization"),
        "identifier": identifier,
        "active": True,
        "name": place.name,
    }


def _service_request(told: Told) -> Json:
    return held(
        {
            "resourceType": "ServiceRequest",
            "meta": profile("ServiceRequest"),
            **sender.write(told.sender, told.who.id),
            **with_id(told.id),
            "status": task.STATES[told.status][0],
            "intent": "order",
            "category": [coded(SNOMED, "410606002", "Social service procedure")],
            "priority": "routine",
            "code": coded(SNOMED, *REFERRAL_CODE),
            "subject": refer("Patient", told.who.id),
            "authoredOn": told.made.isoformat(),
            "performer": [refer("Organization", told.service.code, told.service.name)],
            "reasonCode": [coded(NEED, told.need, told.reason)] if told.need or told.reason else [],
        }
    )


def read(raw: bytes | str) -> Told:
    """Raises NotAReferral. From another system too, as far as it holds who, of which practice, when and by whom."""
    try:
        whole = strict_json.decode(raw)
        Bundle.model_validate(whole)
    except strict_json.NotJson as fault:
        raise NotAReferral(f"it is not JSON: {fault}") from None
    except ValidationError as fault:
        where = ".".join(str(part) for part in fault.errors()[0]["loc"])
        raise NotAReferral(f"it is not a FHIR R4 Bundle: {where}: {fault.errors()[0]['type']}") from None
    except (KeyError, TypeError):  # how the library meets a resourceType that R4 does not have
        raise NotAReferral("it is not a FHIR R4 Bundle: an entry has a resourceType that R4 does not know") from None
    try:
        return _told(whole)
    except (KeyError, StopIteration, ValueError, IndexError, TypeError, AttributeError) as fault:
        raise NotAReferral(f"it does not hold what a referral must: {_missing(fault)}") from None


def _missing(fault: Exception) -> str:
    return f"no {fault.args[0]}" if isinstance(fault, KeyError) else "a day, or a reference that leads where it should"


def _told(whole: Json) -> Told:
    addresses = {one.get("fullUrl", ""): one["resource"] for one in whole["entry"]}
    resources: onward.Resources = {
        (one["resourceType"], own_id(one) or address): one for address, one in addresses.items()
    }
    main, request = _main(addresses)
    tasked = next((one for one in addresses.values() if _focus(one) == main), None)
    stands: dict[str, Any] = task.read(tasked) if tasked else {"status": "received"}
    person = addresses[request["subject"]["reference"]]
    consents = [one for one in addresses.values() if one["resourceType"] == "Consent"]
    agreed_on, agreement = consent.read(consents, request["subject"]["reference"])
    practice = addresses[person["generalPractitioner"][0]["reference"]]
    service = addresses.get(first(request.get("performer")).get("reference", ""), practice)
    reason = first(request.get("reasonCode"))
    return Told(
        id=own_id(request) or main,
        who=patient.read(person, own_id(person) or request["subject"]["reference"]),
        practice=_place(practice),
        service=_place(service),
        sender=sender.read(request),
        made=date.fromisoformat(request["authoredOn"][:10]),
        need=code_of(reason, NEED),
        reason=reason.get("text", ""),
        agreed_on=agreed_on,
        agreement=agreement,
        onward=tuple(onward.read(resources, addresses, main)),
        **stands,
    )


def _main(addresses: dict[str, Json]) -> tuple[str, Json]:
    """The one ServiceRequest that is based on no other."""
    first = [
        (address, one)
        for address, one in addresses.items()
        if one["resourceType"] == "ServiceRequest" and not one.get("basedOn")
    ]
    if len(first) != 1:
        raise KeyError(f"single ServiceRequest to begin with, but {len(first)}")
    return first[0]


def _focus(resource: Json) -> str:
    return str(resource.get("focus", {}).get("reference", "")) if resource["resourceType"] == "Task" else ""


def _place(organization: Json) -> Place:
    code = next(one["value"] for one in organization["identifier"] if one.get("system") == ODS)
    return Place(code, organization.get("name", ""))
