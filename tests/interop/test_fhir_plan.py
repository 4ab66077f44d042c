"""A plan as a FHIR R4 document: sound, of UK Core's shape, and read back without loss of anything of the standard."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fhirkit
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.interop.plans import OF_JOAN, plans, telling

from whatmatters.interop.fhir.plan import document, reading
from whatmatters.interop.fhir.plan.entries import NotAPlan
from whatmatters.interop.fhir.plan.told import Telling

JOANS = telling(OF_JOAN)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
few = settings(max_examples=15, deadline=None, suppress_health_check=SLOW, phases=[Phase.explicit, Phase.generate])


@pytest.mark.slow
@few
@given(plans())
def test_nothing_that_the_standard_holds_is_lost_on_the_way_out_and_in(plan: Telling) -> None:
    read = reading.read(json.dumps(document.write(plan)))
    assert read.values == plan.values
    assert (read.state, read.number, read.made, read.keeper, read.partial) == (
        plan.state, plan.number, plan.made, plan.keeper, plan.partial,
    )  # fmt: skip
    assert read.written == plan.written
    assert (read.who.language, read.who.interpreter) == ("Polish", True)


@pytest.mark.slow
@few
@given(plans())
def test_an_independent_validator_finds_nothing_wrong(plan: Telling) -> None:
    assert [issue for issue in fhirkit.validate(document.write(plan)) if issue.severity == "error"] == []


def of_kind(kind: str, plan: Telling = JOANS) -> list[dict[str, Any]]:
    entries = document.write(plan)["entry"]
    return [one["resource"] for one in entries if one["resource"]["resourceType"] == kind]


def test_each_part_is_the_resource_that_others_look_for() -> None:
    entries = [one["resource"] for one in document.write(JOANS)["entry"]]
    assert entries[0]["resourceType"] == "Composition"
    assert {one["resourceType"]: 0 for one in entries}.keys() == {
        "Composition", "Organization", "QuestionnaireResponse", "PractitionerRole", "RelatedPerson", "CarePlan",
        "Consent", "Condition", "Goal", "Task", "CareTeam", "Patient", "Provenance",
    }  # fmt: skip


def test_about_me_is_answered_under_its_snomed_headings() -> None:
    (response,) = of_kind("QuestionnaireResponse")
    (item,) = response["item"]
    assert (item["linkId"], item["text"]) == ("1515861000000103", "What is most important to me")
    assert item["answer"] == [{"valueString": "My dog Biscuit"}]
    assert response["authored"] == "2026-05-01T10:30:00+01:00"


def test_a_goal_stands_as_fhir_says_it_and_leads_to_its_need_and_its_actions() -> None:
    goal, stage = of_kind("Goal")
    assert (goal["lifecycleStatus"], goal["achievementStatus"]["coding"][0]["code"]) == ("active", "improving")
    assert (stage["lifecycleStatus"], stage["description"]["text"]) == ("completed", "The gate")
    addresses = {one["fullUrl"]: one["resource"] for one in document.write(JOANS)["entry"]}
    assert addresses[goal["addresses"][0]["reference"]]["code"]["text"] == "Stiff hips"
    (task,) = of_kind("Task")
    assert addresses[task["focus"]["reference"]] == goal
    assert (task["status"], task["restriction"]["period"]["end"], task["owner"]["display"]) == (
        "in-progress",
        "2026-06",
        "Joan",
    )


def test_who_wrote_what_and_when_is_told_and_the_whole_is_sealed() -> None:
    written, sealed = of_kind("Provenance")
    assert written["agent"][0]["who"]["display"] == "Sam Okafor"
    entries = document.write(JOANS)["entry"]
    (target,) = [one["resource"] for one in entries if one["fullUrl"] == written["target"][0]["reference"]]
    assert target["category"][0]["coding"][0]["code"] == "contingency"
    assert len(sealed["extension"][0]["valueString"]) == 64


@pytest.mark.parametrize(
    ("state", "plan_status", "document_status", "title"),
    [
        ("draft", "draft", "preliminary", "version 3 (draft, not agreed)"),
        ("agreed", "active", "final", "version 3"),
        ("superseded", "revoked", "final", "version 3 (replaced by a later version)"),
    ],
)
def test_a_draft_or_a_stale_plan_says_so(state: str, plan_status: str, document_status: str, title: str) -> None:
    plan = telling(OF_JOAN, state=state)
    (composition,) = of_kind("Composition", plan)
    assert (composition["status"], composition["title"].partition(", ")[2]) == (document_status, title)
    assert next(one for one in of_kind("CarePlan", plan) if "title" in one)["status"] == plan_status


def test_a_copy_with_something_left_out_says_so_and_not_what() -> None:
    values = {key: value for key, value in OF_JOAN.items() if key != "legal"}
    (whole,), (part,) = of_kind("Composition", telling(values)), of_kind("Composition", telling(values, partial=True))
    (left_out,) = [one for one in part["section"] if one not in whole["section"]]
    assert (left_out["title"], left_out["emptyReason"]["coding"][0]["code"]) == ("Left out", "withheld")
    assert (whole["confidentiality"], part["confidentiality"]) == ("N", "R")
    assert "egal" not in json.dumps(document.write(telling(values, partial=True)))


def test_every_reference_leads_somewhere() -> None:
    entries = document.write(JOANS)["entry"]
    addresses = {one["fullUrl"] for one in entries}
    assert len(addresses) == len(entries)
    assert {one for one in references(entries) if one.startswith("urn:uuid:")} <= addresses


def references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [found for one in value for found in references(one)]
    if not isinstance(value, dict):
        return []
    own = [value["reference"]] if isinstance(value.get("reference"), str) else []
    return own + [found for one in value.values() for found in references(one)]


FHIR = "{http://hl7.org/fhir}"
NOTHING_TO_SAY = {
    "Patient": {"managingOrganization"}, "Organization": {"telecom", "address"}, "RelatedPerson": {"address"},
    "PractitionerRole": {"location", "period"}, "Provenance": {"signature"}, "QuestionnaireResponse": {"identifier"},
    "Condition": {"verificationStatus", "severity", "recorder"}, "Consent": {"organization", "source[x]"},
    "Task": {"authoredOn", "requester", "reasonCode", "reasonReference", "input", "code"},
}  # fmt: skip


@pytest.mark.realdata
@pytest.mark.parametrize(
    "name",
    ["Patient", "Organization", "Composition", "CarePlan", "CareTeam", "QuestionnaireResponse", "RelatedPerson",
     "PractitionerRole", "Provenance", "Condition", "Consent", "Task"],
)  # fmt: skip
def test_what_uk_core_must_support_is_there(name: str, shared_data: Path) -> None:
    """Every top-level element that the profile marks and that a plan has something to say in."""
    root = ElementTree.parse(shared_data / f"fhir/ukcore/structuredefinitions/UKCore-{name}.xml").getroot()  # noqa: S314  # published
    marked = {
        element.get("id", "").partition(".")[2]
        for element in root.iter(f"{FHIR}element")
        if element.find(f"{FHIR}mustSupport") is not None and element.get("id", "").count(".") == 1
    }
    marked = {one for one in marked if ":" not in one} - NOTHING_TO_SAY.get(name, set())
    written = of_kind(name)[0]
    assert marked - written.keys() == set()
    assert root.find(f"{FHIR}url").get("value") == written["meta"]["profile"][0]  # type: ignore[union-attr]  # it has one


Change = Callable[[dict[str, Any]], Any]


def changed(change: Change, *, sealed: bool = False) -> str:
    """Joan's bundle, changed; without the digest that would tell, unless it stays ``sealed``."""
    whole = deepcopy(document.write(JOANS))
    if not sealed:
        whole["entry"].pop()
    change(whole)
    return json.dumps(whole)


