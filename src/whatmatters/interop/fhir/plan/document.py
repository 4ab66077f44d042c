"""A plan as one Bundle of kind document: its sections, who wrote what, and the digest of it all."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from fhir.resources.R4B.bundle import Bundle

from whatmatters.components.care_planning.standard import tree
from whatmatters.interop.fhir.names import ODS, OURS, Json, coded, held, profile
from whatmatters.interop.fhir.plan import narrative
from whatmatters.interop.fhir.plan.places import KIND, MAIN
from whatmatters.interop.fhir.plan.resources import ABOUT_ME, Resources
from whatmatters.interop.fhir.plan.told import Author, Path, Telling

DIGEST, ROLE = f"{OURS}sha-256", f"{OURS}role"
TARGET = "http://hl7.org/fhir/StructureDefinition/targetElement"
AGENT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
LOINC = "http://loinc.org"
CARE_PLAN = (
    "18776-5"  # Plan of care note: one of HL7's document types for a care plan (C-CDA on FHIR, Care Plan Document Type)
)
STATUS = {"draft": "preliminary", "agreed": "final", "superseded": "final"}
TITLES = {"draft": " (draft, not agreed)", "agreed": "", "superseded": " (replaced by a later version)"}
LEFT_OUT = "Something is left out of this copy at the person’s wish."


def write(telling: Telling) -> Json:
    """Sound R4 (held to it by ``fhir.resources``), as plain values."""
    resources = Resources(telling)
    entries = [
        _entry(resources.address(("composition",)), _composition(telling, resources)),
        *(_entry(address, one) for address, one in resources.found),
        *(_entry(address, one) for address, one in _written(telling, resources)),
    ]
    entries.append(_entry(resources.address(("sealed",)), _sealed(telling, resources, entries)))
    found = {
        "resourceType": "Bundle",
        "identifier": {"system": f"{OURS}id", "value": f"{telling.id}/{_instant(telling.made)}"},
        "type": "document",
        "timestamp": _instant(telling.made),
        "entry": entries,
    }
    Bundle.model_validate(found)
    return found


def digest(entries: list[Json]) -> str:
    """SHA-256 of the entries as JSON, names in order and without spaces."""
    said = json.dumps(entries, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _entry(address: str, resource: Json) -> Json:
    return {"fullUrl": address, "resource": resource}


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _composition(telling: Telling, resources: Resources) -> Json:
    return {
        "resourceType": "Composition",
        "meta": profile("Composition"),
        "status": STATUS[telling.state],
        "type": {**coded(LOINC, CARE_PLAN), "text": "Personalised care and support plan"},
        "subject": resources.patient,
        "date": _instant(telling.made),
        "author": [_keeper(telling)],
        "title": f"Personalised care and support plan, version {telling.number}{TITLES[telling.state]}",
        "confidentiality": "R" if telling.partial else "N",
        "custodian": _keeper(telling),
        "section": [*_sections(telling, resources), *([_left_out()] if telling.partial else [])],
    }


def _keeper(telling: Telling) -> Json:
    keeper = telling.keeper
    return held(
        {"identifier": held({"system": ODS, "value": keeper.code}) if keeper.code else {}, "display": keeper.name}
    )


def _sections(telling: Telling, resources: Resources) -> Iterator[Json]:
    for part in tree(telling.standard).children:
        if part.key in telling.values or part.key == MAIN[0]:
            inside = resources.of.get(part.key, [])
            yield held(
                {
                    "title": part.title,
                    "code": coded(KIND, part.key),
                    "text": narrative.text(part, telling.values.get(part.key, {})),
                    "entry": [{"reference": address} for address in inside],
                }
            )


def _left_out() -> Json:
    """That there is more, and not what: the heading alone might tell what the person keeps to themself."""
    reason = {**coded(EMPTY, "withheld"), "text": LEFT_OUT}
    return {"title": "Left out", "text": narrative.words(LEFT_OUT), "emptyReason": reason}


def _written(telling: Telling, resources: Resources) -> Iterator[tuple[str, Json]]:
    """A Provenance for all that one wrote at one moment."""
    by: dict[Author, list[Json]] = {}
    for path, author in telling.written.items():
        if target := _target(path, resources):
            by.setdefault(author, []).append(target)
    for number, (author, targets) in enumerate(by.items()):
        who = resources.patient if author.role == "person" else {}
        agent = {
            "type": coded(AGENT, "author"),
            "role": [coded(ROLE, author.role)],
            "who": {**who, "display": author.name},
        }
        yield (
            resources.address(("written", number)),
            {
                "resourceType": "Provenance",
                "meta": profile("Provenance"),
                "target": targets,
                "recorded": author.at.isoformat(),
                "agent": [agent],
            },
        )


def _target(path: Path, resources: Resources) -> Json:
    """The resource of the entry; words of About Me are an item of theirs."""
    if path[:-1] == ABOUT_ME and ABOUT_ME in resources.at:
        element = {"url": TARGET, "valueUri": str(path[-1])}
        return {"extension": [element], "reference": resources.at[ABOUT_ME]}
    address = resources.at.get(path) or resources.at.get((*path, 0))
    return {"reference": address} if address else {}


def _sealed(telling: Telling, resources: Resources, entries: list[Json]) -> Json:
    """Who made the document, and the digest of all that stands before."""
    agent: dict[str, Any] = {"type": coded(AGENT, "assembler"), "who": _keeper(telling)}
    return {
        "resourceType": "Provenance",
        "meta": profile("Provenance"),
        "extension": [{"url": DIGEST, "valueString": digest(entries)}],
        "target": [{"reference": resources.address(("composition",))}],
        "recorded": _instant(telling.made),
        "agent": [agent],
    }
