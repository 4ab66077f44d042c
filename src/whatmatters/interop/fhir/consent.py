"""Consent (UKCore-Consent): that the person knew of the referral and agreed."""

from collections.abc import Iterable
from datetime import date

from whatmatters.interop.fhir.names import OURS, Json, code_of, coded, profile, refer
from whatmatters.interop.fhir.told import Told

WHO_SAID = f"{OURS}agreement"
SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"


def write(told: Told) -> Json | None:
    """None where nobody asked yet."""
    if told.agreed_on is None:
        return None
    return {
        "resourceType": "Consent",
        "meta": profile("Consent"),
        "status": "active",
        "scope": coded(SCOPE, "treatment"),
        "category": [coded(WHO_SAID, told.agreement or "sender")],
        "patient": refer("Patient", told.who.id),
        "dateTime": told.agreed_on.isoformat(),
        "policyRule": {"text": "The person knows of the referral to social prescribing and agrees"},
        "provision": {"type": "permit"},
    }


def read(consents: Iterable[Json], patient: str) -> tuple[date | None, str]:
    """The day, and who said so, of the first that is in force, is about the patient of this address, and says yes."""
    for consent in consents:
        about = consent.get("patient", {}).get("reference")
        denied = consent.get("provision", {}).get("type") == "deny"
        if consent.get("status") == "active" and about == patient and not denied:
            said = next((code for one in consent.get("category", []) if (code := code_of(one, WHO_SAID))), "")
            return date.fromisoformat(consent["dateTime"][:10]), said
    return None, ""
