from whatmatters.components.care_planning.models.elsewhere import MadeElsewhere, Offer, TakenOver
from whatmatters.components.care_planning.models.goals import Action, Goal, Progress
from whatmatters.components.care_planning.models.plan import Plan, Review, ReviewRequest, Share
from whatmatters.components.care_planning.models.sharing import (
    Access,
    AccessEnded,
    Copy,
    Emergency,
    Hiding,
    LinkOpened,
    LookedInto,
)
from whatmatters.components.care_planning.models.version import Participant, Version, Words

__all__ = [
    "Access",
    "AccessEnded",
    "Action",
    "Copy",
    "Emergency",
    "Goal",
    "Hiding",
    "LinkOpened",
    "LookedInto",
    "MadeElsewhere",
    "Offer",
    "Participant",
    "Plan",
    "Progress",
    "Review",
    "ReviewRequest",
    "Share",
    "TakenOver",
    "Version",
    "Words",
]
