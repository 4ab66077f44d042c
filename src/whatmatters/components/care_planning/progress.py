"""How a goal or an action stands. The refset members of SNOMED CT (999000091000000107, 999000081000000105) are not
public; until a licence loads them the words are those of FHIR R4 (Goal.lifecycleStatus and achievementStatus,
CarePlan.activity.detail.status)."""

# status: (plain words, FHIR lifecycle, FHIR achievement)
GOAL: dict[str, tuple[str, str, str]] = {
    "in-progress": ("Under way", "active", "in-progress"),
    "improving": ("Getting closer", "active", "improving"),
    "no-change": ("No change", "active", "no-change"),
    "worsening": ("Further away", "active", "worsening"),
    "achieved": ("Achieved", "completed", "achieved"),
    "sustaining": ("Achieved, and keeping it up", "completed", "sustaining"),
    "not-achieved": ("Not achieved", "completed", "not-achieved"),
    "not-attainable": ("Cannot be achieved", "cancelled", "not-attainable"),
    "on-hold": ("Paused", "on-hold", ""),
    "cancelled": ("No longer wanted", "cancelled", ""),
}

# status: plain words; the keys are FHIR's own
ACTION: dict[str, str] = {
    "not-started": "Not started",
    "in-progress": "Under way",
    "completed": "Done",
    "on-hold": "Paused",
    "stopped": "Stopped",
}


def words(status: str) -> str:
    """As a page says it."""
    return GOAL[status][0] if status in GOAL else ACTION[status]
