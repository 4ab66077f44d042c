"""Consent (UKCore-Consent): that the person knew of the referral and agreed."""

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


def read(consent: Json | None) -> tuple[date | None, str]:
    """The day, and who said so."""
    if consent is None or consent.get("status") != "active":
        return None, ""
    said = next((code for one in consent.get("category", []) if (code := code_of(one, WHO_SAID))), "")
    return date.fromisoformat(consent["dateTime"][:10]), said
