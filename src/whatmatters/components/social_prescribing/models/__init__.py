"""The nouns of social prescribing."""

from whatmatters.components.social_prescribing.models.intake import (
    Cause,
    Escalation,
    Falls,
    OneTimeLink,
    PriorityGroup,
    Sent,
    Timers,
)
from whatmatters.components.social_prescribing.models.referral import (
    CASE_OPEN,
    MOVES,
    NOT_MADE,
    REASONS,
    CloseReason,
    DeclineReason,
    Elsewhere,
    Given,
    Referral,
    Status,
)
from whatmatters.components.social_prescribing.models.sender import (
    NATIONAL_METHODS,
    NOT_AGENCIES,
    TAKEN_DOWN,
    Agreement,
    Method,
    Sector,
    Source,
)
from whatmatters.components.social_prescribing.models.story import Change, Notice, Told
from whatmatters.components.social_prescribing.models.work import Connection, Contact, How, Sitting, Stage, Went

__all__ = [
    "CASE_OPEN", "MOVES", "NATIONAL_METHODS", "NOT_AGENCIES", "NOT_MADE", "REASONS", "TAKEN_DOWN", "Agreement", "Cause",
    "Change", "CloseReason", "Connection", "Contact", "DeclineReason", "Elsewhere", "Escalation", "Falls", "Given",
    "How", "Method", "Notice", "OneTimeLink", "PriorityGroup", "Referral", "Sector", "Sent", "Sitting", "Source",
    "Stage", "Status", "Timers", "Told", "Went",
]  # fmt: skip
