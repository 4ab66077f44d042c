"""The nouns of social prescribing."""

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
    Source,
    Status,
)
from whatmatters.components.social_prescribing.models.story import Change, Notice, Told
from whatmatters.components.social_prescribing.models.work import Connection, Contact, How, Sitting, Stage, Went

__all__ = [
    "CASE_OPEN", "MOVES", "NOT_MADE", "REASONS", "Change", "CloseReason", "Connection", "Contact", "DeclineReason",
    "Elsewhere", "Given", "How", "Notice", "Referral", "Sitting", "Source", "Stage", "Status", "Told", "Went",
]  # fmt: skip
