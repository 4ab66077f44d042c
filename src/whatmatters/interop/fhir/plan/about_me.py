"""QuestionnaireResponse (UKCore-QuestionnaireResponse): About Me, an item a heading, named by its SNOMED CT concept."""

from typing import Any

from whatmatters.components.care_planning.standard import Field
from whatmatters.interop.fhir.names import OURS, Json, first, held, profile, refer
from whatmatters.interop.fhir.plan.values import decoded, encoded, extensions, from_extensions

QUESTIONNAIRE = f"{OURS}about-me|2.01"
SUPPORTED, UPDATED = "supported_to_write_this_by", "date_last_updated"
ATTACHED = {"multi_media_filename": "title", "multi_media_mime_type": "contentType", "multi_media_url": "url"}


def write(part: Field, told: Json, patient: str) -> Json:
    """``patient``: our id of the person. They are the author: who held the pen is told by the Provenance."""
    items = [_item(child, told[child.key]) for child in part.children if child.key in told and child.like == "heading"]
    if SUPPORTED in told:
        items.append(
            {"linkId": SUPPORTED, "text": part.child(SUPPORTED).title, "answer": [{"valueString": told[SUPPORTED]}]}
        )
    return held(
        {
            "resourceType": "QuestionnaireResponse",
            "meta": profile("QuestionnaireResponse"),
            "questionnaire": QUESTIONNAIRE,
            "status": "completed",
            "subject": refer("Patient", patient),
            "author": refer("Patient", patient),
            "authored": encoded(part.child(UPDATED), told[UPDATED]) if UPDATED in told else "",
            "item": items,
        }
    )


def code(part: Field) -> str:
    return part.value_set.rpartition(" ")[2]


def _item(part: Field, told: Json) -> Json:
    said = told.get("about_me_response", {})
    answers: list[Json] = [{"valueString": said["free_text"]}] if "free_text" in said else []
    media = {ATTACHED[key]: value for key, value in said.get("multi_media", {}).items()}
    if media:
        answers.append({"valueAttachment": media})
    beside = extensions(part.child("coded_value"), told)
    return held({"id": part.key, "extension": beside, "linkId": code(part), "text": part.title, "answer": answers})


def read(part: Field, response: Json) -> Json:
    """From another system too, where its items are named by the same concepts. Raises Unfit."""
    items = {str(item.get("linkId")): item for item in response.get("item", [])}
    told: Json = {}
    for child in part.children:
        if child.like == "heading" and (item := items.get(code(child))) and (found := _heading(child, item)):
            told[child.key] = found
    if supported := first(items.get(SUPPORTED, {}).get("answer")).get("valueString"):
        told[SUPPORTED] = supported
    if "authored" in response and told:
        told[UPDATED] = decoded(part.child(UPDATED), response["authored"])
    return told


def _heading(part: Field, item: Json) -> Json:
    said: dict[str, Any] = {}
    for answer in item.get("answer", []):
        if "valueString" in answer:
            said["free_text"] = "\n".join(filter(None, (said.get("free_text", ""), answer["valueString"])))
        if "valueAttachment" in answer:
            media = answer["valueAttachment"]
            said["multi_media"] = {key: media[name] for key, name in ATTACHED.items() if name in media}
    coded = from_extensions(part.child("coded_value"), item.get("extension", []))
    return held({"coded_value": coded[0] if coded else {}, "about_me_response": held(said)})
