"""Community groups: those asked or introduced to are a ServiceRequest and a Task of their own, based on the referral;
being told of one is a Communication (a signpost is no referral); what came of it is a Procedure, the task's output.
"""

from collections.abc import Iterator
from datetime import date

from whatmatters.interop.fhir.names import (
    OURS,
    RESULTING,
    SNOMED,
    TASK_CODE,
    Json,
    code_of,
    coded,
    extension,
    first,
    held,
    own_id,
    profile,
    refer,
    with_id,
)
from whatmatters.interop.fhir.told import Onward, Told

HOW, STATE, WHY, HELPED, HELPED_ON = (
    f"{OURS}{name}" for name in ("onward", "onward-state", "barrier", "helped", "helped-on")
)
TASKS = {
    "awaited": "requested", "no": "rejected", "full": "rejected", "withdrawn": "cancelled", "not yet": "in-progress",
    "went": "completed", "did not": "failed",
}  # fmt: skip
REQUESTS = {"rejected": "revoked", "cancelled": "revoked", "completed": "completed", "failed": "revoked"}
STATES = {status: state for state, status in TASKS.items() if state != "full"} | {"accepted": "not yet"}
Resources = dict[tuple[str, str], Json]
"""By kind and our own id, or the address in the bundle where it has none."""


def write(told: Told, one: Onward) -> Iterator[tuple[str, str, Json]]:
    """(kind, key, resource) of each."""
    yield (
        "Organization",
        f"group-{one.group}",
        {"resourceType": "Organization", "meta": profile("Organization"), **with_id(one.group), "name": one.name},
    )
    if one.how == "told":
        yield "Communication", one.id, _communication(told, one)
    else:
        yield "ServiceRequest", one.id, _request(told, one)
        yield "Task", one.id, _task(told, one)
    if one.state in ("went", "did not") or one.helped:
        yield "Procedure", one.id, _procedure(told, one)


def _communication(told: Told, one: Onward) -> Json:
    return {
        "resourceType": "Communication",
        "meta": profile("Communication"),
        **with_id(one.id),
        "status": "completed",
        "subject": refer("Patient", told.who.id),
        "about": [refer("ServiceRequest", told.id), refer("Organization", f"group-{one.group}")],
        "sent": f"{one.on}T00:00:00Z",
        "payload": [{"contentString": f"Told about {one.name}"}],
    }


def _request(told: Told, one: Onward) -> Json:
    return {
        "resourceType": "ServiceRequest",
        "meta": profile("ServiceRequest"),
        **with_id(one.id),
        "basedOn": [refer("ServiceRequest", told.id)],
        "status": REQUESTS.get(TASKS[one.state], "active"),
        "intent": "order",
        "category": [coded(HOW, one.how)],
        "code": {"text": f"Support by {one.name}"},
        "subject": refer("Patient", told.who.id),
        "authoredOn": one.on.isoformat(),
        "requester": refer("Organization", told.service.code),
        "performer": [refer("Organization", f"group-{one.group}")],
    }


def _task(told: Told, one: Onward) -> Json:
    output = {"type": coded(RESULTING, "resulting-activity"), "valueReference": refer("Procedure", one.id)}
    return held(
        {
            "resourceType": "Task",
            "meta": profile("Task"),
            **with_id(one.id),
            "partOf": [refer("Task", told.id)],
            "status": TASKS[one.state],
            "statusReason": coded(WHY, one.why) if one.why else {},
            "businessStatus": coded(STATE, one.state),
            "intent": "order",
            "code": coded(TASK_CODE, "fulfill"),
            "focus": refer("ServiceRequest", one.id),
            "for": refer("Patient", told.who.id),
            "authoredOn": one.on.isoformat(),
            "lastModified": f"{one.settled}T00:00:00Z" if one.settled else "",
            "requester": refer("Organization", told.service.code),
            "owner": refer("Organization", f"group-{one.group}", one.name),
            "output": [output] if one.state == "went" else [],
        }
    )


def _procedure(told: Told, one: Onward) -> Json:
    when = [{"url": HELPED_ON, "valueDate": one.helped_on.isoformat()}] if one.helped_on else []
    done = {"went": "completed", "did not": "not-done"}.get(one.state, "unknown")
    return held(
        {
            "resourceType": "Procedure",
            "meta": profile("Procedure"),
            "extension": when,
            **with_id(one.id),
            "basedOn": [] if one.how == "told" else [refer("ServiceRequest", one.id)],
            "status": done,
            "statusReason": coded(WHY, one.why) if one.why else {},
            "category": coded(SNOMED, "410606002", "Social service procedure"),
            "code": {"text": f"Support by {one.name}"},
            "subject": refer("Patient", told.who.id),
            "performedDateTime": one.settled.isoformat() if one.settled else "",
            "outcome": coded(HELPED, one.helped) if one.helped else {},
        }
    )


def read(resources: Resources, addresses: dict[str, Json], main: str) -> Iterator[Onward]:
    """Those of the referral whose ServiceRequest has the address ``main``, in order of day."""
    found = []
    for (kind, key), one in resources.items():
        linked = [other.get("reference") for other in one.get("basedOn") or one.get("about") or []]
        if kind in ("ServiceRequest", "Communication") and main in linked:
            others = one.get("performer") or one.get("about") or []
            group = first([other for other in others if other.get("reference") != main])
            group = addresses.get(group.get("reference", ""), {"name": group.get("display", "")})
            task = resources.get(("Task", key), {})
            found.append(_one(key, one, task, resources.get(("Procedure", key), {}), group))
    yield from sorted(found, key=lambda onward: (onward.on, onward.id))


def _one(key: str, request: Json, task: Json, procedure: Json, group: Json) -> Onward:
    done = {"completed": "went", "not-done": "did not"}.get(procedure.get("status", ""), "not yet")
    state = code_of(task.get("businessStatus"), STATE) or STATES.get(task.get("status", ""), done)
    settled = task.get("lastModified") or procedure.get("performedDateTime")
    helped_on = extension(procedure, HELPED_ON).get("valueDate")
    told = request["resourceType"] == "Communication"
    return Onward(
        id=key,
        how="told" if told else code_of(first(request.get("category")), HOW) or "introduced",
        group=own_id(group),
        name=group.get("name", ""),
        on=date.fromisoformat(request["sent" if told else "authoredOn"][:10]),
        state=state,
        settled=date.fromisoformat(settled[:10]) if settled else None,
        why=code_of(task.get("statusReason"), WHY) or code_of(procedure.get("statusReason"), WHY),
        helped=code_of(procedure.get("outcome"), HELPED),
        helped_on=date.fromisoformat(helped_on) if helped_on else None,
    )
