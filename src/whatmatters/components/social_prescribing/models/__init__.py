"""The nouns of social prescribing."""

from whatmatters.components.social_prescribing.models.desk import Ended, Handover, Question, Visit, Why
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
    Complexity,
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
from whatmatters.components.social_prescribing.models.story import HANDED_OVER, Change, Notice, Told
from whatmatters.components.social_prescribing.models.work import Connection, Contact, How, Sitting, Stage, Went

__all__ = [
    "CASE_OPEN", "HANDED_OVER", "MOVES", "NATIONAL_METHODS", "NOT_AGENCIES", "NOT_MADE", "REASONS", "TAKEN_DOWN",
    "Agreement", "Cause", "Change", "CloseReason", "Complexity", "Connection", "Contact", "DeclineReason", "Elsewhere",
    "Ended", "Escalation", "Falls", "Given", "Handover", "How", "Method", "Notice", "OneTimeLink", "PriorityGroup",
    "Question", "Referral", "Sector", "Sent", "Sitting", "Source", "Stage", "Status", "Timers", "Told", "Visit",
    "Went", "Why",
]  # fmt: skip
