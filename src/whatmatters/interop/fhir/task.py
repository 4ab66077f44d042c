"""Task (UKCore-Task, SDOHCC referral task): how far whoever is asked has come, and why it ended."""

from datetime import date

from whatmatters.interop.fhir.names import OURS, TASK_CODE, Json, code_of, coded, held, profile, refer
from whatmatters.interop.fhir.told import Told

STATUS, WHY = f"{OURS}referral-status", f"{OURS}referral-ended-why"
STATES = {  # referral: (ServiceRequest, Task)
    "unmatched": ("active", "requested"),
    "received": ("active", "requested"),
    "joined": ("active", "accepted"),
    "accepted": ("active", "accepted"),
    "active": ("active", "in-progress"),
    "declined": ("revoked", "rejected"),
    "redirected": ("revoked", "rejected"),
    "cancelled": ("revoked", "cancelled"),
    "closed": ("completed", "completed"),
}
CLOSED_WITHOUT = frozenset({"person", "lost", "moved", "died"})  # closed, and not because it was done
READ = {
    "draft": "received", "requested": "received", "received": "received", "ready": "received",
    "accepted": "accepted", "in-progress": "active", "on-hold": "active", "rejected": "declined",
    "cancelled": "cancelled", "entered-in-error": "cancelled", "completed": "closed", "failed": "closed",
}  # fmt: skip


def write(told: Told) -> Json:
    status = STATES[told.status][1]
    if told.status == "closed" and told.ended_why in CLOSED_WITHOUT:
        status = "failed"
    return held(
        {
            "resourceType": "Task",
            "meta": profile("Task"),
            "status": status,
            "statusReason": coded(WHY, told.ended_why) if told.ended_why else {},
            "businessStatus": coded(STATUS, told.status),
            "intent": "order",
            "code": coded(TASK_CODE, "fulfill"),
            "focus": refer("ServiceRequest", told.id),
            "for": refer("Patient", told.who.id),
            "authoredOn": told.made.isoformat(),
            "lastModified": told.ended_on.isoformat() if told.ended_on else "",
            "requester": refer("Organization", told.practice.code),
            "owner": refer("Organization", told.service.code, told.owner),
        }
    )


def read(task: Json) -> dict[str, str | date | None]:
    """Where the referral stands, by our own word for it or else by FHIR's."""
    status = code_of(task.get("businessStatus"), STATUS)
    ended = task.get("lastModified")
    return {
        "status": status if status in STATES else READ[task["status"]],
        "ended_why": code_of(task.get("statusReason"), WHY),
        "ended_on": date.fromisoformat(ended[:10]) if ended else None,
        "owner": task.get("owner", {}).get("display", ""),
    }
