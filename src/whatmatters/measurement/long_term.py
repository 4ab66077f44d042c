"""The conditions that ``CONDITION`` events name in their detail, and how each is told from what is recorded."""

from whatmatters.events.codes import CONDITION, CONDITION_RESOLVED
from whatmatters.measurement.conditions import AnyOf, EventOf, Standing

CONDITIONS = {
    "asthma": "asthma",
    "atrial-fibrillation": "atrial fibrillation",
    "autism": "autism",
    "cancer": "cancer",
    "chronic-kidney-disease": "chronic kidney disease",
    "copd": "chronic obstructive pulmonary disease (COPD)",
    "coronary-heart-disease": "coronary heart disease",
    "dementia": "dementia",
    "depression": "depression",
    "heart-failure": "heart failure",
    "hypertension": "high blood pressure",
    "learning-disability": "a learning disability",
    "peripheral-arterial-disease": "peripheral arterial disease",
    "rheumatoid-arthritis": "rheumatoid arthritis",
    "severe-mental-illness": "severe mental illness",
    "stroke": "stroke or transient ischaemic attack",
    "type-1-diabetes": "type 1 diabetes",
    "type-2-diabetes": "type 2 diabetes",
}
"""Detail of ``condition`` and ``condition-resolved`` events, and its name in words."""

LONG_TERM = tuple(name for name in CONDITIONS if name not in ("autism", "learning-disability"))
"""Those that count as illnesses that last. A learning disability or autism is no illness to be managed."""


def recorded(*names: str) -> EventOf:
    """A record of one of these conditions."""
    if unknown := set(names) - set(CONDITIONS):
        raise ValueError(f"{sorted(unknown)}: a condition is one of {', '.join(CONDITIONS)}")
    return EventOf(CONDITION, names)


def has(name: str) -> Standing:
    """Recorded, with no later record that it has resolved."""
    return Standing((recorded(name),), (EventOf(CONDITION_RESOLVED, (name,)),))


def has_any(*names: str) -> AnyOf:
    return AnyOf(tuple(has(name) for name in names))
