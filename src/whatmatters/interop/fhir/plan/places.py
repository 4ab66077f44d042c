"""Which resource an entry of the standard is, and which of its elements hold which part. Read both ways.

A part is named by its keys from the entry down (``who.name``), the entry's own code and words by "". An element that
may stand often ends in []. What is not named here is an extension; what is single in FHIR and several in the standard
has its first in the element and the others beside it.
"""

from dataclasses import dataclass, field
from typing import Any

from whatmatters.interop.fhir.names import OURS, Json, coded

MAIN = ("care_and_support_plan",)
NEEDS = (*MAIN, "needs_concerns_or_problems")
GOALS = (*NEEDS, "goals_and_hopes")
ACTIONS = (*GOALS, "actions_and_activities")
STEPS = (*ACTIONS, "stage_goal")
CONTINGENCY, SUPPORT = ("contingency_safety_plans",), ("additional_support_plans",)
PRACTICE = ("gp_practice", "gp_practice_record_entry")
KIND = f"{OURS}part-of-plan"
PART_OF = f"{OURS}part-of"


@dataclass(frozen=True)
class Place:
    """``up`` is the element with the reference to the entry it stands under; ``about`` names that of the person;
    ``always`` is what every such resource says."""

    resource: str
    puts: dict[str, str]
    up: str = ""
    about: str = "subject"
    always: dict[str, Any] = field(default_factory=dict)


def _kind(name: str) -> list[Json]:
    return [coded(KIND, name)]


def _plan(name: str) -> dict[str, Any]:
    return {"status": "active", "intent": "plan", "category": _kind(name)}


PROBLEM = "http://terminology.hl7.org/CodeSystem/condition-category"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"

PLACES: dict[tuple[str, ...], Place] = {
    MAIN: Place("CarePlan", {}, always=_plan("personalised")),
    (*MAIN, "strengths"): Place(
        "Observation",
        {"": "valueCodeableConcept"},
        always={"status": "final", "code": {**coded(KIND, "strength"), "text": "Strength"}},
    ),
    NEEDS: Place(
        "Condition",
        {"": "code"},
        always={"clinicalStatus": coded(CLINICAL, "active"), "category": [coded(PROBLEM, "problem-list-item")]},
    ),
    GOALS: Place("Goal", {"": "description", "outcomes": "outcomeCode[]"}, up="addresses[]"),
    ACTIONS: Place(
        "Task",
        {
            "what": "code", "who.name": "owner.display", "when": "restriction.period.end", "status": "businessStatus",
            "suggested_strategies": "description", "date_last_updated": "lastModified",
        },
        up="focus", about="for", always={"intent": "plan"},
    ),
    STEPS: Place("Goal", {"stage_goal": "description", "outcome": "outcomeCode[]"}, up=PART_OF),
    PRACTICE: Place(
        "Organization",
        {"gp_practice_identifier": "identifier[].value", "gp_practice_details": "name"},
        about="",
        always={"active": True},
    ),
    ("professional_contacts", "professional_contacts_record_entry"): Place(
        "PractitionerRole",
        {
            "name": "practitioner.display", "role": "code[].text", "speciality": "specialty[].text",
            "organisation.free_text": "organization.display", "contact_details": "telecom[].value",
            "start_date": "period.start", "end_date": "period.end",
        },
        about="", always={"active": True},
    ),
    ("personal_contacts", "personal_contacts_record_entry"): Place(
        "RelatedPerson",
        {"name": "name[].text", "relationship": "relationship[].text", "contact_details": "telecom[].value"},
        about="patient", always={"active": True},
    ),
    ("formulation", "formulation_record_entry"): Place(
        "ClinicalImpression", {"formulation": "summary", "date": "effectiveDateTime"}, always={"status": "completed"}
    ),
    CONTINGENCY: Place("CarePlan", {"what_should_happen": "activity[].detail.code"}, always=_plan("contingency")),
    SUPPORT: Place(
        "CarePlan", {"additional_support_plan_content": "description"}, always=_plan("additional-support")
    ),
    ("legal",): Place(
        "Consent",
        {
            "kind": "policyRule.text", "name": "performer[].display", "date": "dateTime",
            "location_of_document": "sourceAttachment.title",
        },
        about="patient",
        always={"status": "active", "scope": coded(SCOPE, "adr"), "category": _kind("legal")},
    ),
}  # fmt: skip