def resource(whole: dict[str, Any], kind: str) -> Any:
    return next(one["resource"] for one in whole["entry"] if one["resource"]["resourceType"] == kind)


def without_trigger(whole: dict[str, Any]) -> None:
    plan = resource(whole, "CarePlan")
    plan["extension"] = [one for one in plan.get("extension", []) if "trigger" not in one["url"]]


def of_another_edition(whole: dict[str, Any]) -> None:
    plan = next(one["resource"] for one in whole["entry"] if "instantiatesUri" in one["resource"])
    plan["instantiatesUri"] = ["urn:x-whatmatters:standard:pcsp-9.9"]


def with_goal(text: str) -> Change:
    return lambda whole: resource(whole, "Goal")["description"].update(text=text)


def twice(whole: dict[str, Any]) -> None:
    whole["entry"].append({**deepcopy(next(one for one in whole["entry"] if "instantiatesUri" in one["resource"]))})


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("{", "not JSON"),
        ('{"resourceType": "Bundle", "resourceType": "Bundle"}', "not JSON"),
        ('{"resourceType": "Bundle", "total": NaN}', "not JSON"),
        ("[" * 5000, "not JSON"),
        ('{"resourceType": "Patient"}', "not a FHIR R4 Bundle"),
        ('{"resourceType": "Bundle", "type": "collection", "entry": []}', "one CarePlan"),
        (json.dumps(document.write(JOANS))[:-900], "not JSON"),
        (json.dumps({"resourceType": "Bundle", "type": "document", "entry": [{}] * 5001}), "more than 5,000 resources"),
        (changed(lambda whole: resource(whole, "Patient").pop("name")), "Patient.name is missing"),
        (changed(lambda whole: resource(whole, "Patient").pop("birthDate")), "Patient.birthDate is missing"),
        (changed(lambda whole: resource(whole, "Patient").update(birthDate="1948")), "Patient.birthDate .* whole day"),
        (changed(lambda whole: resource(whole, "Composition").update(date="2026")), "Composition.date"),
        (changed(lambda whole: resource(whole, "Goal").update(resourceType="Wish")), "an entry has a resourceType"),
        ('{"resourceType": "Bundle", "type": "document", "entry": 7}', "not a FHIR R4 Bundle"),
        (changed(without_trigger), r"contingency_safety_plans\[0\].trigger_factors is missing"),
        (changed(of_another_edition), "CarePlan.instantiatesUri: .* ask for 2.0"),
        (changed(twice), "there must be one CarePlan"),
        (changed(with_goal("a\u202eb")), r"goals_and_hopes\[0\].free_text"),
        (changed(lambda whole: resource(whole, "RelatedPerson")["name"][0].update(text="x" * 71)), "at most 70 let"),
        (changed(with_goal("More"), sealed=True), "SHA-256 differs"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_with_its_place_and_mending(raw: str, said: str) -> None:
    with pytest.raises(NotAPlan, match=said) as refused:
        reading.read(raw)
    assert "Atkinson" not in str(refused.value)


def test_another_systems_plan_is_read_as_far_as_it_says() -> None:
    """Without any code of ours: whose, the goals and how they stand, actions inside the CarePlan or apart."""
    foreign = {
        "resourceType": "Bundle", "type": "collection",
        "entry": [
            {"fullUrl": "https://a.example/Patient/1", "resource": {
                "resourceType": "Patient", "id": "1", "birthDate": "1948-05-17",
                "name": [{"family": "Atkinson", "given": ["Joan"]}],
                "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}]}},
            {"fullUrl": "https://a.example/CarePlan/2", "resource": {
                "resourceType": "CarePlan", "id": "2", "status": "active", "intent": "plan", "created": "2026-04-01",
                "subject": {"reference": "Patient/1"},
                "activity": [{"detail": {"status": "scheduled", "code": {"text": "Ring the choir"}}}]}},
            {"fullUrl": "https://a.example/Goal/3", "resource": {
                "resourceType": "Goal", "id": "3", "lifecycleStatus": "active", "description": {"text": "Sing again"},
                "achievementStatus": {"coding": [{"code": "improving"}]}, "subject": {"reference": "Patient/1"}}},
            {"fullUrl": "https://a.example/Task/4", "resource": {
                "resourceType": "Task", "id": "4", "status": "completed", "intent": "plan",
                "focus": {"reference": "Goal/3"}, "code": {"text": "Find the music"}}},
        ],
    }  # fmt: skip
    read = reading.read(json.dumps(foreign))
    assert (read.who.family, read.who.nhs_number, str(read.made.date()), read.state) == (
        "Atkinson", "9990000018", "2026-04-01", "agreed",
    )  # fmt: skip
    (need,) = read.values["care_and_support_plan"]["needs_concerns_or_problems"]
    sing, rest = need["goals_and_hopes"]
    assert (sing["free_text"], sing["goal_status"]["code"]) == ("Sing again", "improving")
    assert sing["actions_and_activities"][0]["status"]["coded_value"]["code"] == "completed"
    assert rest["actions_and_activities"] == [{"what": [{"free_text": "Ring the choir"}]}]
